import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Client, TestBench } from './harness.ts';
import { first, madeBy, type Till } from './till.ts';
import { peopleOf, type TestMember } from './wallet.ts';

export type TestPerson = TestMember & { readonly number: string };
type Terms = { paymentMax?: number | null; dayMax?: number | null; withDiscount?: boolean };
type Masked = { name: string | null; phone: string };
type Facts = {
  readonly id: string;
  readonly paymentMax: number | null;
  readonly dayMax: number | null;
  readonly leftToday: number | null;
  readonly withDiscount: boolean;
};
export type Family = {
  readonly relativesMax: number;
  readonly given: readonly (Facts & { state: string; relative: Masked | null; phoneEnd: string | null })[];
  readonly got: readonly (Facts & { payer: Masked; spendable: number })[];
  readonly offers: readonly (Facts & { payer: Masked })[];
};
type Open = Facts & { payerId: string; payer: Masked; spendable: number | null };
export type Bought = {
  readonly id: string;
  readonly due: number;
  readonly discount: number;
  readonly earned: number;
  readonly balance: { total: number } | null;
};

let people = 0;

/** Short words for what families do at a till. */
export function familyAt(bench: TestBench, till: Till) {
  const { merchant } = till;

  /** Somebody with a phone, a number and a name. */
  async function person(name = '林夕'): Promise<TestPerson> {
    const lead = `13${String(++people).padStart(3, '0')}`;
    const { phone } = await peopleOf(bench, till, lead).member();
    const number = `${lead}000001`;
    await phone.patch('/me', { name });
    const found = await merchant.get<{ items: { id: string }[] }>(`/v1/members?phone=${number}`);
    return { phone, number, id: first(found.body.items).id };
  }
  const family = async ({ phone }: TestMember) => (await phone.get<Family>('/family')).body;
  const offer = (payer: TestMember, number: string, terms: Terms = {}) =>
    payer.phone.post<{ id: string }>('/family', { phone: number, ...terms });
  const accept = ({ phone }: TestMember, id: string) => phone.post(`/family/${id}/accept`);

  return {
    person,
    family,
    offer,
    accept,
    end: ({ phone }: TestMember, id: string) => phone.post(`/family/${id}/end`),
    change: ({ phone }: TestMember, id: string, terms: Terms) => phone.patch(`/family/${id}`, terms),
    /** One lets the other pay; answers with the share. */
    async shared(payer: TestMember, relative: TestPerson, terms: Terms = {}): Promise<string> {
      const id = madeBy(await offer(payer, relative.number, terms));
      const accepted = await accept(relative, id);
      expect(accepted.status, accepted.text).toBe(200);
      return id;
    },
    async topUp({ id }: TestMember, amount: number): Promise<void> {
      const payment = { tender: 'cash', amount, reference: randomUUID() };
      const body = { memberId: id, storeId: till.storeId, amount, payment };
      madeBy(await merchant.post('/v1/wallet-top-ups', body));
    },
    code: async ({ phone }: TestMember) => (await phone.post<{ code: string }>('/member-code')).body.code,
    /** The one buys something, and the wallet of the other pays. */
    pay: (
      relative: TestMember,
      payer: TestMember,
      amount: number,
      more: object = {},
      client: Client = merchant,
    ) =>
      client.post<Bought>('/v1/purchases', {
        ...{ storeId: till.storeId, memberId: relative.id, reference: randomUUID() },
        ...{ lines: [{ name: 'Tea', price: amount }] },
        ...{ tenders: [{ kind: 'wallet', amount, payerId: payer.id }], ...more },
      }),
    refund: (id: string, amount: number) =>
      merchant.post(`/v1/purchases/${id}/refunds`, { amount, reason: 'back' }),
    balance: async ({ id }: TestMember) =>
      (await merchant.get<{ balance: { total: number } }>(`/v1/wallets/${id}`)).body.balance.total,
    /** What the counter sees of the wallets that somebody may pay from. */
    async seen({ number }: TestPerson, code?: string): Promise<readonly Open[]> {
      const query = `phone=${number}${code === undefined ? '' : `&code=${code}`}`;
      const found = await merchant.get<{ items: { family: Open[] }[] }>(`/v1/member-lookups?${query}`);
      return first(found.body.items).family;
    },
  };
}
