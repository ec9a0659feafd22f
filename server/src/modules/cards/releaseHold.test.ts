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

const release = (hold: string) => () => till.merchant.post(`/v1/holds/${hold}/release`);

test('a released hold lets go of all of it, once', async () => {
  const card = await till.card();
  const hold = await till.held(card, 6_000);
  const released = await release(hold)();
  expect(released.status, released.text).toBe(200);
  expect(released.body).toMatchObject({
    id: hold,
    cardId: card.id,
    state: 'released',
    released: 6_000,
    available: 10_000,
  });
  expect(await till.shown(card)).toMatchObject({ state: 'active', held: 0 });
  await till.refuses('hold_ended', release(hold));
  await till.refuses('hold_ended', () => till.merchant.post(`/v1/holds/${hold}/capture`));
});

test('of two holds on a card the other stands when one is released', async () => {
  const card = await till.card();
  const [one, two] = [await till.held(card, 6_000), await till.held(card, 4_000)];
  await release(one)();
  expect(await till.shown(card)).toMatchObject({ held: 4_000, available: 6_000 });
  await till.merchant.post(`/v1/holds/${two}/capture`);
  expect(await till.shown(card)).toMatchObject({ balance: 6_000, held: 0 });
});

test('a hold past its time is noted as expired when somebody releases it', async () => {
  const hold = await till.held(await till.card(), 6_000, { expiresIn: 60 });
  bench.time.now = new Date(bench.time.now.getTime() + 60_000);
  expect((await release(hold)()).body).toMatchObject({ state: 'expired', available: 10_000 });
});

test('a retry under the same key is answered the same', async () => {
  const hold = await till.held(await till.card(), 6_000);
  const ask = () => till.merchant.post(`/v1/holds/${hold}/release`, {}, 'release-1');
  expect((await ask()).text).toBe((await ask()).text);
});

test('a hold of another store, of another merchant or of nobody is not released', async () => {
  const hold = await till.held(await till.card(), 1);
  const there = await till.key({ role: 'clerk', storeIds: [till.otherStoreId] });
  await till.refuses('store_out_of_scope', () => there.post(`/v1/holds/${hold}/release`));
  const other = await openTill(bench);
  await other.refuses('hold_not_found', () => other.merchant.post(`/v1/holds/${hold}/release`));
  await till.refuses('hold_not_found', release('hold_01jd000000e008000000000000'));
});
