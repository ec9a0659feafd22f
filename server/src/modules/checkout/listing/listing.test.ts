import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, openBench, type Reply, type TestBench } from '../../../../test/harness.ts';
import { madeBy, openTill, rowsOf, type Till } from '../../../../test/till.ts';
import { peopleOf, type TestMember } from '../../../../test/wallet.ts';

let bench: TestBench;
let till: Till;
let members: readonly TestMember[];
beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench);
  const people = peopleOf(bench, till, '137');
  members = [await people.member(), await people.member()];
  for (const { id } of members) {
    const payment = { tender: 'cash', amount: 90_000, reference: 'T' };
    madeBy(
      await till.merchant.post('/v1/wallet-top-ups', {
        ...{ memberId: id, storeId: till.storeId, amount: 90_000, payment },
      }),
    );
  }
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

type Item = {
  readonly id: string;
  readonly storeId: string;
  readonly memberId: string | null;
  readonly reference: string;
  readonly due: number;
  readonly returned: number;
  readonly state: string;
  readonly tenders: readonly { tender: string; amount: number }[];
};
type Page = { readonly items: readonly Item[]; readonly nextCursor: string | null };
type Known = { readonly id: string; readonly day: string; readonly [more: string]: unknown };

const dayOf = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

/** Sells something of some tender, at some store, to a member or nobody; the figures are of chance that is always the same. */
async function sale(n: number): Promise<Known> {
  const storeId = n % 3 === 0 ? till.storeId : till.otherStoreId;
  const memberId = n % 4 === 3 ? undefined : members[n % 2]?.id;
  const amount = 200 + n;
  const cash = { kind: 'money', tender: n % 5 === 0 ? 'bank_card' : 'cash', amount };
  const tenders =
    memberId === undefined
      ? [cash]
      : n % 2 === 0
        ? [{ kind: 'wallet', amount }]
        : [
            { kind: 'wallet', amount: 100 },
            { ...cash, amount: amount - 100 },
          ];
  const reference = `R-${n}-${randomUUID()}`;
  const lines = [{ name: '茶', price: amount }];
  const made = await till.merchant.post<Item>('/v1/purchases', {
    ...{ storeId, memberId, reference, lines, tenders },
  });
  const id = madeBy(made);
  const back = n % 7 === 1 ? amount : n % 7 === 2 ? 50 : 0;
  if (back > 0)
    madeBy(await till.merchant.post(`/v1/purchases/${id}/refunds`, { amount: back, reason: 'back' }));
  return {
    ...{ id, storeId, memberId: memberId ?? null, reference, day: dayOf(bench.time.now) },
    state: back === 0 ? 'whole' : back === amount ? 'refunded' : 'partly_refunded',
    tenders: made.body.tenders.map(({ tender }) => tender),
  };
}

async function all(query: string, by: Pick<Client, 'get'> = till.merchant, limit = 7): Promise<string[]> {
  const found: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const path: string = `/v1/purchases?limit=${limit}${query}${cursor === '' ? '' : `&cursor=${cursor}`}`;
    const reply: Reply<Page> = await by.get<Page>(path);
    expect(reply.status, reply.text).toBe(200);
    found.push(...reply.body.items.map(({ id }) => id));
    cursor = reply.body.nextCursor;
  }
  return found;
}

test('each filter, and two together, finds exactly what was bought so: before the job that keeps the list, between and after', async () => {
  const known: Known[] = [];
  const firstDay = dayOf(bench.time.now);
  for (let n = 0; n < 24; n++) {
    if (n === 12) bench.time.now = new Date(bench.time.now.getTime() + 3 * 86_400_000);
    known.unshift(await sale(n));
    if (n === 8) await bench.runJobs('checkout.keepList');
  }
  const [one, other] = members;
  const lastDay = dayOf(bench.time.now);
  const filters: [string, (one: Known) => boolean][] = [
    ['', () => true],
    [`&storeId=${till.storeId}`, ({ storeId }) => storeId === till.storeId],
    [`&memberId=${one?.id}`, ({ memberId }) => memberId === one?.id],
    [`&memberId=${other?.id}`, ({ memberId }) => memberId === other?.id],
    [`&from=${lastDay}`, ({ day }) => day === lastDay],
    [`&to=${firstDay}`, ({ day }) => day === firstDay],
    [`&from=${firstDay}&to=${firstDay}`, ({ day }) => day === firstDay],
    ...['wallet', 'cash', 'bank_card', 'points'].map((tender): [string, (one: Known) => boolean] => [
      `&tender=${tender}`,
      ({ tenders }) => Array.isArray(tenders) && tenders.includes(tender),
    ]),
    ...['whole', 'partly_refunded', 'refunded'].map((state): [string, (one: Known) => boolean] => [
      `&state=${state}`,
      (purchase) => purchase.state === state,
    ]),
    [`&reference=${known[3]?.reference}`, ({ id }) => id === known[3]?.id],
  ];
  const check = async () => {
    for (const [query, wanted] of filters) {
      for (const [more, also] of filters) {
        const named = query.match(/&\w+/g) ?? [];
        if (named.some((name) => more.includes(name))) continue;
        const expected = known.filter((purchase) => wanted(purchase) && also(purchase));
        expect([query, more, await all(query + more)]).toEqual([query, more, expected.map(({ id }) => id)]);
      }
    }
  };
  await check();
  await bench.runJobs('checkout.keepList');
  await check();
  const kept = () =>
    rowsOf(bench, `select tender, purchase_seq, store_id from checkout.listed order by 2, 1`);
  const before = await kept();
  expect(before.length).toBeGreaterThan(24);
  await rowsOf(
    bench,
    `with gone as (delete from ledger.follower where job = 'checkout.keepList') delete from checkout.listed`,
  );
  await bench.runJobs('checkout.keepList');
  expect(await kept()).toEqual(before);
});

