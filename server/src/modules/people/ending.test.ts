import { expect, test } from 'vitest';
import { openPeople, unknownId } from '../../../test/people.ts';
import { createStore } from '../merchants/index.ts';
import type { CreateApiKeyInput } from './createApiKey.ts';
import { createStaff } from './createStaff.ts';
import { revokeApiKey } from './revokeApiKey.ts';
import { updateStaff } from './updateStaff.ts';

// How keys end, and what must not, over the in-memory twin, through the executor and its gate.

test('a key is good until the instant at which it ends', async () => {
  const { time, owner, makeKey, isGood } = await openPeople();
  const key = await makeKey(owner, { role: 'owner', expiresAt: new Date('2026-03-01T09:00:00Z') });
  time.now = new Date('2026-03-01T08:59:59.999Z');
  expect(await isGood(key)).toBe(true);
  time.now = new Date('2026-03-01T09:00:00Z');
  expect(await isGood(key)).toBe(false);
});

test('a revoked key is refused from the next command on, and once revoked stays so', async () => {
  const { owner, run, codeOf, makeKey, isGood } = await openPeople();
  const key = await makeKey(owner, { role: 'owner' });
  expect(await isGood(key)).toBe(true);
  expect(await codeOf(run(key, revokeApiKey, { id: key }))).toBe('accepted');
  expect(await isGood(key)).toBe(false);
  expect(await codeOf(run(owner, revokeApiKey, { id: key }))).toBe('api_key_revoked');
  expect(await codeOf(run(owner, revokeApiKey, { id: unknownId }))).toBe('api_key_not_found');
});

test('a key in the same batch as its revocation is refused if it stands behind it', async () => {
  const { owner, run, codeOf, makeKey } = await openPeople();
  const key = await makeKey(owner, { role: 'owner' });
  const together = [
    codeOf(run(key, createStaff, { name: 'Li Na', role: 'clerk' })),
    codeOf(run(owner, revokeApiKey, { id: key })),
    codeOf(run(key, createStaff, { name: 'Li Na', role: 'clerk' })),
  ];
  expect(await Promise.all(together)).toStrictEqual(['accepted', 'accepted', 'unauthenticated']);
});

test('the last key of an owner stays: it alone can give back what the others lack', async () => {
  const { owner, run, codeOf, makeKey, makeStaff, makeStore, makeDevice } = await openPeople();
  expect(await codeOf(run(owner, revokeApiKey, { id: owner }))).toBe('last_owner_key');
  const store = await makeStore('E');
  const lesser: Partial<CreateApiKeyInput>[] = [
    { role: 'manager' },
    { permissions: ['people.write'] },
    { role: 'owner', storeIds: [store] },
    { role: 'owner', expiresAt: new Date('2027-01-01T00:00:00Z') },
    { role: 'owner', ceilings: new Map([['cards.redeem', 1n]]) },
    { role: 'owner', deviceId: await makeDevice(store) },
    { role: 'manager', staffId: await makeStaff('owner') },
  ];
  for (const terms of lesser) await makeKey(owner, terms);
  expect(await codeOf(run(owner, revokeApiKey, { id: owner }))).toBe('last_owner_key');
  const other = await makeKey(owner, { role: 'owner' });
  expect(await codeOf(run(owner, revokeApiKey, { id: owner }))).toBe('accepted');
  expect(await codeOf(run(other, revokeApiKey, { id: other }))).toBe('last_owner_key');
});

test('two owners who revoke each other at once: one of them stays', async () => {
  const { owner, run, codeOf, makeKey } = await openPeople();
  const other = await makeKey(owner, { role: 'owner' });
  const together = [run(owner, revokeApiKey, { id: other }), run(other, revokeApiKey, { id: owner })].map(
    codeOf,
  );
  expect(await Promise.all(together)).toStrictEqual(['accepted', 'unauthenticated']);
});

test('an owner who holds the last key neither leaves nor is demoted', async () => {
  const { owner, run, codeOf, makeKey, makeStaff } = await openPeople();
  const boss = await makeStaff('owner');
  const key = await makeKey(owner, { staffId: boss });
  expect(await codeOf(run(owner, revokeApiKey, { id: owner }))).toBe('accepted');
  expect(await codeOf(run(key, updateStaff, { id: boss, state: 'left' }))).toBe('last_owner_key');
  expect(await codeOf(run(key, updateStaff, { id: boss, role: 'manager' }))).toBe('last_owner_key');
  expect(await codeOf(run(key, updateStaff, { id: boss, name: 'Li Na Wang' }))).toBe('accepted');
  await makeKey(key, { role: 'owner' });
  expect(await codeOf(run(key, updateStaff, { id: boss, role: 'manager' }))).toBe('accepted');
  expect(await codeOf(run(key, updateStaff, { id: boss, role: 'owner' }))).toBe('permission_denied');
});

test('who leaves loses their keys, and gets no new one', async () => {
  const { owner, run, codeOf, makeKey, askKey, makeStaff, isGood } = await openPeople();
  const member = await makeStaff('manager');
  const keys = [await makeKey(owner, { staffId: member }), await makeKey(owner, { staffId: member })];
  expect(await codeOf(run(owner, updateStaff, { id: member, state: 'left' }))).toBe('accepted');
  expect(await Promise.all(keys.map(isGood))).toStrictEqual([false, false]);
  expect(await askKey(owner, { staffId: member })).toStrictEqual(['staff_left', 'staffId']);
  expect(await codeOf(run(owner, updateStaff, { id: member, state: 'active' }))).toBe('accepted');
  expect(await Promise.all(keys.map(isGood))).toStrictEqual([false, false]);
  expect(await codeOf(run(owner, updateStaff, { id: unknownId, name: 'x' }))).toBe('staff_not_found');
  expect(await askKey(owner, { staffId: unknownId })).toStrictEqual(['staff_not_found', 'staffId']);
});

test('a demotion binds the keys of a member of staff at once', async () => {
  const { owner, run, codeOf, makeKey, askKey, makeStaff } = await openPeople();
  const member = await makeStaff('manager');
  const key = await makeKey(owner, { permissions: ['stores.write', 'cards.redeem'], staffId: member });
  expect(await askKey(owner, { permissions: ['people.write'], staffId: member })).toStrictEqual([
    'permission_not_held',
    'permissions',
  ]);
  const input = { code: 'N', name: 'N', region: null, legalEntityId: null };
  expect(await codeOf(run(key, createStore, input))).toBe('accepted');
  await run(owner, updateStaff, { id: member, role: 'clerk' });
  expect(await codeOf(run(key, createStore, { ...input, code: 'N2' }))).toBe('permission_denied');
});
