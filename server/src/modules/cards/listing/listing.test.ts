import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { type CardShown, openTill, rowsOf, sell, type Till } from '../../../../test/till.ts';

let bench: TestBench;
let till: Till;
beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench, { validity: { type: 'after', count: 90, unit: 'days' } });
  await stock();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

type Listed = CardShown & { readonly id: string; readonly serial: string; readonly [more: string]: unknown };
type Page = {
  readonly items: readonly Listed[];
  readonly nextCursor: string | null;
  readonly prevCursor: string | null;
};
const list = async (query: string, client: Pick<Till['merchant'], 'get'> = till.merchant) => {
  const reply = await client.get<Page>(`/v1/cards?${query}`);
  expect(reply.status, reply.text).toBe(200);
  return reply.body;
};
const later = (days: number) => {
  bench.time.now = new Date(bench.time.now.getTime() + days * 86_400_000);
};

/** Cards sold by both stores on several days, paid with, held, frozen, void, undone; and some never sold. */
async function stock(): Promise<void> {
  const cards = await till.issue(24, 5_000);
  for (const [n, card] of cards.slice(0, 18).entries()) {
    if (n % 3 === 0) later(1);
    const more = n % 2 === 0 ? {} : { storeId: till.otherStoreId };
    const named = [{ serial: card.serial, ...(n % 5 === 0 ? { holder: `H${n}` } : {}) }];
    expect((await sell(till, [card], 5_000, { ...more, cards: named })).body).toMatchObject({ activated: 1 });
    if (n % 4 === 1) await till.paid(card, 100 * n);
    if (n % 6 === 2) await till.paid(card, 5_000);
  }
  const [a, b, c, d] = [cards[3], cards[4], cards[6], cards[7]];
  if (!a || !b || !c || !d) throw new Error('no card');
  await till.does(a, 'freeze', { reason: 'lost' });
  await till.does(b, 'void', { reason: 'gone' });
  await till.held(c, 700);
  await till.does(d, 'deactivate', { reason: 'typing error' });
}

type Facts = (card: Listed) => boolean;
const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** Every filter beside what it means, said over what the cards themselves show. */
async function filters(): Promise<readonly (readonly [string, Facts])[]> {
  const { items } = await list('limit=200');
  const some = items[9];
  const activatedAt = text(items[8]?.activatedAt);
  const validUntil = text(items[8]?.validUntil);
  return [
    [`serial=${some?.serial}`, ({ serial }) => serial === some?.serial],
    [
      `serialFrom=${items[3]?.serial}&serialTo=${some?.serial}`,
      ({ serial }) => serial >= text(items[3]?.serial) && serial <= text(some?.serial),
    ],
    [
      `serialPrefix=${some?.serial.slice(0, 9)}`,
      ({ serial }) => serial.startsWith(some?.serial.slice(0, 9) ?? '-'),
    ],
    [
      `last4=${text(some?.maskedCode).slice(-4)}`,
      ({ maskedCode }) => text(maskedCode).slice(-4) === text(some?.maskedCode).slice(-4),
    ],
    ...[
      'active',
      'used_up',
      'partially_used',
      'held',
      'frozen',
      'voided',
      'printed',
      'generated',
      'expired',
    ].map((state) => [`state=${state}`, (card: Listed) => card.state === state] as const),
    [`programId=${till.programId}`, ({ programId }) => programId === till.programId],
    [`batchId=${text(some?.batchId)}`, ({ batchId }) => batchId === some?.batchId],
    [`storeId=${till.storeId}`, ({ soldStoreId }) => soldStoreId === till.storeId],
    [
      'balanceMin=4000&balanceMax=4900',
      (card) => card.activatedAt !== null && card.balance >= 4_000 && card.balance <= 4_900,
    ],
    ['balanceMax=0', (card) => card.activatedAt !== null && card.balance === 0],
    [`activatedFrom=${activatedAt}`, (card) => text(card.activatedAt) >= activatedAt],
    [
      `activatedTo=${activatedAt}`,
      (card) => card.activatedAt !== null && text(card.activatedAt) < activatedAt,
    ],
    [`validFrom=${validUntil}`, (card) => text(card.validUntil) >= validUntil],
    [`validTo=${validUntil}`, (card) => card.validUntil !== null && text(card.validUntil) < validUntil],
    ['holder=H5', ({ holder }) => holder === 'H5'],
    [
      `storeId=${till.storeId}&state=active&balanceMin=5000`,
      (card) => card.soldStoreId === till.storeId && card.state === 'active' && card.balance >= 5_000,
    ],
  ];
}

