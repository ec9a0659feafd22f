import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { openTill, rowsOf, type Till } from '../../../test/till.ts';
import { canonicalPhone, maskPhone } from './phone.ts';

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

type Member = {
  readonly id: string;
  readonly phone: string;
  readonly name: string | null;
  readonly enrolled: boolean;
};

let count = 0;
const newPhone = () => `1380013${String(++count).padStart(4, '0')}`;
const consent = { textVersion: 1, marketing: false };

async function enrol(more: Record<string, unknown> = {}): Promise<Member> {
  const made = await till.merchant.post<Member>('/v1/members', { phone: newPhone(), consent, ...more });
  expect(made.status, made.text).toBe(201);
  return made.body;
}

test.each([
  ['13800138000', '+8613800138000'],
  ['+86 138 0013 8000', '+8613800138000'],
  ['0086-138-0013-8000', '+8613800138000'],
  ['１３８００１３８０００', '+8613800138000'],
  ['+44 (20) 7946-0000', '+442079460000'],
  ['12800138000', undefined],
  ['+8612800138000', undefined],
  ['1380013800', undefined],
  ['138001380001', undefined],
  ['+0123456789', undefined],
  ['+12345678901234567', undefined],
  ['138００13800o', undefined],
  ['', undefined],
  ['1'.repeat(41), undefined],
])('%s is read as %s', (typed, phone) => {
  expect(canonicalPhone(typed)).toBe(phone);
});

test('a number is shown by its ends alone', () => {
  expect(maskPhone('+8613800135678')).toBe('138****5678');
  expect(maskPhone('+442079460000')).toBe('+44****0000');
});

test('one number is one member, however it is written and however often it is enrolled', async () => {
  const first = await enrol({ phone: '13912345678', name: '李雷' });
  expect(first).toMatchObject({ phone: '139****5678', name: '李雷', enrolled: true });
  const replies = await Promise.all(
    ['139 1234 5678', '+8613912345678', '１３９１２３４５６７８'].map((phone) =>
      till.merchant.post<Member>('/v1/members', { phone, consent, name: 'Other' }),
    ),
  );
  for (const { body } of replies) expect(body).toMatchObject({ id: first.id, name: '李雷', enrolled: false });
  const found = await till.merchant.get<{ items: Member[] }>('/v1/members?phone=%2B86%20139-1234-5678');
  expect(found.body.items.map(({ id }) => id)).toEqual([first.id]);
});

test('enrolled at two tills at once, one number is one member', async () => {
  const phone = newPhone();
  const replies = await Promise.all(
    Array.from({ length: 12 }, () => till.merchant.post<Member>('/v1/members', { phone, consent })),
  );
  expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
  expect(replies.filter(({ body }) => body.enrolled)).toHaveLength(1);
});

test('the same number at another merchant is another member, and neither sees the other', async () => {
  const phone = newPhone();
  const mine = await enrol({ phone });
  const other = await bench.merchant();
  const theirs = await other.post<Member>('/v1/members', { phone, consent });
  expect(theirs.body.id).not.toBe(mine.id);
  const foreign = await other.get(`/v1/members/${mine.id}`);
  expect(foreign.body.code).toBe('member_not_found');
  const hashes = await rowsOf(bench, 'select distinct phone_hash from members.member where id in ($1, $2)', [
    uuidOf(mine.id),
    uuidOf(theirs.body.id),
  ]);
  expect(hashes).toHaveLength(2);
});

test('nobody is enrolled without having agreed to the terms as they are now', async () => {
  const phone = newPhone();
  await till.refuses('consent_required', () => till.merchant.post('/v1/members', { phone }), {
    field: 'consent',
  });
  await till.refuses(
    'consent_outdated',
    () => till.merchant.post('/v1/members', { phone, consent: { textVersion: 2 } }),
    { field: 'consent.textVersion' },
  );
  await till.refuses('invalid_request', () => till.merchant.post('/v1/members', { phone: '110', consent }), {
    field: 'phone',
  });
});

test('what was agreed to is kept with its day and the version of the text, marketing apart', async () => {
  const { id } = await enrol({ consent: { textVersion: 1, marketing: true } });
  const shown = await till.merchant.patch<{ consents: unknown[] }>(`/v1/members/${id}`, {
    consent: { textVersion: 1, marketing: false },
  });
  const at = bench.time.now.toISOString();
  expect(shown.body.consents).toEqual([
    { purpose: 'service', given: true, textVersion: 1, at },
    { purpose: 'marketing', given: false, textVersion: 1, at },
  ]);
  const kept = await rowsOf(bench, 'select count(*)::int as n from members.consent where member_id = $1', [
    uuidOf(id),
  ]);
  expect(kept).toEqual([{ n: 4 }]);
});

test('what is changed is changed, and what is left out stays', async () => {
  const { id } = await enrol({ name: 'Wang', email: 'wang@example.com' });
  const renamed = await till.merchant.patch(`/v1/members/${id}`, {
    name: null,
    reminders: { expiry: false },
  });
  expect(renamed.body).toMatchObject({
    name: null,
    email: 'wang@example.com',
    reminders: { expiry: false, lowBalance: true },
  });
  await till.refuses('invalid_request', () => till.merchant.patch(`/v1/members/${id}`, {}));
  await till.refuses('invalid_request', () =>
    till.merchant.patch(`/v1/members/${id}`, { phone: newPhone() }),
  );
});

