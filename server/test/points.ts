import { expect } from 'vitest';
import { jsonAmount } from '../src/kernel/money.ts';
import { isRefused } from '../src/kernel/outcome.ts';
import { openBook } from '../src/modules/ledger/index.ts';
import { systemKeyId } from '../src/modules/people/index.ts';
import { earn, pointsRows, returnSpent, spendPoints, takeBack } from '../src/modules/points/index.ts';
import { accepted, useCase } from '../src/platform/executor/useCase.ts';
import type { TestBench, TestMerchant } from './harness.ts';

type Buy = {
  readonly memberId: string;
  readonly storeId: string;
  readonly paid: bigint;
  readonly isBirthday?: boolean;
};
type Spend = { readonly memberId: string; readonly points: bigint; readonly bill: bigint };
type Return = {
  readonly memberId: string;
  readonly earned: bigint;
  readonly lot: string | null;
  readonly parts: readonly { readonly detail: string; readonly points: bigint }[];
  readonly total: bigint;
  readonly before: bigint;
  readonly now: bigint;
};

// What a checkout does with the door of points, and nothing else of it.

const buy = useCase({
  name: 'test.buy',
  permission: 'system',
  movesValue: false,
  needs: ({ memberId }: Buy, find) => pointsRows(memberId, find),
  decide(rows, { memberId, storeId, paid, isBirthday }, context) {
    const book = openBook(rows.accounts, context.now);
    const { transfers, earned, lot } = earn(
      rows,
      { storeId, eligible: paid, lines: [], isBirthday },
      book,
      context,
    );
    const postings = book.post(transfers);
    if (isRefused(postings)) return postings;
    return accepted({
      activities: [{ type: 'test.bought', subjectId: memberId, postings }],
      changes: book.changes(),
      result: { earned: jsonAmount(earned), lot },
    });
  },
});

const spend = useCase({
  name: 'test.spend',
  permission: 'system',
  movesValue: false,
  needs: ({ memberId }: Spend, find) => pointsRows(memberId, find),
  decide(rows, { memberId, points, bill }, context) {
    const book = openBook(rows.accounts, context.now);
    const spent = spendPoints(rows, points, bill, book, context);
    if (isRefused(spent)) return spent;
    const postings = book.post(spent.transfers);
    if (isRefused(postings)) return postings;
    return accepted({
      activities: [{ type: 'test.spent', subjectId: memberId, postings }],
      changes: book.changes(),
      result: {
        worth: jsonAmount(spent.worth),
        parts: spent.parts.map(({ detail, points }) => ({ detail, points: jsonAmount(points) })),
      },
    });
  },
});

const giveBack = useCase({
  name: 'test.return',
  permission: 'system',
  movesValue: false,
  needs: ({ memberId }: Return, find) => pointsRows(memberId, find),
  decide(rows, { memberId, earned, lot, parts, ...returning }, context) {
    const book = openBook(rows.accounts, context.now);
    const given = returnSpent(rows, { parts, returning, cause: 'spent' }, book, context);
    const first = book.post(given.transfers);
    if (isRefused(first)) return first;
    const back = takeBack(rows, { earned, lot, returning }, book, context);
    const postings = book.post(back.transfers);
    if (isRefused(postings)) return postings;
    return accepted({
      activities: [{ type: 'test.returned', subjectId: memberId, postings: [...first, ...postings] }],
      changes: book.changes(),
      result: { taken: jsonAmount(back.taken), owed: jsonAmount(back.owed), given: jsonAmount(given.points) },
    });
  },
});

/** A till at which members buy: what a checkout does with points, for a merchant. */
export function pointsTill({ runtime: { executor } }: TestBench, merchantId: string) {
  async function run<Result>(useCase: unknown, input: unknown): Promise<Result & { refused?: string }> {
    const command = {
      useCase,
      input,
      keyId: systemKeyId,
      idempotencyKey: null,
      fingerprint: null,
    } as unknown;
    const answer = await executor.run(merchantId, command as Parameters<typeof executor.run>[1]);
    if ('failed' in answer) throw answer.failed;
    return 'refusal' in answer ? (answer.refusal as never) : JSON.parse(answer.body);
  }
  return {
    buy: (input: Buy) => run<{ earned: number; lot: string | null }>(buy, input),
    spend: (input: Spend) =>
      run<{ worth: number; parts: { detail: string; points: number }[] }>(spend, input),
    giveBack: (input: Return) => run<{ taken: number; owed: number; given: number }>(giveBack, input),
  };
}

type Id = { readonly id: string };

/** A category, a product in it, a gift, and one that a member took: one of each kind of id of the catalogue. */
export async function takenGift(
  merchant: TestMerchant,
  storeId: string,
  memberId: string,
): Promise<Readonly<Record<'cat' | 'prd' | 'gft' | 'gor', string>>> {
  const made = async (path: string, body: object) => {
    const reply = await merchant.post<Id>(path, body);
    expect(reply.status, reply.text).toBe(201);
    return reply.body.id;
  };
  const name = { zh: '茶' };
  const cat = await made('/v1/product-categories', { name });
  const prd = await made('/v1/products', { sku: 'T', name, categoryId: cat, price: 1 });
  const gft = await made('/v1/gift-items', { name, productId: prd, points: 1 });
  await merchant.post(`/v1/gift-items/${gft}/stock`, { storeId, pieces: 9, reason: 'first' });
  await merchant.post(`/v1/members/${memberId}/points/adjustments`, { points: 9, reason: 'first' });
  const gor = await made('/v1/gift-orders', { memberId, giftId: gft, storeId, handOver: false });
  return { cat, prd, gft, gor };
}
