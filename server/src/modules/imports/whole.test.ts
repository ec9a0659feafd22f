import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { booksOf, importing } from '../../../test/importing.ts';
import { madeBy, openTill, rowsOf, type Till } from '../../../test/till.ts';

let bench: TestBench;
let till: Till;
let on: ReturnType<typeof importing>;
let planId: string;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});
beforeEach(async () => {
  bench.time.now = new Date('2026-03-01T04:00:00Z');
  till = await openTill(bench);
  on = importing(bench, till.merchant);
  planId = await planned('年卡', 'Year card');
  const laid = await till.merchant.post('/v1/member-fields', {
    fields: [
      own('likes', '偏好', 'Likes', 'choice', ['Tea', 'Coffee']),
      own('shoe', '鞋码', 'Shoe size', 'number'),
      own('wedding', '结婚纪念日', 'Wedding', 'date'),
      own('note', '备忘', 'Note', 'text'),
    ],
  });
  expect(laid.status, laid.text).toBe(200);
});

const { memberBy, enrolled, difference } = booksOf(() => till);
const own = (key: string, zh: string, en: string, kind: string, choices: readonly string[] = []) => ({
  ...{ key, label: { zh, en }, kind },
  ...(choices.length === 0 ? {} : { choices }),
});

async function planned(zh: string, en: string): Promise<string> {
  const made = await till.merchant.post('/v1/membership-plans', {
    name: { zh, en },
    span: { count: 12, unit: 'months' },
    price: 19_900,
    discount: { ppm: 100_000 },
    graceDays: 10,
    pauseDaysMax: 30,
  });
  return madeBy(made);
}

type Whole = { id: string; tags: string[]; birthday: string | null; fields: object; createdAt: string };
type Card = { id: string; state: string; firstDay: string; lastDay: string; plan: { id: string } };
const whole = async (phone: string): Promise<Whole> => {
  const known = await memberBy(phone);
  return (await till.merchant.get<Whole>(`/v1/members/${known?.id}`)).body;
};
const cardsOf = async (memberId: string) =>
  (await till.merchant.get<{ items: Card[] }>(`/v1/memberships?memberId=${memberId}`)).body.items;

const headings = '手机号,姓名,入会日期,余额,卡种,到期日期,生日,标签,偏好,鞋码,结婚纪念日,备忘';
const lin = '13800138001,林夕,2024/2/29,88,年卡,2026-08-15,1990/5/17,"常客，VIP",Tea,38,2015-10-01,靠窗';
const wang = '13800138002,王五,,0,year card,2025-12-31,5月17日,,,,,';
const plain = '13800138003,李四,,1,,,,,,,,';

test('a chain brings its members whole: card with its own end, join date, tags, sealed birthday and own fields', async () => {
  const { id, ...applied } = await on.whole([headings, lin, wang, plain].join('\n'));
  expect(applied).toMatchObject({ state: 'applied', became: { created: 3, refused: 0 } });
  expect(applied.mapping).toMatchObject({ plan: 4, planUntil: 5, birthday: 6, tags: 7 });
  expect(applied.mapping).toMatchObject({ fields: { likes: 8, shoe: 9, wedding: 10, note: 11 } });
  const first = await whole('13800138001');
  expect(first).toMatchObject({
    createdAt: '2024-02-28T16:00:00.000Z',
    tags: ['常客', 'VIP'],
    birthday: '1990-05-17',
    fields: { likes: 'Tea', shoe: 38, wedding: '2015-10-01', note: '靠窗' },
  });
  expect(await cardsOf(first.id)).toMatchObject([
    {
      ...{
        state: 'active',
        plan: { id: planId },
        storeId: null,
        firstDay: '2024-02-29',
        lastDay: '2026-08-15',
      },
      validUntil: '2026-08-15T16:00:00.000Z',
    },
  ]);
  // A card that is over is brought as one that is over, and can be renewed; paid for elsewhere, it is worth nothing here.
  const second = await whole('13800138002');
  expect(second).toMatchObject({ birthday: '05-17', tags: [], fields: {} });
  const [over] = await cardsOf(second.id);
  expect(over).toMatchObject({ state: 'ended', lastDay: '2025-12-31' });
  const renewed = await till.merchant.post(`/v1/memberships/${over?.id}/renew`, {
    storeId: till.storeId,
    payment: { tender: 'cash', amount: 19_900, reference: 'R' },
  });
  expect(renewed.body, renewed.text).toMatchObject({ state: 'active', storeId: till.storeId });
  expect(await cardsOf((await whole('13800138003')).id)).toEqual([]);
  // None of it stands in clear in a log or beside the member.
  const tables = await rowsOf(
    bench,
    `select schemaname || '.' || tablename as name from pg_tables where schemaname !~ '^(pg_|information_schema)'`,
  );
  for (const { name } of tables) {
    const hits = await rowsOf(
      bench,
      `select 1 as hit from ${String(name)} t where t::text like '%1990-05-17%' or t::text like '%靠窗%' limit 1`,
    );
    expect(hits, String(name)).toEqual([]);
  }
  expect((await on.rows(id)).map(({ outcome }) => outcome)).toEqual(['created', 'created', 'created']);
});

