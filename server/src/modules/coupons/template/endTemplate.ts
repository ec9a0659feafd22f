import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { beyondScope } from '../../merchants/index.ts';
import { couponTemplateById, couponTemplates, fatesOf, templateAnswer } from './template.ts';

/** Ends a template: no coupon of it is given any more, and those that were stay what they are. */
export const endCouponTemplate = useCase({
  name: 'coupon_template.end',
  permission: 'coupons.manage',
  movesValue: false,
  needs: ({ id }: { readonly id: string }, find) => ({
    template: find.one(couponTemplateById, id),
    fates: fatesOf(id, find),
  }),
  decide({ template, fates }, _input, { actor, now }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    if (!template) return refused('coupon_template_not_found');
    if (template.state === 'ended')
      return { unchanged: JSON.stringify(templateAnswer(template, fates, now)) };
    const ended = { ...template, state: 'ended' as const, endedAt: now };
    return accepted({
      activities: [{ type: 'coupon_template.ended', subjectId: template.id }],
      changes: [put(couponTemplates, ended)],
      result: templateAnswer(ended, fates, now),
    });
  },
});
