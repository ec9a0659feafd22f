import { encodeId } from '../../../kernel/id.ts';
import { isRefused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { couponRows } from './coupon.ts';
import { endCoupon } from './end.ts';

/** Sweeps a coupon that has ended. Nothing depends on when it runs: what has ended is not used. */
export const lapseCoupon = useCase({
  name: 'coupon.lapse',
  permission: 'system',
  movesValue: false,
  needs: ({ couponId }: { readonly couponId: string }, find) => couponRows(couponId, find),
  decide({ coupon, template, accounts }, _input, { now }) {
    const until = coupon?.usableUntil ?? null;
    if (!coupon || !template || coupon.state !== 'held' || until === null || until > now) {
      return { unchanged: '{}' };
    }
    const ended = endCoupon(coupon, template, { accounts }, 'lapsed', now);
    if (isRefused(ended)) return ended;
    return accepted({
      activities: [
        {
          type: 'coupon.lapsed',
          subjectId: coupon.id,
          details: { memberId: encodeId('mem', coupon.memberId) },
          postings: ended.postings,
        },
      ],
      changes: ended.changes,
      result: {},
    });
  },
});
