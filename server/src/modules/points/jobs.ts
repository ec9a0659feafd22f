import type { Pool } from '../../platform/db/connection.ts';
import { allMerchants, read } from '../../platform/db/read.ts';
import type { UseCase } from '../../platform/executor/useCase.ts';
import type { Job } from '../../platform/jobs/runner.ts';
import { lapsePoints } from './purse/lapse.ts';
import { lapsedPurses } from './store.ts';

type PointsJobParts = {
  readonly readers: Pool;
  readonly clock: () => Date;
  /** Runs a use case of a merchant as the system. */
  readonly asSystem: <I, R, O>(merchantId: string, useCase: UseCase<I, R, O>, input: I) => Promise<unknown>;
};

const atOnceMax = 200;

/** Sweeps points whose time is up. */
export function pointsJobs({ readers, clock, asSystem }: PointsJobParts): readonly Job[] {
  return [
    {
      name: 'points.lapse',
      everyMs: 30_000,
      async run() {
        const found = await read(readers, allMerchants, (db) => lapsedPurses(db, clock(), atOnceMax));
        await Promise.all(
          found.map(({ merchantId, memberId }) => asSystem(merchantId, lapsePoints, { memberId })),
        );
        return found.length > 0;
      },
    },
  ];
}
