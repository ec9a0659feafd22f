import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadKeys } from '../server/src/platform/config/keys.ts';
import { type Cluster, startCluster } from '../server/src/platform/postgres/cluster.ts';

const program = fileURLToPath(new URL('../bin/scrip.mjs', import.meta.url));

/** A service as an operator runs it, over a durable database of its own. */
export type Service = {
  readonly url: string;
  readonly dataDir: string;
  readonly cluster: Cluster;
  readonly startMs: number;
  /** Resident memory of the service's process, bytes. */
  memory(): Promise<number>;
  create(name: string): Promise<{ merchantId: string; apiKey: string }>;
  stop(): Promise<void>;
};

export async function startService(extra: NodeJS.ProcessEnv = {}): Promise<Service> {
  const dataDir = mkdtempSync(join(tmpdir(), 'scrip-bench-'));
  const keys = loadKeys(join(dataDir, 'keys.json'));
  // The bench joins the database first, so that it outlives the service and is the same for all contenders.
  const cluster = await startCluster({
    dataDir,
    password: keys.databasePassword,
  });
  const port = await freePort();
  const env = { ...process.env, ...extra, SCRIP_DATA_DIR: dataDir, PORT: String(port), HOST: '127.0.0.1' };
  const started = performance.now();
  const child = spawn(process.execPath, [program, 'serve'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const url = `http://127.0.0.1:${port}`;
  await untilReady(url, child);
  const startMs = performance.now() - started;
  return {
    url,
    dataDir,
    cluster,
    startMs,
    async memory() {
      const text = await (await fetch(`${url}/metrics`)).text();
      return Number(/^process_resident_memory_bytes (\d+)/m.exec(text)?.[1] ?? 0);
    },
    create: (name) => createMerchant(name, env),
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      await cluster.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function createMerchant(name: string, env: NodeJS.ProcessEnv) {
  const args = [
    'merchant',
    'create',
    '--name',
    name,
    '--currency',
    'CNY',
    '--timezone',
    'Asia/Shanghai',
    '--json',
  ];
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  await once(child, 'close');
  const made: { merchantId: string; apiKey: string } = JSON.parse(out);
  return made;
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null) throw new Error('the service ended at once');
    const ready = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the service did not become ready');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