/** That each filter finds what the cards themselves show, and counts as many. */
async function allFiltersHold(): Promise<void> {
  const all = (await list('limit=200')).items;
  expect(all.length).toBeGreaterThanOrEqual(24);
  for (const [query, holds] of await filters()) {
    const wanted = all
      .filter(holds)
      .map(({ serial }) => serial)
      .sort();
    expect([query, (await list(`${query}&limit=200`)).items.map(({ serial }) => serial).sort()]).toEqual([
      query,
      wanted,
    ]);
    const count = await till.merchant.get(`/v1/cards/count?${query}`);
    expect([query, count.body]).toEqual([query, { count: wanted.length, exact: true }]);
  }
}

test('every filter finds exactly the cards that show it, before the list is kept up, half way, and after', async () => {
  await allFiltersHold();
  await bench.runJobs('cards.keepList');
  await allFiltersHold();
  const [card] = await till.sell(1, 5_000);
  if (!card) throw new Error('no card');
  await till.paid(card, 700);
  await allFiltersHold();
  later(40);
  await till.held(card, 10, { expiresIn: 5 });
  await bench.runJobs('cards.keepList');
  later(60);
  await allFiltersHold();
  await bench.runJobs('cards.endLapsedHolds');
  await bench.runJobs('cards.expire');
  await bench.runJobs('cards.keepList');
  await allFiltersHold();
});

test('every order is walked forth and back without a gap or a repeat', async () => {
  for (const sort of [
    'serial',
    '-serial',
    'balance',
    '-balance',
    'activatedAt',
    '-activatedAt',
    'validUntil',
    '-validUntil',
  ]) {
    const whole = (await list(`sort=${sort}&limit=200`)).items.map(({ serial }) => serial);
    expect(whole.length).toBeGreaterThan(15);
    const forth: string[][] = [];
    let page = await list(`sort=${sort}&limit=4`);
    expect(page.prevCursor).toBeNull();
    for (;;) {
      forth.push(page.items.map(({ serial }) => serial));
      if (page.nextCursor === null) break;
      page = await list(`sort=${sort}&limit=4&cursor=${page.nextCursor}`);
    }
    expect([sort, forth.flat()]).toEqual([sort, whole]);
    const back: string[][] = [forth.at(-1) ?? []];
    while (page.prevCursor !== null) {
      page = await list(`sort=${sort}&limit=4&cursor=${page.prevCursor}`);
      back.unshift(page.items.map(({ serial }) => serial));
    }
    expect([sort, back]).toEqual([sort, forth]);
  }
});

test('who is limited to stores lists and counts the cards that these sold, whatever is asked for', async () => {
  const limited = await till.key({ role: 'store_manager', storeIds: [till.otherStoreId] });
  const { items } = await list('limit=200', limited);
  expect(items.length).toBeGreaterThan(5);
  expect(new Set(items.map(({ soldStoreId }) => soldStoreId))).toEqual(new Set([till.otherStoreId]));
  expect((await list(`storeId=${till.storeId}`, limited)).items).toEqual([]);
  expect((await limited.get('/v1/cards/count')).body).toEqual({ count: items.length, exact: true });
});

test('what is kept of the cards is the same when it is made anew from the log, and adds up to what is on them', async () => {
  await bench.runJobs('cards.keepList');
  const kept = () =>
    rowsOf(
      bench,
      'select * from cards.standing join cards.standing_money using (merchant_id, serial) order by merchant_id, serial',
    );
  const cohorts = () =>
    rowsOf(
      bench,
      'select * from cards.cohort where cards <> 0 or balance <> 0 order by merchant_id, store_id, activated_on, ends_on',
    );
  const [before, sums] = [await kept(), await cohorts()];
  expect(before.length).toBeGreaterThan(15);
  for (const table of ['standing', 'standing_money', 'cohort'])
    await rowsOf(bench, `delete from cards.${table}`);
  await rowsOf(bench, `delete from ledger.follower where job = 'cards.keepList'`);
  await bench.runJobs('cards.keepList');
  expect(await kept()).toEqual(before);
  expect(await cohorts()).toEqual(sums);
  const [owed] = await rowsOf(
    bench,
    `select sum(balance)::text as sum from ledger.account where purpose = 'card'`,
  );
  const [added] = await rowsOf(bench, 'select sum(balance)::text as sum from cards.cohort');
  expect(added).toEqual(owed);
});

test('a filter or a cursor that is none is refused at its field', async () => {
  const get = (query: string) => () => till.merchant.get(`/v1/cards?${query}`);
  await till.refuses('invalid_request', get('cursor=n~1'), { field: 'cursor' });
  await till.refuses('invalid_request', get('serialPrefix=12345678901'), { field: 'serialPrefix' });
  await till.refuses('invalid_request', get('last4=12'), { field: 'last4' });
  await till.refuses('invalid_request', get('balanceMin=-1'), { field: 'balanceMin' });
  await till.refuses('invalid_request', get('balanceMin=1.5'), { field: 'balanceMin' });
  await till.refuses('invalid_request', get('activatedFrom=yesterday'), { field: 'activatedFrom' });
  await till.refuses('invalid_request', get('sort=colour'), { field: 'sort' });
});
