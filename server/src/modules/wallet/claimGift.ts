import { decodeId, encodeId } from '../../kernel/id.ts';
import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { memberHolder, type NewSecrets, transferCard } from '../cards/index.ts';
import { memberAt } from '../members/index.ts';
import { giftByToken, gifts, isOpen } from './gift.ts';
import { notOwn, ownCard } from './ownCard.ts';

export type ClaimInput = {
  readonly memberId: string;
  readonly tokenHash: string;
  /** Of the card that takes over; nobody is ever shown them. */
  readonly secrets: NewSecrets;
  readonly idempotencyKey: string;
};

/**
 * Makes a gift the card of whoever claims it first. What was on the giver's card moves to a new one, by the rules of every
 * transfer, so that its old code and PIN, which the giver knows, pay nothing any more.
 */
export const claimGift = useCase({
  name: 'wallet.claimGift',
  permission: 'wallet',
  movesValue: true,
  needs(input: ClaimInput, find) {
    const gift = find.one(giftByToken, input.tokenHash);
    return {
      gift,
      member: memberAt(input.memberId, find),
      card: gift && ownCard({ memberId: gift.fromMember, cardId: gift.cardId }, find),
      transfer: gift && transferCard.needs(transferOf(gift.cardId, input), find),
    };
  },
  decide({ gift, member, card, transfer }, input, context) {
    if (!member) return refused('not_signed_in');
    if (!gift || !transfer || !isOpen(gift, context.now)) return refused('gift_not_found');
    if (gift.fromMember === member.id) return refused('gift_own');
    // The giver's no more: it was taken off them, or went another way.
    if (!card) return refused('gift_not_found');
    const moved = transferCard.decide(transfer, transferOf(gift.cardId, input), context);
    if (!('accepted' in moved)) return moved;
    const { cardId, balance, createdAt } = moved.result;
    const heirId = decodeId('card', cardId);
    if (heirId === undefined) return notOwn;
    const claimed = {
      ...gift,
      state: 'claimed' as const,
      claimedBy: member.id,
      claimedCard: heirId,
      endedAt: context.now,
    };
    const details = { giftId: encodeId('gift', gift.id), holder: memberHolder(member.id) };
    return accepted({
      activities: [...moved.activities, { type: 'card.gift_claimed', subjectId: heirId, details }],
      changes: [...moved.changes, put(gifts, claimed)],
      result: { cardId, balance, createdAt },
    });
  },
});

function transferOf(cardId: string, { memberId, secrets, idempotencyKey }: ClaimInput) {
  const holder = memberHolder(memberId);
  return { cardId, reason: 'gift', holder, amount: undefined, secrets, idempotencyKey };
}
