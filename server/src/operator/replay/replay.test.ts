import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { jobsOf } from '../../app.ts';
import { type Jobs, startJobs } from '../../platform/jobs/runner.ts';

const main = join(import.meta.dirname, '..', '..', 'main.ts');
const baskets = 60;
/** In cents: 60 baskets of 7 households in 3 stores; every tenth is of nothing, the first is beyond the first load. */
const totals = Array.from({ length: baskets }, (_, n) =>
  n === 0 ? 9_999 : n % 10 === 3 ? 0 : 137 * (n % 13) + 611,
);
const spend = totals.reduce((sum, total) => sum + total, 0);

let bench: TestBench;
let jobs: Jobs;
let url: string;
let folder: string;
/** Called with each request that the service has handled, before it is answered. */
let onAnswer: (path: string) => void = () => undefined;

beforeAll(async () => {
  bench = await openBench();
  bench.app.addHook('onSend', async ({ url }) => onAnswer(url));
  await bench.app.listen({ port: 0, host: '127.0.0.1' });
  const address = bench.app.server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  jobs = startJobs(jobsOf(bench.runtime), bench.runtime.log);
});
afterAll(async () => {
  await jobs.stop();
  await bench.close();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scrip-replay-'));
  writeFileSync(join(folder, 'sales.csv.gz'), gzipSync(sales()));
});
afterEach(() => {
  onAnswer = () => undefined;
  rmSync(folder, { recursive: true });
});

/** Baskets of three lines, whose values are written as the real data's are. */
function sales(): string {
  const lines = totals.flatMap((total, n) => {
    const at = new Date(Date.UTC(2017, 0, 1, 9, 7 * n)).toISOString();
    const parts = [total % 40, total - (total % 40)].map((cents) => String(cents / 100));
    return [...parts, '4.440892e-16'].map(
      (value) => `${100 + (n % 7)},${300 + (n % 3)},${9000 + n},1,1,${value},${at}`,
    );
  });
  return [
    'household_id,store_id,basket_id,product_id,quantity,sales_value,transaction_timestamp',
    ...lines,
    '',
  ].join('\n');
}

type Ended = {
  readonly code: number | null;
  readonly report: Record<string, unknown>;
  readonly errors: string;
};

/** Runs the command line as an operator would; `killWhen` kills it (-9) when it answers true to a request's path. */
async function run(args: readonly string[], killWhen?: (path: string) => boolean): Promise<Ended> {
  const env = {
    ...process.env,
    DATABASE_URL: bench.ownerUrl,
    SCRIP_KEY_FILE: inject('keyFile'),
    SCRIP_DATA_DIR: join(folder, 'data'),
  };
  const child = spawn(process.execPath, [main, 'replay', folder, '--url', url, '--json', ...args], { env });
  onAnswer = (path) => {
    if (killWhen?.(path)) child.kill('SIGKILL');
  };
  const [output, errors, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once('close', resolve)),
  ]);
  return { code, report: output === '' ? {} : JSON.parse(output), errors };
}

/** All that has ever happened, of all merchants. */
async function entries(): Promise<string> {
  const client = new pg.Client({ connectionString: bench.ownerUrl });
  await client.connect();
  const { rows } = await client.query<{ entries: string }>(
    'select coalesce(sum(seq), 0)::text as entries from ledger.journal',
  );
  await client.end();
  return rows[0]?.entries ?? '';
}

const whole = {
  ok: true,
  baskets,
  empty: 6,
  rounded: baskets,
  netPositions: { stores: 3, sum: 0 },
  trialBalance: [
    { asset: 'USD', difference: 0 },
    { asset: 'points', difference: 0 },
  ],
  cards: { checked: 7, spend, refunds: 0, off: 0 },
  wallets: { checked: 7, off: 0 },
  statements: { stores: 3, net: 0, closing: 0 },
  verify: { clean: true },
  faults: [],
};

test('every basket is paid and the books close; a second run finds its merchant and changes nothing', async () => {
  const first = await run([]);
  expect(first, first.errors).toMatchObject({ code: 0, report: whole });
  const { reloads, refusals, cards } = first.report as {
    reloads: { made: number };
    refusals: object;
    cards: Record<string, number>;
  };
  expect(first.report).toMatchObject({
    activations: { made: 7, replayed: 0 },
    redemptions: { made: 54, replayed: 0 },
  });
  expect(reloads.made).toBeGreaterThan(0);
  expect(refusals).toEqual({ insufficient_balance: reloads.made });
  expect(cards.balance).toBe((cards.loads ?? 0) - spend);
  const { members, wallets, liability } = first.report as Record<string, Record<string, number>>;
  expect(members).toMatchObject({
    cards: { made: 7, replayed: 0 },
    purchases: { made: 54, replayed: 0 },
    refusals: { insufficient_balance: expect.any(Number) },
  });
  // Half a cent is rounded for each basket.
  expect(Math.abs((wallets?.spend ?? 0) - spend * 0.95)).toBeLessThan(54);
  expect(wallets?.points).toBeGreaterThan(spend / 200);
  expect(members?.elsewhere).toBeGreaterThan(20);
  expect(liability?.closing).toBe((cards.balance ?? 0) + (wallets?.balance ?? 0));

  const before = await entries();
  const second = await run([]);
  expect(second, second.errors).toMatchObject({ code: 0, report: whole });
  expect(second.report).toMatchObject({
    merchantId: first.report.merchantId,
    activations: { made: 0, replayed: 7 },
    redemptions: { made: 0, replayed: 54 },
    reloads: { made: 0, replayed: reloads.made },
    refusals: {},
    members: {
      cards: { made: 0, replayed: 7 },
      purchases: { made: 0, replayed: 54 },
      elsewhere: members?.elsewhere,
      refusals: {},
    },
    ...{ wallets, liability, statements: first.report.statements },
  });
  expect(await entries()).toBe(before);
  expect(bench.errors).toEqual([]);
});

