import { createSecretKey, type KeyObject } from 'node:crypto';
import { newId } from '../src/kernel/id.ts';
import { type Random, seededRandom } from '../src/kernel/random.ts';
import { activities, activityByKey } from '../src/modules/ledger/index.ts';
import { gate } from '../src/modules/people/index.ts';
import {
  type Executor,
  type ExecutorSettings,
  executorDefaults,
  startExecutor,
} from '../src/platform/executor/executor.ts';
import { type MemoryStorage, memoryStorage } from '../src/platform/executor/memoryStorage.ts';

/** The service without its database: the same use cases and the same executor over rows in memory. */
export type Twin = {
  readonly executor: Executor;
  readonly storage: MemoryStorage;
  /** The merchant that is there from the start. */
  readonly merchantId: string;
  /** Set it to move the clock. */
  readonly time: { now: Date };
  /** Opens one more journal. */
  open(merchantId?: string): string;
};

type TwinSettings = {
  readonly seed?: number;
  readonly random?: Random;
  readonly now?: Date;
  readonly chainKey?: KeyObject;
  readonly settings?: ExecutorSettings;
};

/** Everything in it follows from its seed and the commands that it is given. */
export function openTwin(options: TwinSettings = {}): Twin {
  const random = options.random ?? seededRandom(options.seed ?? 1);
  const time = { now: options.now ?? new Date('2026-03-01T04:00:00Z') };
  const storage = memoryStorage();
  const chainKey = options.chainKey ?? createSecretKey(Buffer.alloc(32, 7));
  const clock = () => time.now;
  const log = { activities, activityByKey };
  const executor = startExecutor(
    storage,
    { log, gate, chainKey, clock, random },
    options.settings ?? executorDefaults,
  );
  const open = (merchantId = newId(time.now, random)) => {
    storage.open(merchantId, { seq: 0n, hash: Buffer.alloc(32), frozenReason: null });
    return merchantId;
  };
  return { executor, storage, merchantId: open(), time, open };
}
