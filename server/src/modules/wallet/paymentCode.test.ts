import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { openPhone, type Phone } from '../../../test/phone.ts';
import type { CardInHand } from '../../../test/shop.ts';
import { openTill, rowsOf, type Till } from '../../../test/till.ts';

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
const later = (ms: number) => {
  bench.time.now = new Date(bench.time.now.getTime() + ms);
};

type Holder = { readonly phone: Phone; readonly card: CardInHand; code(): Promise<string> };

/** A member with a card of 100 on a phone. */
async function holder(): Promise<Holder> {
  const phone = await openPhone(bench, till.merchant, `198.51.100.${++count}`);
  await phone.signIn(`1370000${String(count).padStart(4, '0')}`);
  const card = await till.card();
  const added = await phone.post('/cards', { code: card.code, pin: card.pin });
  expect(added.status, added.text).toBe(201);
  return {
    phone,
    card,
    async code() {
      const made = await phone.post<{ code: string }>(`/cards/${card.id}/payment-code`);
      expect(made.status, made.text).toBe(201);
      return made.body.code;
    },
  };
}

const pin = '';

test('what the phone shows pays in the place of code and PIN', async () => {
  const { code, card, phone } = await holder();
  const shown = await code();
  expect(shown).toMatch(/^P1[0-9A-HJKMNP-TV-Z]{95}$/);
  const paid = await till.pay({ code: shown, pin }, 300);
  expect(paid.body).toMatchObject({ cardId: card.id, amount: 300, balance: 9_700 });
  const list = await phone.get<{ items: unknown[] }>('/cards');
  expect(list.body.items).toMatchObject([{ id: card.id, balance: 9_700, state: 'partially_used' }]);
});

test('it works once: the second time it is refused, and nothing moves', async () => {
  const { code } = await holder();
  const shown = await code();
  await till.paid({ code: shown, pin }, 300);
  await till.refuses('payment_code_used', () => till.pay({ code: shown, pin }, 300), { field: 'code' });
  await till.refuses('payment_code_used', () => till.hold({ code: shown, pin }, 300));
  await till.refuses('payment_code_used', () => till.merchant.post('/v1/verifications', { code: shown }));
});

test('sent fifty times at once, it pays once', async () => {
  const { code, card } = await holder();
  const shown = await code();
  const another = await bench.another();
  const second = another.client(till.merchant.apiKey);
  const replies = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      (n % 2 === 0 ? till.merchant : second).post('/v1/redemptions', {
        code: shown,
        amount: 100,
        currency: 'CNY',
        storeId: till.storeId,
        reference: `race-${n}`,
      }),
    ),
  );
  await another.close();
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
  const codes = new Set(replies.filter(({ status }) => status !== 201).map(({ body }) => body.code));
  expect([...codes]).toEqual(['payment_code_used']);
  expect((await till.shown(card)).balance).toBe(9_900);
});

test('the same request sent again under its key is answered as before, though the code is used', async () => {
  const { code } = await holder();
  const body = {
    code: await code(),
    amount: 100,
    currency: 'CNY',
    storeId: till.storeId,
    reference: 'again',
  };
  const first = await till.merchant.post('/v1/redemptions', body, 'same-key-1');
  const again = await till.merchant.post('/v1/redemptions', body, 'same-key-1');
  expect(again.text).toBe(first.text);
  expect(again.headers['idempotent-replayed']).toBe('true');
});

test.each([
  [45_000, undefined],
  [45_001, 'payment_code_expired'],
])('a screenshot %i ms old is answered with %s', async (age, refusal) => {
  const { code } = await holder();
  bench.time.now = new Date(Math.ceil(bench.time.now.getTime() / 1000) * 1000);
  const shown = await code();
  later(age);
  const reply = await till.pay({ code: shown, pin }, 100);
  expect(reply.body.code).toBe(refusal);
});

test('looked up in time, it may be paid with at that till for two minutes, and at no other', async () => {
  const { code } = await holder();
  const shown = await code();
  later(40_000);
  const seen = await till.merchant.post('/v1/verifications', { code: shown });
  expect(seen.status, seen.text).toBe(200);
  expect(seen.body).toMatchObject({ balance: 10_000 });
  later(119_000);
  const other = await till.key({ role: 'clerk' });
  const body = { code: shown, amount: 100, currency: 'CNY', storeId: till.storeId };
  const elsewhere = await other.post('/v1/redemptions', { ...body, reference: 'elsewhere' });
  expect(elsewhere.body.code).toBe('payment_code_used');
  await till.paid({ code: shown, pin }, 100);
  const late = await code();
  await till.merchant.post('/v1/verifications', { code: late });
  later(121_000);
  await till.refuses('payment_code_expired', () => till.pay({ code: late, pin }, 100));
});

