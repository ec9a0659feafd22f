import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { refused } from '../../../kernel/outcome.ts';
import { useCase } from '../../../platform/executor/useCase.ts';
import { memberAt } from '../../members/index.ts';
import { storeById } from '../../merchants/index.ts';
import { grantedAnswer } from '../bonus/coupons.ts';
import { instalmentAnswer } from '../bonus/rule.ts';
import { bonusOf, loadRows } from './load.ts';

type QuoteInput = {
  readonly memberId: string;
  readonly storeId: string;
  readonly amount: bigint;
  readonly tender: string;
};

/** What would be given on top of a top-up, before it is paid. */
export const quoteTopUp = useCase({
  name: 'wallet.quote_top_up',
  permission: 'wallets.top_up',
  movesValue: false,
  storeOf: ({ storeId }: QuoteInput) => storeId,
  amountOf: ({ amount }) => amount,
  needs: ({ memberId, storeId }, find) => ({
    member: memberAt(memberId, find),
    store: find.one(storeById, storeId),
    rows: loadRows(memberId, storeId, find),
  }),
  decide({ member, store, rows }, { storeId, amount, tender }, { now }) {
    if (!store || !rows.merchant) return refused('store_not_found', { field: 'storeId' });
    if (!member) return refused('member_not_found', { field: 'memberId' });
    const { currency } = rows.merchant;
    const given = bonusOf(
      rows,
      { memberId: member.id, storeId, currency, tender, principal: amount, paid: amount, bonus: 'by_rules' },
      now,
    );
    const answer = {
      currency,
      amount: jsonAmount(amount),
      bonus: jsonAmount(given.amount),
      points: jsonAmount(given.points),
      coupons: grantedAnswer(given.coupons),
      bonusRuleId: given.rule ? encodeId('bon', given.rule.id) : null,
      ruleName: given.rule?.name ?? null,
      instalments: given.parts.map(instalmentAnswer),
    };
    return { unchanged: JSON.stringify(answer) };
  },
});
