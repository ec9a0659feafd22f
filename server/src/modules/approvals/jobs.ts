import type { Pool } from '../../platform/db/connection.ts';
import { allMerchants, read } from '../../platform/db/read.ts';
import type { UseCase } from '../../platform/executor/useCase.ts';
import type { Job } from '../../platform/jobs/runner.ts';
import { expireApproval } from './end.ts';
import { lapsedApprovals } from './store.ts';

type Parts = {
  readonly readers: Pool;
  readonly clock: () => Date;
  /** Runs a use case of a merchant as the system. */
  readonly asSystem: <I, R, O>(merchantId: string, useCase: UseCase<I, R, O>, input: I) => Promise<unknown>;
};

const atOnceMax = 200;

/** Notes what nobody decided in time. Nothing depends on when it runs: the rules look at the clock. */
export function approvalJobs({ readers, clock, asSystem }: Parts): readonly Job[] {
  return [
    {
      name: 'approvals.expire',
      everyMs: 30_000,
      async run() {
        const lapsed = await read(readers, allMerchants, (db) => lapsedApprovals(db, clock(), atOnceMax));
        await Promise.all(lapsed.map(({ merchantId, id }) => asSystem(merchantId, expireApproval, { id })));
        return lapsed.length === atOnceMax;
      },
    },
  ];
}