test('a card bound to a member is in their list, once, and nobody else’s', async () => {
  const [mine, other] = [await enrol(), await enrol()];
  const card = await till.card();
  const bind = (memberId: string) => till.merchant.post(`/v1/members/${memberId}/cards`, { cardId: card.id });
  expect((await bind(mine.id)).body).toEqual({ cardId: card.id, holder: mine.id });
  await till.refuses('card_has_holder', () => bind(other.id));
  const list = await till.merchant.get<{ items: { id: string }[] }>(`/v1/members/${mine.id}/cards`);
  expect(list.body.items.map(({ id }) => id)).toEqual([card.id]);
  await till.refuses('card_not_found', () =>
    till.merchant.post(`/v1/members/${other.id}/cards/remove`, { cardId: card.id }),
  );
  expect((await till.merchant.post(`/v1/members/${mine.id}/cards/remove`, { cardId: card.id })).status).toBe(
    200,
  );
  expect((await bind(other.id)).status).toBe(200);
});

test('who may transfer cards binds and unbinds those that their stores sold and no others, and a clerk none', async () => {
  const { id } = await enrol();
  const card = await till.card();
  const permissions = ['cards.transfer'];
  const clerk = await till.key({ permissions: ['members.write'], storeIds: [till.storeId] });
  const seller = await till.key({ permissions, storeIds: [till.storeId] });
  const other = await till.key({ permissions, storeIds: [till.otherStoreId] });
  for (const verb of ['cards', 'cards/remove']) {
    const path = `/v1/members/${id}/${verb}`;
    await till.refuses('store_out_of_scope', () => other.post(path, { cardId: card.id }));
    await till.refuses('permission_denied', () => clerk.post(path, { cardId: card.id }));
    expect((await seller.post(path, { cardId: card.id })).status, verb).toBe(200);
  }
});

test('only a card in use can be a member’s', async () => {
  const { id } = await enrol();
  const blank = await till.blank();
  await till.refuses('card_not_active', () =>
    till.merchant.post(`/v1/members/${id}/cards`, { cardId: blank.id }),
  );
  await till.refuses('card_not_found', () =>
    till.merchant.post(`/v1/members/${id}/cards`, { cardId: 'card_01jd000000e008000000000000' }),
  );
  await till.refuses('member_not_found', () =>
    till.merchant.post('/v1/members/mem_01jd000000e008000000000000/cards', { cardId: blank.id }),
  );
});

test('an erased member leaves nothing that names them, and the number is free for a new one', async () => {
  const phone = newPhone();
  const { id } = await enrol({ phone, name: 'Zhao', email: 'zhao@example.com' });
  const card = await till.card();
  await till.merchant.post(`/v1/members/${id}/cards`, { cardId: card.id });
  const erased = await till.merchant.post(`/v1/members/${id}/erase`, { reason: 'requested' });
  expect(erased.body).toMatchObject({ id, state: 'erased' });
  await till.refuses('member_not_found', () => till.merchant.get(`/v1/members/${id}`));
  await till.refuses('member_not_found', () =>
    till.merchant.post(`/v1/members/${id}/erase`, { reason: 'requested' }),
  );
  const [row] = await rowsOf(
    bench,
    'select phone_hash, sealed_phone, sealed_name, sealed_email from members.member where id = $1',
    [uuidOf(id)],
  );
  expect(row).toEqual({ phone_hash: null, sealed_phone: null, sealed_name: null, sealed_email: null });
  const again = await enrol({ phone });
  expect(again).toMatchObject({ enrolled: true, name: null });
  expect(again.id).not.toBe(id);
  // The card still pays by what is printed on it.
  await till.paid(card, 100);
});

test('no number and no name is in the log, in a row in clear, or in an answer that the log keeps', async () => {
  const [phone, name, email] = ['13777770001', '韩梅梅HanMeimei', 'meimei@example.com'];
  const key = 'enrol-once';
  const first = await till.merchant.post('/v1/members', { phone, name, email, consent }, key);
  const again = await till.merchant.post('/v1/members', { phone, name, email, consent }, key);
  expect(again.headers['idempotent-replayed']).toBe('true');
  expect(again.body).toMatchObject({ id: first.body.id, name });
  await till.merchant.patch(`/v1/members/${String(first.body.id)}`, { name: `${name}2` });
  const tables = await rowsOf(
    bench,
    `select schemaname || '.' || tablename as name from pg_tables where schemaname !~ '^(pg_|information_schema)'`,
  );
  for (const table of tables) {
    const hits = await rowsOf(
      bench,
      `select 1 as hit from ${String(table.name)} t
       where t::text ilike '%13777770001%' or t::text ilike '%HanMeimei%' or t::text ilike '%meimei@%' limit 1`,
    );
    expect(hits, String(table.name)).toEqual([]);
  }
});

test('who may not see members is told nothing of them, and an auditor changes nothing', async () => {
  const { id } = await enrol({ name: 'Chen' });
  const finance = await till.key({ role: 'finance' });
  expect((await finance.get(`/v1/members/${id}`)).body.code).toBe('permission_denied');
  const auditor = await till.key({ role: 'auditor' });
  expect((await auditor.get(`/v1/members/${id}`)).body.name).toBe('Chen');
  expect((await auditor.patch(`/v1/members/${id}`, { name: 'X' })).body.code).toBe('permission_denied');
  expect((await auditor.get('/v1/notices')).body.code).toBe('permission_denied');
  const clerk = await till.key({ role: 'clerk' });
  expect((await clerk.post(`/v1/members/${id}/erase`, { reason: 'requested' })).body.code).toBe(
    'permission_denied',
  );
});

function uuidOf(id: string): string {
  const digits = '0123456789abcdefghjkmnpqrstvwxyz';
  let bits = 0n;
  for (const digit of id.slice(id.indexOf('_') + 1)) bits = bits * 32n + BigInt(digits.indexOf(digit));
  return bits.toString(16).padStart(32, '0');
}
