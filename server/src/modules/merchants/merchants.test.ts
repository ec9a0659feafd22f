import { expect, test } from 'vitest';
import { isRefused } from '../../kernel/outcome.ts';
import type { Actor, Context } from '../../platform/executor/useCase.ts';
import { WorkingSet } from '../../platform/executor/workingSet.ts';
import { createDevice } from './createDevice.ts';
import { createLegalEntity } from './createLegalEntity.ts';
import { CreateMerchantInput, createMerchant } from './createMerchant.ts';
import { createStore } from './createStore.ts';
import { type Device, deviceById } from './devices.ts';
import type { LegalEntity } from './legalEntities.ts';
import type { Merchant } from './merchant.ts';
import type { Region } from './regions/region.ts';
import { revokeDevice } from './revokeDevice.ts';
import { beyondScope, type Store, storeById } from './stores.ts';
import { updateStore } from './updateStore.ts';

const now = new Date('2026-03-01T08:00:00Z');
const idOf = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;

const everywhere: Actor = {
  id: idOf(1),
  isPublic: false,
  permissions: new Set(['stores.write']),
  storeIds: null,
  ceilings: new Map(),
};
const inOneStore: Actor = { ...everywhere, storeIds: new Set([idOf(10)]) };

function contextOf(actor: Actor): Context {
  return {
    now,
    actor,
    merchantId: idOf(2),
    seq: (n = 0) => BigInt(n) + 1n,
    activityId: () => idOf(3),
    newId: () => idOf(4),
  };
}

const store: Store = {
  id: idOf(10),
  code: 'S01',
  name: 'Nanjing Road',
  region: 'East',
  legalEntityId: null,
  state: 'open',
  ownership: 'direct',
  createdAt: now,
};
const device: Device = {
  ...{ id: idOf(20), storeId: store.id, name: 'Till 1', state: 'active', createdAt: now },
  ...{ limits: {}, pairedAt: null },
};
const legalEntity: LegalEntity = { id: idOf(30), name: 'East Ltd', registration: null, createdAt: now };
const merchant: Merchant = {
  id: idOf(2),
  name: 'M',
  currency: 'CNY',
  timezone: 'UTC',
  slug: 'm-2',
  contact: { phone: null, email: null, address: null, website: null },
  terms: { zh: null, en: null },
  termsVersion: 1,
  widgetOrigins: [],
  createdAt: now,
};

const wantedStore = { code: 'S02', name: 'Harbour', region: null, legalEntityId: null };
const region: Region = { id: idOf(40), code: 'East', name: 'East', state: 'active', createdAt: now };
const nothingKnown = { namesake: undefined, legalEntity: undefined, inRegion: undefined };

/** What a decision came to: its refusal code, or `accepted`. */
function codeOf(outcome: unknown): string {
  return isRefused(outcome) ? outcome.refused : 'accepted';
}

test.each([
  ['a new code', nothingKnown, wantedStore, everywhere, 'accepted'],
  ['a code in use', { ...nothingKnown, namesake: store }, wantedStore, everywhere, 'store_code_taken'],
  [
    'an unknown legal entity',
    nothingKnown,
    { ...wantedStore, legalEntityId: idOf(31) },
    everywhere,
    'legal_entity_not_found',
  ],
  [
    'a known legal entity',
    { ...nothingKnown, legalEntity },
    { ...wantedStore, legalEntityId: legalEntity.id },
    everywhere,
    'accepted',
  ],
  ['an unknown region', nothingKnown, { ...wantedStore, region: 'East' }, everywhere, 'region_not_found'],
  [
    'a region',
    { ...nothingKnown, inRegion: region },
    { ...wantedStore, region: 'East' },
    everywhere,
    'accepted',
  ],
  [
    'a retired region',
    { ...nothingKnown, inRegion: { ...region, state: 'retired' } },
    { ...wantedStore, region: 'East' },
    everywhere,
    'region_retired',
  ],
  ['a key limited to stores', nothingKnown, wantedStore, inOneStore, 'store_out_of_scope'],
] as const)('adding a store with %s', (_case, rows, input, actor, expected) => {
  expect(codeOf(createStore.decide(rows, input, contextOf(actor)))).toBe(expected);
});

test('a store is open when it is added, and its code never changes', () => {
  const outcome = createStore.decide(nothingKnown, wantedStore, contextOf(everywhere));
  expect(outcome).toMatchObject({ result: { code: 'S02', state: 'open', region: null } });
  const set = new WorkingSet(idOf(2));
  if ('accepted' in outcome) for (const change of outcome.changes) change(set);
  expect(set.take().rows[0]?.inserted).toMatchObject([{ id: idOf(4), code: 'S02' }]);
});

const unplaced = { store, legalEntity: undefined, inRegion: undefined };
test.each([
  ['an unknown store', { ...unplaced, store: undefined }, {}, 'store_not_found'],
  ['an unknown region', unplaced, { region: 'West' }, 'region_not_found'],
  ['an unknown legal entity', unplaced, { legalEntityId: idOf(31) }, 'legal_entity_not_found'],
  ['no legal entity', unplaced, { legalEntityId: null }, 'accepted'],
] as const)('changing a store to %s', (_case, rows, input, expected) => {
  const outcome = updateStore.decide(rows, { id: store.id, ...input }, contextOf(everywhere));
  expect(codeOf(outcome)).toBe(expected);
});