test('one purchase is told with its lines, what paid, what was earned and all that went back, in its order', async () => {
  const lines = [
    { name: '茶', price: 300, quantity: 2 },
    { name: '杯', price: 400 },
  ];
  const tenders = [
    { kind: 'wallet', amount: 600 },
    { kind: 'money', tender: 'cash', amount: 400, reference: 'Z-9' },
  ];
  const memberId = members[0]?.id;
  const facts = { storeId: till.storeId, memberId, reference: 'whole', lines, tenders };
  const id = madeBy(await till.merchant.post('/v1/purchases', facts));
  for (const amount of [300, 250])
    madeBy(await till.merchant.post(`/v1/purchases/${id}/refunds`, { amount, reason: `back ${amount}` }));
  const told = await till.merchant.get(`/v1/purchases/${id}`);
  expect(told.body, told.text).toMatchObject({
    ...{ id, reference: 'whole', memberId, due: 1_000, returned: 550, state: 'partly_refunded' },
    lines: [
      { name: '茶', quantity: 2, amount: 600, due: 600 },
      { name: '杯', quantity: 1, amount: 400, due: 400 },
    ],
    tenders: [
      { tender: 'wallet', amount: 600 },
      { tender: 'cash', amount: 400, reference: 'Z-9' },
    ],
    refunds: [
      { amount: 300, reason: 'back 300', tenders: [{ tender: 'cash', amount: 300 }] },
      {
        amount: 250,
        tenders: [
          { tender: 'cash', amount: 100 },
          { tender: 'wallet', amount: 150 },
        ],
      },
    ],
  });
  const entry = await till.merchant.get(`/v1/activities/${told.body.activityId}`);
  expect(entry.body, entry.text).toMatchObject({ type: 'purchase.made', reference: 'whole' });
});

test('who is limited to stores sees what was bought there; an id that may not be seen is like one of nothing', async () => {
  const here = await sale(3);
  const there = await sale(4);
  const limited = await till.key({ role: 'store_manager', storeIds: [till.storeId] });
  const seen = await all('', limited, 200);
  expect(seen).toContain(here.id);
  expect(seen).toEqual(await all(`&storeId=${till.storeId}`));
  expect(await all(`&storeId=${till.otherStoreId}`, limited)).toEqual([]);
  for (const filter of ['&tender=wallet', '&state=refunded', `&memberId=${members[1]?.id}`])
    expect(await all(filter, limited)).toEqual(await all(`${filter}&storeId=${till.storeId}`));
  expect(await all(`&reference=${there.reference}`, limited)).toEqual([]);
  const refused = await till.refuses('purchase_not_found', () => limited.get(`/v1/purchases/${there.id}`));
  expect(refused.text).toBe((await limited.get('/v1/purchases/pur_01jd3v0000e008000000000zyd')).text);
  await till.refuses('purchase_not_found', () =>
    till.merchant.get(`/v1/purchases/${here.id.slice(0, -1)}${here.id.endsWith('0') ? '1' : '0'}`),
  );
  const blind = await till.key({ permissions: ['checkout.sell'] });
  await till.refuses('permission_denied', () => blind.get('/v1/purchases'));
  await till.refuses('invalid_request', () => till.merchant.get('/v1/purchases?cursor=0x'), {
    field: 'cursor',
  });
});

test('no purchase tells what was left on the wallet that paid, of whom the house hides it', async () => {
  await till.merchant.patch('/v1/wallet-policy', { codeAbove: 1_000 });
  const { id } = await sale(0);
  const clerk = await till.key({ role: 'clerk' });
  for (const path of ['/v1/purchases', `/v1/purchases/${id}`]) {
    const told = await clerk.get(path);
    expect(told.status, told.text).toBe(200);
    expect(told.text).not.toContain('balance');
    expect(told.text).not.toContain('principal');
  }
});
