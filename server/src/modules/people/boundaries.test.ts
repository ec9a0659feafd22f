import { afterAll, beforeAll, expect, test } from 'vitest';
import { hire, newLogin } from '../../../test/desk.ts';
import { differingOrder } from '../../../test/differing.ts';
import {
  type Client,
  openBench,
  type Reply,
  type TestBench,
  type TestMerchant,
} from '../../../test/harness.ts';
import { importing } from '../../../test/importing.ts';
import { openPhone } from '../../../test/phone.ts';
import { takenGift } from '../../../test/points.ts';
import {
  type OpenApi,
  type Operation,
  operationsOf,
  prefixOf,
  requestOf,
  sampleId,
} from '../../../test/samples.ts';
import { openShop, type Shop } from '../../../test/shop.ts';

// What a key cannot reach: another merchant's rows, and stores that it is not for. Every route is tried.

type Id = { readonly id: string };

const onePixel = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

let bench: TestBench;
let shop: Shop;
let stranger: TestMerchant;
let operations: readonly Operation[];
/** An id of the shop for each kind of id that a request can name. */
const owned = new Map<string, string>();

beforeAll(async () => {
  bench = await openBench();
  shop = await openShop(bench);
  stranger = await bench.merchant();
  operations = operationsOf((await stranger.get<OpenApi>('/openapi.json')).body);
  const { merchant, storeId } = shop;
  const [card] = await shop.sell(1);
  const paid = { code: card?.code, pin: card?.pin, amount: 100, currency: 'CNY', storeId };
  const made = async (prefix: string, path: string, body: unknown) => {
    const reply = await merchant.post<Id>(path, body);
    expect(reply.status, reply.text).toBe(201);
    owned.set(prefix, reply.body.id);
  };
  owned.set('store', storeId);
  owned.set('prog', shop.programId);
  owned.set('card', card?.id ?? '');
  const batches = await merchant.get<{ items: Id[] }>('/v1/card-batches');
  owned.set('batch', batches.body.items[0]?.id ?? '');
  await made('red', '/v1/redemptions', { ...paid, reference: 'A1' });
  await made('hold', '/v1/holds', { ...paid, reference: 'A2' });
  await made('ent', '/v1/legal-entities', { name: 'East' });
  await made('reg', '/v1/regions', { name: 'East' });
  await made('dev', '/v1/devices', { storeId, name: 'Till' });
  await made('stf', '/v1/staff', { name: 'Li Na', role: 'clerk' });
  await made('mem', '/v1/members', { phone: '13800138000', consent: { textVersion: 1 } });
  await made('cpt', '/v1/coupon-templates', { name: 'Off', off: { type: 'amount', amount: 1 } });
  const given = { templateId: owned.get('cpt'), reason: 'sorry' };
  const coupons = await merchant.post<{ items: Id[] }>(`/v1/members/${owned.get('mem')}/coupons`, given);
  owned.set('cpn', coupons.body.items[0]?.id ?? '');
  const taken = await takenGift(merchant, storeId, owned.get('mem') ?? '');
  for (const [prefix, id] of Object.entries(taken)) owned.set(prefix, id);
  await made('mpl', '/v1/membership-plans', {
    name: { zh: '月卡', en: 'Month' },
    span: { count: 1, unit: 'months' },
    price: 0,
    discount: { ppm: 1 },
  });
  await made('mbs', '/v1/memberships', { memberId: owned.get('mem'), planId: owned.get('mpl'), storeId });
  await made('div', '/v1/dividends', {
    name: 'Spring',
    firstDay: '2026-01-01',
    lastDay: '2026-01-31',
    source: { kind: 'sum', amount: 1 },
    weighing: { by: 'equal' },
  });
  owned.set('imp', (await importing(bench, merchant).upload('手机\n13800138009')).body.id);
  const phone = await openPhone(bench, merchant);
  await phone.signIn('13800138001');
  const complaint = await phone.post<Id>('/complaints', { text: 'cold tea' });
  owned.set('cmp', complaint.body.id);
  const shared = await phone.post<Id>('/family', { phone: '13800138000' });
  owned.set('fsh', shared.body.id);
  for (const [prefix, id] of Object.entries(await differingOrder(bench, merchant, storeId, phone)))
    owned.set(prefix, id);
  const recharge = { name: 'Spring', quantity: 1, faceValue: 100 };
  owned.set('rcb', (await merchant.post<Id>('/v1/recharge-card-batches', recharge)).body.id);
  await bench.runJobs('rechargecards.generate');
  const recharges = await merchant.get<{ items: Id[] }>('/v1/recharge-cards');
  owned.set('rcc', recharges.body.items[0]?.id ?? '');
  const { body: rule } = await merchant.post<Id>('/v1/bonus-rules', {
    name: 'Gift',
    steps: [{ from: 1, bonus: 1 }],
  });
  owned.set('bon', rule.id);
  await made('tup', '/v1/wallet-top-ups', {
    ...{ memberId: owned.get('mem'), storeId, amount: 100 },
    payment: { tender: 'cash', amount: 100, reference: 'T1' },
  });
  const lines = [{ name: 'Tea', price: 100 }];
  await made('pur', '/v1/purchases', {
    ...{ storeId, reference: 'P1', lines },
    tenders: [{ kind: 'money', tender: 'cash', amount: 100 }],
  });
  for (const [prefix, id] of Object.entries(await settled(shop))) owned.set(prefix, id);
  await made('key', '/v1/api-keys', { name: 'clerk', role: 'clerk' });
  await made('role', '/v1/roles', { name: 'Looker', permissions: ['stores.read'] });
  owned.set('act', owned.get('red')?.replace('red_', 'act_') ?? '');
  await made('shift', '/v1/shifts', { storeId, openingFloat: 0 });
  await made('wep', '/v1/webhook-endpoints', { url: 'https://example.com/hooks' });
  await made('inv', '/v1/staff/invitations', { login: newLogin(), name: 'Lin', role: 'clerk' });
  await made('view', '/v1/views', { page: 'cards', name: 'All', query: '', shared: true });
  await made('img', '/v1/images', { purpose: 'logo', data: onePixel });
  const action = { verb: 'extend', cardIds: [card?.id], reason: 'spring' };
  owned.set('cact', (await merchant.post<Id>('/v1/card-actions', action)).body.id);
  const log = await merchant.get<{ items: Id[] }>('/v1/activities');
  owned.set('act', log.body.items[0]?.id ?? '');
  const { browser } = await hire(bench, merchant, { role: 'clerk' });
  owned.set('ses', (await browser.get<Id>('/v1/session')).body.id);
  const owner = await hire(bench, merchant, { role: 'owner' });
  await hire(bench, merchant, { role: 'finance' });
  const waits = await owner.browser.post<{ approval: Id }>(
    `/v1/cards/${card?.id}/adjust`,
    { amount: -1, reason: 'waits' },
    { 'idempotency-key': 'waits' },
  );
  owned.set('apr', waits.body.approval.id);
});
afterAll(() => bench.close());

