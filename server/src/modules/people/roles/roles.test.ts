import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hire } from '../../../../test/desk.ts';
import { openBench, type Reply, type TestBench, type TestMerchant } from '../../../../test/harness.ts';
import { type OpenApi, type Operation, operationsOf, requestOf } from '../../../../test/samples.ts';
import { roles, roleWords } from '../bundles.ts';
import { isPermission, permissions, permissionWords } from '../permissions.ts';
import { rolesMax } from './role.ts';

let bench: TestBench;
let merchant: TestMerchant;
let operations: readonly Operation[];
beforeAll(async () => {
  bench = await openBench();
  merchant = await alone();
  operations = operationsOf((await merchant.get<OpenApi>('/openapi.json')).body);
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

/** A merchant whose people grant alone: who may is what is tested here. */
async function alone(): Promise<TestMerchant> {
  const made = await bench.merchant();
  const policy = { rules: { grant: { isOn: false } } };
  expect((await made.patch('/v1/approval-policy', policy)).status).toBe(200);
  return made;
}

const codeOf = ({ status, body }: Reply) => (status < 300 ? 'accepted' : body.code);
type Asker = { post<Body>(path: string, body?: unknown): Promise<Reply<Body>> };
type Made = { readonly id: string };
const makeRole = (name: string, words: readonly string[], by: Asker = merchant) =>
  by.post<Made & Record<string, unknown>>('/v1/roles', { name, permissions: words });

test.each(roleWords.filter((role) => role !== 'public'))(
  '%s, signed in: each route is open or closed exactly as the role says, with each scope',
  async (role) => {
    await merchant.post('/v1/regions', { code: role, name: role });
    const store = await merchant.post<Made>('/v1/stores', { code: role, name: role, region: role });
    for (const scope of [{}, { storeIds: [store.body.id] }, { regions: [role] }]) {
      const { browser } = await hire(bench, merchant, { role, scope });
      const wrong: string[] = [];
      for (const operation of operations) {
        const { url, body } = requestOf(operation);
        const send = { GET: browser.get, POST: browser.post, PATCH: browser.patch }[operation.method];
        const headers = { 'idempotency-key': randomUUID() };
        const reply =
          operation.method === 'GET' ? await browser.get(url) : await send(url, body as never, headers);
        const needed = [operation.permission, operation.besides].filter((word) => word !== '');
        const lacked = needed.find((word) => !(isPermission(word) && roles[role].has(word)));
        const isHeld = lacked === undefined;
        const isDenied = reply.body.code === 'permission_denied' && (isHeld || reply.body.detail === lacked);
        const isHeard = reply.status < 500 && reply.status !== 401 && reply.body.code !== 'cross_origin';
        if (isHeld ? !isHeard || isDenied : !isDenied)
          wrong.push(`${operation.method} ${operation.path}: ${reply.text}`);
      }
      expect(wrong, JSON.stringify(scope)).toEqual([]);
    }
  },
);

test('an own role lets in to what it is made of, and what it becomes binds its people at once', async () => {
  const role = await makeRole('Looker', ['stores.read']);
  expect(role.body).toMatchObject({ name: 'Looker', permissions: ['stores.read'] });
  const { browser } = await hire(bench, merchant, { roleId: role.body.id });
  expect((await browser.get('/v1/session')).body).toMatchObject({
    permissions: ['stores.read'],
    staff: { role: null, roleId: role.body.id, roleName: 'Looker' },
  });
  expect(codeOf(await browser.get('/v1/stores'))).toBe('accepted');
  expect(codeOf(await browser.post('/v1/stores', { code: 'N1', name: 'N' }))).toBe('permission_denied');
  const second = await bench.another();
  const changed = { name: 'Keeper', permissions: ['stores.write'] };
  await second.client(merchant.apiKey).patch(`/v1/roles/${role.body.id}`, changed);
  expect(codeOf(await browser.get('/v1/stores'))).toBe('permission_denied');
  expect(codeOf(await browser.post('/v1/stores', { code: 'N1', name: 'N' }))).toBe('accepted');
  await second.close();
});

test('a key of somebody with an own role can do what both can, and has it where nothing else is asked for', async () => {
  const role = await makeRole('Both', ['stores.read', 'people.read', 'merchant.read']);
  const { staffId } = await hire(bench, merchant, { roleId: role.body.id });
  const ask = (body: object) =>
    merchant.post<{ key: string; permissions: string[] }>('/v1/api-keys', { name: 'k', staffId, ...body });
  const made = await ask({});
  expect(made.body.permissions).toEqual(['merchant.read', 'stores.read', 'people.read']);
  expect((await ask({ permissions: ['stores.write'] })).body).toMatchObject({ code: 'permission_not_held' });
  const client = bench.client(made.body.key);
  expect(codeOf(await client.get('/v1/staff'))).toBe('accepted');
  expect((await client.get('/v1/me')).body).toMatchObject({ staff: { id: staffId } });
  await merchant.patch(`/v1/roles/${role.body.id}`, { permissions: ['stores.read'] });
  expect(codeOf(await client.get('/v1/staff'))).toBe('permission_denied');
  expect(codeOf(await client.get('/v1/stores'))).toBe('accepted');
});

test('roles are listed with the built-in ones, and every permission with what it allows, in both languages', async () => {
  type Names = { zh: string; en: string };
  const list = await merchant.get<{ builtIn: { role: string; name: Names }[]; items: { name: string }[] }>(
    '/v1/roles',
  );
  expect(list.body.builtIn.map(({ role }) => role)).toEqual(roleWords.filter((role) => role !== 'public'));
  expect(list.body.builtIn.find(({ role }) => role === 'store_manager')?.name).toEqual({
    zh: '店长',
    en: 'Store manager',
  });
  const words = await merchant.get<{ items: { permission: string; allows: Names }[] }>('/v1/permissions');
  expect(words.body.items.map(({ permission }) => permission)).toEqual(permissionWords);
  for (const { permission, allows } of words.body.items) {
    expect(isPermission(permission) && permissions[permission]).toBe(allows.en);
    expect(allows.zh).toMatch(/\p{Script=Han}/u);
  }
});

test('nobody makes or changes a role beyond what they hold; names are taken once; a merchant has 100', async () => {
  const role = await makeRole('People', ['people.write', 'people.read']);
  const { browser } = await hire(bench, merchant, { roleId: role.body.id });
  expect((await makeRole('More', ['cards.void'], browser)).body).toMatchObject({
    code: 'permission_not_held',
    detail: 'cards.void',
  });
  const strong = await makeRole('Strong', ['cards.void', 'people.read']);
  const weaken = await browser.patch(`/v1/roles/${strong.body.id}`, { permissions: ['people.read'] });
  expect(codeOf(weaken)).toBe('permission_not_held');
  expect(codeOf(await makeRole('People', ['people.read']))).toBe('role_name_taken');
  const renamed = await merchant.patch(`/v1/roles/${strong.body.id}`, { name: 'People' });
  expect(codeOf(renamed)).toBe('role_name_taken');
  expect(codeOf(await merchant.patch(`/v1/roles/${strong.body.id}`, { name: 'Stronger' }))).toBe('accepted');
  const unknown = 'role_01jd000000e008000000000000';
  expect(codeOf(await merchant.patch(`/v1/roles/${unknown}`, { name: 'x' }))).toBe('role_not_found');
  const leaver = await hire(bench, merchant, { roleId: role.body.id });
  for (const state of ['active', 'left']) {
    const moved = await merchant.patch(`/v1/staff/${leaver.staffId}`, { roleId: unknown, state });
    expect(codeOf(moved), state).toBe('role_not_found');
  }
  const store = await merchant.post<Made>('/v1/stores', { code: 'R', name: 'R' });
  const there = await hire(bench, merchant, { role: 'owner', scope: { storeIds: [store.body.id] } });
  expect(codeOf(await makeRole('Local', ['people.read'], there.browser))).toBe('store_out_of_scope');
  const other = await bench.merchant();
  for (let n = 0; n < rolesMax; n++) await makeRole(`R${n}`, ['people.read'], other);
  expect(codeOf(await makeRole('One more', ['people.read'], other))).toBe('too_many_roles');
});

test('the last owner who can sign in stays, with all that an owner may, whatever keys there are', async () => {
  const own = await alone();
  const first = await hire(bench, own, { role: 'owner' });
  const change = (staffId: string, body: object) => own.patch(`/v1/staff/${staffId}`, body);
  const store = await own.post<Made>('/v1/stores', { code: 'A', name: 'A' });
  for (const body of [
    { state: 'left' },
    { role: 'manager' },
    { scope: { storeIds: [store.body.id] } },
    { ceilings: { 'cards.reload': { day: 1 } } },
  ]) {
    expect(codeOf(await change(first.staffId, body)), JSON.stringify(body)).toBe('last_owner');
  }
  expect(codeOf(await change(first.staffId, { name: 'Wang' }))).toBe('accepted');
  const second = await hire(bench, own, { role: 'owner' });
  const both = [first, second].map(({ staffId }) => change(staffId, { state: 'left' }));
  expect(new Set((await Promise.all(both)).map(codeOf))).toEqual(new Set(['accepted', 'last_owner']));
});

test('staff are changed by who may do all that they may, where they work; what is given again must be held', async () => {
  const own = await alone();
  const [east, west] = await Promise.all(
    ['E', 'W'].map(async (code) => (await own.post<Made>('/v1/stores', { code, name: code })).body.id),
  );
  const words = ['people.write', 'people.read', 'merchant.read'];
  const role = (await makeRole('Local people', words, own)).body.id;
  const here = { storeIds: [east] };
  const { browser } = await hire(bench, own, { roleId: role, scope: here });
  const colleague = await hire(bench, own, { roleId: role, scope: here });
  const stranger = await hire(bench, own, { roleId: role, scope: { storeIds: [west] } });
  const boss = await hire(bench, own, { role: 'owner' });
  const change = (staffId: string, body: object) => browser.patch(`/v1/staff/${staffId}`, body);
  const unknown = { roleId: 'role_01jd000000e008000000000000', state: 'left' };
  expect(codeOf(await change(colleague.staffId, unknown))).toBe('role_not_found');
  expect(codeOf(await change(colleague.staffId, { state: 'left' }))).toBe('accepted');
  expect(codeOf(await change(colleague.staffId, { state: 'active' }))).toBe('accepted');
  expect(codeOf(await change(stranger.staffId, { name: 'x' }))).toBe('store_out_of_scope');
  expect(codeOf(await change(boss.staffId, { name: 'x' }))).toBe('store_out_of_scope');
  expect(codeOf(await change(colleague.staffId, { role: 'clerk' }))).toBe('permission_not_held');
  expect(codeOf(await change(colleague.staffId, { scope: {} }))).toBe('store_out_of_scope');
});
