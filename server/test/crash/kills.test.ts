import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '../../src/kernel/random.ts';
import { anyoneWorksIn } from '../../src/platform/postgres/processes.ts';
import type { Shop } from '../shop.ts';
import { openShopAt, untilReady } from './client.ts';
import {
  backendsOf,
  clear,
  command,
  newPlace,
  ownerUrl,
  type Place,
  type Process,
  postmasterOf,
  serve,
} from './service.ts';
import { openTills, type Sent, type Tills } from './tills.ts';

const seed = Number(process.env.SCRIP_CRASH_SEED ?? Date.now());
const random = seededRandom(seed);
const below = (n: number) => new DataView(random(4).buffer).getUint32(0) % n;

type Victim = 'service' | 'postmaster' | 'backend' | 'service and postmaster';
const victims: readonly Victim[] = [
  ...Array<Victim>(10).fill('service'),
  ...Array<Victim>(5).fill('postmaster'),
  ...Array<Victim>(3).fill('backend'),
  ...Array<Victim>(2).fill('service and postmaster'),
];
const kills = victims
  .map((victim) => ({ victim, place: below(2 ** 31) }))
  .toSorted((a, b) => a.place - b.place)
  .map(({ victim }, n) => ({ victim, round: n + 1 }));

const workers = 16;
/** It takes a second or two; the rest is for a machine that is busy with other things. */
const recoveryMaxMs = 30_000;
const totals = { kills: 0, done: 0, unknown: 0, happened: 0, slowestMs: 0 };

let place: Place;
let service: Process;
let shop: Shop;
let tills: Tills;

beforeAll(async () => {
  place = await newPlace();
  service = await serve(place);
  shop = await openShopAt(place);
  tills = await openTills(shop, random);
});

afterAll(async () => {
  await clear(place);
  process.stdout.write(`crash: seed ${seed}, ${JSON.stringify(totals)}\n`);
});

function strike(victim: Victim): void {
  const postmaster = postmasterOf(place);
  const backends = backendsOf(place);
  if (victim.startsWith('service')) service.kill('SIGKILL');
  if (victim.endsWith('postmaster') && postmaster) process.kill(postmaster, 'SIGKILL');
  const backend = backends[below(backends.length)];
  if (victim === 'backend' && backend) process.kill(backend, 'SIGKILL');
}

/** Load until the blow and, where the service survives it, until it is over. Answers with the time of the blow. */
async function loadThrough(victim: Victim): Promise<number> {
  const survives = !victim.startsWith('service');
  const strikeAfter = 30 + below(250);
  let answered = 0;
  let struckAt = 0;
  let doneSince = 0;
  const due = Promise.withResolvers<void>();
  async function work(): Promise<void> {
    while (doneSince < 4 * workers) {
      const sentAfterwards = struckAt > 0;
      const sent = await tills.next();
      answered++;
      if (answered === strikeAfter) due.resolve();
      if (sent.state === 'unknown') {
        if (!survives) return;
        await resolve(sent);
      }
      if (sentAfterwards && sent.state === 'done') doneSince++;
    }
  }
  const working = Promise.all(Array.from({ length: workers }, work));
  await due.promise;
  // Somewhere within the few milliseconds of a batch.
  await pause(below(8));
  struckAt = performance.now();
  strike(victim);
  await working;
  return struckAt;
}

/** Asks again under the same key until it is told. */
async function resolve(sent: Sent): Promise<void> {
  totals.unknown++;
  for (let tries = 0; tries < 20; tries++) {
    await untilReady(place);
    const happened = await tills.again(sent);
    if (sent.state === 'unknown') continue;
    if (happened) totals.happened++;
    return;
  }
  throw new Error(`${sent.key} is never answered: ${tills.faults.at(-1) ?? service.said()}`);
}

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: workers }, worker));
}

test.each(kills)(
  'kill $round, of the $victim: what was acknowledged is there once, what was not is told under its key',
  async ({ victim }) => {
    const from = tills.journal.length;
    const struckAt = await loadThrough(victim);
    if (victim.startsWith('service')) {
      expect((await service.ended).signal).toBe('SIGKILL');
      service = await serve(place);
    }
    await untilReady(place);
    const tookMs = performance.now() - struckAt;
    expect(tookMs).toBeLessThan(recoveryMaxMs);
    expect(service.ending(), 'the service lives').toBeUndefined();

    const acknowledged = tills.journal.slice(from).filter(({ state }) => state === 'done');
    await inTurns(
      tills.journal.slice(from).filter(({ state }) => state === 'unknown'),
      resolve,
    );
    await inTurns(acknowledged, async (sent) => {
      if (!(await tills.again(sent))) throw new Error(`${sent.key} was acknowledged and lost`);
    });
    expect(tills.faults).toEqual([]);
    await inTurns([...tills.expected()], async ([cardId, expected]) => {
      const { body } = await shop.merchant.get(`/v1/cards/${cardId}`);
      expect(body).toMatchObject(expected);
    });
    const books = await shop.merchant.get('/v1/ledger/trial-balance');
    expect(books.body).toMatchObject({ balanced: true });

    totals.kills++;
    totals.done = tills.journal.filter(({ state }) => state === 'done').length;
    totals.slowestMs = Math.max(totals.slowestMs, Math.round(tookMs));
  },
);

test('after all kills the log holds every command that was done once and no other, and the sums agree', async () => {
  const client = new pg.Client({ connectionString: ownerUrl(place) });
  await client.connect();
  try {
    const types = [...new Set(tills.journal.map(({ type }) => type))];
    const logged = await client.query<{ key: string | null; type: string }>(
      'select idempotency_key as key, type from ledger.activity where type = any($1) order by seq',
      [types],
    );
    const done = tills.journal
      .filter(({ state }) => state === 'done')
      .map(({ key, type }) => ({ key, type }));
    const byKey = (a: { key: string | null }, b: { key: string | null }) =>
      String(a.key) < String(b.key) ? -1 : 1;
    expect(logged.rows.toSorted(byKey)).toEqual(done.toSorted(byKey));
    const wrong = await client.query(
      `select a.id from ledger.account a
       left join (select account_id, sum(amount) as balance, count(*) as postings from ledger.posting group by account_id) p
         on p.account_id = a.id
       where a.balance <> coalesce(p.balance, 0) or a.postings <> coalesce(p.postings, 0)
       union all select null from ledger.posting group by activity_seq having sum(amount) <> 0
       union all select null from ledger.journal j
       where j.seq <> (select count(*) from ledger.activity a where a.merchant_id = j.merchant_id)`,
    );
    expect(wrong.rows).toEqual([]);
  } finally {
    await client.end();
  }
});

test('after all kills the verifier finds that the books hold', async () => {
  const { code, said } = await command(place, 'verify', '--json');
  expect(code, said).toBe(0);
  expect(JSON.parse(said)).toMatchObject({ holds: true });
});

test('told to stop, the service ends in order and takes its database along', async () => {
  service.kill('SIGTERM');
  expect((await service.ended).code).toBe(0);
  expect(anyoneWorksIn(join(place.dataDir, 'postgres'))).toBe(false);
});