test('a payment that is refused leaves the code good', async () => {
  const { code } = await holder();
  const shown = await code();
  await till.refuses('insufficient_balance', () => till.pay({ code: shown, pin }, 10_001));
  await till.paid({ code: shown, pin }, 10_000);
});

test('it reserves as it pays', async () => {
  const { code } = await holder();
  const shown = await code();
  await till.held({ code: shown, pin }, 100);
  await till.refuses('payment_code_used', () => till.pay({ code: shown, pin }, 100));
});

test('it pays nothing from a card that was frozen, unbound or given away since', async () => {
  const lost = await holder();
  const shown = await lost.code();
  expect((await lost.phone.post(`/cards/${lost.card.id}/freeze`)).status).toBe(200);
  await till.refuses('card_frozen', () => till.pay({ code: shown, pin }, 100));
  expect((await lost.phone.post(`/cards/${lost.card.id}/payment-code`)).body.code).toBe('card_frozen');
  const gone = await holder();
  const kept = await gone.code();
  const me = await gone.phone.get<{ id: string }>('/me');
  await till.merchant.post(`/v1/members/${me.body.id}/cards/remove`, { cardId: gone.card.id });
  await till.refuses('payment_code_expired', () => till.pay({ code: kept, pin }, 100));
});

test('one changed character, another merchant, or half of it is an unknown code', async () => {
  const { code } = await holder();
  const shown = await code();
  for (let at = 2; at < shown.length; at += 7) {
    const other = shown[at] === '7' ? '8' : '7';
    const forged = shown.slice(0, at) + other + shown.slice(at + 1);
    const reply = await till.pay({ code: forged, pin }, 100);
    expect(reply.body.code, forged).toBe('check_character_wrong');
  }
  await till.refuses('check_character_wrong', () => till.pay({ code: shown.slice(0, 60), pin }, 100));
  const foreign = await openTill(bench);
  await foreign.refuses('check_character_wrong', () => foreign.pay({ code: shown, pin }, 100));
  // Scanners that hold the shift key down write it in lower case.
  await till.paid({ code: ` ${shown.toLowerCase()} `, pin }, 100);
});

test('to a public key an old or used one is what an unknown code is', async () => {
  const { code } = await holder();
  const shop = await till.key({ kind: 'public' });
  const body = { amount: 100, currency: 'CNY', storeId: till.storeId };
  const [used, old] = [await code(), await code()];
  const paid = await shop.post('/v1/redemptions', { ...body, code: used, reference: 'pub-1' });
  expect(paid.status, paid.text).toBe(201);
  later(60_000);
  const answers = await Promise.all(
    [used, old, 'P1'.padEnd(97, '0')].map((code, n) =>
      shop.post('/v1/redemptions', { ...body, code, reference: `pub-${n + 2}` }),
    ),
  );
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(answers[0]?.body.code).toBe('not_recognised');
});

test('it opens nothing else: neither the wallet of who scans it nor the card’s past', async () => {
  const { code } = await holder();
  const thief = await holder();
  const shown = await code();
  const taken = await thief.phone.post('/cards', { code: shown.slice(0, 64) });
  expect(taken.body.code).toBe('not_recognised');
  expect((await thief.phone.post('/cards', { code: shown })).body.code).toBe('invalid_request');
  expect((await thief.phone.post('/look', { code: shown })).body.code).toBe('invalid_request');
});

test('of another’s card the wallet shows no code, and no such card', async () => {
  const mine = await holder();
  const other = await holder();
  for (const path of ['payment-code', 'freeze', 'gift']) {
    const foreign = await mine.phone.post(`/cards/${other.card.id}/${path}`);
    const unknown = await mine.phone.post(`/cards/card_01jd000000e008000000000000/${path}`);
    expect(foreign.body.code).toBe('card_not_found');
    expect(foreign.text).toBe(unknown.text);
  }
});

test('what was seen and used is forgotten a day later, when no code of that day is good', async () => {
  const { code } = await holder();
  const shown = await code();
  await till.paid({ code: shown, pin }, 100);
  later(86_400_000 + 1_000);
  await bench.runJobs('cards.forgetPaymentCodes');
  expect(await rowsOf(bench, 'select 1 as hit from cards.payment_code_use')).toEqual([]);
  await till.refuses('payment_code_expired', () => till.pay({ code: shown, pin }, 100));
});
