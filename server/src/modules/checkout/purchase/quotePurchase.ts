import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { useCase } from '../../../platform/executor/useCase.ts';
import { maySpeakFor, type PaymentCode } from '../../cards/index.ts';
import { isHidden, moneyAnswer, moneyIn } from '../../wallets/index.ts';
import { basketOf, linesAnswer, totalOf } from './basket.ts';
import { discounted } from './discount.ts';
import { mayBuy, type PurchaseInput, pricingRows } from './rows.ts';

type QuoteInput = Pick<PurchaseInput, 'storeId' | 'memberId' | 'lines'> & {
  /** What the member's phone shows. */
  readonly shown: PaymentCode | undefined;
};

/** What a basket comes to, both where all of it is paid out of the wallet and where it is not. */
export const quotePurchase = useCase({
  name: 'purchase.quote',
  permission: 'checkout.sell',
  movesValue: false,
  storeOf: ({ storeId }: QuoteInput) => storeId,
  needs: pricingRows,
  decide(rows, input, { now }) {
    const unable = mayBuy(rows, input);
    if (unable || !rows.merchant) return unable ?? refused('store_not_found');
    const { member } = rows;
    const { currency } = rows.merchant;
    const lines = basketOf(input.lines, rows.basket);
    if (isRefused(lines)) return lines;
    const total = totalOf(lines);
    const money = moneyIn(rows.lots, currency, now);
    const isTold =
      member &&
      (!isHidden(rows.policy, money) || maySpeakFor(member.id, input.shown, undefined, now) === undefined);
    const offer = (paidByWallet: boolean) => {
      const { discounts, discount } = discounted(rows, lines, paidByWallet, now);
      return {
        lines: linesAnswer(lines, discounts),
        discount: jsonAmount(discount),
        due: jsonAmount(total - discount),
      };
    };
    const answer = {
      memberId: member ? encodeId('mem', member.id) : null,
      currency,
      total: jsonAmount(total),
      byWallet: member ? offer(true) : null,
      otherwise: offer(false),
      balance: isTold ? moneyAnswer(money) : null,
    };
    return { unchanged: JSON.stringify(answer) };
  },
});
