import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { run, toolPath } from '../run.ts';

/** A running Scrip as a user sees it: by its address alone. */
export type Service = {
  readonly url: string;
  /** Makes a merchant by the operator's command line and answers its API key. */
  newMerchantKey(name: string): Promise<string>;
};

const program = 'server/src/main.ts';
const readyWithinMs = 60_000;

/** Runs `work` against a new service over a database of its own; both are gone afterwards. */
export async function withService<T>(root: string, work: (service: Service) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'scrip-recipes-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const environment = {
    SCRIP_DATA_DIR: dataDir,
    PORT: String(port),
    HOST: '127.0.0.1',
    DATABASE_URL: '',
    SCRIP_WEBHOOK_NETWORKS: '127.0.0.1',
  };
  const { child, printed } = serve(root, environment);
  try {
    await untilReady(url, child, printed);
    return await work({ url, newMerchantKey: (name) => createMerchant(root, name, environment) });
  } finally {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
    rmSync(dataDir, { recursive: true, force: true });
  }
}

type Environment = Readonly<Record<string, string>>;

function serve(root: string, environment: Environment): { child: ChildProcess; printed: () => string } {
  const child = spawn('node', [program, 'serve'], {
    cwd: root,
    env: { ...process.env, ...environment, PATH: toolPath },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (piece: string) => {
      text = (text + piece).slice(-10_000);
    });
  }
  return { child, printed: () => text };
}

async function untilReady(url: string, child: ChildProcess, printed: () => string): Promise<void> {
  const deadline = Date.now() + readyWithinMs;
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await pause(50);
  }
  throw new Error(`the service for the recipes did not become ready:\n${printed()}`);
}

async function createMerchant(root: string, name: string, environment: Environment): Promise<string> {
  const args = ['--name', name, '--currency', 'CNY', '--timezone', 'Asia/Shanghai', '--json'];
  const ran = await run('node', [program, 'merchant', 'create', ...args], root, environment);
  if (ran.code !== 0) throw new Error(`merchant create ended with ${ran.code}:\n${ran.output}${ran.errors}`);
  const { apiKey } = JSON.parse(ran.output) as { readonly apiKey: string };
  return apiKey;
}

/** A port that was free just now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port could be had');
  return address.port;
}
