import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { verifyWhole } from '../src/modules/ledger/verify/verify.ts';
import { keysOf } from '../src/platform/config/keys.ts';
import { read } from '../src/platform/db/read.ts';
import type { Client, TestBench } from './harness.ts';
import { madeBy, type Till } from './till.ts';
import type { TestMember } from './wallet.ts';

export type Money = { principal: number; bonus: number; later: number; total: number };
export type Purse = { usable: number; pending: number; owed: number };
export type ToppedUp = { id: string; balance: Money };
export type Merged = {
  readonly id: string;
  readonly mergedIntoId: string;
  readonly principal: number;
  readonly bonus: number;
  readonly points: number;
};

/** Short words for what two members who are one have, and what is done to them. */
export function mergingAt(bench: TestBench, till: Till) {
  const { merchant } = till;

  return {
    merge: (from: TestMember, into: TestMember, key?: string, client: Client = merchant) =>
      client.post<Merged>(`/v1/members/${from.id}/merge`, { intoId: into.id, reason: 'enrolled_twice' }, key),
    preview: (from: TestMember, into: TestMember) =>
      merchant.post<Preview>(`/v1/members/${from.id}/merge-preview`, { intoId: into.id }),
    /** Puts so much on a wallet, paid in cash at the first store unless it says otherwise. */
    async topUp({ id }: TestMember, amount: number, more: object = {}, client: Client = merchant) {
      const payment = { tender: 'cash', amount, reference: randomUUID() };
      const body = { memberId: id, storeId: till.storeId, amount, payment, ...more };
      return client.post<ToppedUp>('/v1/wallet-top-ups', body);
    },
    buy: ({ id }: TestMember, amount: number, more: object = {}, client: Client = merchant) =>
      client.post<{ id: string; earned: number }>('/v1/purchases', {
        storeId: till.otherStoreId,
        memberId: id,
        reference: randomUUID(),
        lines: [{ name: 'Tea', price: amount }],
        tenders: [{ kind: 'wallet', amount }],
        ...more,
      }),
    refundPurchase: (id: string, amount: number) =>
      merchant.post<{ pointsTaken: number }>(`/v1/purchases/${id}/refunds`, { amount, reason: 'back' }),
    refundTopUp: (id: string, amount: number, tender = 'cash') =>
      merchant.post(`/v1/wallet-top-ups/${id}/refunds`, {
        amount,
        reason: 'leaves',
        payment: { tender, reference: 'B1' },
      }),
    async quotes({ id }: TestMember) {
      type Quote = { topUpId: string; refund: number; principal: number; bonus: number; tender: string };
      const reply = await merchant.post<{ items: Quote[] }>('/v1/wallet-refund-quotes', { memberId: id });
      expect(reply.status, reply.text).toBe(200);
      return reply.body.items;
    },
    balance: async ({ id }: TestMember) =>
      (await merchant.get<{ balance: Money }>(`/v1/wallets/${id}`)).body.balance,
    points: async ({ id }: TestMember) => (await merchant.get<Purse>(`/v1/members/${id}/points`)).body,
    async scheme(more: object = {}) {
      const body = {
        ...{ earn: { points: 1, amount: 100 }, rules: [], birthdayPpm: 1_000_000, mostEarned: 1_000_000 },
        ...{ pendingDays: 0, ends: { with: 'never', later: 0 }, transfer: true },
        spend: { points: 10, worth: 5, billPpm: 1_000_000 },
        ...more,
      };
      madeBy(await merchant.post('/v1/points-schemes', body));
    },
    /** That the ledger and its log are whole. */
    async isWhole() {
      const book = { merchantId: merchant.id, chainKeys: keysOf(bench.runtime.keys.chain) };
      const found = await read(bench.runtime.readers, book.merchantId, (db) =>
        verifyWhole(db, book, undefined),
      );
      expect(found?.findings).toEqual([]);
    },
  };
}

type Side = { readonly balance: Money; readonly points: Purse; readonly tier: string | null };
export type Preview = {
  readonly against: readonly { readonly code: string; readonly what: string | null }[];
  readonly from: Side & { readonly person: { readonly name: string | null; readonly tags: string[] } };
  readonly into: Side & { readonly person: { readonly name: string | null } };
  readonly after: Side & {
    readonly membership: { readonly lastDay: string } | null;
    readonly membershipDays: number;
    readonly tags: readonly string[];
  };
  readonly lots: readonly {
    readonly kind: string;
    readonly balance: number;
    readonly storeId: string | null;
  }[];
  readonly pointLots: readonly { readonly points: number; readonly isPending: boolean }[];
  readonly cards: readonly { readonly id: string }[];
  readonly topUps: number;
};
