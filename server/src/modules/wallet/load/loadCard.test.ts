import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { openTill, type Till } from '../../../../test/till.ts';
import { cardsOf, offer, peopleOf, type TestMember } from '../../../../test/wallet.ts';

let bench: TestBench;
let till: Till;
let member: TestMember;
let people: ReturnType<typeof peopleOf>;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});
beforeEach(async () => {
  till = await openTill(bench);
  people = peopleOf(bench, till, '1362');
  member = await people.member();
});

type Secrets = { readonly code: string; readonly pin: string };
type Lot = { kind: string; balance: number; usableUntil: string | null };
type Stored = { balance: { principal: number; bonus: number; total: number }; lots: Lot[] };

const keyed = (key: string = crypto.randomUUID()) => ({ 'idempotency-key': key });
const load = ({ phone }: TestMember, { code, pin }: Secrets, key?: string) =>
  phone.post('/gift-cards/load', { code, pin }, keyed(key));
const stored = async ({ phone }: TestMember = member) => (await phone.get<Stored>('/stored-value')).body;
const history = async ({ phone }: TestMember = member) =>
  (await phone.get<{ items: Record<string, unknown>[] }>('/stored-value/history')).body.items;

test('a gift card by its code and PIN comes onto the wallet whole, and under one key once', async () => {
  const card = await till.card();
  await till.paid(card, 2_500);
  const first = await load(member, card, 'once');
  expect(first.status, first.text).toBe(201);
  expect(first.body).toMatchObject({
    amount: 7_500,
    currency: 'CNY',
    balance: { principal: 7_500, total: 7_500 },
  });
  expect((await load(member, card, 'once')).text).toBe(first.text);
  expect((await load(member, card)).body.code).toBe('insufficient_balance');
  expect(await till.shown(card)).toMatchObject({ balance: 0, state: 'used_up' });
  expect(await stored()).toMatchObject({ balance: { principal: 7_500, bonus: 0, total: 7_500 } });
  expect(await history()).toMatchObject([{ type: 'card.moved_to_wallet', amount: 7_500, principal: 7_500 }]);
  expect(await till.total('card')).toBe(0);
  expect(await till.total('wallet')).toBe(7_500);
});

test('tapped ten times at once, by two people, one of them has it and nothing is there twice', async () => {
  const card = await till.card();
  const other = await people.member();
  const replies = await Promise.all(
    Array.from({ length: 10 }, (_, n) => load(n % 2 === 0 ? member : other, card)),
  );
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
  expect((await stored()).balance.total + (await stored(other)).balance.total).toBe(10_000);
});

test('what was paid and what was given stay apart, end with the card, and are known to who answers for them', async () => {
  till = await openTill(bench, { validity: { type: 'after', count: 1, unit: 'years' } });
  people = peopleOf(bench, till, '1363');
  const { phone, card, ...rest } = await people.holder();
  await till.does(card, 'adjust', { amount: 300, reason: 'sorry' });
  const reply = await phone.post(`/cards/${card.id}/load`, {}, keyed());
  expect(reply.body, reply.text).toMatchObject({ amount: 10_300 });
  const { balance, lots } = await stored({ phone, ...rest });
  expect(balance).toMatchObject({ principal: 10_000, bonus: 300, total: 10_300 });
  const { validUntil } = await till.shown(card);
  expect(lots.map(({ kind, balance: each, usableUntil }) => [kind, each, usableUntil])).toEqual(
    expect.arrayContaining([
      ['principal', 10_000, validUntil],
      ['bonus', 300, validUntil],
    ]),
  );
  const staff = await till.merchant.get<{ lots: object[] }>(`/v1/wallets/${rest.id}`);
  expect(staff.body.lots).toHaveLength(2);
  // They end together: which of the two comes first is chance.
  expect(staff.body.lots).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: 'principal', storeId: till.storeId }),
      expect.objectContaining({ kind: 'bonus', storeId: null }),
    ]),
  );
});

