import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type Reply, type TestBench } from '../../../test/harness.ts';
import type { CardInHand } from '../../../test/shop.ts';
import { first, madeBy, openTill, type Till } from '../../../test/till.ts';
import { peopleOf } from '../../../test/wallet.ts';

let bench: TestBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

const columns = [
  ...[
    'loads',
    'kept',
    'honoured',
    'honouredElsewhere',
    'refunds',
    'adjustments',
    'fees',
    'netting',
    'payments',
  ],
] as const;
type Figures = { readonly currency: string; readonly [column: string]: number | string };
type Line = Figures & { readonly party: string; readonly storeId: string | null };
type Statement = {
  readonly id: string;
  readonly party: string;
  readonly storeId: string | null;
  readonly totals: readonly Figures[];
  readonly lines: readonly Line[];
};
type Bought = { readonly id: string; left: number };

/** Three stores with a member's wallet, cards and a basket of what was bought: whatever is asked of them, as far as it may be. */
async function openChain(till: Till) {
  const { merchant } = till;
  const third = await merchant.post<{ id: string }>('/v1/stores', { code: 'S3', name: 'Third' });
  const stores = [till.storeId, till.otherStoreId, third.body.id];
  const member = await peopleOf(bench, till, '136').member();
  const steps = [{ from: 1_000, ppm: 160_000 }];
  madeBy(await merchant.post('/v1/bonus-rules', { name: 'Gift', steps }));
  const cards: CardInHand[] = [];
  const bought: Bought[] = [];
  const storeAt = (n: number) => first(stores.slice(n % stores.length));
  const done = async (asking: Promise<Reply>) => {
    const reply = await asking;
    // What the wallet or the card cannot pay is refused, and that is as good.
    expect([200, 201, 409, 422], reply.text).toContain(reply.status);
    return reply.status === 201 ? reply.body : undefined;
  };
  const buy = async (store: number, amount: number, tenders: readonly object[]) => {
    const lines = [{ name: 'Tea', price: amount }];
    const body = { storeId: storeAt(store), memberId: member.id, reference: randomUUID(), lines, tenders };
    const made = await done(merchant.post('/v1/purchases', body));
    if (made) bought.push({ id: String(made.id), left: amount });
  };
  return {
    async load(store: number, amount: number) {
      const payment = { tender: 'cash', amount, reference: randomUUID() };
      await done(
        merchant.post('/v1/wallet-top-ups', {
          memberId: member.id,
          storeId: storeAt(store),
          amount,
          payment,
        }),
      );
    },
    async card(store: number, amount: number) {
      const card = await till.blank();
      const payment = { tender: 'cash', amount: 10_000, reference: randomUUID() };
      const sale = { cards: [{ serial: card.serial }], storeId: storeAt(store), payment };
      if (await done(merchant.post('/v1/cards/activate', sale))) cards.push(card);
      await buy(store + 1, amount, [{ kind: 'gift_card', code: card.code, pin: card.pin, amount }]);
    },
    async pay(store: number, amount: number) {
      await buy(store, amount, [{ kind: 'wallet', amount }]);
    },
    async redeem(store: number, amount: number) {
      const card = cards.at(amount % Math.max(1, cards.length));
      if (card) await done(till.pay(card, amount, { storeId: storeAt(store) }));
    },
    async refund(nth: number, amount: number) {
      const one = bought[nth % Math.max(1, bought.length)];
      const back = Math.min(amount, one?.left ?? 0);
      if (!one || back === 0) return;
      if (await done(merchant.post(`/v1/purchases/${one.id}/refunds`, { amount: back, reason: 'back' })))
        one.left -= back;
    },
  };
}

type Chain = Awaited<ReturnType<typeof openChain>>;
const verbs = ['load', 'card', 'pay', 'pay', 'redeem', 'refund'] as const;
const step = fc.record({
  verb: fc.constantFrom(...verbs),
  store: fc.nat(2),
  amount: fc.integer({ min: 1, max: 9_999 }),
});
const share = fc.integer({ min: 0, max: 1_000_000 });
const terms = fc.record({ principalPpm: share, bonusPpm: share, fee: fc.nat(30_000), hq: share });

