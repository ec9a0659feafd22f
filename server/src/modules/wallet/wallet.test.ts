import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { openPhone } from '../../../test/phone.ts';
import { openTill, rowsOf, type Till } from '../../../test/till.ts';
import { cardsOf, claim, offer, peopleOf } from '../../../test/wallet.ts';
import { memberVault } from '../members/index.ts';
import { walletJobs } from './jobs.ts';

let bench: TestBench;
let till: Till;
let people: ReturnType<typeof peopleOf>;
beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench);
  people = peopleOf(bench, till, '1360');
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

type Listed = { readonly items: readonly unknown[] };

test('the page of a merchant says whose it is, how to reach them and on what terms', async () => {
  const merchant = await bench.merchant({ name: 'West Lake Tea' });
  const changed = await merchant.patch<{ slug: string }>('/v1/merchant', {
    slug: 'west-lake-tea',
    contact: { phone: '0571-1234', email: 'tea@example.com', website: 'https://tea.example/' },
    terms: { zh: '第一条\n第二条' },
  });
  expect(changed.status, changed.text).toBe(200);
  const page = await bench.app.inject({ url: '/v1/wallet/west-lake-tea' });
  expect(page.json()).toEqual({
    slug: 'west-lake-tea',
    name: 'West Lake Tea',
    currency: 'CNY',
    timezone: 'Asia/Shanghai',
    contact: {
      phone: '0571-1234',
      email: 'tea@example.com',
      address: null,
      website: 'https://tea.example/',
    },
    terms: { zh: '第一条\n第二条', en: null },
    termsVersion: 2,
    passes: { apple: false, google: false },
  });
  expect(page.headers['cache-control']).toBe('no-store');
});

test('a slug is one merchant’s alone, and a new merchant has one of its own', async () => {
  const [one, two] = [await bench.merchant({ name: '茶' }), await bench.merchant({ name: '茶' })];
  const slugOf = async (m: typeof one) => (await m.get<{ slug: string }>('/v1/merchant')).body.slug;
  expect(await slugOf(one)).not.toBe(await slugOf(two));
  expect((await two.patch('/v1/merchant', { slug: await slugOf(one) })).body.code).toBe('slug_taken');
  // One's own may be sent back as it is.
  expect((await one.patch('/v1/merchant', { slug: await slugOf(one) })).status).toBe(200);
  for (const slug of ['A-B', 'a--b', '-a', 'ab', 'a_b', '茶', `${'a'.repeat(61)}`]) {
    expect((await one.patch('/v1/merchant', { slug })).body.code, slug).toBe('invalid_request');
  }
});

test('a paper card shows its balance and past to who has code and PIN, and not who served', async () => {
  const phone = await openPhone(bench, till.merchant, '203.0.113.200');
  const card = await till.card();
  await till.paid(card, 2_500);
  const { body } = await phone.post('/look', { code: card.code, pin: card.pin });
  expect(body).toMatchObject({ state: 'partially_used', balance: 7_500, currency: 'CNY' });
  expect(body.history).toMatchObject([
    { type: 'card.redeemed', amount: -2_500, store: 'First' },
    { type: 'card.activated', amount: 10_000, store: 'First' },
  ]);
  expect(JSON.stringify(body)).not.toMatch(/actor|key_|reference/);
});

test('whatever is wrong with a paper card, the answer is one; and a PIN gets five tries, here and at the till together', async () => {
  const phone = await openPhone(bench, till.merchant, '203.0.113.201');
  const card = await till.card();
  const foreign = await (await openTill(bench)).card();
  const wrong = card.pin === '00000000' ? '11111111' : '00000000';
  const answers = await Promise.all([
    phone.post('/look', { code: card.code, pin: wrong }),
    phone.post('/look', { code: card.code }),
    phone.post('/look', { code: foreign.code, pin: foreign.pin }),
    phone.post('/look', { code: '000000-000000-000000', pin: wrong }),
    phone.post('/look', { code: 'nonsense' }),
  ]);
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(answers[0]?.body.code).toBe('not_recognised');
  for (let n = 0; n < 4; n++) await phone.post('/look', { code: card.code, pin: wrong });
  expect((await phone.post('/look', { code: card.code, pin: card.pin })).body.code).toBe('not_recognised');
  await till.refuses('pin_locked', () => till.pay(card, 1));
});

test('an address looks sixty times in ten minutes, and then no more', async () => {
  bench.time.now = new Date(Math.ceil(bench.time.now.getTime() / 600_000) * 600_000);
  const phone = await openPhone(bench, till.merchant, '203.0.113.202');
  const replies = await Promise.all(
    Array.from({ length: 65 }, () => phone.post('/look', { code: 'nonsense' })),
  );
  expect(replies.filter(({ body }) => body.code === 'not_recognised')).toHaveLength(60);
  expect(replies.filter(({ body }) => body.code === 'too_many_attempts')).toHaveLength(5);
});

