import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Cluster } from '../server/src/platform/postgres/cluster.ts';

/** The double entry as it is done one transaction a redemption: with the merchant's one revenue account, and without. */
export type Kind = 'hot' | 'cold';

export type Measured = { readonly perSecond: number; readonly averageMs: number };

export type Baseline = {
  readonly tool: 'pgbench' | 'bare connections';
  run(kind: Kind, clients: number, seconds: number): Promise<Measured>;
  close(): Promise<void>;
};

const statements = (kind: Kind, id: string): string[] => [
  'begin',
  `select balance from card where id = ${id} for update`,
  `update card set balance = balance - 1 where id = ${id}`,
  ...(kind === 'hot' ? ['update account set balance = balance + 1 where id = 1'] : []),
  `insert into journal (card_id, account_id, amount) values (${id}, 1, -1), (${id}, 1, 1)`,
  'commit',
];

/** Prepares the baseline in a database of its own on the same server. */
export async function openBaseline(cluster: Cluster, cards: number): Promise<Baseline> {
  const url = cluster.url('baseline');
  await once(cluster.url('postgres'), ['create database baseline']);
  await once(url, [
    'create table card (id bigint primary key, balance bigint not null check (balance >= 0)) with (fillfactor = 70)',
    'create table account (id bigint primary key, balance bigint not null) with (fillfactor = 50)',
    `create table journal (id bigint generated always as identity primary key, card_id bigint not null,
       account_id bigint not null, amount bigint not null, at timestamptz not null default now())`,
    `insert into card select n, 1000000000 from generate_series(1, ${cards}) n`,
    'insert into account values (1, 0)',
    'vacuum analyze',
  ]);
  const folder = mkdtempSync(join(tmpdir(), 'scrip-baseline-'));
  const hasPgbench = spawnSync('pgbench', ['--version']).status === 0;
  for (const kind of ['hot', 'cold'] as const) {
    const script = [
      `\\set id random(1, ${cards})`,
      ...statements(kind, ':id').map((text) => `${text};`),
    ].join('\n');
    writeFileSync(join(folder, `${kind}.sql`), `${script}\n`);
  }
  return {
    tool: hasPgbench ? 'pgbench' : 'bare connections',
    run: (kind, clients, seconds) =>
      hasPgbench
        ? pgbench(url, join(folder, `${kind}.sql`), clients, seconds)
        : bare(url, kind, clients, seconds, cards),
    async close() {
      rmSync(folder, { recursive: true, force: true });
      await once(cluster.url('postgres'), ['drop database baseline with (force)']);
    },
  };
}

async function once(url: string, texts: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const text of texts) await client.query(text);
  } finally {
    await client.end();
  }
}

async function pgbench(url: string, script: string, clients: number, seconds: number): Promise<Measured> {
  const threads = Math.min(clients, 2);
  const args = ['-n', '-M', 'prepared', '-f', script, '-c', clients, '-j', threads, '-T', seconds, url].map(
    String,
  );
  const child = spawn('pgbench', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    out += chunk;
  });
  await new Promise((resolve) => child.on('close', resolve));
  const perSecond = Number(/tps = ([\d.]+)/.exec(out)?.[1]);
  const averageMs = Number(/latency average = ([\d.]+)/.exec(out)?.[1]);
  if (!(perSecond > 0)) throw new Error(`pgbench failed: ${out}`);
  return { perSecond, averageMs };
}

/** The same statements over bare connections, where there is no pgbench. */
async function bare(
  url: string,
  kind: Kind,
  clients: number,
  seconds: number,
  cards: number,
): Promise<Measured> {
  const until = performance.now() + seconds * 1000;
  let done = 0;
  let spentMs = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      while (performance.now() < until) {
        const id = String(1 + Math.floor(Math.random() * cards));
        const started = performance.now();
        for (const [n, text] of statements(kind, '$1').entries()) {
          const parameter = text.includes('$1') ? [id] : [];
          await client.query({ name: `${kind}${n}`, text, values: parameter });
        }
        spentMs += performance.now() - started;
        done++;
      }
      await client.end();
    }),
  );
  return { perSecond: done / seconds, averageMs: spentMs / Math.max(done, 1) };
}