const nameOf = ({ method, path }: Operation) => `${method} ${path}`;

function send(
  client: Client,
  { method }: Operation,
  { url, body }: ReturnType<typeof requestOf>,
): Promise<Reply> {
  if (method === 'GET') return client.get(url);
  return method === 'PATCH' ? client.patch(url, body) : client.post(url, body);
}

type Place = { readonly name: string; readonly prefix: string; readonly list: boolean };

/** The fields of a body that take an id, or a list of them. */
function idPlaces(operation: Operation): readonly Place[] {
  return Object.entries(operation.body?.properties ?? {}).flatMap(([name, schema]): Place[] => {
    const single = prefixOf(schema) ?? schema.anyOf?.map(prefixOf).find((prefix) => prefix !== undefined);
    const listed = schema.items && prefixOf(schema.items);
    if (single !== undefined) return [{ name, prefix: single, list: false }];
    return listed === undefined ? [] : [{ name, prefix: listed, list: true }];
  });
}

test('the shop has one of each kind of id that a request can name', () => {
  const asked = operations.flatMap((operation) => [
    ...operation.params.map(({ schema }) => prefixOf(schema) ?? ''),
    ...idPlaces(operation).map(({ prefix }) => prefix),
  ]);
  expect([...new Set(asked)].sort()).toStrictEqual([...owned.keys()].sort());
});

test('another merchant’s id in an address is answered with the bytes of one that nothing has', async () => {
  let tried = 0;
  for (const operation of operations) {
    for (const { name, schema } of operation.params) {
      const prefix = prefixOf(schema) ?? '';
      const theirs = await send(
        stranger,
        operation,
        requestOf(operation, { params: { [name]: owned.get(prefix) ?? '' } }),
      );
      const nobodys = await send(
        stranger,
        operation,
        requestOf(operation, { params: { [name]: sampleId(prefix) } }),
      );
      expect(theirs.status, nameOf(operation)).toBe(404);
      expect(theirs.text, nameOf(operation)).toBe(nobodys.text);
      tried++;
    }
  }
  expect(tried).toBeGreaterThan(20);
});

test('another merchant’s id in a body is answered with the bytes of one that nothing has', async () => {
  let tried = 0;
  for (const operation of operations) {
    for (const { name, prefix, list } of idPlaces(operation)) {
      const ask = (id: string) =>
        send(
          stranger,
          operation,
          // An own role stands in the place of a built-in one.
          requestOf(operation, {
            body: { ...(prefix === 'role' ? { role: undefined } : {}), [name]: list ? [id] : id },
          }),
        );
      const theirs = await ask(owned.get(prefix) ?? '');
      const nobodys = await ask(sampleId(prefix));
      expect(theirs.status, `${nameOf(operation)} ${name}`).toBe(404);
      expect(theirs.text, `${nameOf(operation)} ${name}`).toBe(nobodys.text);
      tried++;
    }
  }
  expect(tried).toBeGreaterThan(5);
});

