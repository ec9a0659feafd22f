import type { Party } from './settlementModel.ts';

// What members hold and what becomes of it, written from the issue and not from the code: small lists of lots.

type Term = { readonly from: Date | null; readonly until: Date | null };
export type Lot = Term & {
  readonly kind: 'principal' | 'bonus' | 'points';
  /** Who answers for it; of points nobody is asked. */
  readonly seller: Party;
  left: bigint;
};
type Part = { readonly lot: Lot; readonly amount: bigint };

export type Order = 'soonest_end' | 'bonus_first' | 'principal_first' | 'pro_rata';
/** Paid for in cash, with a bonus in parts. */
export type TopUp = {
  readonly principal: Part;
  readonly bonus: readonly Part[];
  readonly at: Date;
  /** What went back to who paid it, or was taken off with that. */
  readonly returned: { principal: bigint; bonus: bigint; paid: bigint };
};
/** Who always tops up in one store, so that no two of their lots are alike but for who answers for them. */
export type Member = {
  readonly home: Exclude<Party, 'hq'>;
  readonly lots: Lot[];
  readonly topUps: TopUp[];
  owed: bigint;
};
export type Purchase = {
  readonly price: bigint;
  readonly cash: bigint;
  readonly worth: bigint;
  readonly wallet: readonly Part[];
  readonly points: readonly Part[];
  readonly earned: bigint;
  readonly into: Lot | undefined;
  returned: bigint;
};

/** How a refund takes and gives depends on what points that are earned now end with. */
export type Terms = { readonly now: Date; readonly earned: Term; readonly returned: Term };

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const sumOf = (lots: readonly { left: bigint }[]): bigint => lots.reduce((sum, { left }) => sum + left, 0n);
const amountOf = (parts: readonly Part[]): bigint => parts.reduce((sum, { amount }) => sum + amount, 0n);
const isOver = ({ until }: Term, now: Date) => until !== null && until <= now;
const isLater = ({ from }: Term, now: Date) => from !== null && from > now;
const isUsable = (lot: Lot, now: Date) => !isOver(lot, now) && !isLater(lot, now);
const timeOf = (at: Date | null, none: number) => at?.getTime() ?? none;
/** Of two that end together the one that came first stays first. */
const soonest = (a: Term, b: Term) =>
  timeOf(a.until, Number.MAX_SAFE_INTEGER) - timeOf(b.until, Number.MAX_SAFE_INTEGER);
const byEnd = (a: Term, b: Term) => soonest(a, b) || timeOf(a.from, 0) - timeOf(b.from, 0);

/** The lot of these terms; opened where there is none. */
export function lotOf(
  { lots, home }: Member,
  kind: Lot['kind'],
  { from, until }: Term,
  seller: Party = home,
): Lot {
  const same = (a: Date | null, b: Date | null) => a?.getTime() === b?.getTime();
  const found = lots.find(
    (lot) => lot.kind === kind && lot.seller === seller && same(lot.from, from) && same(lot.until, until),
  );
  if (found) return found;
  const lot = { kind, from, until, seller, left: 0n };
  lots.push(lot);
  return lot;
}

/** What is shown of a member at a time. */
export function shown({ lots, owed }: Member, now: Date) {
  const living = lots.filter((lot) => !isOver(lot, now));
  const of = (kind: Lot['kind']) => living.filter((lot) => lot.kind === kind);
  const usable = (kind: Lot['kind']) => sumOf(of(kind).filter((lot) => isUsable(lot, now)));
  const [principal, bonus] = [usable('principal'), usable('bonus')];
  return {
    balance: { principal, bonus, later: sumOf(of('bonus')) - bonus, total: principal + bonus },
    usable: usable('points'),
    pending: sumOf(of('points')) - usable('points'),
    owed,
  };
}

