import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { openTill, rowsOf, type Till } from '../../../../test/till.ts';

let bench: TestBench;
let till: Till;
beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench, { validity: { type: 'after', count: 90, unit: 'days' } });
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

type Preview = {
  readonly count: number;
  readonly balances: readonly { readonly currency: string; readonly balance: number }[];
  readonly cardIds: readonly string[];
  readonly refused: readonly { readonly code: string; readonly count: number }[];
};
type Action = {
  readonly id: string;
  readonly state: string;
  readonly done: number;
  readonly total: number;
  readonly refused: number;
  readonly refusals: readonly { readonly cardId: string; readonly code: string }[];
};
const preview = async (query: string) =>
  (await till.merchant.get<Preview>(`/v1/cards/preview?${query}`)).body;
const read = async (id: string) => (await till.merchant.get<Action>(`/v1/card-actions/${id}`)).body;

test('a filter is previewed by the rules themselves, and exactly that set is done, each card as if asked for by itself', async () => {
  const cards = await till.sell(5, 3_000);
  const [spent, frozen] = cards;
  if (!spent || !frozen) throw new Error('no card');
  await till.paid(spent, 500);
  await till.does(frozen, 'freeze', { reason: 'lost' });
  const { batchId } = await till.shown(spent);
  const seen = await preview(`batchId=${String(batchId)}&verb=freeze`);
  expect(seen).toMatchObject({
    count: 4,
    balances: [{ currency: 'CNY', balance: 11_500 }],
    refused: [{ code: 'card_frozen', count: 1 }],
  });
  expect(new Set(seen.cardIds)).toEqual(new Set(cards.filter((card) => card !== frozen).map(({ id }) => id)));

  const asked = { verb: 'freeze', cardIds: seen.cardIds, reason: 'recall' };
  const manager = await till.key({ role: 'manager', name: 'Zhou' });
  const begun = await manager.post<Action>('/v1/card-actions', asked, 'K1');
  expect(begun.status, begun.text).toBe(202);
  expect(begun.body).toMatchObject({ state: 'running', total: 4, done: 0 });
  const again = await manager.post<Action>('/v1/card-actions', asked, 'K1');
  expect(again.text).toBe(begun.text);
  await bench.runJobs('cards.act');
  expect(await read(begun.body.id)).toMatchObject({ state: 'done', done: 4, refused: 0, refusals: [] });
  for (const { id } of cards) expect((await till.shown({ id })).state).toBe('frozen');
  const { body } = await till.merchant.get<{ items: { type: string; actorName: string }[] }>(
    `/v1/cards/${spent.id}/activities`,
  );
  expect(body.items[0]).toMatchObject({
    type: 'card.frozen',
    actorName: 'Zhou',
    details: { reason: 'recall' },
  });
  const list = await till.merchant.get<{ items: Action[] }>('/v1/card-actions');
  expect(list.body.items.map(({ id }) => id)).toEqual([begun.body.id]);
});

test('a card that changed meanwhile is refused by itself, and an action that was cut off goes on without doing one twice', async () => {
  const cards = await till.sell(3, 2_000);
  const [first, second] = cards;
  if (!first || !second) throw new Error('no card');
  const begun = await till.merchant.post<Action>('/v1/card-actions', {
    verb: 'void',
    cardIds: cards.map(({ id }) => id),
    reason: 'misprint',
  });
  await till.does(second, 'void', { reason: 'before' });
  await bench.runJobs('cards.act');
  const voided = await till.total('voided');
  expect(await read(begun.body.id)).toMatchObject({
    state: 'done',
    refused: 1,
    refusals: [{ cardId: second.id, code: 'card_voided' }],
  });
  // As after a kill between the cards and the note of them.
  await rowsOf(bench, `update cards.action_progress set done = 0 where total = 3`);
  await Promise.all([bench.runJobs('cards.act'), bench.runJobs('cards.act')]);
  expect(await read(begun.body.id)).toMatchObject({ state: 'done', done: 3, refused: 1 });
  expect(await till.total('voided')).toBe(voided);
  const log = await till.merchant.get<{ items: { type: string }[] }>(`/v1/cards/${first.id}/activities`);
  expect(log.body.items.filter(({ type }) => type === 'card.voided')).toHaveLength(1);
});

