import { assert } from '../../../kernel/assert.ts';
import { least } from '../../../kernel/money.ts';
import { type Bought, holdsIn, isAboutGoods, names, type Scope } from '../../catalog/index.ts';
import { type Account, availableOn, type Share } from '../../ledger/index.ts';
import type { BonusRule } from './rule.ts';

const prefix = 'rule:';
/** Where the field of a lot's detail stands that keeps it apart from others. */
const apartAt = 5;

const isBound = (scope: Scope): boolean => scope.storeIds.length > 0 || isAboutGoods(scope);

const apartOf = ({ id }: BonusRule): string => `${prefix}${id}`;

/** What keeps the lots of a rule apart: those that pay for anything anywhere are not. */
export function apartBy(rule: BonusRule | undefined): { readonly apart?: string } {
  return rule?.terms.scope && isBound(rule.terms.scope) ? { apart: apartOf(rule) } : {};
}

/** Where and for what a lot pays; undefined: for anything, anywhere. */
export function scopeOf({ detail }: Pick<Account, 'detail'>, rules: readonly BonusRule[]): Scope | undefined {
  const apart = detail.split('|')[apartAt] ?? '';
  if (!apart.startsWith(prefix)) return undefined;
  const rule = rules.find((one) => apartOf(one) === apart);
  assert(rule?.terms.scope !== undefined, 'a rule stays, and what it gave pays by its scope');
  return rule.terms.scope;
}

/**
 * The lots that may pay for what is bought here, each with no more on it than it may pay of this: together they never pay
 * more for a line than it costs, and no lot is left with less because another took what only it could have paid.
 */
export function payingFor(
  bought: Bought,
  lots: readonly Account[],
  rules: readonly BonusRule[],
): readonly Account[] {
  const scoped = lots.map((lot) => ({ lot, scope: scopeOf(lot, rules) }));
  if (scoped.every(({ scope }) => scope === undefined)) return lots;
  const here = scoped.filter(({ scope }) => scope === undefined || holdsIn(scope, bought.storeId));
  const byGoods = here.flatMap(({ lot, scope }) => (scope && isAboutGoods(scope) ? [{ lot, scope }] : []));
  const rooms = roomsOn(
    bought.lines.map(({ amount }) => amount),
    byGoods.map(({ lot, scope }) => ({
      most: availableOn(lot),
      lines: bought.lines.flatMap((line, n) => (names(scope, line) ? [n] : [])),
    })),
  );
  const roomOf = new Map(byGoods.map(({ lot }, n) => [lot.id, rooms[n] ?? 0n]));
  return here.flatMap(({ lot }) => {
    const room = roomOf.get(lot.id) ?? availableOn(lot);
    return room === 0n ? [] : [{ ...lot, held: lot.balance - room }];
  });
}

type Payer = { readonly most: bigint; readonly lines: readonly number[] };

/** How much each of the payers may pay where each pays for some lines only: the first as much as it can, then the second, and so on. */
export const roomsOn = (amounts: readonly bigint[], payers: readonly Payer[]): readonly bigint[] =>
  paidOn(amounts, payers).map((row) => row.reduce((sum, amount) => sum + amount, 0n));

/** What each of the payers pays of each line. */
function paidOn(amounts: readonly bigint[], payers: readonly Payer[]): readonly (readonly bigint[])[] {
  const free = [...amounts];
  const paid = payers.map(() => amounts.map(() => 0n));
  const at = (payer: number, line: number) => paid[payer]?.[line] ?? 0n;
  const move = (payer: number, line: number, by: bigint) => {
    const row = paid[payer];
    if (row) row[line] = (row[line] ?? 0n) + by;
  };
  // A payer takes what is free of its lines; then what others pay of them, as far as those find another line instead.
  const take = (payer: number, wanted: bigint, seen: Set<number>): bigint => {
    const lines = payers[payer]?.lines ?? [];
    let rest = wanted;
    for (const line of lines) {
      const part = least(rest, free[line] ?? 0n);
      free[line] = (free[line] ?? 0n) - part;
      move(payer, line, part);
      rest -= part;
    }
    for (const line of lines) {
      if (rest === 0n || seen.has(line)) continue;
      seen.add(line);
      for (const other of payers.keys()) {
        const part = other === payer ? 0n : least(rest, at(other, line));
        if (part === 0n) continue;
        const freed = take(other, part, seen);
        move(other, line, -freed);
        move(payer, line, freed);
        rest -= freed;
      }
    }
    return wanted - rest;
  };
  for (const [payer, { most }] of payers.entries()) {
    let got = 0n;
    for (let more = 1n; more > 0n && got < most; got += more) more = take(payer, most - got, new Set());
  }
  return paid;
}

/** What a lot that is bound to goods paid of one line. */
export type BoundShare = { readonly lot: Account; readonly line: number; readonly amount: bigint };

/** Of what lots paid, what those that are bound to goods did, by the lines that they pay for. */
export function boundShares(
  { lines }: Bought,
  shares: readonly Share[],
  rules: readonly BonusRule[],
): readonly BoundShare[] {
  const byGoods = shares.flatMap(({ account, amount }) => {
    const scope = scopeOf(account, rules);
    return scope && isAboutGoods(scope) ? [{ lot: account, scope, amount }] : [];
  });
  const payers = byGoods.map(({ scope, amount }) => ({
    most: amount,
    lines: lines.flatMap((line, n) => (names(scope, line) ? [n] : [])),
  }));
  const paid = paidOn(
    lines.map(({ amount }) => amount),
    payers,
  );
  return byGoods.flatMap(({ lot }, payer) =>
    (paid[payer] ?? []).flatMap((amount, line) => (amount > 0n ? [{ lot, line, amount }] : [])),
  );
}
