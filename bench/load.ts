import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchShop } from './cards.ts';

export type LoadResult = {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failed: number;
};

export type Load = {
  readonly tool: 'wrk' | 'node';
  run(connections: number, seconds: number): Promise<LoadResult>;
};

/** What is sent: a POST of one of these bodies, picked at random. Each has one `@`, which becomes a name of its own. */
export type Posts = { readonly path: string; readonly bodies: readonly string[] };

/** Redemptions of random cards. */
export function redemptionsOf({ cards, storeId }: BenchShop): Posts {
  const bodies = cards.map(({ code, pin }) =>
    JSON.stringify({ code, pin, amount: 1, currency: 'CNY', storeId, reference: '@' }),
  );
  return { path: '/v1/redemptions', bodies };
}

/** Requests over HTTP, each under a key and a reference of its own. */
export function openLoad(url: string, apiKey: string, { path, bodies }: Posts): Load {
  const hasWrk = spawnSync('wrk', ['--version']).error === undefined;
  const file = join(mkdtempSync(join(tmpdir(), 'scrip-load-')), 'bodies');
  if (hasWrk) writeFileSync(file, bodies.map((body) => `${body}\n`).join(''));
  let runs = 0;
  return {
    tool: hasWrk ? 'wrk' : 'node',
    run(connections, seconds) {
      runs++;
      const run = `${process.pid}-${path.length}-${runs}`;
      const env = { BENCH_BODIES: file, BENCH_PATH: path, BENCH_KEY: apiKey, BENCH_RUN: run };
      return hasWrk
        ? wrk(url, { ...process.env, ...env }, connections, seconds)
        : node({ url: url + path, apiKey, bodies, run, connections, seconds });
    },
  };
}

const script = fileURLToPath(new URL('./load.lua', import.meta.url));

async function wrk(
  url: string,
  env: NodeJS.ProcessEnv,
  connections: number,
  seconds: number,
): Promise<LoadResult> {
  const args = [
    '-t1',
    `-c${connections}`,
    `-d${seconds}s`,
    '--latency',
    '--timeout',
    '10s',
    '-s',
    script,
    url,
  ];
  const child = spawn('wrk', args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  await new Promise((resolve) => child.on('close', resolve));
  const perSecond = Number(/Requests\/sec:\s+([\d.]+)/.exec(out)?.[1]);
  if (!(perSecond > 0)) throw new Error(`wrk failed: ${out}`);
  const failed = Number(/Non-2xx or 3xx responses: (\d+)/.exec(out)?.[1] ?? 0);
  return { perSecond, p50Ms: percentile(out, 50), p99Ms: percentile(out, 99), failed };
}

function percentile(out: string, of: number): number {
  const [, amount = '', unit = ''] = new RegExp(`${of}%\\s+([\\d.]+)(us|ms|s)`).exec(out) ?? [];
  return Number(amount) * ({ us: 0.001, ms: 1, s: 1000 }[unit] ?? Number.NaN);
}

type NodeLoad = {
  readonly url: string;
  readonly apiKey: string;
  readonly bodies: readonly string[];
  readonly run: string;
  readonly connections: number;
  readonly seconds: number;
};

/** The same load from Node, where there is no wrk; it takes more of the processor from the service. */
async function node({ url, apiKey, bodies, run, connections, seconds }: NodeLoad): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const until = performance.now() + seconds * 1000;
  const times: number[] = [];
  let failed = 0;
  let n = 0;
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const name = `${run}-${n++}`;
      const body = (bodies[Math.floor(Math.random() * bodies.length)] ?? '').replace('@', name);
      const headers = {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'idempotency-key': name,
      };
      const started = performance.now();
      const sent = request(url, { method: 'POST', agent, headers }, (response) => {
        response.resume();
        response.on('end', () => {
          times.push(performance.now() - started);
          if (response.statusCode !== 201) failed++;
          resolve();
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < until) await one();
    }),
  );
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return { perSecond: times.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99), failed };
}
