import type { Progress } from '../terminal.ts';
import type { Api } from './api.ts';
import type { State } from './state.ts';

/** What the parts of a replay work with. */
export type Job = {
  readonly api: Api;
  /** All idempotency keys begin so: with the data's own mark, so that other data is other work. */
  readonly prefix: string;
  /** Requests under way at once. */
  readonly concurrency: number;
  readonly state: State;
  bar(label: string, total: number): Progress;
};

export const currency = 'USD';