test('lists and looks show nothing of another merchant', async () => {
  const { body } = await stranger.get<{ id: string }>('/v1/merchant');
  expect(body.id).toBe(stranger.merchantId);
  for (const operation of operations) {
    if (operation.method !== 'GET' || operation.params.length > 0) continue;
    const { status, text } = await send(stranger, operation, requestOf(operation));
    expect(status, nameOf(operation)).toBe(200);
    for (const id of [shop.merchant.merchantId, ...owned.values()]) expect(text).not.toContain(id);
  }
});

async function limitedKey(storeIds: readonly string[]): Promise<Client> {
  const made = await shop.merchant.post<{ key: string }>('/v1/api-keys', {
    name: 'limited',
    role: 'owner',
    storeIds,
  });
  return bench.client(made.body.key);
}

test('a key limited to a store is refused wherever a request names another', async () => {
  const limited = await limitedKey([shop.storeId]);
  let tried = 0;
  for (const operation of operations) {
    const takesStore = idPlaces(operation).find(({ name }) => name === 'storeId');
    const inPath = operation.path.startsWith('/v1/stores/{');
    if (!takesStore && !inPath) continue;
    const ask = (storeId: string) =>
      send(
        limited,
        operation,
        requestOf(operation, takesStore ? { body: { storeId } } : { params: { id: storeId } }),
      );
    const other = await ask(shop.otherStoreId);
    expect(['store_out_of_scope', 'store_not_found'], nameOf(operation)).toContain(other.body.code);
    if (takesStore) expect(other.status, nameOf(operation)).toBe(403);
    expect((await ask(sampleId('store'))).text, nameOf(operation)).toBe(other.text);
    expect((await ask(shop.storeId)).body.code, nameOf(operation)).not.toBe('store_out_of_scope');
    tried++;
  }
  expect(tried).toBeGreaterThan(8);
});

test('a key limited to a store lists what is of that store', async () => {
  const limited = await limitedKey([shop.otherStoreId]);
  const stores = await limited.get<{ items: Id[] }>('/v1/stores');
  expect(stores.body.items.map(({ id }) => id)).toStrictEqual([shop.otherStoreId]);
  expect((await limited.get<{ items: Id[] }>('/v1/devices')).body.items).toStrictEqual([]);
  const keys = await limited.get<{ items: { storeIds: string[] }[] }>('/v1/api-keys');
  expect(keys.body.items.map(({ storeIds }) => storeIds)).toStrictEqual([[shop.otherStoreId]]);
});

test('a key limited to a store does nothing to the whole merchant', async () => {
  const limited = await limitedKey([shop.storeId]);
  const asked: [string, unknown][] = [
    ['/v1/stores', { code: 'S9', name: 'Nine' }],
    ['/v1/legal-entities', { name: 'West' }],
    ['/v1/regions', { name: 'West' }],
    [`/v1/regions/${owned.get('reg')}/stores`, { storeIds: [shop.otherStoreId] }],
    ['/v1/staff', { name: 'Li Lei', role: 'clerk' }],
    ['/v1/api-keys', { name: 'all', role: 'clerk' }],
    ['/v1/api-keys', { name: 'other', role: 'clerk', storeIds: [shop.storeId, shop.otherStoreId] }],
    [`/v1/api-keys/${owned.get('key')}/revoke`, {}],
  ];
  for (const [path, body] of asked) {
    expect((await limited.post(path, body)).body.code, path).toBe('store_out_of_scope');
  }
});

test('nothing of this was logged as an error', () => {
  expect(bench.errors).toStrictEqual([]);
});

/** A closed period with a statement of the first store, and what is due to be paid. */
async function settled({ merchant, otherStoreId, sell, storeId }: Shop): Promise<Record<string, string>> {
  const [card] = await sell(1);
  const paid = { code: card?.code, pin: card?.pin, amount: 100, currency: 'CNY', storeId: otherStoreId };
  await merchant.post('/v1/redemptions', { ...paid, reference: 'SP1' });
  const stp = (await merchant.post<Id>('/v1/settlement-periods', { answerDays: 0 })).body.id;
  await merchant.post(`/v1/settlement-periods/${stp}/close`);
  await merchant.post(`/v1/settlement-periods/${stp}/net`);
  const first = async (list: string) => (await merchant.get<{ items: Id[] }>(list)).body.items[0]?.id ?? '';
  const sst = await first(`/v1/settlement-statements?storeId=${storeId}`);
  const spy = await first('/v1/settlement-payments');
  return { stp, sst, spy };
}