async function layDown(
  till: Till,
  asked: { principalPpm: number; bonusPpm: number; fee: number; hq: number },
) {
  const { principalPpm, bonusPpm, fee, hq } = asked;
  const shares = [
    { by: 'hq', ppm: hq },
    { by: 'seller', ppm: 1_000_000 - hq },
  ];
  madeBy(
    await till.merchant.post('/v1/settlement-terms', {
      ratios: [{ principalPpm, bonusPpm }],
      bearing: [{ lot: 'bonus', shares }],
      commissions: [
        { kind: 'redemption', ppm: fee },
        { kind: 'load', ppm: fee },
      ],
    }),
  );
}

async function statementsOf(till: Till, periodId: string): Promise<readonly Statement[]> {
  const path = `/v1/settlement-statements?periodId=${periodId}`;
  const { body } = await till.merchant.get<{ items: Statement[] }>(path);
  const whole = body.items.map(({ id }) => till.merchant.get<Statement>(`/v1/settlement-statements/${id}`));
  return (await Promise.all(whole)).map((reply) => reply.body);
}

const figure = (row: Figures | undefined, name: string): number => Number(row?.[name] ?? 0);
const sumOf = (rows: readonly Figures[], name: string): number =>
  rows.reduce((sum, row) => sum + figure(row, name), 0);
const nameOf = ({ party, storeId }: Pick<Line, 'party' | 'storeId'>) => storeId ?? party;

/** Expects that a period is as it must be, whatever happened in it; answers what each party ends with. */
function expectBalanced(statements: readonly Statement[], before: ReadonlyMap<string, number>) {
  const all = statements.flatMap(({ lines }) => lines);
  const between = all.filter(({ party }) => party !== 'holders');
  for (const name of ['opening', 'loads', 'kept', 'refunds', 'adjustments', 'fees', 'netting', 'payments'])
    expect(sumOf(between, name), name).toBe(0);
  for (const name of ['net', 'closing']) expect(sumOf(all, name), name).toBe(0);
  expect(sumOf(all, 'honoured') + sumOf(all, 'honouredElsewhere')).toBe(0);
  const after = new Map<string, number>();
  for (const { totals, lines, ...whose } of statements) {
    const [total] = totals;
    expect(figure(total, 'opening')).toBe(before.get(nameOf(whose)) ?? 0);
    for (const row of [...totals, ...lines]) {
      const moved = columns.reduce((sum, name) => sum + figure(row, name), 0);
      expect(figure(row, 'net')).toBe(moved);
      expect(figure(row, 'closing')).toBe(figure(row, 'opening') + moved);
    }
    expect(sumOf(lines, 'closing')).toBe(figure(total, 'closing'));
    for (const line of lines) {
      // What is promised to those who hold cards and wallets is kept, and owed to no party.
      if (line.party === 'holders') {
        expect(figure(line, 'kept') + figure(line, 'loads') + figure(line, 'refunds')).toBe(0);
        expect(figure(line, 'closing')).toBe(0);
        continue;
      }
      const other = statements.find((one) => nameOf(one) === nameOf(line));
      const mirrored = other?.lines.find((one) => nameOf(one) === nameOf(whose));
      expect(figure(mirrored, 'closing') + figure(line, 'closing')).toBe(0);
    }
    after.set(nameOf(whose), figure(total, 'closing'));
  }
  return after;
}

