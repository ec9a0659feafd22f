import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { openPhone } from '../../../../test/phone.ts';
import { madeBy, openTill, rowsOf, type Till } from '../../../../test/till.ts';
import { isBirthday } from './birthday.ts';

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

let count = 0;
async function enrol(): Promise<string> {
  const phone = `1380014${String(++count).padStart(4, '0')}`;
  const made = await till.merchant.post<{ id: string }>('/v1/members', {
    phone,
    consent: { textVersion: 1 },
  });
  expect(made.status, made.text).toBe(201);
  return made.body.id;
}
const change = (id: string, body: object) => till.merchant.patch(`/v1/members/${id}`, body);

test.each([
  ['1990-05-17', true],
  ['05-17', true],
  ['02-29', true],
  ['2000-02-29', true],
  ['1999-02-29', false],
  ['02-30', false],
  ['13-01', false],
  ['5-17', false],
  ['1890-05-17', false],
])('%s is a day to be born on: %s', (text, is) => {
  expect(isBirthday(text)).toBe(is);
});

test('members are found by a tag, and the tags in use are told with how many have them', async () => {
  const [one, two, other] = [await enrol(), await enrol(), await enrol()];
  await change(one, { tags: ['常客', 'VIP'] });
  await change(two, { tags: ['常客'] });
  await change(other, { tags: ['VIP'] });
  await change(other, { tags: [] });
  const found = await till.merchant.get<{ items: { id: string; tags: string[] }[] }>(
    `/v1/members?tag=${encodeURIComponent('常客')}`,
  );
  expect(new Map(found.body.items.map(({ id, tags }) => [id, tags]))).toEqual(
    new Map([
      [one, ['常客', 'VIP']],
      [two, ['常客']],
    ]),
  );
  const tags = await till.merchant.get('/v1/member-tags');
  expect(tags.body).toEqual({
    items: [
      { tag: '常客', members: 2 },
      { tag: 'VIP', members: 1 },
    ],
  });
  await till.refuses('invalid_request', () => change(one, { tags: ['A', 'A'] }), { field: 'tags' });
});

const likes = {
  key: 'likes',
  label: { zh: '偏好', en: 'Likes' },
  kind: 'choice',
  choices: ['Tea', 'Coffee'],
};
const field = (key: string, kind: string) => ({ key, label: { zh: key, en: key }, kind });

test('what is kept in the merchant’s own fields is of their kind, and all of it is said at once', async () => {
  const id = await enrol();
  const fields = [likes, field('shoe', 'number'), field('wedding', 'date'), field('note', 'text')];
  const laid = await till.merchant.post('/v1/member-fields', { fields });
  expect(laid.status, laid.text).toBe(200);
  expect((await till.merchant.get('/v1/member-fields')).body).toEqual(laid.body);
  const kept = { likes: 'Tea', shoe: 42, wedding: '2019-09-09', note: 'by the window' };
  expect((await change(id, { fields: kept })).body.fields).toEqual(kept);
  expect((await change(id, { fields: { shoe: 43 } })).body.fields).toEqual({ shoe: 43 });
  for (const [key, value] of [
    ['likes', 'Wine'],
    ['shoe', '42'],
    ['wedding', '2019-02-30'],
    ['note', 5],
    ['hat', 'none'],
  ])
    await till.refuses('member_field_unfit', () => change(id, { fields: { [String(key)]: value } }), {
      field: `fields.${key}`,
    });
  await till.refuses('invalid_request', () =>
    till.merchant.post('/v1/member-fields', { fields: [{ ...likes, choices: [] }] }),
  );
  const narrow = await till.key({ permissions: ['settings.write'], storeIds: [till.storeId] });
  await till.refuses('store_out_of_scope', () => narrow.post('/v1/member-fields', { fields: [] }));
});

test('tags, birthday and own fields are kept with the enrolment itself; who is there already keeps theirs', async () => {
  await till.merchant.post('/v1/member-fields', { fields: [likes, field('shoe', 'number')] });
  const body = { phone: '13800149901', consent: { textVersion: 1 } };
  const besides = { tags: ['常客'], birthday: '1990-05-17', fields: { likes: 'Tea', shoe: 42 } };
  const made = await till.merchant.post<{ id: string }>(
    '/v1/members',
    { ...body, ...besides },
    'enrol-whole',
  );
  expect(made.status, made.text).toBe(201);
  expect(made.body).toMatchObject({ enrolled: true, ...besides });
  const repeated = await till.merchant.post('/v1/members', { ...body, ...besides }, 'enrol-whole');
  expect(repeated.text).toBe(made.text);
  const again = await till.merchant.post('/v1/members', { ...body, tags: ['other'], birthday: '01-01' });
  expect(again.body).toMatchObject({ id: made.body.id, enrolled: false, ...besides });
  const logged = await rowsOf(
    bench,
    `select details::jsonb as told from ledger.activity where type = 'member.enrolled' and details like '%tagged%'`,
  );
  expect(logged).toMatchObject([{ told: { tagged: true, birthday: true, fields: ['likes', 'shoe'] } }]);
  expect(JSON.stringify(logged)).not.toMatch(/常客|05-17|Tea/);
  const other = { phone: '13800149902', consent: { textVersion: 1 } };
  const enrolAnother = (more: object) => () => till.merchant.post('/v1/members', { ...other, ...more });
  await till.refuses('member_field_unfit', enrolAnother({ fields: { shoe: '42' } }), {
    field: 'fields.shoe',
  });
  await till.refuses('member_field_unfit', enrolAnother({ fields: { hat: 'none' } }), {
    field: 'fields.hat',
  });
  await till.refuses('invalid_request', enrolAnother({ birthday: '02-30' }), { field: 'birthday' });
  await till.refuses('invalid_request', enrolAnother({ tags: ['A', 'A'] }), { field: 'tags' });
});

