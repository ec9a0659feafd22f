import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { isRefused, refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { accountsOf, inSpendingOrder, openBook, ownerAnd, spread, type Transfer } from '../ledger/index.ts';
import { versionById } from '../programs/index.ts';
import { cardAt, cardPurpose, cards, mayBeUsed, moneyOn, sellerOf } from './card.ts';
import { compensation, freed, lotsOf } from './pay.ts';

/** The amount is signed: positive gives, negative takes. */
export type AdjustInput = { readonly cardId: string; readonly amount: bigint; readonly reason: string };

/** Corrects a balance at the merchant's own cost or gain, with a reason. */
export const adjustCard = useCase({
  name: 'card.adjust',
  permission: 'cards.adjust',
  movesValue: true,
  amountOf: (input: AdjustInput) => (input.amount < 0n ? -input.amount : input.amount),

  needs(input, find) {
    const card = cardAt(input.cardId, find);
    return {
      card,
      version: card && find.one(versionById, card.versionId),
      lots: lotsOf(card?.id, find),
      adjustments: find.all(accountsOf, ownerAnd(find.merchantId, 'adjustment')),
    };
  },

  ownerStoreOf: sellerOf,

  secondPerson: {
    kind: 'adjust',
    by: 'carry',
    amountOf: (_rows, { amount }) => (amount < 0n ? -amount : amount),
  },
  decide({ card, version, lots: found, adjustments }, { amount, reason }, context) {
    if (!card || !version) return refused('card_not_found');
    const unusable = mayBeUsed(card, context.now);
    if (unusable) return unusable;
    const { lots, changes: lapsed } = freed(found, context);
    const asset = version.currency;
    const book = openBook([...lots, ...adjustments], context.now);
    const adjustment = book.account({ ownerId: context.merchantId, purpose: 'adjustment', asset });
    let transfers: Transfer[];
    if (amount > 0n) {
      const terms = { ownerId: card.id, purpose: cardPurpose, detail: compensation, asset };
      const lot = book.account(terms, { floor: 0n, usableUntil: card.validUntil });
      transfers = [{ from: adjustment, to: lot, amount }];
    } else {
      const shares = spread(inSpendingOrder(lots), -amount);
      if (!shares) {
        const { balance, held } = moneyOn(lots);
        return refused('insufficient_balance', {
          field: 'amount',
          detail: `${balance - held} is available.`,
        });
      }
      transfers = shares.map((share) => ({ from: share.account, to: adjustment, amount: share.amount }));
    }
    const balance = moneyOn(lots).balance + amount;
    // A refund may have brought it above the limit; taking from it is then as good as ever.
    if (amount > 0n && version.balanceMax !== null && balance > version.balanceMax) {
      return refused('balance_limit_exceeded', {
        field: 'amount',
        detail: `${version.balanceMax} is the most.`,
      });
    }
    const postings = book.post(transfers);
    if (isRefused(postings)) return postings;
    const gained = amount > 0n ? { loaded: card.loaded + amount, loadPostings: card.loadPostings + 1n } : {};
    return accepted({
      activities: [
        {
          type: 'card.adjusted',
          subjectId: card.id,
          amount,
          details: { reason, balance: jsonAmount(balance) },
          postings,
        },
      ],
      changes: [...lapsed, ...(amount > 0n ? [put(cards, { ...card, ...gained })] : []), ...book.changes()],
      result: {
        id: encodeId('act', context.activityId()),
        cardId: encodeId('card', card.id),
        amount: jsonAmount(amount),
        balance: jsonAmount(balance),
        currency: asset,
        createdAt: context.now.toISOString(),
      },
    });
  },
});
