import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { isRefused, type Refusal, refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { accounts, end, type Hold, holdById, isStanding, withoutHolds } from '../ledger/index.ts';
import { versionById } from '../programs/index.ts';
import { settlingRows } from '../settlement/index.ts';
import { redemptionAnswer } from './answers.ts';
import { cardById, mayBeUsed } from './card.ts';
import { lotsOf, payStore } from './pay.ts';

export type CaptureInput = { readonly holdId: string; readonly amount: bigint | undefined };

/** Takes what a hold reserved, whole or in part; the rest is let go of. A hold is captured once. */
export const captureHold = useCase({
  name: 'hold.capture',
  permission: 'cards.hold',
  movesValue: true,
  amountOf: (input: CaptureInput) => input.amount,

  needs(input, find) {
    const hold = find.one(holdById, input.holdId);
    const card = hold && find.one(cardById, hold.ownerId);
    const { lots } = lotsOf(card?.id, find);
    return {
      hold,
      card,
      version: card && find.one(versionById, card.versionId),
      lots,
      settling: hold && settlingRows(hold.storeId, lots, find),
    };
  },

  ownerStoreOf: ({ hold }) => hold?.storeId,

  decide({ hold, card, version, lots, settling }, input, context) {
    const { actor, now } = context;
    if (!hold || !card || !version || !settling) return refused('hold_not_found');
    const amount = input.amount ?? hold.amount;
    const unable = mayCapture(hold, amount, now);
    if (unable) return unable;
    const ceiling = actor.ceilings.get('cards.hold');
    if (ceiling !== undefined && amount > ceiling) return refused('amount_over_ceiling', { field: 'amount' });
    // What was promised before the card expired is kept; a frozen or void card pays nothing.
    const unusable = mayBeUsed(card, now);
    if (unusable && unusable.refused !== 'card_expired') return unusable;
    const free = withoutHolds(lots, [hold]);
    // The hold says which lots it reserved, so those pay, not what the spending order would choose today.
    const reserved = hold.parts.flatMap((part) => free.filter((lot) => lot.id === part.accountId));
    const { storeId, reference } = hold;
    const currency = version.currency;
    const waiver = { evenIfUnusable: true };
    const paid = payStore(
      { lots: free, settling },
      { amount, storeId, currency, from: reserved, waiver },
      context,
    );
    if (isRefused(paid)) return paid;
    const { balance } = paid.money;
    return accepted({
      activities: [
        {
          type: 'card.captured',
          subjectId: card.id,
          storeId,
          relatedSeq: hold.seq,
          amount,
          details: { balance: jsonAmount(balance) },
          postings: paid.postings,
        },
      ],
      changes: [
        end(hold, 'captured', context.seq(), amount),
        ...free.map((lot) => put(accounts, lot)),
        ...paid.changes,
      ],
      result: {
        ...redemptionAnswer({ cardId: card.id, amount, balance, currency, storeId, reference }, context),
        holdId: encodeId('hold', hold.id),
        released: jsonAmount(hold.amount - amount),
      },
    });
  },
});

/** Why this much cannot be captured of a hold, in check order. */
function mayCapture(hold: Hold, amount: bigint, now: Date): Refusal | undefined {
  if (hold.state !== 'open')
    return refused('hold_ended', { detail: `It was ${hold.state}.`, next: 'Redeem, or place another.' });
  if (!isStanding(hold, now))
    return refused('hold_ended', { detail: 'Its time was up.', next: 'Redeem, or place another.' });
  if (amount > hold.amount)
    return refused('capture_exceeds_hold', {
      field: 'amount',
      detail: `${hold.amount} is held.`,
      next: 'Capture that, and redeem the rest.',
    });
  return undefined;
}
