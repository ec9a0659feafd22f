import { encodeId } from '../../../kernel/id.ts';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { openBook } from '../../ledger/index.ts';
import { memberAt } from '../../members/index.ts';
import { merchantById } from '../../merchants/index.ts';
import { couponTemplateById, fatesOf, mayGive, worthOf } from '../template/template.ts';
import { couponAnswer } from './coupon.ts';
import { giveCoupons } from './give.ts';

type GiveInput = {
  readonly memberId: string;
  readonly templateId: string;
  readonly count: number;
  readonly reason: string;
};

/** Gives a member coupons, with a reason. */
export const giveCoupon = useCase({
  name: 'coupon.give',
  permission: 'coupons.give',
  movesValue: true,
  needs: ({ memberId, templateId }: GiveInput, find) => ({
    merchant: find.one(merchantById, find.merchantId),
    member: memberAt(memberId, find),
    template: find.one(couponTemplateById, templateId),
    fates: fatesOf(templateId, find),
  }),
  secondPerson: {
    kind: 'adjust',
    by: 'carry',
    // What takes off a part without a most may take off anything.
    amountOf: ({ template }, { count }) => template && worthOf(template, BigInt(count)),
  },
  decide({ merchant, member, template, fates }, { count, reason }, context) {
    const { now } = context;
    if (!member || !merchant) return refused('member_not_found');
    if (!template) return refused('coupon_template_not_found', { field: 'templateId' });
    const unable = mayGive(template, fates, BigInt(count), now);
    if (unable) return unable;
    const book = openBook(fates, now);
    const whose = { memberId: member.id, cause: 'given' as const, sourceId: null, count };
    const given = giveCoupons(template, whose, merchant.timezone, book, context);
    const memberId = encodeId('mem', member.id);
    const activities = [];
    for (const [n, transfer] of given.transfers.entries()) {
      const postings = book.post([transfer]);
      if (isRefused(postings)) return postings;
      const subjectId = given.coupons[n]?.id;
      const { id, name } = template;
      const details = { memberId, templateId: encodeId('cpt', id), name, reason };
      activities.push({ type: 'coupon.given', subjectId, details, postings });
    }
    return accepted({
      activities,
      changes: [...given.changes, ...book.changes()],
      result: { items: given.coupons.map((coupon) => couponAnswer(coupon, template, now)) },
    });
  },
});
