import { encodeId } from '../../../kernel/id.ts';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { couponAnswer, couponRows, mayWithdraw } from './coupon.ts';
import { endCoupon } from './end.ts';

type WithdrawInput = { readonly couponId: string; readonly reason: string };

/** Takes a coupon back that was not used, with a reason. */
export const withdrawCoupon = useCase({
  name: 'coupon.withdraw',
  permission: 'coupons.withdraw',
  movesValue: true,
  needs: ({ couponId }: WithdrawInput, find) => couponRows(couponId, find),
  decide({ coupon, template, accounts }, { reason }, { now }) {
    if (!coupon || !template) return refused('coupon_not_found');
    const unable = mayWithdraw(coupon, now);
    if (unable) return unable;
    const ended = endCoupon(coupon, template, { accounts }, 'withdrawn', now);
    if (isRefused(ended)) return ended;
    return accepted({
      activities: [
        {
          type: 'coupon.withdrawn',
          subjectId: coupon.id,
          details: { memberId: encodeId('mem', coupon.memberId), reason },
          postings: ended.postings,
        },
      ],
      changes: ended.changes,
      result: couponAnswer(ended.coupon, template, now),
    });
  },
});
