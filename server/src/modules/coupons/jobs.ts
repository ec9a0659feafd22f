import type { Pool } from '../../platform/db/connection.ts';
import { allMerchants, read } from '../../platform/db/read.ts';
import type { UseCase } from '../../platform/executor/useCase.ts';
import type { Job } from '../../platform/jobs/runner.ts';
import { lapseCoupon } from './coupon/lapseCoupon.ts';
import { lapsedCoupons } from './store.ts';

type CouponJobParts = {
  readonly readers: Pool;
  readonly clock: () => Date;
  /** Runs a use case of a merchant as the system. */
  readonly asSystem: <I, R, O>(merchantId: string, useCase: UseCase<I, R, O>, input: I) => Promise<unknown>;
};

const atOnceMax = 500;

/** Sweeps coupons whose time is up. */
export function couponJobs({ readers, clock, asSystem }: CouponJobParts): readonly Job[] {
  return [
    {
      name: 'coupons.lapse',
      everyMs: 30_000,
      async run() {
        const found = await read(readers, allMerchants, (db) => lapsedCoupons(db, clock(), atOnceMax));
        await Promise.all(
          found.map(({ merchantId, couponId }) => asSystem(merchantId, lapseCoupon, { couponId })),
        );
        return found.length > 0;
      },
    },
  ];
}
