import { activityId, decodeId } from '../../../kernel/id.ts';
import type { Find } from '../../../platform/executor/workingSet.ts';
import { giveBackAccounts, redemptionRows } from '../../cards/index.ts';
import { couponRows } from '../../coupons/index.ts';
import { shareById } from '../../families/index.ts';
import {
  type Account,
  accountsOf,
  activityBySeq,
  type Book,
  openBook,
  ownerAnd,
} from '../../ledger/index.ts';
import { heirOf } from '../../members/index.ts';
import { membershipRows } from '../../memberships/index.ts';
import { merchantById } from '../../merchants/index.ts';
import { pointsRows } from '../../points/index.ts';
import { settledRows } from '../../settlement/index.ts';
import { walletLots } from '../../wallets/index.ts';
import { detailsOf, returnOfPurchase } from '../purchase/record.ts';

export type Named = { readonly purchaseId: string; readonly purchaseSeq: bigint };

/** For `needs`: what giving a purchase back is about. */
export function refundRows({ purchaseId, purchaseSeq }: Named, find: Find) {
  const found = find.one(activityBySeq, String(purchaseSeq));
  const details = detailsOf(found);
  // The id names more than a number in the log.
  const isIt = found && details && activityId(found.occurredAt, found.seq) === purchaseId;
  if (!isIt || found.storeId === null || found.amount === null) return undefined;
  const { subjectId, storeId, postings } = found;
  // Who was merged into another since has it back there.
  const memberId = subjectId === null ? null : heirOf(subjectId, find);
  const family = details.tenders.find((tender) => tender.family)?.family;
  const ownerId = family ? (decodeId('mem', family.payerId) ?? null) : subjectId;
  const walletOf = ownerId === null ? null : heirOf(ownerId, find);
  const lots = walletLots(ownerId ?? undefined, find);
  const heirLots = walletOf === null || walletOf === ownerId ? [] : walletLots(walletOf, find);
  return {
    walletOf,
    share: family && find.one(shareById, decodeId('fsh', family.shareId) ?? ''),
    paidAt: found.occurredAt,
    zone: find.one(merchantById, find.merchantId)?.timezone ?? 'UTC',
    details,
    storeId,
    memberId,
    due: found.amount,
    seq: found.seq,
    postings,
    lots,
    heirLots,
    back: find.one(returnOfPurchase, String(found.seq)),
    settled: settledRows(storeId, postings, lots, find),
    tills: find.all(accountsOf, ownerAnd(storeId, 'tender')),
    points: memberId === null ? undefined : pointsRows(memberId, find),
    membership: memberId === null ? undefined : membershipRows(memberId, find),
    coupon: details.coupon && couponRows(decodeId('cpn', details.coupon.id) ?? '', find),
    cards: details.tenders.map(({ redemptionSeq }) =>
      redemptionSeq === null ? undefined : redemptionRows(BigInt(redemptionSeq), find),
    ),
  };
}

export type RefundRows = NonNullable<ReturnType<typeof refundRows>>;

/** The accounts that a refund may move. */
export function refundBook(rows: RefundRows, now: Date): Book {
  const cardAccounts = rows.cards.flatMap((card) => (card ? giveBackAccounts(card) : []));
  const known = new Map(
    [
      ...[...rows.lots, ...rows.heirLots, ...rows.settled, ...rows.tills],
      ...[...(rows.points?.accounts ?? []), ...(rows.coupon?.accounts ?? []), ...cardAccounts],
    ].map((account: Account) => [account.id, account]),
  );
  return openBook([...known.values()], now);
}