test('a card is added once it is shown to be one’s own, and is nobody else’s then', async () => {
  const { phone, card, id } = await people.holder();
  expect((await till.shown(card)).holder).toBe(id);
  const other = await people.member();
  const taken = await other.phone.post('/cards', { code: card.code, pin: card.pin });
  expect(taken.body.code).toBe('card_has_holder');
  const guess = await other.phone.post('/cards', { code: card.code, pin: '0' });
  expect(guess.body.code).toBe('not_recognised');
  expect(await cardsOf(other)).toEqual([]);
  const [mine] = (await phone.get<{ items: Record<string, unknown>[] }>('/cards')).body.items;
  expect(mine).toMatchObject({
    id: card.id,
    program: { name: { zh: '礼品卡', en: 'Gift card' } },
    faceValue: 10_000,
    balance: 10_000,
    state: 'active',
    validUntil: null,
    gift: null,
    allowed: { pay: { ok: true }, give: { ok: true }, freeze: { ok: true } },
  });
  expect(String(mine?.maskedCode)).toMatch(/^••••••-••••••-••[0-9A-Z]{4}$/);
  expect(JSON.stringify(mine)).not.toContain(card.code.slice(0, 10));
  expect((await phone.get(`/cards/${card.id}`)).body).toEqual(mine);
});

test('its past is shown by the page, the newest first, without who served', async () => {
  const { phone, card } = await people.holder();
  for (let n = 1; n <= 3; n++) await till.paid(card, n);
  const amounts: number[] = [];
  let cursor = '';
  for (;;) {
    type Page = { items: { type: string; amount: number }[]; nextCursor: string | null };
    const path = `/cards/${card.id}/activities?limit=2${cursor}`;
    const { body, text } = await phone.get<Page>(path);
    expect(text).not.toMatch(/actor|key_|reference/);
    amounts.push(...body.items.map(({ amount }) => amount));
    if (body.nextCursor === null) break;
    cursor = `&cursor=${body.nextCursor}`;
  }
  expect(amounts).toEqual([-3, -2, -1, 0, 10_000]);
  const stranger = await people.member();
  expect((await stranger.phone.get(`/cards/${card.id}/activities`)).body.code).toBe('card_not_found');
});

test('a lost card is stopped by its holder, and let go on by staff alone', async () => {
  const { phone, card } = await people.holder();
  expect((await phone.post(`/cards/${card.id}/freeze`)).body).toEqual({ cardId: card.id, state: 'frozen' });
  await till.refuses('card_frozen', () => till.pay(card, 1));
  expect((await phone.post(`/cards/${card.id}/freeze`)).body.code).toBe('card_frozen');
  await till.does(card, 'unfreeze', { reason: 'found' });
  await till.paid(card, 1);
});

test('a complaint reaches the staff with its order, and its answer the member alone', async () => {
  const [one, other] = [await people.member(), await people.member()];
  const made = await one.phone.post<{ id: string }>('/complaints', { text: '茶凉了', reference: 'T-77' });
  expect(made.status, made.text).toBe(201);
  const open = await till.merchant.get<{ items: unknown[] }>('/v1/complaints?state=open');
  expect(open.body.items).toMatchObject([
    { id: made.body.id, memberId: one.id, text: '茶凉了', reference: 'T-77', state: 'open', answer: null },
  ]);
  const answered = await till.merchant.post(`/v1/complaints/${made.body.id}/answer`, { text: '抱歉' });
  expect(answered.body).toMatchObject({ state: 'answered', answer: '抱歉' });
  await till.refuses('complaint_answered', () =>
    till.merchant.post(`/v1/complaints/${made.body.id}/answer`, { text: 'again' }),
  );
  await till.refuses('complaint_not_found', () =>
    till.merchant.post('/v1/complaints/cmp_01jd000000e008000000000000/answer', { text: 'x' }),
  );
  expect((await one.phone.get<Listed>('/complaints')).body.items).toMatchObject([{ answer: '抱歉' }]);
  expect((await other.phone.get<Listed>('/complaints')).body.items).toEqual([]);
});

