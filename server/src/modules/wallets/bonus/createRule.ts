import { assert } from '../../../kernel/assert.ts';
import { type Refusal, refused } from '../../../kernel/outcome.ts';
import { startOfDay, validUntil } from '../../../kernel/time.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { scopeRows, unknownIn } from '../../catalog/index.ts';
import type { Granted } from '../../coupons/index.ts';
import { beyondScope, merchantById, storeById } from '../../merchants/index.ts';
import { couponsOf, grantsOf } from './coupons.ts';
import { type BonusRule, type BonusTerms, bonusRules, ruleAnswer, rulesIn, rulesMax } from './rule.ts';

type CreateRuleInput = {
  readonly name: string;
  readonly terms: BonusTerms;
  /** Days in the merchant's zone, both inclusive; left out: from now, without end. */
  readonly from: string | undefined;
  readonly lastDay: string | undefined;
};

/** Lays down what is given to who tops up. */
export const createBonusRule = useCase({
  name: 'bonus_rule.create',
  permission: 'wallets.rules',
  movesValue: false,
  needs: ({ terms }: CreateRuleInput, find) => ({
    merchant: find.one(merchantById, find.merchantId),
    rules: rulesIn(find),
    stores: terms.storeIds.map((id) => find.one(storeById, id)),
    scope: scopeRows(terms.scope, find),
    grants: grantsOf(terms.steps, find),
  }),
  decide({ merchant, rules, stores, scope, grants }, { name, terms, from, lastDay }, { actor, now, newId }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    assert(merchant !== undefined, 'who has a key has a merchant');
    if (stores.includes(undefined)) return refused('store_not_found', { field: 'storeIds' });
    const unknown = unknownIn(scope);
    if (unknown) return unknown;
    for (const [n, { coupons = null }] of terms.steps.entries()) {
      const unable = coupons && mayBeGiven(couponsOf(grants, coupons, now));
      if (unable) return { ...unable, field: `steps.${n}.coupons.templateId` };
    }
    const active = rules.filter(({ state }) => state === 'active');
    if (active.length >= rulesMax)
      return refused('too_many_bonus_rules', { detail: `${rulesMax} is the most.` });
    const zone = merchant.timezone;
    const startsAt = from === undefined ? now : startOfDay(from, zone);
    const endsAt = lastDay === undefined ? null : validUntil({ type: 'until', date: lastDay }, now, zone);
    if (endsAt !== null && endsAt <= (startsAt > now ? startsAt : now)) {
      return refused('invalid_request', { field: 'lastDay', detail: 'It would be over before it begins.' });
    }
    const rule: BonusRule = {
      id: newId(),
      name,
      currency: merchant.currency,
      terms,
      startsAt: startsAt > now ? startsAt : now,
      endsAt,
      state: 'active',
      createdAt: now,
    };
    const result = ruleAnswer(rule);
    return accepted({
      activities: [{ type: 'bonus_rule.created', subjectId: rule.id, details: { ...result } }],
      changes: [put(bonusRules, rule)],
      result,
    });
  },
});

/** Why a rule cannot give such coupons from now on; how many are left is for each top-up to see. */
function mayBeGiven(given: Granted | undefined): Refusal | undefined {
  if (!given) return refused('coupon_template_not_found');
  return given.refusal?.refused === 'coupon_template_ended' ? given.refusal : undefined;
}
