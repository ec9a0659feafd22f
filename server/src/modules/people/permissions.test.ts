import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, openBench, type Reply, type TestBench } from '../../../test/harness.ts';
import { connectAsOwner, type Owner } from '../../../test/owner.ts';
import { type OpenApi, type Operation, operationsOf, requestOf } from '../../../test/samples.ts';
import { type Role, roles, roleWords } from './bundles.ts';
import { isPermission, permissionWords } from './permissions.ts';

// Every route of the service as it is, by its OpenAPI document, and a real key for every role.

let bench: TestBench;
let operations: readonly Operation[];
let eye: Owner;
const clients = new Map<Role, Client>();

beforeAll(async () => {
  bench = await openBench();
  eye = await connectAsOwner(bench.ownerUrl);
  const owner = await bench.merchant();
  operations = operationsOf((await owner.get<OpenApi>('/openapi.json')).body);
  for (const role of roleWords) {
    const kind = role === 'public' ? 'public' : 'secret';
    const made = await owner.post<{ key: string }>('/v1/api-keys', { kind, name: role, role });
    expect(made.status).toBe(201);
    clients.set(role, bench.client(made.body.key));
  }
});
afterAll(async () => {
  await eye.close();
  await bench.close();
});

/** How much is written in the journal. */
const written = async () => (await eye.rows('select count(*)::int as n from ledger.journal'))[0]?.n;
const lackedBy = (role: Role, { permission, besides }: Operation) =>
  [permission, besides]
    .filter((word) => word !== '')
    .find((word) => !(isPermission(word) && roles[role].has(word)));

const nameOf = ({ method, path }: Operation) => `${method} ${path}`;

async function send(client: Client, operation: Operation): Promise<Reply> {
  const { url, body } = requestOf(operation);
  if (operation.method === 'GET') return client.get(url);
  return operation.method === 'PATCH' ? client.patch(url, body) : client.post(url, body);
}

test('every route declares a permission from the closed list', () => {
  expect(operations.length).toBeGreaterThan(30);
  const strangers = operations.filter(({ permission }) => !isPermission(permission)).map(nameOf);
  expect(strangers).toStrictEqual([]);
});

test('every permission opens a route, but for the one that is looked at within a redemption', () => {
  const asked = new Set(operations.map(({ permission }) => permission));
  expect(permissionWords.filter((word) => !asked.has(word))).toStrictEqual(['cards.redeem_without_pin']);
});

test('whoever has no key, or one that nobody made, is let in nowhere', async () => {
  const texts = new Set<string>();
  for (const operation of operations) {
    for (const apiKey of ['', `sk_${'A'.repeat(43)}`]) {
      const reply = await send(bench.client(apiKey), operation);
      expect(reply.status, nameOf(operation)).toBe(401);
      texts.add(reply.text);
    }
  }
  expect(texts.size).toBe(1);
});

test.each(roleWords)('%s: each route is open or closed to it exactly as its bundle says', async (role) => {
  const client = clients.get(role) ?? bench.client('');
  const wrong: string[] = [];
  for (const operation of operations) {
    const { status, body, text } = await send(client, operation);
    const lacked = lackedBy(role, operation);
    const isDenied = status === 403 && body.code === 'permission_denied' && body.detail === lacked;
    // A request that is not understood would say nothing of permissions; sample requests name nothing that exists.
    const isHeard =
      status !== 401 && status < 500 && body.code !== 'permission_denied' && body.code !== 'invalid_request';
    if (lacked === undefined ? !isHeard : !isDenied) wrong.push(`${nameOf(operation)}: ${status} ${text}`);
  }
  expect(wrong).toStrictEqual([]);
  expect(bench.errors).toStrictEqual([]);
});

test.each(roleWords)('%s: a route that is closed to it writes nothing', async (role) => {
  const client = clients.get(role) ?? bench.client('');
  const before = await written();
  expect(before).toBeGreaterThan(0);
  for (const operation of operations)
    if (lackedBy(role, operation) !== undefined) await send(client, operation);
  expect(await written()).toBe(before);
});
