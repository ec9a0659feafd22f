import { encodeId } from '../../kernel/id.ts';
import { type Refusal, refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { type Change, put } from '../../platform/executor/workingSet.ts';
import {
  type Card,
  cardAt,
  cards,
  mayBeUsed,
  memberHolder,
  type Presented,
  presentedRows,
  recognise,
  sellerOf,
} from '../cards/index.ts';
import { memberAt } from './member.ts';

/** Why a card cannot become this member's, in check order; undefined if it can. */
function mayBind(card: Card, holder: string, now: Date): Refusal | undefined {
  const unusable = mayBeUsed(card, now);
  if (unusable) return unusable;
  if (card.holder === null || card.holder === holder) return undefined;
  return refused('card_has_holder', {
    next: 'Whoever has it can give it away, or transfer it at the counter.',
  });
}

function bound(card: Card, holder: string, changes: readonly Change[], by: string) {
  return accepted({
    activities: [{ type: 'card.bound', subjectId: card.id, details: { holder, by } }],
    changes: [...changes, put(cards, { ...card, holder })],
    result: { cardId: encodeId('card', card.id), holder },
  });
}

export type BindInput = { readonly memberId: string; readonly cardId: string };

/**
 * Makes a card a member's: at the counter, by staff who have the card or its sale before them. Whose a card is decides whose
 * its money is, without its code or PIN: so who may say it is who may transfer cards.
 */
export const bindCard = useCase({
  name: 'member.bindCard',
  permission: 'cards.transfer',
  movesValue: false,
  needs: ({ memberId, cardId }: BindInput, find) => ({
    member: memberAt(memberId, find),
    card: cardAt(cardId, find),
  }),
  ownerStoreOf: sellerOf,
  decide({ member, card }, _input, { now }) {
    if (!member) return refused('member_not_found');
    if (!card) return refused('card_not_found', { field: 'cardId' });
    const holder = memberHolder(member.id);
    return mayBind(card, holder, now) ?? bound(card, holder, [], 'staff');
  },
});

/** Takes a card off a member: it is then whoever's has its code and PIN. */
export const unbindCard = useCase({
  name: 'member.unbindCard',
  permission: 'cards.transfer',
  movesValue: false,
  needs: ({ memberId, cardId }: BindInput, find) => ({
    member: memberAt(memberId, find),
    card: cardAt(cardId, find),
  }),
  ownerStoreOf: sellerOf,
  decide({ member, card }) {
    if (!member) return refused('member_not_found');
    const holder = memberHolder(member.id);
    if (!card || card.holder !== holder) return refused('card_not_found', { field: 'cardId' });
    return accepted({
      activities: [{ type: 'card.unbound', subjectId: card.id, details: { holder } }],
      changes: [put(cards, { ...card, holder: null })],
      result: { cardId: encodeId('card', card.id), holder: null },
    });
  },
});

export type AddCardInput = { readonly memberId: string; readonly presented: Presented };

/** Makes a card one's own: by whoever knows its code and PIN. A wrong guess costs what it costs anywhere. */
export const addCard = useCase({
  name: 'wallet.addCard',
  permission: 'wallet',
  movesValue: false,
  needs: ({ memberId, presented }: AddCardInput, find) => ({
    member: memberAt(memberId, find),
    presented: presentedRows(presented, find),
  }),
  decide(rows, { presented }, context) {
    if (!rows.member) return refused('not_signed_in');
    // A payment code says that the card has a holder; it is no title to the card.
    if (presented.payment) return refused('not_recognised');
    const found = recognise(rows.presented, presented, context, undefined);
    if (!('card' in found)) return found;
    const holder = memberHolder(rows.member.id);
    // The right PIN has set the count of wrong ones back.
    const card = { ...found.card, pinTries: 0 };
    return mayBind(card, holder, context.now) ?? bound(card, holder, found.changes, 'code');
  },
});