test('of a card that was sold for less, no more is ever paid back than was paid', async () => {
  till = await openTill(bench, { salePrice: [{ faceValue: 10_000, salePrice: 9_000 }] });
  const card = await till.blank();
  const payment = { tender: 'cash', amount: 9_000, reference: 'R1' };
  const asked = { cards: [{ serial: card.serial }], storeId: till.storeId, payment };
  expect((await till.merchant.post('/v1/cards/activate', asked)).body).toMatchObject({ activated: 1 });
  const buyer = await peopleOf(bench, till, '1364').member();
  expect((await load(buyer, card)).status).toBe(201);
  const quoted = await till.merchant.post<{ items: object[] }>('/v1/wallet-refund-quotes', {
    memberId: buyer.id,
  });
  expect(quoted.body.items).toMatchObject([
    { tender: 'gift_card', paid: 9_000, principal: 10_000, refund: 9_000 },
  ]);
});

test('a card of terms that forbid a transfer stays a card, and so does one with a hold or a gift under way', async () => {
  const held = await people.holder();
  await till.held(held.card, 1);
  expect((await held.phone.post(`/cards/${held.card.id}/load`, {}, keyed())).body.code).toBe('card_held');
  const giver = await people.holder();
  await offer(giver);
  expect((await giver.phone.post(`/cards/${giver.card.id}/load`, {}, keyed())).body.code).toBe('gift_open');
  expect(await cardsOf(giver)).toMatchObject([{ balance: 10_000 }]);
  const fixed = await openTill(bench, { transferable: false });
  const card = await fixed.card();
  const owner = await peopleOf(bench, fixed, '1365').member();
  expect((await load(owner, card)).body.code).toBe('not_transferable');
  expect(await fixed.shown(card)).toMatchObject({ balance: 10_000 });
});

test('a card of somebody else is not loaded, whoever knows its code; a wrong PIN says nothing', async () => {
  const holder = await people.holder();
  expect((await load(member, holder.card)).body.code).toBe('card_has_holder');
  expect((await member.phone.post(`/cards/${holder.card.id}/load`, {}, keyed())).body.code).toBe(
    'card_not_found',
  );
  const card = await till.card();
  const pin = card.pin === '00000000' ? '11111111' : '00000000';
  expect((await load(member, { ...card, pin })).body.code).toBe('not_recognised');
  const keyless = await member.phone.post('/gift-cards/load', { code: card.code, pin: card.pin });
  expect(keyless.body.code).toBe('idempotency_key_required');
  expect((await stored()).balance.total).toBe(0);
});

test('a wallet is not filled above its limit, and the card then keeps all that is on it', async () => {
  await till.merchant.patch('/v1/wallet-policy', { balanceMax: 9_999 });
  const card = await till.card();
  expect((await load(member, card)).body.code).toBe('balance_limit_exceeded');
  expect(await till.shown(card)).toMatchObject({ balance: 10_000 });
});

test('what a store that did not sell the card honours out of the wallet is owed by the one that did', async () => {
  const card = await till.card();
  expect((await load(member, card)).status).toBe(201);
  const lines = [{ name: 'Tea', price: 6_000 }];
  const bought = await till.merchant.post('/v1/purchases', {
    storeId: till.otherStoreId,
    memberId: member.id,
    reference: 'P1',
    lines,
    tenders: [{ kind: 'wallet', amount: 6_000 }],
  });
  expect(bought.status, bought.text).toBe(201);
  type Totals = { totals: Record<string, number>[]; items: Record<string, unknown>[] };
  const day = '2026-11-22';
  const { body } = await till.merchant.get<Totals>(
    `/v1/reports/liability-roll-forward?from=${day}&until=2026-11-23`,
  );
  expect(body.totals).toMatchObject([{ loaded: 10_000, spent: 6_000, transferred: 0, closing: 4_000 }]);
  expect(await till.total('clearing', till.storeId)).toBe(-6_000);
  expect(await till.total('clearing', till.otherStoreId)).toBe(6_000);
});
