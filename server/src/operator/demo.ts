import type { Runtime } from '../app.ts';
import { say } from './terminal.ts';

export async function makeDemo(runtime: Runtime, url: string): Promise<void> {
  say(`${url} ${runtime.executor.tally.batches}`);
}
