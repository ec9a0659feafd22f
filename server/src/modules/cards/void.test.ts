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

const why = { reason: 'stolen' };

test('a void card pays nothing for ever; its value is the merchant’s and its history stays', async () => {
  const card = await till.card();
  await till.paid(card, 2_500);
  const before = await till.total('voided');
  expect(await till.does(card, 'void', why)).toMatchObject({ cardId: card.id, state: 'voided', balance: 0 });
  expect((await till.total('voided')) - before).toBe(7_500);
  await till.refuses('card_voided', () => till.pay(card, 1));
  expect(await till.shown(card)).toMatchObject({ state: 'voided', balance: 0, reason: 'stolen' });
  const { body } = await till.merchant.get<{ items: { type: string }[] }>(`/v1/cards/${card.id}/activities`);
  expect(body.items.map(({ type }) => type)).toEqual(['card.voided', 'card.redeemed', 'card.activated']);
  expect(body.items[0]).toMatchObject({ amount: 7_500, details: { reason: 'stolen', balance: 0 } });
});

test('nothing brings a void card back', async () => {
  const card = await till.card();
  await till.does(card, 'void', why);
  await till.refuses('card_voided', () => till.ask(card, 'void', why));
  await till.refuses('card_not_frozen', () => till.ask(card, 'unfreeze', why));
  await till.refuses('card_voided', () => till.ask(card, 'reactivate', { ...why, until: '2030-01-01' }));
  await till.refuses('card_voided', () => till.ask(card, 'extend', { ...why, until: '2030-01-01' }));
  await till.refuses('card_voided', () => till.ask(card, 'replace'));
  await till.refuses('card_voided', () => till.ask(card, 'transfer'));
  const payment = { tender: 'cash', amount: 1, reference: 'R' };
  await till.refuses('card_voided', () =>
    till.ask(card, 'reload', { amount: 1, storeId: till.storeId, payment }),
  );
});

test('an unsold card, a frozen one and an expired one can be voided', async () => {
  const [blank, frozen] = [await till.blank(), await till.card()];
  expect(await till.does(blank, 'void', why)).toMatchObject({ state: 'voided' });
  await till.does(frozen, 'freeze', { reason: 'odd', cause: 'risk' });
  expect(await till.does(frozen, 'void', why)).toMatchObject({ state: 'voided' });
  const shop = await openTill(bench, { validity: { type: 'after', count: 1, unit: 'days' } });
  const old = await shop.card();
  bench.time.now = new Date(bench.time.now.getTime() + 3 * 86_400_000);
  expect(await shop.does(old, 'void', why)).toMatchObject({ state: 'voided' });
  expect(await shop.total('voided')).toBe(10_000);
});

test('what a hold stands on, what is replaced and what is unknown is not voided', async () => {
  const [held, old] = [await till.card(), await till.card()];
  await till.held(held, 1);
  await till.does(old, 'replace');
  await till.refuses('card_held', () => till.ask(held, 'void', why));
  await till.refuses('card_replaced', () => till.ask(old, 'void', why));
  await till.refuses('card_not_found', () =>
    till.ask({ id: 'card_01jd000000e008000000000000' }, 'void', why),
  );
  await till.refuses('invalid_request', () => till.ask(held, 'void', {}), { field: 'reason' });
});

test('the row that stands for unknown codes is no card to any verb', async () => {
  const { merchant } = till;
  const decoy = { id: merchant.merchantId.replace('mer_', 'card_') };
  const payment = { tender: 'cash', amount: 1, reference: 'R' };
  const bodies = {
    void: why,
    freeze: why,
    unfreeze: why,
    'unlock-pin': why,
    deactivate: why,
    extend: { ...why, until: '2030-01-01' },
    reactivate: { ...why, until: '2030-01-01' },
    adjust: { ...why, amount: 1 },
    reload: { amount: 1, storeId: till.storeId, payment },
    replace: {},
    transfer: {},
  } as const;
  for (const verb of ['void', 'freeze', 'unfreeze', 'unlock-pin', 'deactivate', 'extend'] as const) {
    await till.refuses('card_not_found', () => till.ask(decoy, verb, bodies[verb]));
  }
  for (const verb of ['reactivate', 'adjust', 'reload', 'replace', 'transfer'] as const) {
    await till.refuses('card_not_found', () => till.ask(decoy, verb, bodies[verb]));
  }
  await till.refuses('card_not_found', () => merchant.get(`/v1/cards/${decoy.id}`));
  await till.refuses('card_not_found', () => merchant.get(`/v1/cards/${decoy.id}/activities`));
  expect((await merchant.get('/v1/cards?serial=0')).body).toMatchObject({ items: [], nextCursor: null });
  const listed = await merchant.get<{ items: { id: string }[] }>('/v1/cards?limit=200');
  expect(listed.body.items.map(({ id }) => id)).not.toContain(decoy.id);
  const sold = await merchant.post('/v1/cards/activate', {
    range: { from: '0', to: '0' },
    storeId: till.storeId,
    payment,
  });
  expect(sold.body).toMatchObject({ activated: 0, rejected: [{ reason: 'card_not_found' }] });
});
