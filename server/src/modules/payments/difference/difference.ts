import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';

export const differenceKinds = [
  'amount_mismatch',
  'currency_mismatch',
  'account_mismatch',
  'paid_late',
  'paid_twice',
  'not_credited',
  'refund_failed',
] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

/** Where what a channel says and what we expected are not the same: somebody sees it, and it is set right. */
export type Difference = {
  readonly id: string;
  readonly orderId: string;
  readonly kind: DifferenceKind;
  /** What the channel calls the payment. */
  readonly transaction: string;
  readonly amount: bigint;
  readonly currency: string;
  /** The one code that says why it was not credited, or why the channel would not refund. */
  readonly reason: string | null;
  readonly state: 'open' | 'refunding' | 'refunded' | 'credited' | 'dismissed';
  readonly createdAt: Date;
  readonly endedAt: Date | null;
};

export const differences = entity<Difference>('paymentDifference', ({ id }) => id);
export const differenceById = finder(differences, 'byId', ({ id }) => [id]);
/** A thing is a difference once, however often a channel says it. */
export const differenceOf = finder(differences, 'of', ({ orderId, kind, transaction }) => [
  differenceKey(orderId, kind, transaction),
]);

/** The key of `differenceOf`. */
export function differenceKey(orderId: string, kind: DifferenceKind, transaction: string): string {
  return `${orderId}|${kind}|${transaction}`;
}

/** A difference as the API shows it. */
export function differenceAnswer(difference: Difference) {
  return {
    id: encodeId('pdf', difference.id),
    orderId: encodeId('pay', difference.orderId),
    kind: difference.kind,
    transaction: difference.transaction,
    amount: jsonAmount(difference.amount),
    currency: difference.currency,
    reason: difference.reason,
    state: difference.state,
    createdAt: difference.createdAt.toISOString(),
    endedAt: difference.endedAt?.toISOString() ?? null,
  };
}
