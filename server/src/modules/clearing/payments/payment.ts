import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { type Refusal, refused } from '../../../kernel/outcome.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';
import type { Period } from '../period/period.ts';

/** Until which period's end pairs were moved to the merchant. */
export type Netting = { readonly periodId: string; readonly number: number; readonly createdAt: Date };

export const nettings = entity<Netting>('clearingNetting', ({ periodId }) => periodId);
export const allNettings = finder(nettings, 'all', () => ['all']);

/** Why a period is not netted; undefined if it may be. What was netted further on has it in it. */
export function mayNet(
  period: Pick<Period, 'state' | 'number'>,
  before: readonly Netting[],
): Refusal | undefined {
  if (period.state !== 'closed') return refused('settlement_period_not_closed');
  if (before.some(({ number }) => number >= period.number)) return refused('settlement_period_netted');
  return undefined;
}

/** What one party is owed by another at the end of a period, but for nettings and payments: read out of the log, never written. */
export type Outstanding = {
  readonly periodId: string;
  readonly ownerId: string;
  readonly counterpartId: string;
  readonly currency: string;
  readonly amount: bigint;
};

export const outstandings = entity<Outstanding>(
  'clearingOutstanding',
  ({ periodId, ownerId, counterpartId, currency }) => `${periodId}|${ownerId}|${counterpartId}|${currency}`,
  'none',
);
export const outstandingAt = finder(outstandings, 'atEndOf', ({ periodId }) => [periodId]);

/** What is left to be paid between a party and the merchant once a period was netted. */
export type Payment = {
  readonly id: string;
  readonly periodId: string;
  readonly payerId: string;
  readonly payeeId: string;
  readonly currency: string;
  readonly amount: bigint;
  readonly state: 'due' | 'paid' | 'replaced';
  /** How the bank or the till names it. */
  readonly reference: string | null;
  readonly createdAt: Date;
  readonly paidAt: Date | null;
  readonly paidBy: string | null;
};

export const payments = entity<Payment>('clearingPayment', ({ id }) => id, 'none');
export const paymentById = finder(payments, 'byId', ({ id }) => [id]);
export const duePayments = finder(payments, 'due', ({ state }) => (state === 'due' ? ['due'] : []));

/** A payment as the API shows it. A store or a party beside them; null: the merchant. */
export function paymentAnswer(payment: Payment, nameOf: (id: string) => string | null) {
  return {
    id: encodeId('spy', payment.id),
    periodId: encodeId('stp', payment.periodId),
    payerId: nameOf(payment.payerId),
    payeeId: nameOf(payment.payeeId),
    currency: payment.currency,
    amount: jsonAmount(payment.amount),
    state: payment.state,
    reference: payment.reference,
    createdAt: payment.createdAt.toISOString(),
    paidAt: payment.paidAt?.toISOString() ?? null,
  };
}
