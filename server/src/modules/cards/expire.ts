import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { cardAnswer } from './answers.ts';
import { cardAt, cards, isExpired, moneyOn } from './card.ts';
import { lotsOf } from './pay.ts';

export type ExpireInput = { readonly cardId: string };

/**
 * Notes that a card's validity is over. It paid nothing from that instant on, noted or not; its value stays on it,
 * since it may have to be reactivated.
 */
export const expireCard = useCase({
  name: 'card.expire',
  permission: 'cards.extend',
  movesValue: false,

  needs(input: ExpireInput, find) {
    const card = cardAt(input.cardId, find);
    return { card, lots: lotsOf(card?.id, find).lots };
  },

  decide({ card, lots }, _input, context) {
    if (!card) return refused('card_not_found');
    if (card.state !== 'active' || !isExpired(card, context.now)) return refused('card_not_expired');
    const { balance } = moneyOn(lots);
    return accepted({
      activities: [{ type: 'card.expired', subjectId: card.id, amount: balance }],
      changes: [put(cards, { ...card, state: 'expired' })],
      result: cardAnswer(card.id, 'expired', balance, card.validUntil, context),
    });
  },
});
