import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Demo, makeDemo } from '../server/src/operator/demo.ts';
import { openBench, type TestBench } from '../server/test/harness.ts';

/** The real service on a port of its own, with a sample merchant and the pages as they would be built now. */
export type House = {
  readonly bench: TestBench;
  readonly url: string;
  readonly demo: Demo;
  /** Lets so many minutes pass for the service. */
  later(minutes: number): void;
};

export async function openHouse(): Promise<House> {
  if (!existsSync(join(import.meta.dirname, '..', 'web', 'dist', 'index.html')))
    throw new Error('the pages are not built: `npm run e2e` builds them first');
  let aheadMs = 0;
  const bench = await openBench({ clock: () => new Date(Date.now() + aheadMs) });
  const { keys, log } = bench.runtime;
  const demo = await makeDemo({ appUrl: bench.appUrl, keys, log });
  await bench.app.listen({ port: 0, host: '127.0.0.1' });
  const address = bench.app.server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the service listens on a port');
  return {
    bench,
    url: `http://127.0.0.1:${address.port}`,
    demo,
    later(minutes) {
      aheadMs += minutes * 60_000;
    },
  };
}
