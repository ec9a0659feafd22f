import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { useCase } from '../../../platform/executor/useCase.ts';
import { maySpeakFor, type PaymentCode } from '../../cards/index.ts';
import { settlingRows } from '../../settlement/index.ts';
import { isHidden, moneyAnswer, moneyIn, mostOf } from '../../wallets/index.ts';
import { basketOf, linesAnswer, totalOf } from './basket.ts';
import { boughtLines, discounted } from './discount.ts';
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
  needs(input, find) {
    const pricing = pricingRows(input, find);
    return { ...pricing, settling: settlingRows(input.storeId, pricing.lots, find) };
  },
  decide(rows, input, context) {
    const { now } = context;
    const unable = mayBuy(rows, input);
    if (unable || !rows.merchant || !rows.store) return unable ?? refused('store_not_found');
    const { member, store } = rows;
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
      const bill = { lines: boughtLines(lines, discounts), currency, due: total - discount };
      return {
        lines: linesAnswer(lines, discounts),
        discount: jsonAmount(discount),
        due: jsonAmount(total - discount),
        walletMost: isTold ? jsonAmount(mostOf(rows, store, bill, context)) : null,
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
