import { expect, test } from 'vitest';
import { merchantId, openPeople, unknownId } from '../../../test/people.ts';
import { createDevice, createMerchant, revokeDevice } from '../merchants/index.ts';
import { newSecret } from './apiKey.ts';
import { createStaff } from './createStaff.ts';
import { systemKeyId } from './gate.ts';
import type { Permission } from './permissions.ts';
import { revokeApiKey } from './revokeApiKey.ts';
import { updateStaff } from './updateStaff.ts';

// What a key may give, over the in-memory twin, through the executor and its gate.

test('the system may do everything, and no key has its id', async () => {
  const { owner, run, codeOf } = await openPeople();
  expect(await codeOf(run(systemKeyId, createStaff, { name: 'Li Na', role: 'owner' }))).toBe('accepted');
  expect(await codeOf(run(owner, createMerchant, { name: 'M', currency: 'CNY', timezone: 'UTC' }))).toBe(
    'permission_denied',
  );
  expect(await codeOf(run(unknownId, createStaff, { name: 'Li Na', role: 'clerk' }))).toBe('unauthenticated');
});

test('a key gives what it holds and no more', async () => {
  const { owner, run, codeOf, makeKey, askKey, makeStaff } = await openPeople();
  const some: Permission[] = ['people.write', 'cards.redeem', 'cards.verify'];
  const maker = await makeKey(owner, { permissions: some });
  expect(await askKey(maker, { permissions: ['cards.redeem', 'cards.verify'] })).toBe('accepted');
  expect(await askKey(maker, { permissions: ['cards.redeem', 'cards.adjust'] })).toStrictEqual([
    'permission_not_held',
    'permissions',
  ]);
  expect(await askKey(maker, { role: 'clerk' })).toStrictEqual(['permission_not_held', 'role']);
  expect(await askKey(maker, { role: 'owner' })).toStrictEqual(['permission_not_held', 'role']);
  expect(await codeOf(run(maker, createStaff, { name: 'Li Na', role: 'manager' }))).toStrictEqual([
    'permission_not_held',
    'role',
  ]);
  const clerk = await makeStaff('clerk');
  // Who can do more than the key is not the key's to change, upwards or downwards.
  for (const change of [{ role: 'owner' as const }, { state: 'left' as const }, { name: 'x' }]) {
    expect(await codeOf(run(maker, updateStaff, { id: clerk, ...change }))).toBe('permission_not_held');
  }
});

test('a key that may not write people makes nobody', async () => {
  const { owner, run, codeOf, makeKey, askKey } = await openPeople();
  const manager = await makeKey(owner, { role: 'manager' });
  expect(await askKey(manager, { permissions: ['cards.verify'] })).toBe('permission_denied');
  expect(await codeOf(run(manager, revokeApiKey, { id: owner }))).toBe('permission_denied');
  expect(await codeOf(run(manager, createStaff, { name: 'Li Na', role: 'clerk' }))).toBe('permission_denied');
  expect(await codeOf(run(manager, updateStaff, { id: unknownId, name: 'x' }))).toBe('permission_denied');
});

test('a key limited to stores makes and ends keys of those stores only', async () => {
  const { owner, run, codeOf, makeKey, askKey, makeStaff, makeStore } = await openPeople();
  const [east, west] = [await makeStore('E'), await makeStore('W')];
  const maker = await makeKey(owner, { role: 'owner', storeIds: [east] });
  expect(await askKey(maker, { role: 'clerk', storeIds: [east] })).toBe('accepted');
  expect(await askKey(maker, { role: 'clerk', storeIds: [east, west] })).toStrictEqual([
    'store_out_of_scope',
    'storeIds',
  ]);
  expect(await askKey(maker, { role: 'clerk' })).toStrictEqual(['store_out_of_scope', 'storeIds']);
  expect(await askKey(owner, { role: 'clerk', storeIds: [east, unknownId] })).toStrictEqual([
    'store_not_found',
    'storeIds.1',
  ]);
  const ofWest = await makeKey(owner, { role: 'clerk', storeIds: [west] });
  const ofEast = await makeKey(owner, { role: 'clerk', storeIds: [east] });
  expect(await codeOf(run(maker, revokeApiKey, { id: ofWest }))).toBe('store_out_of_scope');
  expect(await codeOf(run(maker, revokeApiKey, { id: owner }))).toBe('store_out_of_scope');
  expect(await codeOf(run(maker, revokeApiKey, { id: ofEast }))).toBe('accepted');
  expect(await codeOf(run(maker, createStaff, { name: 'Li Na', role: 'clerk' }))).toStrictEqual([
    'store_out_of_scope',
    'scope',
  ]);
  const clerk = await makeStaff('clerk');
  expect(await codeOf(run(maker, updateStaff, { id: clerk, state: 'left' }))).toBe('store_out_of_scope');
});

