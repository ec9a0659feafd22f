import type { Pool } from '../../platform/db/connection.ts';
import { allMerchants, read } from '../../platform/db/read.ts';
import type { UseCase } from '../../platform/executor/useCase.ts';
import type { Job } from '../../platform/jobs/runner.ts';
import { lapseShare } from './end.ts';
import { lapsedShares } from './store.ts';

type FamilyJobParts = {
  readonly readers: Pool;
  readonly clock: () => Date;
  /** Runs a use case of a merchant as the system. */
  readonly asSystem: <I, R, O>(merchantId: string, useCase: UseCase<I, R, O>, input: I) => Promise<unknown>;
};

const atOnceMax = 200;

/** Ends offers that nobody accepted, and shares of who is gone. */
export function familyJobs({ readers, clock, asSystem }: FamilyJobParts): readonly Job[] {
  return [
    {
      name: 'families.lapse',
      everyMs: 600_000,
      async run() {
        const found = await read(readers, allMerchants, (db) => lapsedShares(db, clock(), atOnceMax));
        await Promise.all(
          found.map(({ merchantId, id }) => asSystem(merchantId, lapseShare, { shareId: id })),
        );
        return found.length === atOnceMax;
      },
    },
  ];
}