test('tags, birthday and fields are not shown to the member, stand nowhere in clear, and go with the member', async () => {
  const phone = await openPhone(bench, till.merchant, '198.51.100.90');
  await till.merchant.post('/v1/member-fields', { fields: [field('note', 'text')] });
  const { id } = await phone.signIn('13700001234');
  await change(id, { tags: ['difficult'], birthday: '1990-05-17', fields: { note: 'LovesOolong' } });
  expect((await till.merchant.get(`/v1/members/${id}`)).body).toMatchObject({
    tags: ['difficult'],
    birthday: '1990-05-17',
    fields: { note: 'LovesOolong' },
  });
  const seen = await phone.get('/me');
  expect(seen.text).not.toMatch(/difficult|05-17|LovesOolong/);
  expect((await phone.patch('/me', { birthday: '05-18' })).body.code).toBe('invalid_request');
  const tables = await rowsOf(
    bench,
    `select schemaname || '.' || tablename as name from pg_tables where schemaname !~ '^(pg_|information_schema)'`,
  );
  for (const { name } of tables) {
    const hits = await rowsOf(
      bench,
      `select 1 as hit from ${String(name)} t where t::text like '%LovesOolong%' or t::text like '%1990-05-17%' limit 1`,
    );
    expect(hits, String(name)).toEqual([]);
  }
  await till.merchant.post(`/v1/members/${id}/erase`, { reason: 'requested' });
  const left = await rowsOf(
    bench,
    `select count(*)::int as n from members.member where state = 'erased'
     and (tags <> '[]' or sealed_birthday is not null or birthday_hash is not null or sealed_fields is not null)`,
  );
  expect(left).toEqual([{ n: 0 }]);
});

test('all that is kept of a member is handed out in full, by whoever may erase them, and the log says so', async () => {
  await till.merchant.post('/v1/member-fields', { fields: [field('note', 'text')] });
  const phone = '13611112222';
  const consents = { textVersion: 1, marketing: true };
  const made = await till.merchant.post<{ id: string }>('/v1/members', {
    phone,
    name: '孙悦',
    consent: consents,
  });
  const { id } = made.body;
  await change(id, { tags: ['VIP'], birthday: '05-17', fields: { note: 'by the door' } });
  await change(id, { consent: { textVersion: 1, marketing: false } });
  const path = `/v1/members/${id}/export`;
  const whole = await till.merchant.post<{ consents: unknown[] }>(path, {}, 'export-once');
  expect(whole.status, whole.text).toBe(200);
  expect(whole.body).toMatchObject({
    ...{ id, phone: `+86${phone}`, name: '孙悦', email: null, tags: ['VIP'], birthday: '05-17' },
    fields: { note: 'by the door' },
    exportedAt: bench.time.now.toISOString(),
  });
  expect(whole.body.consents).toHaveLength(4);
  const logged = await rowsOf(
    bench,
    `select details::text as told from ledger.activity where type = 'member.exported'`,
  );
  expect(logged).toHaveLength(1);
  expect(JSON.stringify(logged)).not.toContain(phone);
  const clerk = await till.key({ role: 'clerk' });
  await till.refuses('permission_denied', () => clerk.post(path, {}));
  const narrow = await till.key({ permissions: ['members.erase'], storeIds: [till.storeId] });
  await till.refuses('store_out_of_scope', () => narrow.post(path, {}));
  await till.merchant.post(`/v1/members/${id}/erase`, { reason: 'requested' });
  await till.refuses('member_not_found', () => till.merchant.post(path, {}));
});

test('points are multiplied on the birthday in the merchant’s zone, and on no other day', async () => {
  const earn = { points: 1, amount: 100 };
  madeBy(await till.merchant.post('/v1/points-schemes', { earn, birthdayPpm: 2_000_000 }));
  const memberId = await enrol();
  await change(memberId, { birthday: '1992-02-29' });
  const was = bench.time.now;
  const earnedAt = async (at: string) => {
    bench.time.now = new Date(at);
    const bought = await till.merchant.post<{ earned: number }>('/v1/purchases', {
      storeId: till.storeId,
      memberId,
      reference: `B-${at}`,
      lines: [{ name: 'Tea', quantity: 1, price: 1_000 }],
      tenders: [{ kind: 'money', tender: 'cash', amount: 1_000 }],
    });
    expect(bought.status, bought.text).toBe(201);
    return bought.body.earned;
  };
  // In Shanghai the day begins at four in the afternoon of the day before, by UTC; in 2027 February has 28 days.
  expect(await earnedAt('2027-02-27T15:59:00Z')).toBe(10);
  expect(await earnedAt('2027-02-27T16:00:00Z')).toBe(20);
  expect(await earnedAt('2027-02-28T16:00:00Z')).toBe(10);
  expect(await earnedAt('2028-02-28T02:00:00Z')).toBe(10);
  expect(await earnedAt('2028-02-29T02:00:00Z')).toBe(20);
  bench.time.now = was;
});