test('only their owner can read the codes and the key that a replay keeps', async () => {
  await run(['--limit', '1']);
  const state = join(folder, 'data', 'replay');
  const files = readdirSync(state);
  expect(files).toHaveLength(3);
  for (const file of files) expect(statSync(join(state, file)).mode & 0o077).toBe(0);
  expect(statSync(state).mode & 0o077).toBe(0);
});

test('a run that is killed (-9) at every kind of request is taken up each time, and ends as if it never had been', async () => {
  const merchant = await bench.merchant({ currency: 'USD' });
  const kills = [
    ['/v1/stores', 2],
    ['/v1/card-batches', 1],
    ['/release', 1],
    ['/void', 3],
    ['/v1/cards/activate', 3],
    ['/v1/redemptions', 20],
    ['/reload', 2],
    ['/v1/memberships', 3],
    ['/v1/wallet-top-ups', 5],
    ['/v1/purchases', 20],
    ['/v1/settlement-periods', 1],
    ['/close', 1],
  ] as const;
  for (const [path, times] of kills) {
    let met = 0;
    const killed = await run(['--key', merchant.apiKey], (asked) => asked.endsWith(path) && ++met === times);
    expect(killed.code, `${path} ${killed.errors}`).toBeNull();
  }
  const resumed = await run(['--key', merchant.apiKey]);
  expect(resumed, resumed.errors).toMatchObject({ code: 0, report: whole });
  // Their codes were released and never arrived, so nobody can ever use them.
  const voided = await merchant.get<{ items: unknown[] }>('/v1/cards?state=voided');
  expect(voided.body.items).toHaveLength(7);
  expect(bench.errors).toEqual([]);
}, 120_000);

test('cards in use whose codes are gone are not touched', async () => {
  const merchant = await bench.merchant({ currency: 'USD' });
  await run(['--key', merchant.apiKey, '--limit', '20']);
  const before = await entries();
  const elsewhere = await run(['--key', merchant.apiKey, '--state', join(folder, 'other')]);
  expect(elsewhere).toMatchObject({ code: 1, report: {} });
  expect(elsewhere.errors).toContain('its cards are in use');
  expect(await entries()).toBe(before);
});

test('a run of fewer baskets goes on with more, and never back', async () => {
  const { apiKey } = await bench.merchant({ currency: 'USD' });
  const part = await run(['--key', apiKey, '--limit', '20']);
  expect(part, part.errors).toMatchObject({
    code: 0,
    report: { ok: true, baskets: 20, redemptions: { made: 18 } },
  });
  const rest = await run(['--key', apiKey]);
  expect(rest.report).toMatchObject({ ...whole, redemptions: { made: 36, replayed: 18 } });
  expect(await run(['--key', apiKey, '--limit', '20'])).toMatchObject({ code: 2, report: {} });
});

test('a refund by others is reckoned with; a card that does not agree fails the run', async () => {
  const merchant = await bench.merchant({ currency: 'USD' });
  await run(['--key', merchant.apiKey]);
  type Listed = { items: { id: string; type: string }[] };
  const { body } = await merchant.get<Listed>('/v1/cards?state=partially_used');
  const cardId = body.items[0]?.id;
  const history = await merchant.get<Listed>(`/v1/cards/${cardId}/activities`);
  const redeemed = history.body.items
    .find(({ type }) => type === 'card.redeemed')
    ?.id.replace('act_', 'red_');
  const refund = await merchant.post(`/v1/redemptions/${redeemed}/refunds`, {
    amount: 5,
    reason: 'returned',
  });
  expect(refund.status, refund.text).toBe(201);
  expect(await run(['--key', merchant.apiKey])).toMatchObject({
    code: 0,
    report: { ok: true, cards: { refunds: 5 } },
  });

  await merchant.post(`/v1/cards/${cardId}/adjust`, { amount: 1, reason: 'a cent too many' });
  const off = await run(['--key', merchant.apiKey]);
  expect(off).toMatchObject({ code: 1, report: { ok: false, cards: { off: 1 } } });
  expect(String(off.report.faults)).toMatch(/^card \d{10} of household 10\d has \d+, not \d+/);
});

test('where no service answers, nothing is begun', async () => {
  const before = await entries();
  const ended = await run(['--url', 'http://127.0.0.1:1']);
  expect(ended).toMatchObject({ code: 1, report: {} });
  expect(ended.errors).toContain('no service is ready on http://127.0.0.1:1');
  expect(await entries()).toBe(before);
});
