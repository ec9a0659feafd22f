import { entity, finder } from '../../platform/executor/entity.ts';

/** A card on its way to a friend. Until it is claimed it stays the giver's, and can be taken back. */
export type Gift = {
  readonly id: string;
  readonly cardId: string;
  readonly fromMember: string;
  /** SHA-256 of what stands in the link, lower-case hex. */
  readonly tokenHash: string;
  readonly state: 'open' | 'claimed' | 'taken_back';
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly claimedBy: string | null;
  readonly claimedCard: string | null;
  readonly endedAt: Date | null;
};

export const gifts = entity<Gift>('gift', (gift) => gift.id);
export const giftById = finder(gifts, 'byId', (gift) => [gift.id]);
export const giftByToken = finder(gifts, 'byToken', (gift) => [gift.tokenHash]);
/** The gifts of a card that are open. Ended ones may be among them while they are in memory. */
export const openGiftsOfCard = finder(gifts, 'openOfCard', (gift) => [gift.cardId]);

/** What a member has offered and nobody has claimed. Ended ones may be among them while they are in memory. */
export const openGiftsOf = finder(gifts, 'openOfMember', (gift) => [gift.fromMember]);

/** Whether it can still be claimed. */
export function isOpen(gift: Gift, now: Date): boolean {
  return gift.state === 'open' && now < gift.expiresAt;
}
