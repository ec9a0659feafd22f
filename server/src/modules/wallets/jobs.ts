import type { Pool } from '../../platform/db/connection.ts';
import { allMerchants, read } from '../../platform/db/read.ts';
import type { UseCase } from '../../platform/executor/useCase.ts';
import type { Job } from '../../platform/jobs/runner.ts';
import { lapseWallet } from './lapse.ts';
import { lapsedWallets } from './reading/store.ts';

type WalletsJobParts = {
  readonly readers: Pool;
  readonly clock: () => Date;
  /** Runs a use case of a merchant as the system. */
  readonly asSystem: <I, R, O>(merchantId: string, useCase: UseCase<I, R, O>, input: I) => Promise<unknown>;
};

const atOnceMax = 200;

/** Takes off wallets what was given and has ended. */
export function walletsJobs({ readers, clock, asSystem }: WalletsJobParts): readonly Job[] {
  return [
    {
      name: 'wallets.lapse',
      everyMs: 30_000,
      async run() {
        const found = await read(readers, allMerchants, (db) => lapsedWallets(db, clock(), atOnceMax));
        await Promise.all(
          found.map(({ merchantId, memberId }) => asSystem(merchantId, lapseWallet, { memberId })),
        );
        return found.length > 0;
      },
    },
  ];
}
