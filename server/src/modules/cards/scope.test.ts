import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from '../../../test/harness.ts';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { type OpenApi, type Operation, operationsOf, requestOf, sampleId } from '../../../test/samples.ts';
import { openTill, rowsOf, type Till } from '../../../test/till.ts';

// Every verb on a card that the service has, by its OpenAPI document, asked by a key that is limited to one store.

let bench: TestBench;
let till: Till;
let operations: readonly Operation[];
let limited: Client;

beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench);
  const all = operationsOf((await till.merchant.get<OpenApi>('/openapi.json')).body);
  operations = all.filter(({ method, path }) => method === 'POST' && path.startsWith('/v1/cards/{id}/'));
  limited = await keyOf(till.storeId);
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

function keyOf(storeId: string): Promise<Client> {
  const asked = operations.map(({ permission }) => permission);
  const permissions = [...new Set([...asked, 'cards.read', 'cards.verify'])];
  return till.key({ kind: 'secret', permissions, storeIds: [storeId] });
}

const verbOf = ({ path }: Operation) => path.slice('/v1/cards/{id}/'.length);
/** These name the store that they happen at, which the key must act for; any store may do them to any card. */
const atStore = new Set(['reload']);

function ask(client: Client, operation: Operation, id: string, key?: string) {
  const { url, body } = requestOf(operation, {
    params: { id },
    body: atStore.has(verbOf(operation)) ? { storeId: till.storeId } : {},
  });
  return client.post(url, body, key);
}

/** A card in each state, sold by the other store, and one that nobody sold. */
async function foreign(): Promise<{ readonly id: string }[]> {
  const active = await till.card();
  const frozen = await till.card();
  await till.does(frozen, 'freeze', { reason: 'lost', cause: 'lost' });
  const voided = await till.card();
  await till.does(voided, 'void', { reason: 'misprint' });
  const used = await till.card();
  await till.paid(used, 10_000);
  return [active, frozen, voided, used, await till.blank()];
}

test('a key limited to stores does nothing to a card that none of them sold, and learns nothing of it', async () => {
  const other = await keyOf(till.otherStoreId);
  const cards = await foreign();
  const before = await rowsOf(bench, 'select max(seq) as seq from ledger.activity');
  for (const operation of operations) {
    if (atStore.has(verbOf(operation))) continue;
    const texts = new Set<string>();
    for (const card of cards) {
      const reply = await ask(other, operation, card.id);
      expect(reply.body.code, `${operation.path} ${reply.text}`).toBe('store_out_of_scope');
      expect(reply.status).toBe(403);
      texts.add(reply.text);
    }
    expect([...texts], 'the same, whatever is the matter with the card').toHaveLength(1);
  }
  expect(await rowsOf(bench, 'select max(seq) as seq from ledger.activity')).toEqual(before);
});

test.each([
  'freeze',
  'unfreeze',
  'extend',
  'reactivate',
  'transfer',
  'replace',
  'void',
  'adjust',
  'unlock-pin',
  'reload',
  'deactivate',
])('there is a verb %s on cards', (verb) => {
  expect(operations.map(verbOf)).toContain(verb);
});

test('to a card that one of its stores sold it does what a key of the whole merchant does', async () => {
  for (const operation of operations) {
    const [own, same] = [await till.card(), await till.card()];
    const [here, there] = [
      await ask(limited, operation, own.id),
      await ask(till.merchant, operation, same.id),
    ];
    expect(here.status, here.text).toBe(there.status);
    if (there.status >= 400) expect(here.body.code).toBe(there.body.code);
  }
});

test('a card that does not exist is not found, by whomever it is sought', async () => {
  for (const operation of operations) {
    const reply = await ask(limited, operation, sampleId('card'));
    expect(reply.body.code, reply.text).toBe('card_not_found');
  }
});

test('of what another key was answered under its idempotency key nothing is shown beyond the scope', async () => {
  const card = await till.card();
  const other = await keyOf(till.otherStoreId);
  const operation = operations.find((one) => verbOf(one) === 'transfer');
  if (!operation) throw new Error('there is no transfer');
  const made = await ask(till.merchant, operation, card.id, 'scope-1');
  expect(made.status, made.text).toBe(201);
  const again = await ask(other, operation, card.id, 'scope-1');
  expect(again.body.code).toBe('store_out_of_scope');
  expect(again.text).not.toContain(String(made.body.code));
  expect((await ask(limited, operation, card.id, 'scope-1')).body).toEqual(made.body);
});

test('what a page may offer says the same: the verbs of the selling store are closed, those of the till are open', async () => {
  const card = await till.card();
  const closed = { ok: false, reason: 'store_out_of_scope' };
  const other = await keyOf(till.otherStoreId);
  const { code, pin } = card;
  const shown = [
    await other.post('/v1/verifications', { code, pin, storeId: till.otherStoreId }),
    await other.get(`/v1/cards/${card.id}`),
  ];
  for (const { body, text } of shown) {
    expect(body.allowed, text).toMatchObject({
      freeze: closed,
      unfreeze: closed,
      extend: closed,
      reactivate: closed,
      transfer: closed,
      replace: closed,
      void: closed,
      reload: { ok: true },
    });
  }
  const own = await limited.get(`/v1/cards/${card.id}`);
  expect(own.body.allowed).toMatchObject({
    freeze: { ok: true },
    transfer: { ok: true },
    void: { ok: true },
  });
});

test('who is limited to stores is told again what he did, even where it took the card out of his stores', async () => {
  const card = await till.card();
  const undo = () => limited.post(`/v1/cards/${card.id}/deactivate`, { reason: 'wrong card' }, 'undo-1');
  const first = await undo();
  expect(first.status, first.text).toBe(200);
  const again = await undo();
  expect(again.text).toBe(first.text);
  expect(again.headers['idempotent-replayed']).toBe('true');
  // Another key of the same store is not shown what somebody else was answered.
  const other = await keyOf(till.storeId);
  const shown = await other.post(`/v1/cards/${card.id}/deactivate`, { reason: 'wrong card' }, 'undo-1');
  expect(shown.body.code).toBe('store_out_of_scope');
});