test('who looks after a store renames and closes it, and moves it into no other region, entity or hands', () => {
  type Change = Omit<Parameters<typeof updateStore.decide>[1], 'id'>;
  const change = (input: Change) =>
    updateStore.decide(unplaced, { id: store.id, ...input }, contextOf(inOneStore));
  expect(codeOf(change({ name: 'By the river', state: 'closed', ownership: store.ownership }))).toBe(
    'accepted',
  );
  for (const moved of [{ region: null }, { ownership: 'franchise' as const }])
    expect(codeOf(change(moved))).toBe('store_out_of_scope');
});

test('a change of a store keeps what is left out, and logs what was before and after', () => {
  const input = { id: store.id, region: null, state: 'closed' as const };
  const outcome = updateStore.decide(unplaced, input, contextOf(everywhere));
  expect(outcome).toMatchObject({
    result: { name: 'Nanjing Road', region: null, state: 'closed', code: 'S01' },
    activities: [
      {
        type: 'store.updated',
        details: { before: { region: 'East', state: 'open' }, after: { region: null, state: 'closed' } },
      },
    ],
  });
});

test('a change of a store and a device are asked for in the name of their store', () => {
  expect(updateStore.storeOf?.({ id: store.id })).toBe(store.id);
  expect(createDevice.storeOf?.({ storeId: store.id, name: 'Till' })).toBe(store.id);
});

test.each([
  ['an unknown store', undefined, 'store_not_found'],
  ['a closed store', { ...store, state: 'closed' as const }, 'store_closed'],
  ['an open store', store, 'accepted'],
])('a device in %s', (_case, known, expected) => {
  const input = { storeId: store.id, name: 'Till 2' };
  expect(codeOf(createDevice.decide(known, input, contextOf(everywhere)))).toBe(expected);
});

test.each([
  ['an unknown device', undefined, everywhere, 'device_not_found'],
  ['a device of another store', { ...device, storeId: idOf(11) }, inOneStore, 'store_out_of_scope'],
  ['a device of its own store', device, inOneStore, 'accepted'],
  ['a device that is revoked', { ...device, state: 'revoked' as const }, everywhere, 'device_revoked'],
])('revoking %s', (_case, known, actor, expected) => {
  expect(codeOf(revokeDevice.decide(known, { id: device.id }, contextOf(actor)))).toBe(expected);
});

test('legal entities are the whole merchant’s: a key limited to stores does not add one', () => {
  const input = { name: 'East Ltd', registration: '91310000' };
  expect(codeOf(createLegalEntity.decide(undefined, input, contextOf(inOneStore)))).toBe(
    'store_out_of_scope',
  );
  expect(codeOf(createLegalEntity.decide(undefined, input, contextOf(everywhere)))).toBe('accepted');
});

test('a merchant is made once, by the system alone', () => {
  const input = { name: 'M', currency: 'CNY', timezone: 'Asia/Shanghai' };
  expect(createMerchant.permission).toBe('system');
  expect(codeOf(createMerchant.decide(undefined, input, contextOf(everywhere)))).toBe('accepted');
  expect(() => createMerchant.decide(merchant, input, contextOf(everywhere))).toThrow('made once');
});

test.each([
  [{ name: 'M', currency: 'CNY', timezone: 'Asia/Shanghai' }, true],
  [{ name: '', currency: 'CNY', timezone: 'Asia/Shanghai' }, false],
  [{ name: 'M', currency: 'cny', timezone: 'Asia/Shanghai' }, false],
  [{ name: 'M', currency: 'QQQ', timezone: 'Asia/Shanghai' }, false],
  [{ name: 'M', currency: 'CNY', timezone: '+08:00' }, false],
  [{ name: 'M', currency: 'CNY', timezone: 'Asia/Shanghai', slug: 'm' }, false],
])('a merchant is asked for with a currency and a zone that exist: %o', (input, fits) => {
  expect(CreateMerchantInput.safeParse(input).success).toBe(fits);
});

test.each([
  ['all stores', everywhere, null, undefined],
  ['all stores', everywhere, [idOf(10), idOf(11)], undefined],
  ['one store', inOneStore, [idOf(10)], undefined],
  ['one store', inOneStore, [], undefined],
  ['one store', inOneStore, [idOf(10), idOf(11)], 'store_out_of_scope'],
  ['one store', inOneStore, null, 'store_out_of_scope'],
])('a key for %s', (_case, actor, storeIds, expected) => {
  expect(beyondScope(actor, storeIds)?.refused).toBe(expected);
});

test('stores and devices are found by their id', () => {
  expect(storeById.keysOf(store)).toStrictEqual([store.id]);
  expect(deviceById.keysOf(device)).toStrictEqual([device.id]);
});
