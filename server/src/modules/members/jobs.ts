import type { Pool } from '../../platform/db/connection.ts';
import { allMerchants, writeAside } from '../../platform/db/read.ts';
import type { Job } from '../../platform/jobs/runner.ts';
import { forgetEnded } from './signIn/store.ts';

const dayMs = 86_400_000;

/** Forgets one-time codes, counted tries and sessions a day after they have ended. */
export function memberJobs({ writers, clock }: { writers: Pool; clock: () => Date }): readonly Job[] {
  return [
    {
      name: 'members.forgetEnded',
      everyMs: 600_000,
      async run() {
        await writeAside(writers, allMerchants, (db) => forgetEnded(db, new Date(clock().getTime() - dayMs)));
        return false;
      },
    },
  ];
}
