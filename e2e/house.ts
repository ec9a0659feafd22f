import { join } from 'node:path';
import { type Demo, makeDemo } from '../server/src/operator/demo.ts';
import { openBench, type TestBench } from '../server/test/harness.ts';
import { overBudget } from '../tools/webBudgets.ts';

/** The real service on a port of its own, with a sample merchant and the pages as they would be built now. */
export type House = { readonly bench: TestBench; readonly url: string; readonly demo: Demo };

export async function openHouse(): Promise<House> {
  // Builds the pages where they are stale, so that the service finds them.
  await overBudget(join(import.meta.dirname, '..'));
  const bench = await openBench({ clock: () => new Date() });
  const { keys, log } = bench.runtime;
  const demo = await makeDemo({ appUrl: bench.appUrl, keys, log });
  await bench.app.listen({ port: 0, host: '127.0.0.1' });
  const address = bench.app.server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the service listens on a port');
  return { bench, url: `http://127.0.0.1:${address.port}`, demo };
}
