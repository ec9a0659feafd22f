import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { accounts } from '../ledger/index.ts';
import { mayUnfreeze } from './allowed.ts';
import { cardAnswer } from './answers.ts';
import { type Card, cardAt, cards, moneyOn, sellerOf, shownState } from './card.ts';
import { freed, lotsOf } from './pay.ts';

export type UnfreezeInput = { readonly cardId: string; readonly reason: string };

/** Lets a frozen card be used again. */
export const unfreezeCard = useCase({
  name: 'card.unfreeze',
  permission: 'cards.freeze',
  movesValue: false,

  needs(input: UnfreezeInput, find) {
    const card = cardAt(input.cardId, find);
    return { card, found: lotsOf(card?.id, find) };
  },

  ownerStoreOf: sellerOf,

  decide({ card, found }, { reason }, context) {
    if (!card) return refused('card_not_found');
    const unable = mayUnfreeze(card);
    if (unable) return unable;
    const thawed: Card = { ...card, state: 'active', reason: null };
    const { lots, changes: lapsed } = freed(found, context);
    const money = moneyOn(lots);
    return accepted({
      activities: [{ type: 'card.unfrozen', subjectId: card.id, details: { reason } }],
      changes: [
        ...lapsed,
        put(cards, thawed),
        ...lots.map((lot) => put(accounts, { ...lot, state: 'open' })),
      ],
      result: cardAnswer(
        card.id,
        shownState(thawed, money, true, context.now),
        money.balance,
        card.validUntil,
        context,
      ),
    });
  },
});
