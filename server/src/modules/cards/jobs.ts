import type { Pool } from '../../platform/db/connection.ts';
import { allMerchants, read, writeAside } from '../../platform/db/read.ts';
import type { UseCase } from '../../platform/executor/useCase.ts';
import type { Job } from '../../platform/jobs/runner.ts';
import { lapsedHolds } from '../ledger/index.ts';
import { expireCard } from './expire.ts';
import { forgetPaymentCodes } from './payment/store.ts';
import { lapsedCards } from './reading/store.ts';
import { releaseHold } from './releaseHold.ts';

export type CardJobParts = {
  readonly readers: Pool;
  readonly writers: Pool;
  readonly clock: () => Date;
  /** Runs a use case of a merchant as the system. */
  readonly asSystem: <I, R, O>(merchantId: string, useCase: UseCase<I, R, O>, input: I) => Promise<unknown>;
};

const atOnceMax = 200;
const dayMs = 86_400_000;

/** Notes what time has ended. Nothing depends on when they run: the rules themselves look at the clock. */
export function cardJobs({ readers, writers, clock, asSystem }: CardJobParts): readonly Job[] {
  return [
    {
      name: 'cards.endLapsedHolds',
      everyMs: 5_000,
      async run() {
        const lapsed = await read(readers, allMerchants, (db) => lapsedHolds(db, clock(), atOnceMax));
        await Promise.all(
          lapsed.map(({ merchantId, id }) => asSystem(merchantId, releaseHold, { holdId: id })),
        );
        return lapsed.length === atOnceMax;
      },
    },
    {
      name: 'cards.expire',
      everyMs: 30_000,
      async run() {
        const lapsed = await read(readers, allMerchants, (db) => lapsedCards(db, clock(), atOnceMax));
        await Promise.all(
          lapsed.map(({ merchantId, id }) => asSystem(merchantId, expireCard, { cardId: id })),
        );
        return lapsed.length === atOnceMax;
      },
    },
    {
      name: 'cards.forgetPaymentCodes',
      everyMs: 600_000,
      async run() {
        const before = new Date(clock().getTime() - dayMs);
        await writeAside(writers, allMerchants, (db) => forgetPaymentCodes(db, before));
        return false;
      },
    },
  ];
}
