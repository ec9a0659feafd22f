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

const why = { reason: 'the holder was ill' };
const days = (count: number) => {
  bench.time.now = new Date(bench.time.now.getTime() + count * 86_400_000);
};
/** The start of the day after, in Shanghai. */
const endOf = (date: string) => new Date(Date.parse(`${date}T16:00:00Z`)).toISOString();

test('a valid card ends later, at the end of the day that is named or after the program’s term anew', async () => {
  const shop = await openTill(bench, { validity: { type: 'after', count: 10, unit: 'days' } });
  const card = await shop.card();
  const named = await shop.does(card, 'extend', { ...why, until: '2027-02-28' });
  expect(named).toMatchObject({ state: 'active', balance: 10_000, validUntil: endOf('2027-02-28') });
  const [latest] = (await shop.merchant.get<{ items: unknown[] }>(`/v1/cards/${card.id}/activities`)).body
    .items;
  expect(latest).toMatchObject({ type: 'card.extended', details: { ...why, until: endOf('2027-02-28') } });
  await shop.refuses('validity_not_extended', () => shop.ask(card, 'extend', why), { field: 'until' });
  const earlier = { ...why, until: '2027-02-28' };
  await shop.refuses('validity_not_extended', () => shop.ask(card, 'extend', earlier), { field: 'until' });
  bench.time.now = new Date(Date.parse(endOf('2027-02-28')) - 1);
  const renewed = await shop.does(card, 'extend', why);
  expect(renewed).toMatchObject({ validUntil: endOf('2027-03-10') });
  days(5);
  await shop.paid(card, 10_000);
});

test('an expired card is reactivated with all its value, and only an expired one', async () => {
  const shop = await openTill(bench, { validity: { type: 'after', count: 10, unit: 'days' } });
  const card = await shop.card();
  await shop.refuses('card_not_expired', () => shop.ask(card, 'reactivate', why));
  days(20);
  await shop.refuses('card_expired', () => shop.ask(card, 'extend', { ...why, until: '2030-01-01' }));
  await bench.runJobs('cards.expire');
  await shop.refuses('card_expired', () => shop.ask(card, 'extend', { ...why, until: '2030-01-01' }));
  const past = { ...why, until: '2026-01-01' };
  await shop.refuses('validity_not_extended', () => shop.ask(card, 'reactivate', past), { field: 'until' });
  expect(await shop.does(card, 'reactivate', why)).toMatchObject({ state: 'active', balance: 10_000 });
  await shop.paid(card, 10_000);
});

test('a program that ends on a date says no new one: it must be named', async () => {
  const shop = await openTill(bench, { validity: { type: 'until', date: '2028-01-31' } });
  const card = await shop.card();
  expect(await shop.shown(card)).toMatchObject({ validUntil: endOf('2028-01-31') });
  await shop.refuses('validity_not_extended', () => shop.ask(card, 'extend', why), { field: 'until' });
  await shop.does(card, 'extend', { ...why, until: '2028-02-01' });
});

test('a card that never ends cannot end later', async () => {
  const card = await till.card();
  await till.refuses('validity_not_extended', () =>
    till.ask(card, 'extend', { ...why, until: '2030-01-01' }),
  );
  await till.refuses('card_not_expired', () => till.ask(card, 'reactivate', why));
});

test('a day that is none, or beyond what a calendar holds, is refused', async () => {
  const shop = await openTill(bench, { validity: { type: 'after', count: 10, unit: 'days' } });
  const card = await shop.card();
  for (const until of [
    '2027-02-29',
    '2027-13-01',
    'soon',
    20270101,
    '2027-01-01T00:00:00Z',
    '+012027-01-01',
    '9999-12-31',
  ]) {
    await shop.refuses('invalid_request', () => shop.ask(card, 'extend', { ...why, until }), {
      field: 'until',
    });
  }
  const last = await shop.does(card, 'extend', { ...why, until: '9999-12-30' });
  expect(last).toMatchObject({ validUntil: endOf('9999-12-30') });
});

test('a frozen, void, unsold or unknown card is neither extended nor reactivated', async () => {
  const [blank, frozen, dead] = [await till.blank(), await till.card(), await till.card()];
  await till.does(frozen, 'freeze', { reason: 'lost' });
  await till.does(dead, 'void', { reason: 'gone' });
  for (const verb of ['extend', 'reactivate'] as const) {
    const ask = (id: string) => () => till.ask({ id }, verb, { ...why, until: '2030-01-01' });
    await till.refuses('card_not_active', ask(blank.id));
    await till.refuses('card_frozen', ask(frozen.id));
    await till.refuses('card_voided', ask(dead.id));
    await till.refuses('card_not_found', ask('card_01jd000000e008000000000000'));
    await till.refuses('invalid_request', () => till.ask(blank, verb, {}), { field: 'reason' });
  }
});
