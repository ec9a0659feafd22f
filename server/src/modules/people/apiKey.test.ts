import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { seededRandom } from '../../kernel/random.ts';
import { type ApiKey, apiKeyAnswer, isOwnerKey, newSecret, permissionsOf, secretHashOf } from './apiKey.ts';
import { type Role, roles, roleWords } from './bundles.ts';
import { actorOf } from './gate.ts';
import { permissionWords } from './permissions.ts';
import type { Staff } from './staff.ts';

const now = new Date('2026-03-01T08:00:00Z');
const idOf = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const before = new Date(now.getTime() - 1);
const after = new Date(now.getTime() + 1);

const key: ApiKey = {
  id: idOf(1),
  kind: 'secret',
  name: 'Till 1',
  prefix: 'sk_abcdefg',
  secretHash: Buffer.alloc(32),
  staffId: null,
  deviceId: null,
  madeBy: null,
  role: 'owner',
  permissions: new Set(),
  storeIds: null,
  ceilings: new Map(),
  createdAt: before,
  expiresAt: null,
  revokedAt: null,
};
const ofStaff = { ...key, staffId: idOf(2) };
const ofDevice = { ...key, deviceId: idOf(3) };
const memberAs = (role: Role, state: Staff['state'] = 'active'): Staff => ({
  id: idOf(2),
  name: 'Li Na',
  role,
  roleId: null,
  storeIds: null,
  regions: null,
  limits: new Map(),
  personId: null,
  login: null,
  state,
  createdAt: before,
});
const active = { state: 'active' as const };

test('a key is 43 characters of 256 random bits after its kind, and is found by its SHA-256', () => {
  const random = seededRandom(1);
  const { text, prefix, secretHash } = newSecret('secret', random(32));
  expect(text).toMatch(/^sk_[A-Za-z0-9_-]{43}$/);
  expect(prefix).toBe(text.slice(0, 10));
  expect(secretHash).toStrictEqual(createHash('sha256').update(text).digest());
  expect(secretHashOf(text)).toStrictEqual(secretHash);
  expect(newSecret('public', random(32)).text).toMatch(/^pk_[A-Za-z0-9_-]{43}$/);
  expect(() => newSecret('secret', random(31))).toThrow('32 random bytes');
});

test.each([
  ['a good key', key, undefined, undefined, true],
  ['a revoked key', { ...key, revokedAt: before }, undefined, undefined, false],
  ['a key in its last millisecond', { ...key, expiresAt: after }, undefined, undefined, true],
  ['a key at the instant it ends', { ...key, expiresAt: now }, undefined, undefined, false],
  ['a key of an active member of staff', ofStaff, memberAs('owner'), undefined, true],
  ['a key of one who has left', ofStaff, memberAs('owner', 'left'), undefined, false],
  ['a key whose member of staff is not there', ofStaff, undefined, undefined, false],
  ['a key of an active device', ofDevice, undefined, active, true],
  ['a key of a revoked device', ofDevice, undefined, { state: 'revoked' as const }, false],
  ['a key whose device is not there', ofDevice, undefined, undefined, false],
])('%s lets in: %s', (_case, held, member, device, letsIn) => {
  const bounds = { permissions: roles.owner, storeIds: null, limits: new Map(), claim: undefined };
  expect(actorOf({ key: held, member, bounds: member && bounds, device }, now) !== undefined).toBe(letsIn);
});

test('who a key is comes from the key alone', () => {
  const storeIds = new Set([idOf(5)]);
  const limited: ApiKey = {
    ...key,
    kind: 'public',
    role: 'public',
    storeIds,
    ceilings: new Map([['cards.redeem', 5n]]),
  };
  expect(
    actorOf({ key: limited, member: undefined, bounds: undefined, device: undefined }, now),
  ).toStrictEqual({
    id: key.id,
    makerId: null,
    isPublic: true,
    permissions: roles.public,
    storeIds,
    ceilings: limited.ceilings,
  });
});

test.each([
  ['clerk', 'clerk', roles.clerk],
  ['owner', 'clerk', roles.clerk],
  ['public', 'owner', roles.public],
  [
    'issuer',
    'finance',
    new Set([
      ...['merchant.read', 'stores.read', 'programs.read', 'batches.read', 'cards.read'],
      ...['approvals.read', 'approvals.decide', 'rechargecards.read'],
    ]),
  ],
] as const)('a key as %s of a member who is %s can do what both can', (role, memberRole, expected) => {
  expect([...permissionsOf({ ...ofStaff, role }, roles[memberRole])].sort()).toStrictEqual(
    [...expected].sort(),
  );
});

test.each([
  ['as it is', {}, undefined, true],
  ['of an active owner', { staffId: idOf(2) }, memberAs('owner'), true],
  ['of a demoted owner', { staffId: idOf(2) }, memberAs('manager'), false],
  ['of one who has left', { staffId: idOf(2) }, memberAs('owner', 'left'), false],
  ['that is revoked', { revokedAt: before }, undefined, false],
  ['that will expire', { expiresAt: after }, undefined, false],
  ['of some stores', { storeIds: new Set([idOf(5)]) }, undefined, false],
  ['of a device', { deviceId: idOf(3) }, undefined, false],
  ['with a ceiling', { ceilings: new Map([['cards.redeem', 1n]]) }, undefined, false],
  ['with every word but no role', { role: null, permissions: new Set(permissionWords) }, undefined, false],
] as [string, Partial<ApiKey>, Staff | undefined, boolean][])(
  'an owner’s key %s can do everything without end: %s',
  (_case, terms, member, expected) => {
    expect(isOwnerKey({ ...key, ...terms }, member)).toBe(expected);
  },
);

test('a key is shown with what it may do, and without its hash', () => {
  const shown = apiKeyAnswer({
    ...key,
    role: null,
    permissions: new Set(['cards.verify']),
    storeIds: new Set(),
  });
  expect(shown).toMatchObject({
    prefix: 'sk_abcdefg',
    permissions: ['cards.verify'],
    storeIds: [],
    role: null,
  });
  expect(JSON.stringify(shown)).not.toContain('ash');
});

test('roles are bundles of listed words; the owner has all, the auditor sees all and changes nothing', () => {
  expect(Object.keys(roles)).toStrictEqual([...roleWords]);
  for (const bundle of Object.values(roles))
    for (const word of bundle) expect(permissionWords).toContain(word);
  expect([...roles.owner]).toStrictEqual(permissionWords);
  expect([...roles.auditor]).toStrictEqual(permissionWords.filter((word) => word.endsWith('.read')));
  expect([...roles.public]).toStrictEqual(['cards.verify', 'cards.redeem', 'cards.hold']);
});

test('nobody but the owner both has codes made or taken out and can activate cards', () => {
  for (const role of roleWords.filter((word) => word !== 'owner')) {
    const holds = roles[role];
    expect(
      (holds.has('batches.release') || holds.has('batches.write')) && holds.has('cards.activate'),
      role,
    ).toBe(false);
    expect(holds.has('people.write'), role).toBe(false);
  }
});
