import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { openBook } from '../../ledger/index.ts';
import { fundRows, returnCash } from '../../storefunds/index.ts';
import { maySee } from '../hidden.ts';
import { topUpById, topUps } from '../topUp/topUp.ts';
import { moneyAnswer, moneyIn } from '../wallet.ts';
import { isByOrder, mayPayBackBy, quoteAnswer } from './quote.ts';
import { quoteIn, refundRows } from './rows.ts';
import { takeOff } from './takeOff.ts';

type RefundInput = {
  readonly topUpId: string;
  /** What was quoted. */
  readonly amount: bigint;
  readonly usedAtListPrice: bigint | undefined;
  readonly payment: { readonly tender: string; readonly reference: string };
  readonly reason: string;
};

/** Pays what is left of a top-up back to who paid it, by the rule that the quote names; what was given on top ends with it. */
export const refundTopUp = useCase({
  name: 'wallet.refund',
  permission: 'wallets.refund',
  movesValue: true,
  amountOf: ({ amount }: RefundInput) => amount,
  needs({ topUpId }, find) {
    const topUp = find.one(topUpById, topUpId);
    return { wallet: refundRows(topUp, find), fund: topUp && fundRows(topUp.storeId, find) };
  },
  ownerStoreOf: ({ wallet }) => wallet.topUp?.storeId,
  secondPerson: { kind: 'refund', by: 'carry', amountOf: (_rows, { amount }) => amount },
  decide({ wallet, fund }, { amount, payment, reason, usedAtListPrice }, context) {
    const { topUp, policy, lots } = wallet;
    if (!topUp || !fund) return refused('top_up_not_found');
    const { now, merchantId } = context;
    const quote = quoteIn(wallet, usedAtListPrice, now);
    if (isRefused(quote)) return quote;
    if (isByOrder(topUp)) {
      return refused('top_up_paid_elsewhere', {
        next: `Refund payment order ${encodeId('pay', topUp.sourceId ?? '')}: the channel sends it back.`,
      });
    }
    if (!mayPayBackBy(topUp, payment.tender)) {
      return refused('payer_mismatch', {
        field: 'payment.tender',
        detail: `It was paid by ${topUp.tender}.`,
      });
    }
    const before = moneyIn(lots, topUp.currency, now);
    const isSeen = maySee(policy, before, { actor: context.actor, memberId: topUp.memberId, now });
    if (quote.refund !== amount) {
      return refused('refund_quote_changed', {
        field: 'amount',
        ...(isSeen && { detail: `It is ${quote.refund} by now.` }),
        next: 'Quote again, and show it to the member.',
      });
    }
    const book = openBook([...wallet.accounts, ...fund.accounts], now);
    const off = { principal: quote.principal, bonus: quote.bonusParts, refunded: quote.refund };
    const taken = takeOff({ ...topUp, tender: payment.tender }, off, wallet, book, context);
    const commission = topUp.paid === 0n ? 0n : (topUp.commission * amount) / topUp.paid;
    const isCash = payment.tender === 'cash' && amount > 0n;
    const back = isCash
      ? returnCash(fund, { currency: topUp.currency, amount, commission }, book, merchantId)
      : [];
    const postings = book.post([...taken.transfers, ...back], { evenIfUnusable: true });
    if (isRefused(postings)) return postings;
    const standing = lots.map((lot) => book.now(lot));
    const after = { ...taken.topUp, tender: topUp.tender };
    const quoted = quoteAnswer(quote, merchantId);
    const details = {
      topUpId: encodeId('tup', topUp.id),
      rule: quote.rule,
      principal: jsonAmount(quote.principal),
      bonus: jsonAmount(quote.bonus),
      points: quoted.points,
      ...(quote.coupons > 0 && { coupons: quote.coupons }),
      tender: payment.tender,
      paymentReference: payment.reference,
      reason,
    };
    return accepted({
      activities: [
        {
          type: 'wallet.refunded',
          subjectId: topUp.memberId,
          storeId: topUp.storeId,
          amount: -amount,
          details,
          postings,
        },
      ],
      changes: [put(topUps, after), ...taken.changes, ...book.changes()],
      result: {
        ...quoted,
        memberId: encodeId('mem', topUp.memberId),
        balance: isSeen ? moneyAnswer(moneyIn(standing, topUp.currency, now)) : null,
      },
    });
  },
});