test('of a card that has gained since it was asked for no more is voided than was seen: it is refused', async () => {
  const [gained, spent] = await till.sell(2, 2_000);
  if (!gained || !spent) throw new Error('no card');
  const redemption = await till.paid(gained, 500);
  const begun = await till.merchant.post<Action>('/v1/card-actions', {
    verb: 'void',
    cardIds: [gained.id, spent.id],
    reason: 'recall',
  });
  await till.merchant.post(`/v1/redemptions/${redemption}/refunds`, { amount: 1, reason: 'back' });
  await till.paid(spent, 1);
  await bench.runJobs('cards.act');
  expect(await read(begun.body.id)).toMatchObject({
    state: 'done',
    refused: 1,
    refusals: [{ cardId: gained.id, code: 'card_balance_grew' }],
  });
  expect([(await till.shown(gained)).state, (await till.shown(spent)).state]).toEqual([
    'partially_used',
    'voided',
  ]);
});

test('many are extended to a day; what nobody may do any more is not done for them either', async () => {
  const cards = await till.sell(2, 2_000);
  const cardIds = cards.map(({ id }) => id);
  const until = { verb: 'extend', cardIds, reason: 'spring', until: '2027-12-31' };
  await till.merchant.post('/v1/card-actions', until);
  await bench.runJobs('cards.act');
  expect((await till.shown({ id: cardIds[0] ?? '' })).validUntil).toBe('2027-12-31T16:00:00.000Z');

  const made = await till.merchant.post<{ id: string; key: string }>('/v1/api-keys', {
    name: 'gone',
    role: 'manager',
  });
  const begun = await bench
    .client(made.body.key)
    .post<Action>('/v1/card-actions', { verb: 'freeze', cardIds, reason: 'r' });
  await till.merchant.post(`/v1/api-keys/${made.body.id}/revoke`);
  await bench.runJobs('cards.act');
  expect(await read(begun.body.id)).toMatchObject({
    refused: 2,
    refusals: [{ code: 'unauthenticated' }, {}],
  });
});

test('who lacks the verb, the store or the card starts nothing', async () => {
  const [card] = await till.sell(1, 2_000);
  const body = { verb: 'void', cardIds: [card?.id], reason: 'r' };
  const mayFreeze = await till.key({ permissions: ['cards.bulk', 'cards.freeze'] });
  await till.refuses('permission_denied', () => mayFreeze.post('/v1/card-actions', body));
  const elsewhere = await till.key({ role: 'owner', storeIds: [till.otherStoreId] });
  await till.refuses('store_out_of_scope', () => elsewhere.post('/v1/card-actions', body));
  const other = await openTill(bench);
  await till.refuses('card_not_found', () => other.merchant.post('/v1/card-actions', body), {
    field: 'cardIds',
  });
  await till.refuses('card_action_not_found', () =>
    other.merchant.get('/v1/card-actions/cact_01jd000000e008000000000000'),
  );
  await till.refuses('idempotency_key_required', () => till.merchant.post('/v1/card-actions', body, null));
});

test('a filter that finds more than can be done at once is refused', async () => {
  const wide = await openTill(bench);
  await rowsOf(
    bench,
    `insert into cards.card (merchant_id, id, version_id, serial, code_hash, key_version, draw, last4, face_value, state)
     select v.merchant_id, gen_random_uuid(), v.id, 100000 + n, sha256(n::text::bytea), 1, 0, '0000', 100, 'generated'
     from programs.version v, generate_series(1, 10001) n where v.merchant_id = '${wide.merchant.id}'`,
  );
  await till.refuses('too_many_cards', () => wide.merchant.get('/v1/cards/preview'));
  expect((await wide.merchant.get('/v1/cards/count')).body).toEqual({ count: 10_000, exact: false });
});
