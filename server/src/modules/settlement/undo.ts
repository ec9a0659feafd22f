import type { LoggedPosting } from '../../platform/executor/activity.ts';
import type { Find } from '../../platform/executor/workingSet.ts';
import { type Account, accountsOf, ownerAnd, type Transfer } from '../ledger/index.ts';
import { type Income, isIncome, partyIn } from './lot.ts';

/** What one lot paid a store, with what others came to owe for it. */
export type SettledPart = {
  readonly lot: Account;
  readonly amount: bigint;
  readonly owed: readonly Transfer[];
};

/** A payment out of lots, as it was posted. */
export type Settled = { readonly parts: readonly SettledPart[]; readonly fees: readonly Transfer[] };

/** For `needs`: what the store takes value as, and the clearing accounts that these postings moved. */
export function settledRows(
  storeId: string,
  postings: readonly LoggedPosting[],
  lots: readonly Account[],
  find: Find,
  income: Income = 'revenue',
): readonly Account[] {
  const incomes = [
    ...find.all(accountsOf, ownerAnd(storeId, 'revenue')),
    ...(income === 'revenue' ? [] : find.all(accountsOf, ownerAnd(storeId, income))),
  ];
  const known = new Set([...lots, ...incomes].map(({ id }) => id));
  const moved = new Set(postings.map(({ accountId }) => accountId).filter((id) => !known.has(id)));
  if (moved.size === 0) return incomes;
  const own = find.all(accountsOf, ownerAnd(storeId, 'clearing')).filter(({ id }) => moved.has(id));
  const parties = new Set(own.map(({ detail }) => partyIn(detail)));
  const others = [...parties].flatMap((party) => find.all(accountsOf, ownerAnd(party, 'clearing')));
  return [...incomes, ...own, ...others.filter(({ id }) => moved.has(id))];
}

/** Reads a payment out of its postings, which stand in pairs, payer first, each lot's debts behind it. Others are passed over. */
export function settledParts(
  postings: readonly LoggedPosting[],
  lots: readonly Account[],
  accounts: readonly Account[],
): Settled {
  const byId = new Map([...lots, ...accounts].map((account) => [account.id, account]));
  const lotIds = new Set(lots.map(({ id }) => id));
  const parts: { lot: Account; amount: bigint; owed: Transfer[] }[] = [];
  const fees: Transfer[] = [];
  for (let n = 0; n + 1 < postings.length; n += 2) {
    const from = byId.get(postings[n]?.accountId ?? '');
    const to = byId.get(postings[n + 1]?.accountId ?? '');
    const amount = postings[n + 1]?.amount ?? 0n;
    if (!from || !to) continue;
    if (lotIds.has(from.id) && isIncome(to.purpose)) parts.push({ lot: from, amount, owed: [] });
    else if (from.purpose === 'clearing' && from.detail.endsWith('|fee')) fees.push({ from, to, amount });
    else if (from.purpose === 'clearing') parts.at(-1)?.owed.push({ from, to, amount });
  }
  return { parts, fees };
}

export type Returned = {
  /** Which lots get how much back. */
  readonly parts: readonly { readonly lot: Account; readonly amount: bigint }[];
  /** What is owed no longer, as it was posted, whatever the terms are by now. */
  readonly owed: readonly Transfer[];
};

/** What of one lot's part goes back now, behind what did before. */
export type Undoing = { readonly before: bigint; readonly amount: bigint };

/**
 * Undoes this much of a payment of which `before` went back already: the last lot to pay first. Debts go back in proportion,
 * each return rounding down what has gone back in all, so that returns of the whole sum to the whole.
 */
export function takeBack(settled: Settled, before: bigint, amount: bigint): Returned {
  return takeBackOf(settled, undoLast(settled.parts, before, amount));
}

/** How much of each part this is, where the last lot to pay is the first that has it back. */
export function undoLast(
  parts: readonly Pick<SettledPart, 'amount'>[],
  before: bigint,
  amount: bigint,
): readonly Undoing[] {
  let skip = before;
  let rest = amount;
  const undoing = parts.toReversed().map((part) => {
    const skipped = skip < part.amount ? skip : part.amount;
    skip -= skipped;
    const left = part.amount - skipped;
    const share = left < rest ? left : rest;
    rest -= share;
    return { before: skipped, amount: share };
  });
  return undoing.toReversed();
}

/** Undoes so much of each part of a payment, in their order. */
export function takeBackOf({ parts, fees }: Settled, undoing: readonly Undoing[]): Returned {
  const returned: { lot: Account; amount: bigint }[] = [];
  const owed: Transfer[] = [];
  for (const [nth, part] of [...parts.entries()].toReversed()) {
    const { before = 0n, amount = 0n } = undoing[nth] ?? {};
    if (amount === 0n) continue;
    returned.push({ lot: part.lot, amount });
    owed.push(...inProportion(part.owed, part.amount, before, amount));
  }
  const sum = (amounts: readonly bigint[]) => amounts.reduce((total, one) => total + one, 0n);
  const paid = sum(parts.map(({ amount }) => amount));
  const before = sum(undoing.map((one) => one.before));
  owed.push(...inProportion(fees, paid, before, sum(undoing.map(({ amount }) => amount))));
  return { parts: returned, owed };
}

function inProportion(
  debts: readonly Transfer[],
  paid: bigint,
  before: bigint,
  amount: bigint,
): readonly Transfer[] {
  return debts
    .map(({ from, to, amount: debt }) => ({
      from: to,
      to: from,
      amount: (debt * (before + amount)) / paid - (debt * before) / paid,
    }))
    .filter((transfer) => transfer.amount > 0n);
}
