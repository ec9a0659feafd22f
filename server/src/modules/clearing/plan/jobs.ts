import type { Pool } from '../../../platform/db/connection.ts';
import { allMerchants, read } from '../../../platform/db/read.ts';
import type { UseCase } from '../../../platform/executor/useCase.ts';
import type { Job } from '../../../platform/jobs/runner.ts';
import { drawDuePeriod } from './drawDue.ts';
import { dueEnd } from './plan.ts';
import { standings } from './store.ts';

type ClearingJobParts = {
  readonly readers: Pool;
  readonly clock: () => Date;
  /** Runs a use case of a merchant as the system. */
  readonly asSystem: <I, R, O>(merchantId: string, useCase: UseCase<I, R, O>, input: I) => Promise<unknown>;
};

/** Ends settlement periods by the plans of their merchants: after a stop, one period after the other. */
export function clearingJobs({ readers, clock, asSystem }: ClearingJobParts): readonly Job[] {
  return [
    {
      name: 'clearing.drawPeriods',
      everyMs: 60_000,
      async run(signal) {
        let hasDrawn = false;
        for (const { merchantId, ...standing } of await read(readers, allMerchants, standings)) {
          if (signal.aborted) return false;
          const until = dueEnd(standing, clock());
          if (until === undefined) continue;
          await asSystem(merchantId, drawDuePeriod, { until });
          hasDrawn = true;
        }
        return hasDrawn;
      },
    },
  ];
}
