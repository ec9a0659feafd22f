import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fitting, routesByName, type Schema, spoilt, type Words } from '../../../test/fuzz.ts';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { openPhone, type Phone } from '../../../test/phone.ts';
import type { CardInHand } from '../../../test/shop.ts';
import { madeBy, openTill, rowsOf, type Till } from '../../../test/till.ts';
import { refusals } from '../../kernel/refusals.ts';
import type { Route } from './route.ts';

// Every route of openapi.json is sent bodies made of its own schemas, as they are and spoilt.

const runs = Number(process.env.SCRIP_FUZZ_RUNS ?? 1_500);
const seed = Number(process.env.SCRIP_FUZZ_SEED ?? 20_261_122);

let bench: TestBench;
let till: Till;
let phone: Phone;
let requests: fc.Arbitrary<Request>;
let routes: ReadonlyMap<string, Route>;
beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench, { pin: false, validity: { type: 'after', count: 1, unit: 'years' } });
  phone = await openPhone(bench, till.merchant);
  const { body } = await till.merchant.get<Document>('/openapi.json');
  const words = await wordsOf(till);
  routes = routesByName(bench);
  requests = fc.oneof(
    ...[...routes].map(([name, route]) => requestsTo(name, route, operationOf(body, route), words)),
  );
});
afterAll(() => bench.close());

type Parameter = {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: Schema;
};
type Operation = {
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
};
type Document = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };
/** `name`: method and path of the route. */
type Request = { readonly name: string; readonly url: string; readonly body: unknown; readonly key: string };

function operationOf({ paths }: Document, { path, method }: Route): Operation {
  const operation = paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
  if (!operation) throw new Error(`openapi.json has no ${method} ${path}`);
  return operation;
}

/** Names of what there is, here and at another merchant, so that not every request ends at the door. */
async function wordsOf({ merchant, ...shop }: Till): Promise<Words> {
  const cards: CardInHand[] = [];
  while (cards.length < 40) cards.push(await shop.card());
  const [one, two, three] = cards;
  if (!one || !two || !three) throw new Error('no cards');
  const unreleased = { programId: shop.programId, quantity: 2, faceValue: 500 };
  await merchant.post('/v1/card-batches', unreleased);
  await bench.runJobs('batches.generate');
  const foreign = await openTill(bench);
  const alien = await foreign.card();
  const member = await phone.signIn('13800138000');
  for (const [n, { code }] of cards.entries()) if (n % 4 === 3) await phone.post('/cards', { code });
  const complaint = await phone.post<{ id: string }>('/complaints', { text: 'cold' });
  const gift = await phone.post<{ id: string; token: string }>(`/cards/${cards[3]?.id}/gift`);
  const ids = [
    member.id,
    complaint.body.id,
    gift.body.id,
    shop.storeId,
    shop.otherStoreId,
    foreign.storeId,
    shop.programId,
    alien.id,
    merchant.merchantId,
    merchant.merchantId.replace('mer_', 'card_'),
    await shop.paid(one, 5_000, { reference: 'R-1' }),
    await shop.held(two, 100),
    await foreign.paid(alien, 1),
    madeBy(await merchant.post('/v1/staff', { name: 'Li', role: 'clerk' })),
    madeBy(await merchant.post('/v1/devices', { storeId: shop.storeId, name: 'till' })),
    madeBy(await merchant.post('/v1/api-keys', { name: 'k', role: 'clerk' })),
    madeBy(await merchant.post('/v1/legal-entities', { name: 'Ltd' })),
    ...cards.map(({ id }) => id),
    ...(await merchant.get<{ items: { id: string }[] }>('/v1/card-batches')).body.items.map(({ id }) => id),
  ];
  const named = {
    code: [...cards.map(({ code }) => code), alien.code, '000000000000000000', '?'],
    pin: ['00000000'],
    slug: [phone.slug, phone.slug, phone.slug, 'no-such-shop'],
    phone: ['13800138000', '+442079460000', '13800138001', '110'],
    email: ['li@example.com', 'li@'],
    textVersion: [1, 1, 2],
    token: [gift.body.token, 'A'.repeat(43)],
    amount: [100, 100, 100, 1, 500, 10_001],
    ownerId: ids,
    holder: ['C-1'],
    serial: [...cards.map(({ serial }) => serial), '0', '999999999999999'],
    quantity: [1, 3],
    currency: ['CNY', 'CNY', 'CNY', 'USD'],
  };
  return { named, ids };
}

