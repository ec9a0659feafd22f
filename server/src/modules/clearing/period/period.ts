import { encodeId } from '../../../kernel/id.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';
import type { Find } from '../../../platform/executor/workingSet.ts';

/** A cut of the log, for all parties alike: each begins where the last one ended. */
export type Period = {
  readonly id: string;
  /** 1, 2, 3 … */
  readonly number: number;
  readonly fromSeq: bigint;
  /** Exclusive. */
  readonly toSeq: bigint;
  /** null: from the beginning. */
  readonly coversFrom: Date | null;
  readonly coversUntil: Date;
  /** Until then it waits for each store to say something. */
  readonly answerBy: Date;
  readonly state: 'drawn' | 'closed';
  readonly createdAt: Date;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
};

export const periods = entity<Period>('clearingPeriod', ({ id }) => id);
export const periodById = finder(periods, 'byId', ({ id }) => [id]);
const all = 'all';
export const periodsOfMerchant = finder(periods, 'all', () => [all]);

/** All periods of the merchant, in order. */
export function periodsIn(find: Find): readonly Period[] {
  return find.all(periodsOfMerchant, all).toSorted((a, b) => a.number - b.number);
}

/** In place of an instant: as far as the log goes. */
export const presently = 'now';

/** Where the log stood at an instant, and who had moved a clearing account by then: read out of the log, never written. */
export type Cut = { readonly instant: string; readonly seq: bigint; readonly ownerIds: readonly string[] };

export const cuts = entity<Cut>('clearingCut', ({ instant }) => instant, 'none');
export const cutAt = finder(cuts, 'at', ({ instant }) => [instant]);

/** What one party owes and is owed in a period, and what it says to that. */
export type Statement = {
  readonly id: string;
  readonly periodId: string;
  /** A store, the merchant itself, or a sponsor or issuer. */
  readonly ownerId: string;
  readonly party: 'store' | 'merchant' | 'other';
  readonly state: 'drawn' | 'disputed' | 'answered' | 'confirmed';
  /** Why it was disputed. */
  readonly reason: string | null;
  readonly saidAt: Date | null;
  readonly saidBy: string | null;
  /** When its period was closed. */
  readonly closedAt: Date | null;
};

export const statements = entity<Statement>('clearingStatement', ({ id }) => id);
export const statementById = finder(statements, 'byId', ({ id }) => [id]);
export const statementsOfPeriod = finder(statements, 'ofPeriod', ({ periodId }) => [periodId]);

/** The store that a statement is of; null: of nobody who is limited to a store. */
export function storeOfStatement(statement: Pick<Statement, 'party' | 'ownerId'>): string | null {
  return statement.party === 'store' ? statement.ownerId : null;
}

/** A period as the API shows it. */
export function periodAnswer(period: Period) {
  return {
    id: encodeId('stp', period.id),
    number: period.number,
    from: period.coversFrom?.toISOString() ?? null,
    until: period.coversUntil.toISOString(),
    answerBy: period.answerBy.toISOString(),
    state: period.state,
    createdAt: period.createdAt.toISOString(),
    closedAt: period.closedAt?.toISOString() ?? null,
  };
}

/** A party as the API names it. */
function partyOf(id: string, party: Statement['party']) {
  return {
    party,
    storeId: party === 'store' ? encodeId('store', id) : null,
    partyId: party === 'other' ? encodeId('pty', id) : null,
  };
}

/** A statement as the API shows it, without its figures. */
export function statementAnswer(statement: Statement) {
  return {
    id: encodeId('sst', statement.id),
    periodId: encodeId('stp', statement.periodId),
    ...partyOf(statement.ownerId, statement.party),
    state: statement.state,
    reason: statement.reason,
    saidAt: statement.saidAt?.toISOString() ?? null,
    closedAt: statement.closedAt?.toISOString() ?? null,
  };
}
