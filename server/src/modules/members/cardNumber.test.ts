import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { openTill, type Till } from '../../../test/till.ts';
import { peopleOf } from '../../../test/wallet.ts';
import { checkDigit } from './cardNumber.ts';

let bench: TestBench;
let till: Till;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});
beforeEach(async () => {
  till = await openTill(bench);
});

type Member = { id: string; cardNumber: string | null };
let phones = 0;
const enrol = (more: object = {}) =>
  till.merchant.post<Member>('/v1/members', {
    phone: `137${String(++phones).padStart(8, '0')}`,
    consent: { textVersion: 1 },
    ...more,
  });
const renumber = (id: string, cardNumber: string) =>
  till.merchant.patch<Member>(`/v1/members/${id}`, { cardNumber });
const found = async (cardNumber: string) => {
  const path = `/v1/member-lookups?cardNumber=${encodeURIComponent(cardNumber)}`;
  const { body } = await till.merchant.get<{ items: { member: Member }[] }>(path);
  return body.items.map(({ member }) => member.id);
};

test('whoever is enrolled gets a card number of nine digits and a check digit, and is found by it', async () => {
  const { body: one } = await enrol();
  const { body: other } = await enrol();
  const number = one.cardNumber ?? '';
  expect(number).toMatch(/^[1-9]\d{9}$/);
  expect(number.at(-1)).toBe(String(checkDigit(number.slice(0, -1))));
  expect(other.cardNumber).not.toBe(number);
  expect(await found(number)).toEqual([one.id]);
  expect(await found(` ${number.slice(0, 5)} ${number.slice(5)} `)).toEqual([one.id]);
  const swapped = `${number.slice(0, -1)}${(Number(number.at(-1)) + 1) % 10}`;
  expect(await found(swapped)).toEqual([]);
  const { body } = await till.merchant.get<{ items: Member[] }>(`/v1/members?cardNumber=${number}`);
  expect(body.items.map(({ id }) => id)).toEqual([one.id]);
});

test('Luhn’s digit is the one of the standard’s own example', () => {
  expect(checkDigit('7992739871')).toBe(3);
});

test('a printed card is given by its number, to one member only, and a lost one is numbered anew', async () => {
  const { body: one } = await enrol({ cardNumber: 'vip-0001' });
  expect(one.cardNumber).toBe('VIP-0001');
  await till.refuses('card_number_taken', () => enrol({ cardNumber: 'VIP-0001' }), { field: 'cardNumber' });
  const { body: other } = await enrol();
  await till.refuses('card_number_taken', () => renumber(other.id, 'vip-0001'), { field: 'cardNumber' });
  expect((await renumber(one.id, 'VIP-0001')).body.cardNumber).toBe('VIP-0001');
  expect((await renumber(one.id, 'VIP-0002')).body.cardNumber).toBe('VIP-0002');
  expect(await found('VIP-0001')).toEqual([]);
  expect((await renumber(other.id, 'VIP-0001')).body.cardNumber).toBe('VIP-0001');
  expect(await found('VIP-0001')).toEqual([other.id]);
  for (const bad of ['ab', '卡号一号', 'a b;c', '-123'])
    expect((await renumber(one.id, bad)).body, bad).toMatchObject({ code: 'invalid_request' });
});

test('of fifty who are given the same card at once one has it', async () => {
  const all = await Promise.all(Array.from({ length: 50 }, () => enrol({ cardNumber: '888888' })));
  expect(all.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(await found('888888')).toHaveLength(1);
});

test('a card number is of one merchant: another has its own', async () => {
  const theirs = await openTill(bench);
  const { body: one } = await enrol({ cardNumber: '70001' });
  const consent = { textVersion: 1 };
  const same = { phone: '13900000001', consent, cardNumber: '70001' };
  expect((await theirs.merchant.post<Member>('/v1/members', same)).status).toBe(201);
  expect(await found('70001')).toEqual([one.id]);
});

test('the card of who was merged leads to who stands for them, and an erased member’s to nobody', async () => {
  const people = peopleOf(bench, till, '133');
  const [kept, gone] = [await people.member(), await people.member()];
  const numberOf = async ({ id }: { id: string }) =>
    (await till.merchant.get<Member>(`/v1/members/${id}`)).body.cardNumber ?? '';
  const [stays, went] = [await numberOf(kept), await numberOf(gone)];
  const body = { intoId: kept.id, reason: 'enrolled_twice' };
  const merged = await till.merchant.post(`/v1/members/${gone.id}/merge`, body);
  expect(merged.status, merged.text).toBe(200);
  expect(await found(went)).toEqual([kept.id]);
  expect(await found(stays)).toEqual([kept.id]);
  await till.refuses('card_number_taken', () => enrol({ cardNumber: went }));
  await till.merchant.post(`/v1/members/${kept.id}/erase`, { reason: 'requested' });
  expect([await found(went), await found(stays)]).toEqual([[], []]);
});
