import { type Refusal, refused } from '../../kernel/outcome.ts';
import { useCase } from '../../platform/executor/useCase.ts';
import type { Find } from '../../platform/executor/workingSet.ts';
import { type Card, cardAt, freezeCard, memberHolder } from '../cards/index.ts';
import { memberAt } from '../members/index.ts';

/** Which card of which member it is about. The member is whoever is signed in; the card is only claimed to be theirs. */
export type OwnCardInput = { readonly memberId: string; readonly cardId: string };

/** A member's own card; any other is answered like one that there is not. */
export function ownCard({ memberId, cardId }: OwnCardInput, find: Find): Card | undefined {
  const card = cardAt(cardId, find);
  const member = memberAt(memberId, find);
  return card && member && card.holder === memberHolder(member.id) ? card : undefined;
}

export const notOwn: Refusal = refused('card_not_found');

/** Stops a card that its holder has lost. Only staff, who see the holder before them, let it be used again. */
export const freezeOwnCard = useCase({
  name: 'wallet.freezeCard',
  permission: 'wallet',
  movesValue: false,
  needs: (input: OwnCardInput, find) => ({
    card: ownCard(input, find),
    freezing: freezeCard.needs({ cardId: input.cardId, cause: 'lost', reason: lost }, find),
  }),
  decide: ({ card, freezing }, { cardId }, context) =>
    card ? freezeCard.decide(freezing, { cardId, cause: 'lost', reason: lost }, context) : notOwn,
});

const lost = 'reported lost by its holder';
