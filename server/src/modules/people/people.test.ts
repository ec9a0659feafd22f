import { createSecretKey } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { assert } from '../../kernel/assert.ts';
import { decodeId } from '../../kernel/id.ts';
import { seededRandom } from '../../kernel/random.ts';
import type { Command } from '../../platform/executor/batch.ts';
import { type Executor, startExecutor } from '../../platform/executor/executor.ts';
import { type MemoryStorage, memoryStorage } from '../../platform/executor/memoryStorage.ts';
import type { UseCase } from '../../platform/executor/useCase.ts';
import { activities, activityByKey } from '../ledger/index.ts';
import { createDevice, createMerchant, createStore, revokeDevice } from '../merchants/index.ts';
import { newSecret } from './apiKey.ts';
import { type CreateApiKeyInput, createApiKey } from './createApiKey.ts';
import { createStaff } from './createStaff.ts';
import { gate, systemKeyId } from './gate.ts';
import type { Permission, Role } from './permissions.ts';
import { revokeApiKey } from './revokeApiKey.ts';
import { updateStaff } from './updateStaff.ts';

// The use cases over the in-memory twin, through the executor and its gate: what is not here is PostgreSQL and HTTP.

const merchantId = '01900000-0000-7000-8000-000000000001';
const unknownId = '01900000-0000-7000-8000-00000000dead';
const random = seededRandom(7);

let storage: MemoryStorage;
let executor: Executor;
let owner: string;
let now: Date;

beforeEach(async () => {
  storage = memoryStorage();
  storage.open(merchantId, { seq: 0n, hash: Buffer.alloc(32), frozenReason: null });
  const log = { activities, activityByKey };
  now = new Date('2026-03-01T08:00:00Z');
  const clock = () => now;
  executor = startExecutor(storage, {
    log,
    gate,
    chainKey: createSecretKey(Buffer.alloc(32)),
    clock,
    random,
  });
  await run(systemKeyId, createMerchant, { name: 'M', currency: 'CNY', timezone: 'UTC' });
  owner = await makeKey(systemKeyId, { role: 'owner' });
});

function run<Input, Rows>(keyId: string, useCase: UseCase<Input, Rows, unknown>, input: Input) {
  // The executor takes commands of any use case; that this input is for this one is what the line above says.
  const asked = { useCase, input } as unknown as Pick<Command, 'useCase' | 'input'>;
  return executor.run(merchantId, { ...asked, keyId, idempotencyKey: null, fingerprint: null });
}

/** What a command came to: `accepted`, or the refusal's code and field. */
async function codeOf(answer: ReturnType<typeof run>): Promise<string> {
  const given = await answer;
  if ('body' in given) return 'accepted';
  const { refused, field } = given.refusal;
  return field === undefined ? refused : `${refused} ${field}`;
}

/** The id of what a command has made. */
async function madeBy(prefix: string, answer: ReturnType<typeof run>): Promise<string> {
  const given = await answer;
  assert('body' in given, `accepted, not ${JSON.stringify(given)}`);
  const id = decodeId(prefix, String(JSON.parse(given.body).id));
  assert(id !== undefined, `an id that begins with ${prefix}_`);
  return id;
}

function keyInput(terms: Partial<CreateApiKeyInput>): CreateApiKeyInput {
  const kind = terms.kind ?? 'secret';
  return { kind, name: 'a key', secret: newSecret(kind, random(32)), ...terms };
}

const makeKey = (by: string, terms: Partial<CreateApiKeyInput>) =>
  madeBy('key', run(by, createApiKey, keyInput(terms)));
const askKey = (by: string, terms: Partial<CreateApiKeyInput>) =>
  codeOf(run(by, createApiKey, keyInput(terms)));
const makeStaff = (role: Role) => madeBy('stf', run(owner, createStaff, { name: 'Li Na', role }));
const makeStore = (code: string) =>
  madeBy('store', run(owner, createStore, { code, name: code, region: null, legalEntityId: null }));
const makeDevice = (storeId: string) => madeBy('dev', run(owner, createDevice, { storeId, name: 'Till' }));

/** Whether a key may still do something that its permissions allow. */
const isGood = async (keyId: string) =>
  (await codeOf(run(keyId, createStore, storeInput))) !== 'unauthenticated';
const storeInput = { code: 'taken', name: 'x', region: null, legalEntityId: unknownId };

test('the system may do everything, and no key has its id', async () => {
  expect(await codeOf(run(systemKeyId, createStaff, { name: 'Li Na', role: 'owner' }))).toBe('accepted');
  expect(await codeOf(run(owner, createMerchant, { name: 'M', currency: 'CNY', timezone: 'UTC' }))).toBe(
    'permission_denied',
  );
  expect(await codeOf(run(unknownId, createStaff, { name: 'Li Na', role: 'clerk' }))).toBe('unauthenticated');
});

