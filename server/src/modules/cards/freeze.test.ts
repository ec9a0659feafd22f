import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { openTill, type Till } from '../../../test/till.ts';

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

const why = { reason: 'left in a taxi' };

test('a frozen card pays nothing from then on, keeps its balance, and says why', async () => {
  const card = await till.card();
  await till.paid(card, 100);
  expect(await till.does(card, 'freeze', why)).toMatchObject({
    cardId: card.id,
    state: 'frozen',
    balance: 9_900,
  });
  await till.refuses('card_frozen', () => till.pay(card, 1));
  await till.refuses('card_frozen', () => till.hold(card, 1));
  expect(await till.shown(card)).toMatchObject({ state: 'frozen', balance: 9_900, reason: 'lost' });
  const { body } = await till.merchant.get<{ items: unknown[] }>(`/v1/cards/${card.id}/activities`);
  expect(body.items[0]).toMatchObject({ type: 'card.frozen', details: { cause: 'lost', ...why } });
});

test('of payments and a freeze at once, those decided before the freeze are whole and none comes after', async () => {
  const card = await till.card();
  const pays = () => Array.from({ length: 10 }, () => till.pay(card, 100));
  const replies = await Promise.all([...pays(), till.ask(card, 'freeze', why), ...pays()]);
  const paid = replies.filter(({ status }) => status === 201).length;
  const refused = replies.filter(({ body }) => body.code === 'card_frozen').length;
  expect(paid + refused).toBe(20);
  expect(await till.balanceOf(card)).toBe(10_000 - paid * 100);
});

test('an unfrozen card pays again', async () => {
  const card = await till.card();
  await till.does(card, 'freeze', why);
  expect(await till.does(card, 'unfreeze', { reason: 'found' })).toMatchObject({
    state: 'active',
    balance: 10_000,
  });
  await till.paid(card, 10_000);
});

test('a card whose time ran out while it was frozen is expired once it is unfrozen', async () => {
  const shop = await openTill(bench, { validity: { type: 'after', count: 1, unit: 'days' } });
  const card = await shop.card();
  await shop.does(card, 'freeze', why);
  bench.time.now = new Date(bench.time.now.getTime() + 3 * 86_400_000);
  expect(await shop.does(card, 'unfreeze', { reason: 'found' })).toMatchObject({ state: 'expired' });
  await shop.refuses('card_expired', () => shop.pay(card, 1));
});

test('what is frozen is not frozen again, and what is not frozen is not unfrozen', async () => {
  const card = await till.card();
  await till.refuses('card_not_frozen', () => till.ask(card, 'unfreeze', why));
  await till.does(card, 'freeze', why);
  await till.refuses('card_frozen', () => till.ask(card, 'freeze', why));
});

test('a card that is unsold, void, replaced or unknown is not frozen', async () => {
  const [blank, dead, old] = [await till.blank(), await till.card(), await till.card()];
  await till.does(dead, 'void', why);
  await till.does(old, 'replace');
  const ask = (id: string) => () => till.ask({ id }, 'freeze', why);
  await till.refuses('card_not_active', ask(blank.id));
  await till.refuses('card_voided', ask(dead.id));
  await till.refuses('card_replaced', ask(old.id));
  await till.refuses('card_not_found', ask('card_01jd000000e008000000000000'));
  await till.refuses('card_not_found', () =>
    till.ask({ id: 'card_01jd000000e008000000000000' }, 'unfreeze', why),
  );
  await till.refuses('invalid_request', () => till.ask(blank, 'freeze', { cause: 'lost' }), {
    field: 'reason',
  });
  await till.refuses('invalid_request', () => till.ask(blank, 'freeze', { ...why, cause: 'odd' }), {
    field: 'cause',
  });
});