test('the look through says of each row why its card, days, birthday, tags or own fields are not good', async () => {
  await planned('双卡', 'Double');
  await planned('双卡', 'Double too');
  const id = await on.sent(
    [
      headings,
      '13800138001,,2024-02-29,,金卡,2026-08-15,,,,,,',
      '13800138002,,2024-02-29,,年卡,2024-02-28,,,,,,',
      '13800138003,,,,年卡,31/12/2026,,,,,,',
      '13800138004,,,,年卡,,,,,,,',
      '13800138005,,,,,2026-08-15,,,,,,',
      '13800138006,,,,双卡,2026-08-15,,,,,,',
      `13800138007,,,,,,2月30日,${Array.from({ length: 21 }, (_, n) => `t${n}`).join(';')},,,,`,
      `13800138008,,,,,,2026-03-02,${'长'.repeat(31)},Wine,4.5,2019-02-30,`,
      '13800138009,,2026-03-01,,年卡,2026-03-01,,,Coffee,1.0,,',
    ].join('\n'),
  );
  expect(await on.checked(id)).toMatchObject({ found: { good: 1, bad: 8 } });
  expect((await on.problems(id)).map(({ row, heading, code }) => [row, heading, code])).toEqual([
    [2, '卡种', 'no_such_plan'],
    [3, '到期日期', 'end_before_start'],
    [4, '到期日期', 'not_a_day'],
    [5, '到期日期', 'missing'],
    [6, '卡种', 'missing'],
    [7, '卡种', 'plan_not_clear'],
    [8, '生日', 'not_a_birthday'],
    [8, '标签', 'too_many_tags'],
    [9, '生日', 'in_the_future'],
    [9, '标签', 'too_long'],
    [9, '偏好', 'not_a_choice'],
    [9, '鞋码', 'not_a_whole_number'],
    [9, '结婚纪念日', 'not_a_day'],
  ]);
  const mapping = { phone: 0, fields: { hat: 1 } };
  await till.refuses('invalid_request', () => on.verb(id, 'check', { mapping }), {
    field: 'mapping.fields.hat',
  });
  const twice = { phone: 0, plan: 8, fields: { likes: 8 } };
  await till.refuses('invalid_request', () => on.verb(id, 'check', { mapping: twice }), {
    field: 'mapping.fields.likes',
  });
});

test('who is there already gets the card where they have none; who they are stays, and so does the card they have', async () => {
  const [has, hasNone] = [await enrolled('13800138001'), await enrolled('13800138002')];
  const joined = await till.merchant.post('/v1/memberships', {
    ...{ memberId: has, planId, storeId: till.storeId },
    payment: { tender: 'cash', amount: 19_900, reference: 'J' },
  });
  expect(joined.status, joined.text).toBe(201);
  const rows = [headings, lin, '13800138002,王五,2024-01-01,5,年卡,2026-12-31,05-17,VIP,Tea,,,'];
  const id = await on.sent(rows.join('\n'));
  expect(await on.checked(id, { existing: 'update' })).toMatchObject({
    found: { good: 1, known: 1, bad: 1 },
  });
  expect(await on.problems(id)).toMatchObject([{ row: 2, heading: '卡种', code: 'has_membership' }]);
  await on.carried(id, 'apply', { skipBad: true });
  expect(await cardsOf(hasNone)).toMatchObject([{ state: 'active', lastDay: '2026-12-31' }]);
  expect(await whole('13800138002')).toMatchObject({ tags: [], birthday: null, fields: {} });
  await on.carried(id, 'reverse');
  expect(await cardsOf(hasNone)).toMatchObject([{ state: 'cancelled' }]);
  expect(await cardsOf(has)).toMatchObject([{ state: 'active' }]);
});

