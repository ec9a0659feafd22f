import { encodeId } from '../../kernel/id.ts';
import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { freedAt, lotsOf, mayTransfer, moneyOn } from '../cards/index.ts';
import { versionById } from '../programs/index.ts';
import { type Gift, giftById, gifts, isOpen, openGiftsOfCard } from './gift.ts';
import { notOwn, type OwnCardInput, ownCard } from './ownCard.ts';

export type GiveInput = OwnCardInput & { readonly tokenHash: string; readonly days: number };

const dayMs = 86_400_000;

/** Offers a card to whoever gets the link. It moves when it is claimed, with what is on it then. */
export const giveCard = useCase({
  name: 'wallet.giveCard',
  permission: 'wallet',
  movesValue: false,
  needs(input: GiveInput, find) {
    const card = ownCard(input, find);
    return {
      card,
      version: card && find.one(versionById, card.versionId),
      lots: lotsOf(card?.id, find),
      known: card ? find.all(openGiftsOfCard, card.id) : [],
    };
  },
  decide({ card, version, lots, known }, { memberId, tokenHash, days }, { now, newId }) {
    if (!card || !version) return notOwn;
    const unable = mayTransfer(card, version, moneyOn(freedAt(lots, now).lots), now);
    if (unable) return unable;
    if (known.some((gift) => isOpen(gift, now))) return refused('gift_open');
    const gift: Gift = {
      id: newId(),
      cardId: card.id,
      fromMember: memberId,
      tokenHash,
      state: 'open',
      createdAt: now,
      expiresAt: new Date(now.getTime() + days * dayMs),
      claimedBy: null,
      claimedCard: null,
      endedAt: null,
    };
    const giftId = encodeId('gift', gift.id);
    const expiresAt = gift.expiresAt.toISOString();
    return accepted({
      activities: [{ type: 'card.offered', subjectId: card.id, details: { giftId, expiresAt } }],
      changes: [put(gifts, gift)],
      result: { id: giftId, cardId: encodeId('card', card.id), expiresAt },
    });
  },
});

/** Takes a gift back that nobody has claimed. */
export const takeGiftBack = useCase({
  name: 'wallet.takeGiftBack',
  permission: 'wallet',
  movesValue: false,
  needs: ({ giftId }: { readonly memberId: string; readonly giftId: string }, find) =>
    find.one(giftById, giftId),
  decide(gift, { memberId }, { now }) {
    if (!gift || gift.fromMember !== memberId || gift.state !== 'open') return refused('gift_not_found');
    const giftId = encodeId('gift', gift.id);
    return accepted({
      activities: [{ type: 'card.offer_withdrawn', subjectId: gift.cardId, details: { giftId } }],
      changes: [put(gifts, { ...gift, state: 'taken_back', endedAt: now })],
      result: { id: giftId, cardId: encodeId('card', gift.cardId), state: 'taken_back' },
    });
  },
});
