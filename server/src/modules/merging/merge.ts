import { type Refusal, refused } from '../../kernel/outcome.ts';
import type { Find } from '../../platform/executor/workingSet.ts';
import { type Card, cardsOfHolder, memberHolder } from '../cards/index.ts';
import { couponsHeldBy } from '../coupons/index.ts';
import { familySide } from '../families/index.ts';
import type { Account } from '../ledger/index.ts';
import { type Member, memberById, tagsMax } from '../members/index.ts';
import { membershipRows } from '../memberships/index.ts';
import { merchantById, storeById } from '../merchants/index.ts';
import { pendingOrdersOf } from '../payments/index.ts';
import { pointsRows, waitingOrdersOf } from '../points/index.ts';
import { isOpenGift, openComplaintsOf, openGiftsOf } from '../wallet/index.ts';
import { topUpsOf, walletLots } from '../wallets/index.ts';

/** Two records of one person: the first goes, the second stays. */
export type MergeInput = {
  readonly fromId: string;
  readonly intoId: string;
  readonly reason: (typeof mergeReasons)[number];
};

/** Why there are two. No free words: the log keeps them for ever, and they would be about somebody. */
export const mergeReasons = ['imported', 'enrolled_twice', 'new_number', 'other'] as const;

/** All of one of the two. */
function sideRows(memberId: string, find: Find) {
  const lots = walletLots(memberId, find);
  // For who is shown it: by their names.
  for (const { detail } of lots) {
    const [, storeId = ''] = detail.split('|');
    if (storeId !== '') find.one(storeById, storeId);
  }
  return {
    member: find.one(memberById, memberId),
    lots,
    topUps: find.all(topUpsOf, memberId),
    points: pointsRows(memberId, find),
    membership: membershipRows(memberId, find),
    cards: find.all(cardsOfHolder, memberHolder(memberId)),
    coupons: find.all(couponsHeldBy, memberId),
    family: familySide(memberId, find),
    open: {
      payments: find.all(pendingOrdersOf, memberId),
      gifts: find.all(waitingOrdersOf, memberId),
      offers: find.all(openGiftsOf, memberId),
      complaints: find.all(openComplaintsOf, memberId),
    },
  };
}

export type Side = ReturnType<typeof sideRows>;

/** For `needs`: all of both. */
export function mergeRows({ fromId, intoId }: Pick<MergeInput, 'fromId' | 'intoId'>, find: Find) {
  return {
    merchant: find.one(merchantById, find.merchantId),
    from: sideRows(fromId, find),
    into: sideRows(intoId, find),
  };
}

export type MergeRows = ReturnType<typeof mergeRows>;

/** The two of them, both there; or why they are not. */
export function bothOf({ from, into }: MergeRows): { from: Member; into: Member } | Refusal {
  const gone = goneOf(from.member) ?? goneOf(into.member, 'intoId');
  if (gone || !from.member || !into.member) return gone ?? refused('member_not_found');
  if (from.member.id === into.member.id) return refused('merge_with_self', { field: 'intoId' });
  return { from: from.member, into: into.member };
}

function goneOf(member: Member | undefined, field?: string): Refusal | undefined {
  const at = field === undefined ? {} : { field };
  if (member?.state === 'active') return undefined;
  return refused(member?.state === 'merged' ? 'member_merged' : 'member_not_found', at);
}

/** What may not have ended of a member. */
export const openThings = ['hold', 'payment', 'gift', 'offer', 'complaint'] as const;
export type OpenThing = (typeof openThings)[number];

/** Why two cannot be merged; `what`: what has not ended, where it is that. */
export type Against = { readonly refusal: Refusal; readonly what?: OpenThing };

const open: Readonly<Record<OpenThing, { readonly detail: string; readonly next: string }>> = {
  hold: { detail: 'Part of the wallet is held.', next: 'Capture or release the hold.' },
  payment: { detail: 'A payment has been begun.', next: 'Wait until it is paid or has ended.' },
  gift: { detail: 'A gift for points waits in a store.', next: 'Hand it over or cancel it.' },
  offer: {
    detail: 'A card has been offered to somebody.',
    next: 'Have it taken back, or wait until it is claimed.',
  },
  complaint: { detail: 'A complaint is not answered.', next: 'Answer it.' },
};

/** More of one member's than this is too much to be shown to who has to approve it. */
const mostMoved = 500;

/** What stands in the way of the one who goes, each of which somebody can end first. */
export function standingOpen(side: Side, now: Date): readonly Against[] {
  const { lots, topUps, cards, coupons, points } = side;
  const isSo: Readonly<Record<OpenThing, boolean>> = {
    hold: lots.some(isHeld),
    payment: side.open.payments.length > 0,
    gift: side.open.gifts.length > 0,
    offer: side.open.offers.some((gift) => isOpenGift(gift, now)),
    complaint: side.open.complaints.length > 0,
  };
  const against: Against[] = openThings
    .filter((what) => isSo[what])
    .map((what) => ({ what, refusal: refused('member_has_open', open[what]) }));
  if ([...lots, ...points.accounts].some(({ state }) => state === 'frozen'))
    against.push({ refusal: refused('account_frozen', { next: 'Find out why before anything moves.' }) });
  if (lots.length + topUps.length + cards.length + coupons.length > mostMoved)
    against.push({ refusal: refused('merge_too_large', { next: 'Merge the other way round.' }) });
  return against;
}

const isHeld = ({ held }: Account): boolean => held > 0n;

/** The tags of both: those of who stays first, as many as one may have. */
export function tagsOfBoth(from: Member, into: Member): readonly string[] {
  return [...new Set([...into.tags, ...from.tags])].slice(0, tagsMax);
}

/** A card once it is another's. */
export const cardOver = (card: Card, memberId: string): Card => ({ ...card, holder: memberHolder(memberId) });