/** What of the lots pays an amount, in this order; undefined where they do not hold it. */
function taken(lots: readonly Lot[], amount: bigint): readonly Part[] {
  let rest = amount;
  const parts: Part[] = [];
  for (const lot of lots) {
    const part = least(lot.left, rest);
    if (part > 0n) parts.push({ lot, amount: part });
    rest -= part;
  }
  if (rest > 0n) throw new Error('the model was asked for more than there is');
  return parts;
}

function ofWallet(member: Member, amount: bigint, order: Order, now: Date): readonly Part[] {
  const of = (kind: Lot['kind']) =>
    member.lots.filter((lot) => lot.kind === kind && isUsable(lot, now)).toSorted(soonest);
  const [paid, given] = [of('principal'), of('bonus')];
  // Principal has no end, so that what ends soonest is bonus as long as there is any.
  if (order === 'principal_first') return taken([...paid, ...given], amount);
  if (order !== 'pro_rata' || amount === 0n) return taken([...given, ...paid], amount);
  const all = sumOf(paid) + sumOf(given);
  const exact = amount * sumOf(paid);
  const ofPaid = exact / all + ((exact % all) * 2n >= all ? 1n : 0n);
  return [...taken(paid, ofPaid), ...taken(given, amount - ofPaid)];
}

const pay = (parts: readonly Part[]): void => {
  for (const { lot, amount } of parts) lot.left -= amount;
};

type Asked = { readonly price: bigint; readonly wallet: bigint; readonly points: bigint };

/** Ten points pay five, at most half of a bill; a hundred of what was paid for earn a point. Answers with a refusal or what was bought. */
export function buy(member: Member, asked: Asked, order: Order, { now, earned }: Terms): Purchase | string {
  const { price, wallet, points } = asked;
  const { balance, usable } = shown(member, now);
  const worth = points / 2n;
  if (worth > price / 2n) return 'points_over_share';
  if (points > usable) return 'insufficient_points';
  if (wallet > balance.total) return 'insufficient_balance';
  const ofPoints = member.lots.filter((lot) => lot.kind === 'points' && isUsable(lot, now)).toSorted(byEnd);
  const paid = { points: taken(ofPoints, points), wallet: ofWallet(member, wallet, order, now) };
  pay([...paid.points, ...paid.wallet]);
  const cash = price - worth - wallet;
  const principal = amountOf(paid.wallet.filter(({ lot }) => lot.kind === 'principal'));
  const won = (cash + principal) / 100n;
  const into = won === 0n ? undefined : lotOf(member, 'points', earned);
  if (into) give(member, into, won);
  return { price, cash, worth, ...paid, earned: won, into, returned: 0n };
}

/** Points pay what is owed first. */
function give(member: Member, lot: Lot, points: bigint): void {
  const repaid = least(member.owed, points);
  member.owed -= repaid;
  lot.left += points - repaid;
}

/** What of paying parts goes back after what went back before, the last first. */
function backOf(parts: readonly Part[], before: bigint, amount: bigint): readonly Part[] {
  let [skip, rest] = [before, amount];
  return parts.toReversed().map(({ lot, amount: paid }) => {
    const skipped = least(skip, paid);
    skip -= skipped;
    const part = least(paid - skipped, rest);
    rest -= part;
    return { lot, amount: part };
  });
}

const within = (at: bigint, from: bigint, size: bigint) => (at < from ? 0n : least(at - from, size));

/** What of a purchase has gone back to the wallet, once so much of it has gone back in all. */
export const walletBack = ({ cash, wallet }: Purchase, returned: bigint): bigint =>
  within(returned, cash, amountOf(wallet));