test('a card that they bought since the look through is not put aside: that row is refused and says so', async () => {
  const memberId = await enrolled('13800138001');
  const id = await on.sent([headings, lin].join('\n'));
  expect(await on.checked(id, { existing: 'update' })).toMatchObject({ found: { good: 1, known: 1 } });
  const joined = await till.merchant.post('/v1/memberships', {
    ...{ memberId, planId, storeId: till.storeId },
    payment: { tender: 'cash', amount: 19_900, reference: 'J' },
  });
  expect(joined.status, joined.text).toBe(201);
  expect(await on.carried(id, 'apply')).toMatchObject({ became: { refused: 1, principal: 0 } });
  expect(await on.rows(id)).toMatchObject([{ outcome: 'refused', code: 'membership_exists' }]);
  expect(await cardsOf(memberId)).toHaveLength(1);
  expect(await difference()).toBe(0);
});

test('taken back, cards, tags, birthdays and own fields go as well; what was put in their place since stays', async () => {
  const rows = [
    headings,
    lin,
    '13800138002,王五,2024-01-01,50,年卡,2026-12-31,05-17,"VIP,老客",Tea,,,',
    '13800138003,赵六,2024-01-01,0,年卡,2026-12-31,05-18,VIP,Tea,,,',
    '13800138004,孙七,2024-01-01,0,年卡,2026-12-31,05-19,VIP,Tea,,,',
  ];
  const { id } = await on.whole(rows.join('\n'));
  const [spent, changed, renewed, idle] = await Promise.all(
    ['13800138001', '13800138002', '13800138003', '13800138004'].map(whole),
  );
  // The card that was brought gives what its plan promises.
  const bought = await till.merchant.post('/v1/purchases', {
    ...{ storeId: till.storeId, memberId: spent?.id, reference: 'P1' },
    lines: [{ name: '茶', quantity: 1, price: 1_000 }],
    tenders: [{ kind: 'wallet', amount: 900 }],
  });
  expect(bought.status, bought.text).toBe(201);
  const told = { name: '王小五', tags: ['VIP', '新客'], birthday: '06-01' };
  expect((await till.merchant.patch(`/v1/members/${changed?.id}`, told)).status).toBe(200);
  const [theirs] = await cardsOf(renewed?.id ?? '');
  const again = await till.merchant.post(`/v1/memberships/${theirs?.id}/renew`, {
    storeId: till.storeId,
    payment: { tender: 'cash', amount: 19_900, reference: 'R' },
  });
  expect(again.status, again.text).toBe(200);
  const back = await on.carried(id, 'reverse');
  expect(back).toMatchObject({ state: 'reversed', takenBack: { withdrawn: 1, missingPrincipal: 900 } });
  const nothing = { tags: [], birthday: null, fields: {} };
  expect(await whole('13800138001')).toMatchObject(nothing);
  expect(await cardsOf(spent?.id ?? '')).toMatchObject([{ state: 'cancelled' }]);
  expect(await whole('13800138002')).toMatchObject({ tags: ['新客'], birthday: '06-01', fields: {} });
  expect(await cardsOf(changed?.id ?? '')).toMatchObject([{ state: 'cancelled' }]);
  expect(await whole('13800138003')).toMatchObject(nothing);
  expect(await cardsOf(renewed?.id ?? '')).toMatchObject([{ state: 'active' }]);
  expect(await memberBy('13800138004')).toBeUndefined();
  expect(await cardsOf(idle?.id ?? '')).toMatchObject([{ state: 'cancelled' }]);
  expect(await difference()).toBe(0);
});
