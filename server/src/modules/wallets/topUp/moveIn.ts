import { jsonAmount } from '../../../kernel/money.ts';
import type { Refusal } from '../../../kernel/outcome.ts';
import type { Context } from '../../../platform/executor/useCase.ts';
import { type Change, put } from '../../../platform/executor/workingSet.ts';
import type { Account, Book, Transfer } from '../../ledger/index.ts';
import { overLimit } from '../policy/policy.ts';
import { lotDetail, lotIn, moneyIn, whole } from '../wallet.ts';
import type { LoadRows } from './load.ts';
import { type TopUp, topUps } from './topUp.ts';

/** A lot of something else that a member has prepaid, all of which comes onto the wallet. */
export type MovedLot = {
  readonly from: Account;
  readonly amount: bigint;
  /** Whether it was paid for; the rest was given. */
  readonly isPrincipal: boolean;
  /** Who answers for it; the merchant's own id: no store does. */
  readonly storeId: string;
};

/** What comes onto a member's wallet that stood elsewhere in the ledger already. */
export type MoveIn = {
  readonly memberId: string;
  readonly currency: string;
  readonly tender: string;
  readonly reference: string;
  readonly lots: readonly MovedLot[];
  /** Which part of the principal was paid, in parts per million. */
  readonly paidPpm: bigint;
  /** Exclusive; null: it does not end. */
  readonly usableUntil: Date | null;
};

export type MovedIn = { readonly transfers: readonly Transfer[]; readonly changes: readonly Change[] };

/**
 * Puts value on a wallet that was prepaid in another form: store by store as it was sold, principal and bonus apart, and
 * ending when it would have ended there. No rule gives anything on top. What was given ends with what is paid back first.
 */
export function moveIn(rows: LoadRows, book: Book, one: MoveIn, context: Context): MovedIn | Refusal {
  const { memberId, currency, usableUntil } = one;
  const total = one.lots.reduce((sum, { amount }) => sum + amount, 0n);
  const above = overLimit(rows.policy, moneyIn(rows.lots, currency, context.now), total);
  if (above) return above;
  const moved = one.lots.map(({ from, amount, isPrincipal, storeId }) => {
    const kind = isPrincipal ? ('principal' as const) : ('bonus' as const);
    const paidPpm = isPrincipal ? one.paidPpm : null;
    const terms = { kind, storeId, paidPpm, usableFrom: null, usableUntil };
    const to = lotIn(book, memberId, currency, terms);
    return { transfer: { from, to, amount }, isPrincipal, storeId, amount, detail: lotDetail(terms) };
  });
  const given = moved.filter(({ isPrincipal }) => !isPrincipal);
  const paid = moved.filter(({ isPrincipal }) => isPrincipal);
  const loads = paid.map(({ storeId, amount, detail }, n): TopUp => {
    const bonuses = n === 0 ? given : [];
    return {
      id: context.newId(),
      memberId,
      storeId,
      currency,
      tender: one.tender,
      reference: one.reference,
      sourceId: null,
      principal: amount,
      paid: (amount * one.paidPpm) / whole,
      commission: 0n,
      bonus: bonuses.reduce((sum, bonus) => sum + bonus.amount, 0n),
      ruleId: null,
      lot: detail,
      bonusParts: bonuses.map((bonus) => ({ detail: bonus.detail, amount: jsonAmount(bonus.amount) })),
      refundedPrincipal: 0n,
      refundedBonus: 0n,
      refunded: 0n,
      lapsedBonus: 0n,
      points: 0n,
      pointsLot: null,
      createdAt: context.now,
    };
  });
  return {
    transfers: moved.map(({ transfer }) => transfer),
    changes: loads.map((load) => put(topUps, load)),
  };
}
