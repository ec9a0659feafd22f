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

const pageOf = async (id: string) =>
  (await till.merchant.get<{ items: Record<string, unknown>[] }>(`/v1/cards/${id}/activities`)).body.items;

test('a look tells what the card is and what may be done with it, and changes nothing', async () => {
  const card = await till.card();
  const before = await till.shown(card);
  const seen = await till.merchant.post('/v1/verifications', {
    code: card.code,
    pin: card.pin,
    storeId: till.storeId,
  });
  expect(seen.status, seen.text).toBe(200);
  expect(seen.body).toEqual({
    cardId: card.id,
    kind: 'gift',
    state: 'active',
    balance: 10_000,
    available: 10_000,
    currency: 'CNY',
    validUntil: null,
    maskedCode: before.maskedCode,
    allowed: {
      redeem: { ok: true },
      hold: { ok: true },
      activate: { ok: false, reason: 'card_already_active' },
      reload: { ok: true },
      freeze: { ok: true },
      unfreeze: { ok: false, reason: 'card_not_frozen' },
      extend: { ok: true },
      reactivate: { ok: false, reason: 'card_not_expired' },
      transfer: { ok: true },
      replace: { ok: true },
      void: { ok: true },
    },
  });
  expect(String(before.maskedCode)).toContain(card.code.slice(-4));
  expect(String(before.maskedCode)).not.toContain(card.code.slice(0, 4));
  expect(await till.shown(card)).toEqual(before);
});

test('who looked, when and where is in the card’s history', async () => {
  const card = await till.card();
  const me = await till.merchant.get<{ keyId: string }>('/v1/me');
  await till.merchant.post('/v1/verifications', {
    code: card.code,
    pin: card.pin,
    storeId: till.otherStoreId,
  });
  const [latest] = await pageOf(card.id);
  expect(latest).toMatchObject({
    type: 'card.verified',
    actorId: me.body.keyId,
    storeId: till.otherStoreId,
    occurredAt: bench.time.now.toISOString(),
    postings: [],
  });
});

test('what may be done says why not: the state, the store, and the key’s own permissions', async () => {
  const regional = await openTill(bench);
  await regional.merchant.post('/v1/regions', { code: 'north', name: 'North' });
  const stores = { type: 'regions', regions: ['north'] };
  expect((await regional.merchant.patch(`/v1/card-programs/${regional.programId}`, { stores })).status).toBe(
    200,
  );
  const card = await regional.card();
  const look = async (client: Pick<Till['merchant'], 'post'> = regional.merchant) =>
    (
      await client.post<{ state: string; allowed: Record<string, unknown> }>('/v1/verifications', {
        code: card.code,
        pin: card.pin,
        storeId: regional.storeId,
      })
    ).body;
  expect((await look()).allowed).toMatchObject({ redeem: { ok: false, reason: 'store_not_accepting' } });
  await regional.merchant.patch(`/v1/stores/${regional.storeId}`, { region: 'north' });
  expect((await look()).allowed).toMatchObject({ redeem: { ok: true } });
  const publicKey = await regional.key({ kind: 'public' });
  expect((await look(publicKey)).allowed).toMatchObject({
    redeem: { ok: true },
    void: { ok: false, reason: 'permission_denied' },
  });
  await regional.merchant.patch(`/v1/stores/${regional.storeId}`, { state: 'closed' });
  expect((await look()).allowed).toMatchObject({ hold: { ok: false, reason: 'store_closed' } });
  await regional.does(card, 'freeze', { reason: 'odd', cause: 'risk' });
  expect(await look()).toMatchObject({
    state: 'frozen',
    allowed: {
      redeem: { ok: false, reason: 'card_frozen' },
      replace: { ok: false, reason: 'card_frozen' },
      unfreeze: { ok: true },
    },
  });
});

test('staff are told that a code was mistyped, or that no card has it', async () => {
  const { code } = await till.card();
  const look = (text: string) => () => till.merchant.post('/v1/verifications', { code: text, pin: '1' });
  const mistyped = code.slice(0, -1) + (code.endsWith('A') ? 'B' : 'A');
  await till.refuses('check_character_wrong', look(mistyped), { field: 'code' });
  await till.refuses('check_character_wrong', look('no code at all'), { field: 'code' });
  await till.refuses('card_not_found', look('000000-000000-000000'), { field: 'code' });
});

test('a code of another merchant’s card is the code of no card', async () => {
  const card = await till.card();
  const other = await openTill(bench);
  const look = { code: card.code, pin: card.pin };
  await other.refuses('card_not_found', () => other.merchant.post('/v1/verifications', look), {
    field: 'code',
  });
});

test('a store that is unknown, or not the key’s own, is refused', async () => {
  const { code, pin } = await till.card();
  const ask = (client: Pick<Till['merchant'], 'post'>, storeId: string) => () =>
    client.post('/v1/verifications', { code, pin, storeId });
  const unknown = 'store_01jd000000e008000000000000';
  await till.refuses('store_not_found', ask(till.merchant, unknown), { field: 'storeId' });
  const clerk = await till.key({ role: 'clerk', storeIds: [till.storeId] });
  await till.refuses('store_out_of_scope', ask(clerk, till.otherStoreId), { field: 'storeId' });
});
