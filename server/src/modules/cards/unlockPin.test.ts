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

const wrongOf = (pin: string) => (pin.startsWith('0') ? '1' : '0') + pin.slice(1);
const wrong = (card: { readonly code: string; readonly pin: string }) => ({
  code: card.code,
  pin: wrongOf(card.pin),
});
const why = { reason: 'came to the counter with an identity card' };

test('five wrong PINs lock the PIN: the right one is refused too, also after a restart', async () => {
  const card = await till.card();
  for (const left of [4, 3, 2, 1, 0]) {
    const { body } = await till.refuses('pin_wrong', () => till.pay(wrong(card), 1), {
      field: 'pin',
      logged: true,
    });
    expect(body.detail).toContain(String(left));
  }
  const { body } = await till.refuses('pin_locked', () => till.pay(card, 1), { field: 'pin' });
  expect(body.next).toBe('Check the holder and unlock the PIN, or replace the card.');
  const look = { code: card.code, pin: card.pin };
  const restarted = await bench.another();
  const client = restarted.client(till.merchant.apiKey);
  await till.refuses('pin_locked', () => client.post('/v1/verifications', look));
  await restarted.close();
  expect(await till.shown(card)).toMatchObject({ pinLocked: true, balance: 10_000 });
});

test('of 200 wrong PINs at once five are looked at, and no more', async () => {
  const card = await till.card();
  const guesses = Array.from({ length: 200 }, () => till.pay(wrong(card), 1));
  const codes = (await Promise.all(guesses)).map(({ body }) => body.code);
  expect(codes.filter((code) => code === 'pin_wrong')).toHaveLength(5);
  expect(codes.filter((code) => code === 'pin_locked')).toHaveLength(195);
  await till.refuses('pin_locked', () => till.pay(card, 1));
});

test('a right PIN sets the count back', async () => {
  const card = await till.card();
  for (let round = 0; round < 3; round++) {
    for (let n = 0; n < 4; n++) await till.pay(wrong(card), 1);
    await till.paid(card, 1);
  }
});

test('an unlocked PIN has five tries again; who unlocked it and why is logged', async () => {
  const card = await till.card();
  for (let n = 0; n < 5; n++) await till.pay(wrong(card), 1);
  expect(await till.does(card, 'unlock-pin', why)).toMatchObject({ cardId: card.id, state: 'active' });
  expect(await till.shown(card)).toMatchObject({ pinLocked: false });
  const { body } = await till.merchant.get<{ items: unknown[] }>(`/v1/cards/${card.id}/activities`);
  expect(body.items[0]).toMatchObject({ type: 'card.pin_unlocked', details: { ...why, tries: 5 } });
  await till.refuses('pin_wrong', () => till.pay(wrong(card), 1), { logged: true });
  await till.paid(card, 1);
});

test('a locked card is replaced, and its heir has a PIN of its own', async () => {
  const card = await till.card();
  for (let n = 0; n < 5; n++) await till.pay(wrong(card), 1);
  const heir = await till.does(card, 'replace');
  await till.paid({ code: String(heir.code), pin: String(heir.pin) }, 10_000);
});

test('no PIN is asked of staff who may do without; to others its lack is no try', async () => {
  const card = await till.card();
  const bare = { code: card.code, pin: '' };
  const pay = { code: card.code, amount: 1, currency: 'CNY', storeId: till.storeId };
  const clerk = await till.key({ permissions: ['cards.redeem', 'cards.redeem_without_pin'] });
  expect((await clerk.post('/v1/redemptions', { ...pay, reference: 'np-1' })).status).toBe(201);
  await till.paid(bare, 1);
  const strict = await till.key({ permissions: ['cards.redeem'] });
  for (let n = 0; n < 6; n++) {
    const ask = () => strict.post('/v1/redemptions', { ...pay, reference: `np-2-${n}` });
    await till.refuses('pin_required', ask, { field: 'pin' });
  }
  expect(await till.shown(card)).toMatchObject({ pinLocked: false });
});

test('the PIN of an unknown card is not unlocked, nor without a reason', async () => {
  const card = await till.card();
  await till.refuses('card_not_found', () =>
    till.ask({ id: 'card_01jd000000e008000000000000' }, 'unlock-pin', why),
  );
  await till.refuses('invalid_request', () => till.ask(card, 'unlock-pin', {}), { field: 'reason' });
});