test('a ceiling is handed down, and stands only on what the key can do', async () => {
  const { owner, makeKey, askKey } = await openPeople();
  const ceilings = new Map<Permission, bigint>([['cards.redeem', 50_00n]]);
  const limited = await makeKey(owner, { role: 'owner', ceilings });
  const redeem = (amount: bigint) => ({
    permissions: ['cards.redeem'] as const,
    ceilings: new Map<Permission, bigint>([['cards.redeem', amount]]),
  });
  expect(await askKey(limited, redeem(50_00n))).toBe('accepted');
  expect(await askKey(limited, redeem(50_01n))).toStrictEqual([
    'permission_not_held',
    'ceilings.cards.redeem',
  ]);
  expect(await askKey(limited, { permissions: ['cards.redeem'] })).toStrictEqual([
    'permission_not_held',
    'ceilings.cards.redeem',
  ]);
  expect(await askKey(limited, { permissions: ['cards.reload'] })).toBe('accepted');
  expect(await askKey(owner, { permissions: ['cards.reload'], ceilings })).toStrictEqual([
    'invalid_request',
    'ceilings.cards.redeem',
  ]);
});

test('a public key has nothing but what anybody may have', async () => {
  const { owner, askKey } = await openPeople();
  expect(await askKey(owner, { kind: 'public' })).toBe('accepted');
  expect(await askKey(owner, { kind: 'public', permissions: ['cards.verify'] })).toBe('accepted');
  expect(await askKey(owner, { kind: 'public', permissions: ['cards.read'] })).toStrictEqual([
    'permission_not_public',
    'permissions',
  ]);
  expect(await askKey(owner, { kind: 'public', role: 'clerk' })).toStrictEqual([
    'permission_not_public',
    'role',
  ]);
});

test('a key that would end before it begins is refused', async () => {
  const { owner, askKey } = await openPeople();
  expect(await askKey(owner, { role: 'clerk', expiresAt: new Date('2026-03-01T08:00:00Z') })).toStrictEqual([
    'invalid_request',
    'expiresAt',
  ]);
  expect(await askKey(owner, { role: 'clerk', expiresAt: new Date('2026-03-01T08:00:01Z') })).toBe(
    'accepted',
  );
});

test('a key of a device acts for its store alone, and dies with it', async () => {
  const { owner, run, codeOf, makeKey, askKey, makeStore, makeDevice, isGood } = await openPeople();
  const [east, west] = [await makeStore('E'), await makeStore('W')];
  const device = await makeDevice(east);
  const key = await makeKey(owner, { role: 'manager', deviceId: device });
  expect(await askKey(owner, { role: 'clerk', deviceId: device, storeIds: [west] })).toStrictEqual([
    'store_out_of_scope',
    'storeIds',
  ]);
  expect(await askKey(owner, { role: 'clerk', deviceId: unknownId })).toStrictEqual([
    'device_not_found',
    'deviceId',
  ]);
  expect(await codeOf(run(key, createDevice, { storeId: west, name: 'Till 2' }))).toStrictEqual([
    'store_out_of_scope',
    'storeId',
  ]);
  expect(await codeOf(run(key, createDevice, { storeId: east, name: 'Till 2' }))).toBe('accepted');
  expect(await codeOf(run(owner, revokeDevice, { id: device }))).toBe('accepted');
  expect(await isGood(key)).toBe(false);
  expect(await askKey(owner, { role: 'clerk', deviceId: device })).toStrictEqual([
    'device_revoked',
    'deviceId',
  ]);
});

test('the log keeps no name of a member of staff and no secret', async () => {
  const { storage, random, owner, run, makeKey, makeStaff } = await openPeople();
  const member = await makeStaff('clerk');
  await run(owner, updateStaff, { id: member, name: 'Han Meimei' });
  const secret = newSecret('secret', random(32));
  await makeKey(owner, { role: 'clerk', secret });
  const rows = [...storage.rows(merchantId, 'activity').values()];
  const logged = JSON.stringify(rows, (_key, value: unknown) =>
    typeof value === 'bigint' ? `${value}` : value,
  );
  expect(logged).toContain('staff.created');
  for (const hidden of ['Li Na', 'Han Meimei', secret.text, secret.secretHash.toString('base64')]) {
    expect(logged).not.toContain(hidden);
  }
});
