import { entity, finder } from '../../platform/executor/entity.ts';

/** Rows of a file that are carried out by one command. */
export type Block = {
  readonly importId: string;
  /** From 0. */
  readonly n: number;
  readonly rows: number;
  readonly state: 'staged' | 'applied' | 'reversed';
};

/** The key of `blockByKey` and of `rowsOfBlock`. */
export const blockKey = (importId: string, n: number): string => `${importId}|${n}`;

export const blocks = entity<Block>('importBlock', ({ importId, n }) => blockKey(importId, n), 'none');
export const blockByKey = finder(blocks, 'byKey', ({ importId, n }) => [blockKey(importId, n)]);

export const outcomes = ['created', 'updated', 'skipped', 'refused'] as const;
export type Outcome = (typeof outcomes)[number];

/**
 * What became of a row when it was taken back. `withdrawn`: all of it; `taken_back`: what it brought, while what it was
 * brought to stays; `kept`: it was changed since, and stays as it is; `nothing`: it had brought nothing.
 */
export const reversals = ['withdrawn', 'taken_back', 'kept', 'nothing'] as const;
export type Reversal = (typeof reversals)[number];

/** What became of a row. Nothing in it names anybody. */
export type Row = {
  readonly importId: string;
  /** As a spreadsheet shows it. */
  readonly number: number;
  readonly block: number;
  readonly outcome: Outcome;
  /** Why it was refused: a code of docs/errors.md. */
  readonly code: string | null;
  /** The member or the product. */
  readonly subjectId: string | null;
  /** As the import left it. */
  readonly subjectRevision: number | null;
  readonly topUpId: string | null;
  readonly principal: bigint;
  readonly bonus: bigint;
  readonly points: bigint;
  readonly pointsLot: string | null;
  /** Of goods that were changed: as they were. Of members: what tells what was brought of them (`keptMember`). */
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly reversal: Reversal | null;
  /** Spent by the time it was taken back. */
  readonly missingPrincipal: bigint;
  readonly missingBonus: bigint;
  readonly missingPoints: bigint;
};

export const rows = entity<Row>('importRow', ({ importId, number }) => `${importId}|${number}`, 'none');
export const rowsOfBlock = finder(rows, 'ofBlock', ({ importId, block }) => [blockKey(importId, block)]);

type Facts = Pick<Row, 'importId' | 'number' | 'block' | 'outcome'> & Partial<Row>;

/** A row of which only the outcome is known. */
export function newRow(facts: Facts): Row {
  return {
    code: null,
    subjectId: null,
    subjectRevision: null,
    topUpId: null,
    principal: 0n,
    bonus: 0n,
    points: 0n,
    pointsLot: null,
    before: null,
    reversal: null,
    missingPrincipal: 0n,
    missingBonus: 0n,
    missingPoints: 0n,
    ...facts,
  };
}
