import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { isRefused, refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { accountsOf, openBook, ownerAnd } from '../ledger/index.ts';
import { storeById } from '../merchants/index.ts';
import { versionById } from '../programs/index.ts';
import type { PaymentIn } from './activate.ts';
import { mayReload } from './allowed.ts';
import { cardAt, cardPurpose, cards, moneyOn } from './card.ts';
import { lotsOf, principalOf } from './pay.ts';

export type ReloadInput = {
  readonly cardId: string;
  readonly amount: bigint;
  readonly storeId: string;
  readonly payment: PaymentIn;
};

/** Puts more money on a card, against a payment of as much. The store that took the payment answers for that lot. */
export const reloadCard = useCase({
  name: 'card.reload',
  permission: 'cards.reload',
  movesValue: true,
  storeOf: (input: ReloadInput) => input.storeId,
  amountOf: (input) => input.amount,

  needs(input, find) {
    const card = cardAt(input.cardId, find);
    return {
      card,
      version: card && find.one(versionById, card.versionId),
      store: find.one(storeById, input.storeId),
      lots: lotsOf(card?.id, find).lots,
      tenders: find.all(accountsOf, ownerAnd(input.storeId, 'tender')),
    };
  },

  decide({ card, version, store, lots, tenders }, { amount, storeId, payment }, context) {
    if (!card || !version) return refused('card_not_found');
    if (!store) return refused('store_not_found', { field: 'storeId' });
    if (store.state !== 'open') return refused('store_closed', { field: 'storeId' });
    const unable = mayReload(card, version, context.now);
    if (unable) return unable;
    if (payment.amount !== amount) return refused('payment_mismatch', { field: 'payment.amount' });
    const before = moneyOn(lots).balance;
    if (version.balanceMax !== null && before + amount > version.balanceMax) {
      return refused('balance_limit_exceeded', {
        field: 'amount',
        detail: `${version.balanceMax} is the most.`,
      });
    }
    const asset = version.currency;
    const book = openBook([...lots, ...tenders], context.now);
    const lot = book.account(
      { ownerId: card.id, purpose: cardPurpose, detail: principalOf(storeId), asset },
      { floor: 0n, usableUntil: card.validUntil },
    );
    const tender = book.account({ ownerId: storeId, purpose: 'tender', detail: payment.tender, asset });
    const postings = book.post([{ from: tender, to: lot, amount }]);
    if (isRefused(postings)) return postings;
    const balance = before + amount;
    const details = {
      tender: payment.tender,
      paymentReference: payment.reference,
      balance: jsonAmount(balance),
    };
    return accepted({
      activities: [{ type: 'card.reloaded', subjectId: card.id, storeId, amount, details, postings }],
      changes: [
        put(cards, { ...card, loaded: card.loaded + amount, loadPostings: card.loadPostings + 1n }),
        ...book.changes(),
      ],
      result: {
        id: encodeId('act', context.activityId()),
        cardId: encodeId('card', card.id),
        amount: jsonAmount(amount),
        balance: jsonAmount(balance),
        currency: asset,
        storeId: encodeId('store', storeId),
        createdAt: context.now.toISOString(),
      },
    });
  },
});