/** Gives an amount back: to cash, then to the wallet, then to points; and takes back what was earned with it. */
export function refund(member: Member, one: Purchase, amount: bigint, terms: Terms): string | undefined {
  const before = one.returned;
  const after = before + amount;
  if (after > one.price) return 'refund_exceeds_purchase';
  one.returned = after;
  const wallet = amountOf(one.wallet);
  const [walletBefore, walletAfter] = [walletBack(one, before), walletBack(one, after)];
  for (const { lot, amount: part } of backOf(one.wallet, walletBefore, walletAfter - walletBefore))
    lot.left += part;
  const [worthBefore, worthAfter] = [before, after].map((at) => within(at, one.cash + wallet, one.worth)) as [
    bigint,
    bigint,
  ];
  if (worthAfter > worthBefore) returnPoints(member, one, [worthBefore, worthAfter], terms);
  takeBack(member, one, (one.earned * after) / one.price - (one.earned * before) / one.price, terms);
  return undefined;
}

function returnPoints(
  member: Member,
  one: Purchase,
  [from, to]: [bigint, bigint],
  { now, returned }: Terms,
): void {
  const points = amountOf(one.points);
  const before = (points * from) / one.worth;
  for (const { lot, amount } of backOf(one.points, before, (points * to) / one.worth - before)) {
    if (amount > 0n) give(member, isOver(lot, now) ? lotOf(member, 'points', returned) : lot, amount);
  }
}

/** Out of their own lot first, then what waits, then what ends last; what is not there is owed. */
function takeBack(member: Member, { into }: Purchase, points: bigint, { now }: Terms): void {
  const rank = (lot: Lot) => (lot === into ? 0 : isUsable(lot, now) ? 2 : 1);
  const lots = member.lots
    .filter((lot) => lot.kind === 'points' && !isOver(lot, now))
    .toSorted((a, b) => rank(a) - rank(b) || byEnd(b, a));
  const there = least(points, sumOf(lots));
  pay(taken(lots, there));
  member.owed += points - there;
}

/**
 * What is left of a top-up, where what was spent was of the oldest that came onto a lot: what can still be spent, what ended
 * before it was, and what is paid back: all of it within seven days if nothing was touched, else its part of what was paid.
 */
function quoted({ lots, topUps }: Member, one: TopUp, now: Date) {
  const rest = new Map(lots.map((lot) => [lot, lot.left]));
  const take = (lot: Lot, most: bigint): bigint => {
    const part = least(rest.get(lot) ?? 0n, most);
    rest.set(lot, (rest.get(lot) ?? 0n) - part);
    return part;
  };
  for (const { principal, bonus, returned, at } of topUps.toReversed()) {
    const paid = take(principal.lot, principal.amount - returned.principal);
    let most = amountOf(bonus) - returned.bonus;
    const given = bonus.map(({ lot, amount }) => {
      const part = take(lot, least(amount, most));
      most -= part;
      return { lot, amount: part };
    });
    if (principal !== one.principal) continue;
    const living = given.filter(({ lot }) => !isOver(lot, now));
    const lapsed = amountOf(given) - amountOf(living);
    const usable = amountOf(bonus) - lapsed;
    const left = paid + amountOf(living);
    const whole = principal.amount;
    const isWhole = paid === whole && amountOf(living) === usable;
    const isFresh = now.getTime() - at.getTime() < 7 * 86_400_000;
    const due = isWhole && isFresh ? whole : (left * whole) / (whole + usable);
    return { left, paid, living, refund: left === 0n ? 0n : least(due, whole - returned.paid) };
  }
  throw new Error('not a top-up of this member');
}

/** Pays a top-up back; answers with a refusal, where it is asked for a cent and nothing is due, or with what was paid. */
export function payBack(member: Member, one: TopUp, now: Date): bigint | string {
  const { left, paid, living, refund } = quoted(member, one, now);
  if (refund === 0n) return left === 0n ? 'top_up_used_up' : 'refund_quote_changed';
  pay([{ lot: one.principal.lot, amount: paid }, ...living]);
  one.returned.principal += paid;
  one.returned.bonus += amountOf(living);
  one.returned.paid += refund;
  return refund;
}

/** All that is held: what lapsed is no part of it. */
export function held({ lots }: Member, now: Date): bigint {
  return sumOf(lots.filter((lot) => lot.kind !== 'points' && !isOver(lot, now)));
}
