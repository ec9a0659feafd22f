import { allocate } from '../../kernel/money.ts';
import type { Visit } from './plan.ts';

/** What a year card costs, in cents. */
export const cardPrice = 2_500n;
/** What it takes off a basket that is paid out of the wallet, in parts per million. */
export const discountPpm = 50_000n;
/** What every member puts on the wallet with the card, in cents. */
export const firstTopUp = 10_000n;
/** A wallet that runs short is topped up by what is missing, rounded up to this, in cents. */
const topUpStep = 5_000n;
/** From this much on a top-up is given a tenth on top, in cents. */
export const bonusFrom = 10_000n;
export const bonusPpm = 100_000n;

const whole = 1_000_000n;

/** A basket as a member pays it, all of it a function of the data. */
export type MemberVisit = Visit & {
  /** The basket's price less the card's discount, in cents. */
  readonly due: bigint;
  /** In cents; 0: there is enough on the wallet. */
  readonly topUp: bigint;
};

/** What a household's wallet must show in the end, in cents. */
export type ExpectedWallet = { readonly loads: bigint; readonly bonus: bigint; readonly spend: bigint };

export type MemberPlan = {
  readonly visits: readonly MemberVisit[];
  readonly expected: ReadonlyMap<string, ExpectedWallet>;
  readonly purchases: number;
  /** Besides the first of each member. */
  readonly topUps: number;
};

/** The same baskets, each household now a member with a year card who pays out of a wallet. */
export function memberPlanOf(baskets: readonly Visit[]): MemberPlan {
  const expected = new Map<string, ExpectedWallet>();
  const visits = baskets.map((visit): MemberVisit => {
    const known = expected.get(visit.householdId) ?? loaded({ loads: 0n, bonus: 0n, spend: 0n }, firstTopUp);
    const due = visit.total - discountOn(visit.total);
    const missing = due - (known.loads + known.bonus - known.spend);
    const topUp = missing <= 0n ? 0n : ((missing + topUpStep - 1n) / topUpStep) * topUpStep;
    const { loads, bonus, spend } = loaded(known, topUp);
    expected.set(visit.householdId, { loads, bonus, spend: spend + due });
    return { ...visit, due, topUp };
  });
  return {
    visits,
    expected,
    purchases: visits.filter(({ total }) => total > 0n).length,
    topUps: visits.filter(({ topUp }) => topUp > 0n).length,
  };
}

function loaded({ loads, bonus, spend }: ExpectedWallet, amount: bigint): ExpectedWallet {
  const more = amount >= bonusFrom ? (amount * bonusPpm) / whole : 0n;
  return { loads: loads + amount, bonus: bonus + more, spend };
}

/** As the service rounds it: by largest remainder between what comes off and what is left to pay. */
function discountOn(total: bigint): bigint {
  return total === 0n ? 0n : (allocate(total, [discountPpm, whole - discountPpm])[0] ?? 0n);
}