function requestsTo(
  name: string,
  route: Route,
  { parameters, requestBody }: Operation,
  words: Words,
): fc.Arbitrary<Request> {
  const good = fitting(requestBody?.content['application/json']?.schema ?? {}, words);
  const sent = parameters.filter((parameter) => parameter.in === 'path' || parameter.in === 'query');
  const values = fc.tuple(
    ...sent.map(({ name, schema, required }) => {
      const value = fitting(schema, words, name);
      return required
        ? fc.oneof({ weight: 9, arbitrary: value }, fc.constantFrom('x', '%00', '...'))
        : fc.option(fc.oneof({ weight: 9, arbitrary: value }, fc.constantFrom('x', '', '\0')), { freq: 1 });
    }),
  );
  return fc.record({
    name: fc.constant(name),
    body: route.kind === 'read' ? fc.constant(undefined) : fc.oneof(good, good, spoilt(good)),
    key: fc.oneof({ weight: 20, arbitrary: fc.uuid() }, fc.constantFrom('same', '', 'a b')),
    url: values.map((given) => urlOf(route.path, sent, given)),
  });
}

function urlOf(path: string, parameters: readonly Parameter[], values: readonly unknown[]): string {
  const query = new URLSearchParams();
  let url = path;
  parameters.forEach((parameter, n) => {
    const value = values[n];
    if (parameter.in === 'path') url = url.replace(`:${parameter.name}`, String(value));
    else if (value !== null) query.append(parameter.name, String(value));
  });
  return query.size > 0 ? `${url}?${query}` : url;
}

test(
  'no request brings the service down: each answer is the declared one, or a listed problem',
  async () => {
    const done = new Set<string>();
    await fc.assert(
      fc.asyncProperty(requests, async ({ name, url, body, key }) => {
        const route = routes.get(name);
        if (!route) throw new Error(name);
        // What an API key opens is asked with one, the rest as a member's own page would.
        const entrance =
          route.kind === 'visit'
            ? { cookie: phone.cookie ?? '', 'sec-fetch-site': 'same-origin', 'scrip-client': 'fuzz' }
            : { authorization: `Bearer ${till.merchant.apiKey}` };
        const headers = { ...entrance, 'idempotency-key': key };
        const payload =
          body === undefined
            ? {}
            : { payload: JSON.stringify(body), headers: { ...headers, 'content-type': 'application/json' } };
        const reply = await bench.app.inject({ method: route.method, url, headers, ...payload });
        if (reply.statusCode === route.status) done.add(name);
        expect(bench.errors).toEqual([]);
        expect(reply.statusCode, reply.body).toBeLessThan(500);
        if (reply.statusCode === route.status) isAsDeclared(route, reply.body);
        else isListedProblem(reply.statusCode, String(reply.headers['content-type']), reply.json());
      }),
      { numRuns: runs, seed, endOnFailure: true },
    );
    // Not only refusals: most routes were got through.
    expect(done.size).toBeGreaterThan(30);
    await booksBalance();
  },
  60_000 + 30 * runs,
);

function isAsDeclared({ answer }: Route, body: string): void {
  if (typeof answer === 'string') return;
  const given: unknown = JSON.parse(body);
  // A shape drops the fields that it does not declare, so nothing may be dropped.
  expect(answer.parse(given)).toEqual(given);
}

function isListedProblem(
  status: number,
  type: string,
  problem: { code: keyof typeof refusals; status: number },
): void {
  expect(type).toBe('application/problem+json; charset=utf-8');
  expect(Object.keys(refusals)).toContain(problem.code);
  expect([problem.status, status]).toEqual([refusals[problem.code].status, refusals[problem.code].status]);
}

async function booksBalance(): Promise<void> {
  const sums = await rowsOf(
    bench,
    'select merchant_id, asset, sum(balance)::text as sum from ledger.account group by 1, 2 having sum(balance) <> 0',
  );
  expect(sums).toEqual([]);
  const drift = await rowsOf(
    bench,
    `select a.id from ledger.account a where a.balance <> (select coalesce(sum(p.amount), 0)
    from ledger.posting p where p.merchant_id = a.merchant_id and p.account_id = a.id)`,
  );
  expect(drift).toEqual([]);
}