test('a complaint is put under the present key with all its words', async () => {
  const { phone } = await people.member();
  const made = await phone.post<{ id: string }>('/complaints', { text: 'cold', reference: 'T-8' });
  await till.merchant.post(`/v1/complaints/${made.body.id}/answer`, { text: 'sorry' });
  const { personal, lookup } = bench.runtime.keys;
  const random = bench.runtime.random;
  const newer = { current: 2, keys: new Map([...personal.keys, [2, Buffer.from(random(32))]]) };
  const vault = memberVault({ personal: newer, lookup });
  const job = walletJobs({ ...bench.runtime.members, vault }).find(({ name }) => name === 'wallet.reseal');
  await job?.run(new AbortController().signal);
  const versions = await rowsOf(
    bench,
    `select distinct get_byte(sealed_text, 0) as text, get_byte(sealed_answer, 0) as answer
     from wallet.complaint where sealed_answer is not null and length(sealed_text) > 0`,
  );
  expect(versions).toEqual([{ text: 2, answer: 2 }]);
  // And back, since what else is in this test knows the old key alone.
  const back = memberVault({ personal: { ...newer, current: 1 }, lookup });
  const undo = walletJobs({ ...bench.runtime.members, vault: back }).find(
    ({ name }) => name === 'wallet.reseal',
  );
  await undo?.run(new AbortController().signal);
  const shown = await phone.get<Listed>('/complaints');
  expect(shown.body.items).toMatchObject([{ text: 'cold', reference: 'T-8', answer: 'sorry' }]);
});

test('of an erased member’s complaints not a word is left', async () => {
  const { phone, id } = await people.member();
  const made = await phone.post<{ id: string }>('/complaints', { text: 'I am at home', reference: 'T-9' });
  await till.merchant.post(`/v1/complaints/${made.body.id}/answer`, { text: 'Dear Mr Li' });
  await till.merchant.post(`/v1/members/${id}/erase`, { reason: 'requested' });
  await bench.runJobs('wallet.forgetErased');
  const { body } = await till.merchant.get<{ items: { id: string }[] }>('/v1/complaints');
  expect(body.items.find((one) => one.id === made.body.id)).toMatchObject({
    text: '',
    reference: null,
    answer: '',
    state: 'answered',
  });
});

test('neither a token nor a complaint nor a number is in the log or in a row in clear', async () => {
  const giver = await people.holder();
  const { token } = await offer(giver);
  await giver.phone.post('/complaints', { text: 'SECRETCOMPLAINT', reference: 'SECRETREF' });
  await giver.phone.patch('/me', { name: 'SECRETNAME' });
  const cookie = giver.phone.cookie?.slice('scrip-member='.length) ?? '';
  const tables = await rowsOf(
    bench,
    `select schemaname || '.' || tablename as name from pg_tables where schemaname !~ '^(pg_|information_schema)'`,
  );
  for (const { name } of tables) {
    const hits = await rowsOf(
      bench,
      `select 1 as hit from ${String(name)} t where t::text like any ($1) limit 1`,
      [[token, cookie, 'SECRETCOMPLAINT', 'SECRETREF', 'SECRETNAME', '1360000'].map((text) => `%${text}%`)],
    );
    expect(hits, String(name)).toEqual([]);
  }
});

test('however many wait for a code, a payment does not wait with them', async () => {
  const phones = [];
  for (let n = 0; n < 12; n++) phones.push(await openPhone(bench, till.merchant, `203.0.114.${n}`));
  const card = await till.card();
  const owner = new pg.Client({ connectionString: bench.ownerUrl });
  await owner.connect();
  await owner.query('begin');
  await owner.query('lock table members.attempt in access exclusive mode');
  const waiting = phones.map((phone, n) => phone.post('/sign-in', { phone: `136900000${10 + n}` }));
  await till.paid(card, 100);
  await owner.query('rollback');
  await owner.end();
  const replies = await Promise.all(waiting);
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([202]));
});

test('who is not signed in has no wallet', async () => {
  const phone = await openPhone(bench, till.merchant, '203.0.113.203');
  const id = 'card_01jd000000e008000000000000';
  for (const path of ['/me', '/cards', `/cards/${id}`, `/cards/${id}/activities`, '/gifts', '/complaints'])
    expect((await phone.get(path)).body.code, path).toBe('not_signed_in');
  for (const cookie of ['scrip-member=', 'scrip-member=x', 'scrip-member=a; scrip-member=b']) {
    phone.cookie = cookie;
    expect((await phone.get('/cards')).body.code).toBe('not_signed_in');
  }
  phone.cookie = undefined;
  expect((await phone.post('/cards', { code: 'x' })).body.code).toBe('not_signed_in');
  expect((await phone.post(`/cards/${id}/payment-code`)).body.code).toBe('not_signed_in');
  expect((await claim({ phone }, 'A'.repeat(43))).body).toMatchObject({ code: 'not_signed_in' });
});
