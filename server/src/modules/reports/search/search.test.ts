import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { openTill, type Till } from '../../../../test/till.ts';

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

type Hit = { readonly kind: string; readonly id: string; readonly title: string; readonly to: string };
const find = async (q: string, client: Pick<Till['merchant'], 'get'> = till.merchant) => {
  const reply = await client.get<{ hits: Hit[] }>(`/v1/search?q=${encodeURIComponent(q)}`);
  expect(reply.status, reply.text).toBe(200);
  return reply.body.hits;
};
const found = async (q: string, client?: Pick<Till['merchant'], 'get'>) =>
  (await find(q, client)).map(({ kind, id }) => `${kind} ${id}`);

test('one box finds a card by serial, last four, id and whole code; and whatever else has a name', async () => {
  const card = await till.card();
  const wanted = `card ${card.id}`;
  expect(await found(card.serial)).toContain(wanted);
  expect(await found(card.code.slice(-4))).toContain(wanted);
  expect(await found(card.id)).toEqual([wanted]);
  expect(await found(card.code)).toEqual([wanted]);
  expect(await found(card.code.toLowerCase().replaceAll('-', ' '))).toEqual([wanted]);
  const [hit] = await find(card.code);
  expect(hit).toMatchObject({ to: `/cards/${card.id}`, title: card.serial });
  expect(JSON.stringify(hit)).not.toContain(card.code);

  expect(await found('secon')).toEqual([`store ${till.otherStoreId}`]);
  expect(await found('S1')).toEqual([`store ${till.storeId}`]);
  expect(await found('礼品')).toEqual([`program ${till.programId}`]);
  const { batchId } = await till.shown(card);
  expect(await found(card.serial)).toContain(`batch ${String(batchId)}`);
  const staff = await till.merchant.post<Hit>('/v1/staff', { name: '王芳', role: 'clerk' });
  expect(await found('王')).toEqual([`staff ${staff.body.id}`]);
  const key = await till.merchant.post<Hit & { prefix: string }>('/v1/api-keys', {
    name: 'Till 7',
    role: 'clerk',
  });
  expect(await found(key.body.prefix)).toEqual([`api_key ${key.body.id}`]);
  const paid = await till.paid(card, 5, { reference: 'ORDER-77' });
  expect(await found('ORDER-77')).toEqual([`redemption ${paid}`]);
  expect(await found('%')).toEqual([]);
  expect(await found(' ')).toEqual([]);
});

test('a member is found by their whole phone number, by that of their card and by their id, by nobody who may see no members', async () => {
  const enrolled = await till.merchant.post<{ id: string }>('/v1/members', {
    ...{ phone: '13900007777', name: '陈晨', cardNumber: 'VIP-77', consent: { textVersion: 1 } },
  });
  expect(enrolled.status, enrolled.text).toBe(201);
  const { id } = enrolled.body;
  const [hit] = await find('139 0000 7777');
  expect(hit).toEqual({
    ...{ kind: 'member', id, title: '陈晨', subtitle: '139****7777', to: `/members/${id}` },
  });
  expect(await found(id)).toEqual([`member ${id}`]);
  expect(await found('vip-77')).toEqual([`member ${id}`]);
  expect(await found('1390000777')).toEqual([]);
  const blind = await till.key({ permissions: ['merchant.read', 'cards.read'] });
  const other = await openTill(bench);
  for (const client of [blind, other.merchant]) {
    expect(await found('13900007777', client)).toEqual([]);
    expect(await found(id, client)).toEqual([]);
  }
});

test('nobody finds what they may not see: by permission, by store, by merchant', async () => {
  const card = await till.card();
  await till.paid(card, 5, { reference: 'ORDER-78' });
  const other = await openTill(bench);
  const elsewhere = await till.key({ role: 'store_manager', storeIds: [till.otherStoreId] });
  const blind = await till.key({ permissions: ['merchant.read'] });
  for (const q of [card.serial, card.code, card.id, 'ORDER-78', 'First', 'Owner']) {
    expect(await found(q, blind)).toEqual([]);
    const seen = (await found(q, elsewhere)).filter((hit) => !hit.startsWith('batch'));
    expect([q, seen]).toEqual([q, []]);
    expect(
      (await found(q, other.merchant)).filter((hit) => hit.includes(card.id) || hit.includes(till.storeId)),
    ).toEqual([]);
  }
});
