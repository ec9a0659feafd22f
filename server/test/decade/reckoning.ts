import { expect } from 'vitest';

// What members hold, reckoned a second time: a few lots and sums, with none of the code that is under test.

type Lot = {
  readonly kind: 'principal' | 'bonus' | 'dividend';
  readonly from: Date | null;
  readonly until: Date | null;
  left: bigint;
};
type PointsLot = { readonly from: Date | null; readonly until: Date; left: bigint };
export type Part = { readonly lot: Lot; readonly amount: bigint };

/** What a member has, and what became of it. */
export type Holder = { readonly lots: Lot[]; readonly points: PointsLot[] };

/** What the value on cards and wallets came from and went to since the year began. */
export type Flow = Record<'loaded' | 'bonus' | 'spent' | 'refunded' | 'expired', bigint>;

export const noFlow = (): Flow => ({ loaded: 0n, bonus: 0n, spent: 0n, refunded: 0n, expired: 0n });
export const newHolder = (): Holder => ({ lots: [], points: [] });

const isOver = ({ until }: { until: Date | null }, now: Date) => until !== null && until <= now;
const isUsable = (lot: { from: Date | null; until: Date | null }, now: Date) =>
  !isOver(lot, now) && (lot.from === null || lot.from <= now);
const endOf = ({ until }: { until: Date | null }) => until?.getTime() ?? Number.POSITIVE_INFINITY;
const sumOf = (lots: readonly { left: bigint }[]) => lots.reduce((sum, { left }) => sum + left, 0n);

/** Into so many parts as equal as may be, the larger first. */
export function parted(amount: bigint, count: bigint): readonly bigint[] {
  return Array.from(
    { length: Number(count) },
    (_, n) => amount / count + (BigInt(n) < amount % count ? 1n : 0n),
  );
}

export function add(flow: Flow, { lots }: Holder, lot: Lot): void {
  lots.push(lot);
  flow[lot.kind === 'principal' ? 'loaded' : 'bonus'] += lot.left;
}

/** What a wallet shows at a time. */
export function moneyOn({ lots }: Holder, now: Date) {
  const usable = lots.filter((lot) => isUsable(lot, now));
  const principal = sumOf(usable.filter(({ kind }) => kind === 'principal'));
  const bonus = sumOf(usable) - principal;
  const later = sumOf(lots.filter((lot) => !isUsable(lot, now) && !isOver(lot, now)));
  return { principal, bonus, later, total: principal + bonus };
}

/** Spends what ends soonest first; says which lots paid. */
export function spend(flow: Flow, { lots }: Holder, amount: bigint, now: Date): readonly Part[] {
  const parts: Part[] = [];
  let rest = amount;
  for (const lot of lots.filter((one) => isUsable(one, now)).toSorted((a, b) => endOf(a) - endOf(b))) {
    const part = lot.left < rest ? lot.left : rest;
    if (part > 0n) parts.push({ lot, amount: part });
    lot.left -= part;
    rest -= part;
  }
  expect(rest).toBe(0n);
  flow.spent += amount;
  return parts;
}

/** Gives a part of what was spent back, to what paid last first, after what went back before. */
export function giveBack(flow: Flow, parts: readonly Part[], of: { before: bigint; amount: bigint }): void {
  let skip = of.before;
  let rest = of.amount;
  for (const { lot, amount: paid } of parts.toReversed()) {
    const skipped = skip < paid ? skip : paid;
    skip -= skipped;
    const part = paid - skipped < rest ? paid - skipped : rest;
    lot.left += part;
    rest -= part;
  }
  flow.spent -= of.amount;
}

/** What was given and has ended is gone. */
export function lapse(flow: Flow, { lots, points }: Holder, now: Date): void {
  for (const lot of lots) {
    if (lot.kind === 'principal' || !isOver(lot, now)) continue;
    flow.expired += lot.left;
    lot.left = 0n;
  }
  for (const lot of points) if (isOver(lot, now)) lot.left = 0n;
}

export function pointsOf({ points }: Holder, now: Date) {
  const usable = sumOf(points.filter((lot) => isUsable(lot, now)));
  return { usable, pending: sumOf(points.filter((lot) => !isOver(lot, now))) - usable };
}

export function spendPoints({ points }: Holder, amount: bigint, now: Date): void {
  let rest = amount;
  for (const lot of points.filter((one) => isUsable(one, now)).toSorted((a, b) => endOf(a) - endOf(b))) {
    const part = lot.left < rest ? lot.left : rest;
    lot.left -= part;
    rest -= part;
  }
  expect(rest).toBe(0n);
}

/** All that is on wallets, whatever its time. */
export const heldBy = ({ lots }: Holder): bigint => sumOf(lots);
