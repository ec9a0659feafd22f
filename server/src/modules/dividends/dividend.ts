import { encodeId } from '../../kernel/id.ts';
import { allocate, amountOf, jsonAmount } from '../../kernel/money.ts';
import { type Refusal, refused } from '../../kernel/outcome.ts';
import { entity, finder } from '../../platform/executor/entity.ts';

const whole = 1_000_000;

/** What is shared: a sum, or so many ppm of what stores took in the period, or of a profit that somebody states. */
export type Source =
  | { readonly kind: 'sum'; readonly amount: number }
  | { readonly kind: 'sales'; readonly ppm: number }
  | { readonly kind: 'profit'; readonly profit: number; readonly ppm: number };

/** By what each member's part is weighed. Those below the least take no part. One level only: nobody earns by another. */
export type Weighing = {
  readonly by: 'equal' | 'wallet_spend' | 'points_earned' | 'given';
  readonly least: number;
  /** The weights themselves, where they are given. */
  readonly given: readonly { readonly memberId: string; readonly weight: number }[];
};

export type Dividend = {
  readonly id: string;
  readonly name: string;
  /** Days `YYYY-MM-DD` in the merchant's zone; the last is in it. */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly currency: string;
  readonly source: Source;
  readonly weighing: Weighing;
  /** When what is credited ends; exclusive. */
  readonly lapsesAt: Date | null;
  readonly state: 'counting' | 'counted' | 'approved' | 'paid' | 'cancelled';
  /** What the pool is a part of. */
  readonly base: bigint;
  readonly pool: bigint;
  readonly members: bigint;
  readonly paidMembers: bigint;
  readonly paid: bigint;
  readonly revision: number;
  readonly createdAt: Date;
};

export const dividends = entity<Dividend>('dividend', (dividend) => dividend.id);
export const dividendById = finder(dividends, 'byId', (dividend) => [dividend.id]);

export type Share = {
  readonly dividendId: string;
  readonly memberId: string;
  readonly weight: bigint;
  readonly amount: bigint;
  readonly state: 'due' | 'paid' | 'skipped';
};

export const dividendShares = entity<Share>(
  'dividendShare',
  ({ dividendId, memberId }) => shareKey(dividendId, memberId),
  'none',
);
export const shareByKey = finder(dividendShares, 'byKey', ({ dividendId, memberId }) => [
  shareKey(dividendId, memberId),
]);
export function shareKey(dividendId: string, memberId: string): string {
  return `${dividendId}|${memberId}`;
}

/** What is shared of a base, rounded half up. */
export function poolOf(source: Source, base: bigint): bigint {
  if (source.kind === 'sum') return amountOf(source.amount);
  const [pool = 0n] = allocate(base, [amountOf(source.ppm), amountOf(whole - source.ppm)]);
  return pool;
}

export type Weight = { readonly memberId: string; readonly weight: bigint };
export type Part = Weight & { readonly amount: bigint };

/** Shares a pool by weights to the last minor unit, by largest remainder; who would get nothing is left out. */
export function partsOf(pool: bigint, weights: readonly Weight[]): readonly Part[] {
  if (weights.length === 0 || pool === 0n) return [];
  const amounts = allocate(
    pool,
    weights.map(({ weight }) => weight),
  );
  return weights
    .map((each, place) => ({ ...each, amount: amounts[place] ?? 0n }))
    .filter(({ amount }) => amount > 0n);
}

/** Why a dividend cannot be approved, in check order; undefined if it can. */
export function mayApprove(dividend: Dividend | undefined, now: Date): Refusal | undefined {
  if (!dividend) return refused('dividend_not_found');
  if (dividend.state === 'counting') return refused('dividend_counting', { next: 'Ask again in a moment.' });
  if (dividend.state !== 'counted')
    return refused('dividend_decided', { detail: `It is ${dividend.state}.` });
  if (isOver(dividend, now)) return refused('dividend_over');
  return dividend.members === 0n ? refused('dividend_empty') : undefined;
}

/** Whether what is credited of it could not be spent any more. */
export function isOver({ lapsesAt }: Pick<Dividend, 'lapsesAt'>, now: Date): boolean {
  return lapsesAt !== null && lapsesAt <= now;
}

/** A dividend as the API shows it. */
export function dividendAnswer(dividend: Dividend) {
  const { id, name, firstDay, lastDay, currency, source, weighing, lapsesAt, state, createdAt } = dividend;
  return {
    id: encodeId('div', id),
    name,
    firstDay,
    lastDay,
    currency,
    source,
    weighing: { by: weighing.by, least: weighing.least, given: weighing.given.length },
    lapsesAt: lapsesAt?.toISOString() ?? null,
    state,
    base: jsonAmount(dividend.base),
    pool: jsonAmount(dividend.pool),
    members: jsonAmount(dividend.members),
    paidMembers: jsonAmount(dividend.paidMembers),
    paid: jsonAmount(dividend.paid),
    createdAt: createdAt.toISOString(),
  };
}
