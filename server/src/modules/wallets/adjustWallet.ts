import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { isRefused, refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import {
  accountsOf,
  availableOn,
  inSpendingOrder,
  openBook,
  ownerAnd,
  spread,
  type Transfer,
} from '../ledger/index.ts';
import { memberAt } from '../members/index.ts';
import { merchantById } from '../merchants/index.ts';
import { maySee } from './hidden.ts';
import { overLimit, policyIn } from './policy/policy.ts';
import { isPrincipal, lotIn, moneyAnswer, moneyIn, payable, walletLots } from './wallet.ts';

/** The amount is signed: positive gives, negative takes. */
export type AdjustWalletInput = {
  readonly memberId: string;
  readonly kind: 'principal' | 'bonus';
  readonly amount: bigint;
  readonly reason: string;
};

/** Where corrections come from and go to: the merchant's own cost or gain. */
const adjustmentPurpose = 'adjustment';
const sizeOf = (amount: bigint) => (amount < 0n ? -amount : amount);

/**
 * Corrects what is on a member's wallet at the merchant's own cost or gain, with a reason. What is given so was not paid for, so
 * no refund pays it back, and the merchant answers for it; what is taken leaves by the order in which lots of its kind end.
 */
export const adjustWallet = useCase({
  name: 'wallet.adjust',
  permission: 'wallets.adjust',
  movesValue: true,
  amountOf: ({ amount }: AdjustWalletInput) => sizeOf(amount),
  needs: ({ memberId }, find) => ({
    member: memberAt(memberId, find),
    merchant: find.one(merchantById, find.merchantId),
    lots: walletLots(memberId, find),
    adjustments: find.all(accountsOf, ownerAnd(find.merchantId, adjustmentPurpose)),
    policy: policyIn(find),
  }),
  secondPerson: { kind: 'adjust', by: 'carry', amountOf: (_rows, { amount }) => sizeOf(amount) },
  decide({ member, merchant, lots, adjustments, policy }, { kind, amount, reason }, context) {
    if (!member || !merchant) return refused('member_not_found');
    const { now, merchantId } = context;
    const { currency } = merchant;
    const book = openBook([...lots, ...adjustments], now);
    const other = book.account({ ownerId: merchantId, purpose: adjustmentPurpose, asset: currency });
    let transfers: readonly Transfer[];
    if (amount > 0n) {
      const above = overLimit(policy, moneyIn(lots, currency, now), amount);
      if (above) return above;
      const paidPpm = kind === 'principal' ? 0n : null;
      const terms = { kind, storeId: merchantId, paidPpm, usableFrom: null, usableUntil: null };
      transfers = [{ from: other, to: lotIn(book, member.id, currency, terms), amount }];
    } else {
      const own = payable(lots, currency, now).filter((lot) => isPrincipal(lot) === (kind === 'principal'));
      const shares = spread(inSpendingOrder(own), -amount);
      if (!shares) {
        const available = own.reduce((sum, lot) => sum + availableOn(lot), 0n);
        const isSeen = maySee(policy, moneyIn(lots, currency, now), {
          ...{ actor: context.actor, memberId: member.id, now },
        });
        return refused('insufficient_balance', {
          field: 'amount',
          ...(isSeen && { detail: `${available} is available.` }),
        });
      }
      transfers = shares.map((share) => ({ from: share.account, to: other, amount: share.amount }));
    }
    const postings = book.post(transfers);
    if (isRefused(postings)) return postings;
    const after = new Map(lots.map((lot) => [lot.id, lot]));
    for (const { to } of transfers) if (to.ownerId === member.id) after.set(to.id, to);
    const standing = [...after.values()].map((lot) => book.now(lot));
    const money = moneyIn(standing, currency, now);
    const isSeen = [moneyIn(lots, currency, now), money].every((one) =>
      maySee(policy, one, { actor: context.actor, memberId: member.id, now }),
    );
    return accepted({
      activities: [
        {
          type: 'wallet.adjusted',
          subjectId: member.id,
          amount,
          details: { kind, reason, balance: jsonAmount(money.total) },
          postings,
        },
      ],
      changes: book.changes(),
      result: {
        id: encodeId('act', context.activityId()),
        memberId: encodeId('mem', member.id),
        kind,
        amount: jsonAmount(amount),
        currency,
        balance: isSeen ? moneyAnswer(money) : null,
      },
    });
  },
});
