import { assert } from '../../../kernel/assert.ts';
import { refused } from '../../../kernel/outcome.ts';
import { startOfDay, validUntil } from '../../../kernel/time.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { scopeRows, unknownIn } from '../../catalog/index.ts';
import { beyondScope, merchantById } from '../../merchants/index.ts';
import { type CouponTemplate, type CouponTerms, couponTemplates, templateAnswer } from './template.ts';

type CreateTemplateInput = {
  readonly name: string;
  readonly terms: CouponTerms;
  readonly issueMax: bigint | null;
};

/** Lays down what coupons of a kind take off. */
export const createCouponTemplate = useCase({
  name: 'coupon_template.create',
  permission: 'coupons.manage',
  movesValue: false,
  needs: ({ terms }: CreateTemplateInput, find) => ({
    merchant: find.one(merchantById, find.merchantId),
    scope: scopeRows(terms.scope, find),
  }),
  decide({ merchant, scope }, { name, terms, issueMax }, { actor, now, newId }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    assert(merchant !== undefined, 'who has a key has a merchant');
    const unknown = unknownIn(scope);
    if (unknown) return unknown;
    const { timezone: zone, currency } = merchant;
    const begins = terms.from === null ? now : startOfDay(terms.from, zone);
    const endsAt = terms.validity.type === 'until' ? validUntil(terms.validity, now, zone) : null;
    if (endsAt !== null && endsAt <= (begins > now ? begins : now)) {
      return refused('invalid_request', {
        field: 'validity',
        detail: 'It would be over before it begins.',
      });
    }
    const template: CouponTemplate = {
      id: newId(),
      name,
      currency,
      terms,
      issueMax,
      state: 'active',
      endsAt,
      createdAt: now,
      endedAt: null,
    };
    const result = templateAnswer(template, [], now);
    return accepted({
      activities: [{ type: 'coupon_template.created', subjectId: template.id, details: { ...result } }],
      changes: [put(couponTemplates, template)],
      result,
    });
  },
});
