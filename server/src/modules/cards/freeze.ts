import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { accounts } from '../ledger/index.ts';
import { mayFreeze } from './allowed.ts';
import { cardAnswer } from './answers.ts';
import { cardAt, cards, moneyOn, sellerOf } from './card.ts';
import { lotsOf } from './pay.ts';

/** `cause`: a card reported lost may be replaced while frozen, one frozen for risk may not. */
export type FreezeInput = {
  readonly cardId: string;
  readonly cause: 'lost' | 'risk';
  readonly reason: string;
};

/** Stops a card: whatever is decided after this one pays nothing. */
export const freezeCard = useCase({
  name: 'card.freeze',
  permission: 'cards.freeze',
  movesValue: false,

  needs(input: FreezeInput, find) {
    const card = cardAt(input.cardId, find);
    return { card, lots: lotsOf(card?.id, find).lots };
  },

  ownerStoreOf: sellerOf,

  decide({ card, lots }, { cause, reason }, context) {
    if (!card) return refused('card_not_found');
    const unable = mayFreeze(card);
    if (unable) return unable;
    return accepted({
      activities: [{ type: 'card.frozen', subjectId: card.id, details: { cause, reason } }],
      changes: [
        put(cards, { ...card, state: 'frozen', reason: cause }),
        ...lots.map((lot) => put(accounts, { ...lot, state: 'frozen' })),
      ],
      result: cardAnswer(card.id, 'frozen', moneyOn(lots).balance, card.validUntil, context),
    });
  },
});
