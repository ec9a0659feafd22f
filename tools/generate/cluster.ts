import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cluster, startCluster } from '../../server/src/platform/postgres/cluster.ts';

/** Runs `work` over an empty PostgreSQL that is thrown away afterwards. */
export async function withCluster<T>(work: (cluster: Cluster) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'scrip-generate-'));
  try {
    const cluster = await startCluster({ dataDir, password: 'generate', durable: false });
    try {
      return await work(cluster);
    } finally {
      await cluster.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