test('a key gives what it holds and no more', async () => {
  const some: Permission[] = ['people.write', 'cards.redeem', 'cards.verify'];
  const maker = await makeKey(owner, { permissions: some });
  expect(await askKey(maker, { permissions: ['cards.redeem', 'cards.verify'] })).toBe('accepted');
  expect(await askKey(maker, { permissions: ['cards.redeem', 'cards.adjust'] })).toBe(
    'permission_not_held permissions',
  );
  expect(await askKey(maker, { role: 'clerk' })).toBe('permission_not_held role');
  expect(await askKey(maker, { role: 'owner' })).toBe('permission_not_held role');
  expect(await codeOf(run(maker, createStaff, { name: 'Li Na', role: 'manager' }))).toBe(
    'permission_not_held role',
  );
  const clerk = await makeStaff('clerk');
  expect(await codeOf(run(maker, updateStaff, { id: clerk, role: 'owner' }))).toBe(
    'permission_not_held role',
  );
});

test('a key that may not write people makes nobody', async () => {
  const manager = await makeKey(owner, { role: 'manager' });
  expect(await askKey(manager, { permissions: ['cards.verify'] })).toBe('permission_denied');
  expect(await codeOf(run(manager, revokeApiKey, { id: owner }))).toBe('permission_denied');
  expect(await codeOf(run(manager, createStaff, { name: 'Li Na', role: 'clerk' }))).toBe('permission_denied');
  expect(await codeOf(run(manager, updateStaff, { id: unknownId, name: 'x' }))).toBe('permission_denied');
});

test('a key limited to stores makes and ends keys of those stores only', async () => {
  const [east, west] = [await makeStore('E'), await makeStore('W')];
  const maker = await makeKey(owner, { role: 'owner', storeIds: [east] });
  expect(await askKey(maker, { role: 'clerk', storeIds: [east] })).toBe('accepted');
  expect(await askKey(maker, { role: 'clerk', storeIds: [east, west] })).toBe('store_out_of_scope storeIds');
  expect(await askKey(maker, { role: 'clerk' })).toBe('store_out_of_scope storeIds');
  expect(await askKey(owner, { role: 'clerk', storeIds: [east, unknownId] })).toBe(
    'store_not_found storeIds.1',
  );
  const ofWest = await makeKey(owner, { role: 'clerk', storeIds: [west] });
  const ofEast = await makeKey(owner, { role: 'clerk', storeIds: [east] });
  expect(await codeOf(run(maker, revokeApiKey, { id: ofWest }))).toBe('store_out_of_scope');
  expect(await codeOf(run(maker, revokeApiKey, { id: owner }))).toBe('store_out_of_scope');
  expect(await codeOf(run(maker, revokeApiKey, { id: ofEast }))).toBe('accepted');
  expect(await codeOf(run(maker, createStaff, { name: 'Li Na', role: 'clerk' }))).toBe('store_out_of_scope');
  const clerk = await makeStaff('clerk');
  expect(await codeOf(run(maker, updateStaff, { id: clerk, state: 'left' }))).toBe('store_out_of_scope');
});

test('a ceiling is handed down, and stands only on what the key can do', async () => {
  const ceilings = new Map<Permission, bigint>([['cards.redeem', 50_00n]]);
  const limited = await makeKey(owner, { role: 'owner', ceilings });
  const redeem = (amount: bigint) => ({
    permissions: ['cards.redeem'] as const,
    ceilings: new Map<Permission, bigint>([['cards.redeem', amount]]),
  });
  expect(await askKey(limited, redeem(50_00n))).toBe('accepted');
  expect(await askKey(limited, redeem(50_01n))).toBe('permission_not_held ceilings.cards.redeem');
  expect(await askKey(limited, { permissions: ['cards.redeem'] })).toBe(
    'permission_not_held ceilings.cards.redeem',
  );
  expect(await askKey(limited, { permissions: ['cards.reload'] })).toBe('accepted');
  expect(await askKey(owner, { permissions: ['cards.reload'], ceilings })).toBe(
    'invalid_request ceilings.cards.redeem',
  );
});

test('a public key has nothing but what anybody may have', async () => {
  expect(await askKey(owner, { kind: 'public' })).toBe('accepted');
  expect(await askKey(owner, { kind: 'public', permissions: ['cards.verify'] })).toBe('accepted');
  expect(await askKey(owner, { kind: 'public', permissions: ['cards.read'] })).toBe(
    'permission_not_public permissions',
  );
  expect(await askKey(owner, { kind: 'public', role: 'clerk' })).toBe('permission_not_public role');
});

