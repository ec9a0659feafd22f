import { assert } from '../../../kernel/assert.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { useCase } from '../../../platform/executor/useCase.ts';
import { merchantById } from '../../merchants/index.ts';
import { couponsOf, grantedAnswer, grantsOf } from './coupons.ts';
import { type BonusTerms, givenBy, instalmentAnswer, instalmentsOf } from './rule.ts';

type PreviewInput = {
  readonly terms: Pick<BonusTerms, 'steps' | 'validity' | 'instalments'>;
  readonly amounts: readonly bigint[];
};

/** What a rule on these terms would give for some amounts if it held now. */
export const previewBonusRule = useCase({
  name: 'bonus_rule.preview',
  permission: 'wallets.rules',
  movesValue: false,
  needs: ({ terms }: PreviewInput, find) => ({
    merchant: find.one(merchantById, find.merchantId),
    grants: grantsOf(terms.steps, find),
  }),
  decide({ merchant, grants }, { terms, amounts }, { now }) {
    assert(merchant !== undefined, 'who has a key has a merchant');
    const items = amounts.map((amount) => {
      const { amount: bonus, points, coupons } = givenBy(terms.steps, amount);
      const parts = bonus === 0n ? [] : instalmentsOf({ terms, amount: bonus }, merchant.timezone, now);
      return {
        amount: jsonAmount(amount),
        bonus: jsonAmount(bonus),
        points: jsonAmount(points),
        coupons: grantedAnswer(couponsOf(grants, coupons, now)),
        instalments: parts.map(instalmentAnswer),
      };
    });
    return { unchanged: JSON.stringify({ currency: merchant.currency, items }) };
  },
});
