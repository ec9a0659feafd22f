import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { openTill, type Till } from '../../../../test/till.ts';

let bench: TestBench;
let till: Till;
beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench);
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

type Item = { readonly id: string; readonly [more: string]: unknown };
type Page = { readonly items: readonly Item[]; readonly nextCursor: string | null };
const list = async (path: string, client: Pick<Till['merchant'], 'get'> = till.merchant) => {
  const reply = await client.get<Page>(path);
  expect(reply.status, reply.text).toBe(200);
  return reply.body;
};
const ids = (page: Page) => page.items.map(({ id }) => id);

test('redemptions are found by time, store, card, actor, reference and amount, with what has gone back of each', async () => {
  const card = await till.card();
  const first = await till.paid(card, 500, { reference: 'E1' });
  bench.time.now = new Date(bench.time.now.getTime() + 3_600_000);
  const since = bench.time.now.toISOString();
  const clerk = await till.key({ role: 'clerk', name: 'Wu' });
  const paid = await clerk.post<Item>('/v1/redemptions', {
    code: card.code,
    pin: card.pin,
    amount: 700,
    currency: 'CNY',
    storeId: till.otherStoreId,
    reference: 'E2',
  });
  const second = paid.body.id;
  const hold = await till.held(card, 60);
  const captured = (await till.merchant.post<Item>(`/v1/holds/${hold}/capture`, {})).body.id;
  await till.merchant.post(`/v1/redemptions/${first}/refunds`, { amount: 120, reason: 'returned' });
  await till.merchant.post('/v1/reversals', { reference: 'E2', storeId: till.otherStoreId });

  const of = `/v1/redemptions?cardId=${card.id}`;
  const all = await list(of);
  expect(ids(all)).toEqual([captured, second, first]);
  expect(all.items).toMatchObject([
    { amount: 60, captured: true, returned: 0, reversed: false },
    {
      amount: 700,
      reversed: true,
      returned: 700,
      actor: { kind: 'key', name: 'Wu' },
      storeId: till.otherStoreId,
    },
    {
      amount: 500,
      returned: 120,
      reversed: false,
      reference: 'E1',
      serial: card.serial,
      currency: 'CNY',
      cardId: card.id,
    },
  ]);
  const wu = (await clerk.get<{ keyId: string }>('/v1/me')).body.keyId;
  for (const [query, wanted] of [
    [`from=${since}`, [captured, second]],
    [`to=${since}`, [first]],
    [`storeId=${till.otherStoreId}`, [second]],
    [`actorId=${wu}`, [second]],
    ['reference=E1', [first]],
    ['amountMin=60&amountMax=500', [captured, first]],
    [`amountMin=400&from=${since}&storeId=${till.storeId}`, []],
  ] as const)
    expect([query, ids(await list(`${of}&${query}`))]).toEqual([query, wanted]);
  expect((await till.merchant.get(`/v1/redemptions/${first}`)).body).toEqual(all.items[2]);

  const back = await list(`/v1/refunds?cardId=${card.id}`);
  expect(back.items).toMatchObject([
    { redemptionId: second, amount: 700, storeId: till.otherStoreId },
    { redemptionId: first, amount: 120, reason: 'returned' },
  ]);
  const pages: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Page = await list(`${of}&limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`);
    pages.push(...ids(page));
    cursor = page.nextCursor;
  }
  expect(pages).toEqual(ids(all));
});

test('the audit tells who, what, where and to what; names are for who may see people', async () => {
  const card = await till.card();
  await till.does(card, 'freeze', { reason: 'lost' });
  const { items } = await list(`/v1/activities?subjectId=${card.id}`);
  expect(items).toMatchObject([
    {
      type: 'card.frozen',
      subjectId: card.id,
      details: { reason: 'lost', cause: 'lost' },
      actor: { name: 'Owner' },
    },
    { type: 'card.activated', storeId: till.storeId, actor: { kind: 'key' } },
  ]);
  expect((await list('/v1/activities?type=store.created')).items).toHaveLength(2);
  const blind = await till.key({ permissions: ['audit.read'] });
  const [seen] = (await list(`/v1/activities?subjectId=${card.id}`, blind)).items;
  expect(seen).toMatchObject({ actor: { name: null } });
  const one = await till.merchant.get<Item>(`/v1/activities/${items[1]?.id}`);
  expect(one.body).toMatchObject({
    ...items[1],
    postings: [
      { purpose: 'tender', amount: -10_000 },
      { purpose: 'card', ownerId: card.id, amount: 10_000, balanceAfter: 10_000 },
    ],
  });
});

test('a posting names the member whose wallet it is on', async () => {
  const consent = { textVersion: 1 };
  const member = await till.merchant.post<Item>('/v1/members', { phone: '13800138771', consent });
  const payment = { tender: 'cash', amount: 500, reference: 'E-top-up' };
  const facts = { memberId: member.body.id, amount: 500, storeId: till.storeId, payment };
  const made = await till.merchant.post('/v1/wallet-top-ups', facts);
  expect(made.status, made.text).toBe(201);
  const [entry] = (await list('/v1/activities?type=wallet.topped_up')).items;
  const one = await till.merchant.get<Item>(`/v1/activities/${entry?.id}`);
  expect(one.body.postings).toContainEqual(
    expect.objectContaining({ purpose: 'wallet', ownerId: member.body.id }),
  );
});

test('who is limited to stores sees what happened there; an id that may not be seen is like one of nothing', async () => {
  const card = await till.card();
  const here = await till.paid(card, 10);
  const there = await till.paid(card, 10, { storeId: till.otherStoreId });
  const limited = await till.key({ role: 'store_manager', storeIds: [till.otherStoreId] });
  expect(ids(await list(`/v1/redemptions?cardId=${card.id}`, limited))).toEqual([there]);
  const audit = (await list('/v1/activities?limit=200', limited)).items;
  expect(new Set(audit.map(({ storeId }) => storeId))).toEqual(new Set([till.otherStoreId]));
  const refused = await till.refuses('redemption_not_found', () => limited.get(`/v1/redemptions/${here}`));
  expect(refused.text).toBe((await limited.get('/v1/redemptions/red_01jd000000e008000000000000')).text);
  const [entry] = (await list(`/v1/activities?type=card.redeemed&storeId=${till.storeId}`)).items;
  await till.refuses('activity_not_found', () => limited.get(`/v1/activities/${entry?.id}`));
});

test('filters that are none are refused at their field', async () => {
  const get = (path: string) => () => till.merchant.get(path);
  await till.refuses('invalid_request', get('/v1/redemptions?cursor=x'), { field: 'cursor' });
  await till.refuses('invalid_request', get('/v1/redemptions?actorId=card_01jd000000e008000000000000'), {
    field: 'actorId',
  });
  await till.refuses('invalid_request', get('/v1/activities?type=x'), { field: 'type' });
  await till.refuses('invalid_request', get('/v1/activities?subjectId=x_1'), { field: 'subjectId' });
});