test('whatever three stores load, honour and give back on whatever terms, a period closes on its opening and all sums are zero', async () => {
  const till = await openTill(bench);
  const chain = await openChain(till);
  // A store that keeps its cash and pays the merchant for it as it comes.
  const agreed = { storeId: till.otherStoreId, keepsCash: true, creditLimit: 1_000_000 };
  expect((await till.merchant.post('/v1/store-settlement-accounts', agreed)).status).toBe(200);
  let before: ReadonlyMap<string, number> = new Map();
  const moved = new Set<string>();
  const run = async (asked: readonly { verb: keyof Chain; store: number; amount: number }[]) => {
    for (const { verb, store, amount } of asked) await chain[verb](store, amount);
    const drawn = await till.merchant.post<{ id: string }>('/v1/settlement-periods', {});
    expect(drawn.status, drawn.text).toBe(201);
    const statements = await statementsOf(till, drawn.body.id);
    before = expectBalanced(statements, before);
    for (const { totals } of statements)
      for (const name of columns) if (sumOf(totals, name) !== 0) moved.add(name);
    const whole = await till.merchant.get<{ totals: Figures[] }>(`/v1/settlement-periods/${drawn.body.id}`);
    expect(sumOf(whole.body.totals, 'closing')).toBe(0);
    for (const { storeId, totals } of statements) {
      if (storeId === null) continue;
      const path = `/v1/stores/${storeId}/settlement`;
      const standing = (await till.merchant.get<{ totals: Figures[] }>(path)).body.totals;
      expect(sumOf(totals, 'closing')).toBe(sumOf(standing, 'net'));
    }
  };
  // What each column is for happens once for certain, and then whatever chance brings.
  await layDown(till, { principalPpm: 900_000, bonusPpm: 300_000, fee: 6_000, hq: 500_000 });
  const told = [0, 1, 2].flatMap((store) => [
    { verb: 'load', store, amount: 9_000 } as const,
    { verb: 'pay', store: (store + 1) % 3, amount: 5_000 } as const,
    { verb: 'card', store, amount: 4_000 } as const,
  ]);
  await run([...told, ...[0, 1, 2].map((store) => ({ verb: 'refund', store, amount: 2_000 }) as const)]);
  await fc.assert(
    fc.asyncProperty(terms, fc.array(step, { minLength: 3, maxLength: 14 }), async (asked, steps) => {
      await layDown(till, asked);
      await run(steps);
    }),
    // Each run goes on where the last one ended, so there is nothing to shrink.
    { numRuns: 25, endOnFailure: true },
  );
  expect([...moved].toSorted()).toEqual([
    ...['fees', 'honoured', 'honouredElsewhere', 'kept', 'loads', 'payments', 'refunds'],
  ]);
}, 30_000);

test('what goes back is in the column of refunds, however it was paid: by card, by wallet, by a basket of both', async () => {
  const till = await openTill(bench);
  const { merchant, storeId, otherStoreId } = till;
  const chain = await openChain(till);
  await chain.load(0, 10_000);
  const card = await till.card();
  const refund = async (path: string, amount: number) =>
    expect((await merchant.post(path, { amount, reason: 'back' })).status).toBe(201);
  const buy = async (tenders: readonly { amount: number }[]) => {
    const price = tenders.reduce((sum, { amount }) => sum + amount, 0);
    const members = await merchant.get<{ items: { id: string }[] }>('/v1/members');
    const made = await merchant.post('/v1/purchases', {
      storeId: otherStoreId,
      memberId: first(members.body.items).id,
      reference: randomUUID(),
      lines: [{ name: 'Tea', price }],
      tenders,
    });
    return madeBy(made);
  };
  const byCard = { kind: 'gift_card', code: card.code, pin: card.pin };
  const both = await buy([
    { kind: 'wallet', amount: 2_000 },
    { ...byCard, amount: 1_000 },
  ] as { amount: number }[]);
  await refund(`/v1/purchases/${both}/refunds`, 1_500);
  const redeemed = await till.paid(card, 700, { storeId: otherStoreId });
  await refund(`/v1/redemptions/${redeemed}/refunds`, 300);
  const reversed = randomUUID();
  await till.paid(card, 50, { storeId: otherStoreId, reference: reversed });
  const undone = await merchant.post('/v1/reversals', { storeId: otherStoreId, reference: reversed });
  expect(undone.status, undone.text).toBeLessThan(300);
  const drawn = await merchant.post<{ id: string }>('/v1/settlement-periods', {});
  const statements = await statementsOf(till, drawn.body.id);
  const totalOf = (id: string) => first(statements.find((one) => one.storeId === id)?.totals ?? []);
  expect(totalOf(otherStoreId)).toMatchObject({ honoured: 3_750, refunds: -1_850, closing: 1_900 });
  expect(totalOf(storeId)).toMatchObject({ honouredElsewhere: -3_750, refunds: 1_850, closing: -1_900 });
});
