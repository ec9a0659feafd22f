import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { cardAnswer } from './answers.ts';
import { cardAt, cards, moneyOn, releasedBatchById, sellerOf, shownState } from './card.ts';
import { freed, lotsOf } from './pay.ts';

export type UnlockPinInput = { readonly cardId: string; readonly reason: string };

/** Lets the PIN be tried again, after somebody has looked at who holds the card. */
export const unlockPin = useCase({
  name: 'card.unlockPin',
  permission: 'cards.unlock_pin',
  movesValue: false,

  needs(input: UnlockPinInput, find) {
    const card = cardAt(input.cardId, find);
    return {
      card,
      found: lotsOf(card?.id, find),
      released: card?.batchId ? find.one(releasedBatchById, card.batchId) : undefined,
    };
  },

  ownerStoreOf: sellerOf,

  decide({ card, found, released }, { reason }, context) {
    if (!card) return refused('card_not_found');
    const money = moneyOn(freed(found, context).lots);
    const details = { reason, tries: card.pinTries };
    return accepted({
      activities: [{ type: 'card.pin_unlocked', subjectId: card.id, details }],
      changes: [put(cards, { ...card, pinTries: 0 })],
      result: cardAnswer(
        card.id,
        shownState(card, money, released !== undefined, context.now),
        money.balance,
        card.validUntil,
        context,
      ),
    });
  },
});
