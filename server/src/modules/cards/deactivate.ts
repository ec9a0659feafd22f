import { isRefused, type Refusal, refused } from '../../kernel/outcome.ts';
import type { LoggedPosting } from '../../platform/executor/activity.ts';
import { accepted, type Context, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { type Account, accountsOf, activityBySeq, openBook, ownerAnd } from '../ledger/index.ts';
import { cardAnswer } from './answers.ts';
import {
  type Card,
  cardAt,
  cards,
  mayBeUsed,
  moneyOn,
  releasedBatchById,
  sellerOf,
  shownState,
} from './card.ts';
import { freed, lotsOf, postingsOn } from './pay.ts';

export type DeactivateInput = { readonly cardId: string; readonly reason: string };

/** Undoes an activation that should not have been made: the payment is taken back. Only before first use. */
export const deactivateCard = useCase({
  name: 'card.deactivate',
  permission: 'cards.activate',
  movesValue: true,

  needs(input: DeactivateInput, find) {
    const card = cardAt(input.cardId, find);
    const seller = card?.soldStoreId ?? find.merchantId;
    return {
      card,
      lots: lotsOf(card?.id, find),
      released: card?.batchId ? find.one(releasedBatchById, card.batchId) : undefined,
      activation: card?.activationSeq ? find.one(activityBySeq, String(card.activationSeq)) : undefined,
      others: [
        ...find.all(accountsOf, ownerAnd(seller, 'tender')),
        ...find.all(accountsOf, ownerAnd(find.merchantId, 'sale_difference')),
      ],
    };
  },

  ownerStoreOf: sellerOf,
  secondPerson: { kind: 'refund', by: 'carry', amountOf: ({ card }) => card?.loaded ?? 0n },

  decide({ card, lots: found, released, activation, others }, input, context) {
    if (!card) return refused('card_not_found');
    const { lots, changes: lapsed } = freed(found, context);
    const unable = mayDeactivate(card, lots, context);
    if (unable) return unable;
    // What came from another card was not sold with this one.
    if (!activation) return refused('card_used', { next: 'Void it, or adjust its balance.' });
    const book = openBook([...lots, ...others], context.now);
    const postings = book.post(undoing(activation.postings, [...lots, ...others]));
    if (isRefused(postings)) return postings;
    const restored: Card = {
      ...card,
      state: 'generated',
      loaded: 0n,
      loadPostings: 0n,
      activationSeq: null,
      activatedAt: null,
      soldStoreId: null,
      validUntil: null,
      holder: null,
    };
    const storeId = card.soldStoreId ?? undefined;
    return accepted({
      activities: [
        {
          type: 'card.deactivated',
          subjectId: card.id,
          storeId,
          relatedSeq: activation.seq,
          amount: card.loaded,
          details: { reason: input.reason },
          postings,
        },
      ],
      changes: [...lapsed, put(cards, restored), ...book.changes()],
      result: cardAnswer(
        card.id,
        shownState(restored, moneyOn([]), released !== undefined, context.now),
        0n,
        null,
        context,
      ),
    });
  },
});

/** Why an activation stays, in check order; undefined if it may be undone. */
function mayDeactivate(card: Card, lots: readonly Account[], { now }: Context): Refusal | undefined {
  const unusable = mayBeUsed(card, now);
  if (unusable) return unusable;
  if (moneyOn(lots).held > 0n) return refused('card_held', { next: 'Capture or release the hold first.' });
  // What was loaded later stands under payments of its own, which this would not undo.
  const untouched = postingsOn(lots) === card.loadPostings && card.loaded === card.faceValue;
  return untouched ? undefined : refused('card_used', { next: 'Refund what was paid, or void the card.' });
}

/** Transfers that take back what these postings gave: they stand in pairs, payer first. */
function undoing(postings: readonly LoggedPosting[], accounts: readonly Account[]) {
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const transfers: { from: Account; to: Account; amount: bigint }[] = [];
  for (let n = postings.length - 1; n > 0; n -= 2) {
    const received = postings[n];
    const paid = postings[n - 1];
    const from = received && byId.get(received.accountId);
    const to = paid && byId.get(paid.accountId);
    if (from && to && received) transfers.push({ from, to, amount: received.amount });
  }
  return transfers;
}