test('a key that would end before it begins is refused', async () => {
  expect(await askKey(owner, { role: 'clerk', expiresAt: new Date('2026-03-01T08:00:00Z') })).toBe(
    'invalid_request expiresAt',
  );
  expect(await askKey(owner, { role: 'clerk', expiresAt: new Date('2026-03-01T08:00:01Z') })).toBe(
    'accepted',
  );
});

test('a key is good until the instant at which it ends', async () => {
  const key = await makeKey(owner, { role: 'owner', expiresAt: new Date('2026-03-01T09:00:00Z') });
  now = new Date('2026-03-01T08:59:59.999Z');
  expect(await isGood(key)).toBe(true);
  now = new Date('2026-03-01T09:00:00Z');
  expect(await isGood(key)).toBe(false);
});

test('a revoked key is refused from the next command on, and once revoked stays so', async () => {
  const key = await makeKey(owner, { role: 'owner' });
  expect(await isGood(key)).toBe(true);
  expect(await codeOf(run(key, revokeApiKey, { id: key }))).toBe('accepted');
  expect(await isGood(key)).toBe(false);
  expect(await codeOf(run(owner, revokeApiKey, { id: key }))).toBe('api_key_revoked');
  expect(await codeOf(run(owner, revokeApiKey, { id: unknownId }))).toBe('api_key_not_found');
});

test('a key in the same batch as its revocation is refused if it stands behind it', async () => {
  const key = await makeKey(owner, { role: 'owner' });
  const together = [
    codeOf(run(key, createStaff, { name: 'Li Na', role: 'clerk' })),
    codeOf(run(owner, revokeApiKey, { id: key })),
    codeOf(run(key, createStaff, { name: 'Li Na', role: 'clerk' })),
  ];
  expect(await Promise.all(together)).toStrictEqual(['accepted', 'accepted', 'unauthenticated']);
});

test('the last key of an owner stays: it alone can give back what the others lack', async () => {
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
  const other = await makeKey(owner, { role: 'owner' });
  const together = [run(owner, revokeApiKey, { id: other }), run(other, revokeApiKey, { id: owner })].map(
    codeOf,
  );
  expect(await Promise.all(together)).toStrictEqual(['accepted', 'unauthenticated']);
});

test('an owner who holds the last key neither leaves nor is demoted', async () => {
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
  const member = await makeStaff('manager');
  const keys = [await makeKey(owner, { staffId: member }), await makeKey(owner, { staffId: member })];
  expect(await codeOf(run(owner, updateStaff, { id: member, state: 'left' }))).toBe('accepted');
  expect(await Promise.all(keys.map(isGood))).toStrictEqual([false, false]);
  expect(await askKey(owner, { staffId: member })).toBe('staff_left staffId');
  expect(await codeOf(run(owner, updateStaff, { id: member, state: 'active' }))).toBe('accepted');
  expect(await Promise.all(keys.map(isGood))).toStrictEqual([false, false]);
  expect(await codeOf(run(owner, updateStaff, { id: unknownId, name: 'x' }))).toBe('staff_not_found');
  expect(await askKey(owner, { staffId: unknownId })).toBe('staff_not_found staffId');
});

test('a demotion binds the keys of a member of staff at once', async () => {
  const member = await makeStaff('manager');
  const key = await makeKey(owner, { permissions: ['stores.write', 'cards.redeem'], staffId: member });
  expect(await askKey(owner, { permissions: ['people.write'], staffId: member })).toBe(
    'permission_not_held permissions',
  );
  const input = { code: 'N', name: 'N', region: null, legalEntityId: null };
  expect(await codeOf(run(key, createStore, input))).toBe('accepted');
  await run(owner, updateStaff, { id: member, role: 'clerk' });
  expect(await codeOf(run(key, createStore, { ...input, code: 'N2' }))).toBe('permission_denied');
});

test('a key of a device acts for its store alone, and dies with it', async () => {
  const [east, west] = [await makeStore('E'), await makeStore('W')];
  const device = await makeDevice(east);
  const key = await makeKey(owner, { role: 'manager', deviceId: device });
  expect(await askKey(owner, { role: 'clerk', deviceId: device, storeIds: [west] })).toBe(
    'store_out_of_scope storeIds',
  );
  expect(await askKey(owner, { role: 'clerk', deviceId: unknownId })).toBe('device_not_found deviceId');
  expect(await codeOf(run(key, createDevice, { storeId: west, name: 'Till 2' }))).toBe(
    'store_out_of_scope storeId',
  );
  expect(await codeOf(run(key, createDevice, { storeId: east, name: 'Till 2' }))).toBe('accepted');
  expect(await codeOf(run(owner, revokeDevice, { id: device }))).toBe('accepted');
  expect(await isGood(key)).toBe(false);
  expect(await askKey(owner, { role: 'clerk', deviceId: device })).toBe('device_revoked deviceId');
});

test('the log keeps no name of a member of staff and no secret', async () => {
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
