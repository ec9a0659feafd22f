import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { type Refusal, refused } from '../../kernel/outcome.ts';
import { entity, finder } from '../../platform/executor/entity.ts';
import type { SheetFormat } from '../../platform/files/sheet.ts';
import type { ImportKind, Mapping } from './columns/fields.ts';

export const importStates = [
  'reading',
  'failed',
  'read',
  'checking',
  'checked',
  'applying',
  'applied',
  'reversing',
  'reversed',
  'cancelled',
] as const;
export type ImportState = (typeof importStates)[number];

/** Why a file could not be read. */
export const failures = [
  'not_a_table',
  'old_or_locked',
  'too_large_inside',
  'too_many_rows',
  'no_rows',
] as const;
export type Failure = (typeof failures)[number];

/** Amounts in JSON: as minor units, points as points. */
export type Sums = { readonly principal: number; readonly bonus: number; readonly points: number };

/** What a look through a file found: rows that can be imported, those of them that are known already, and those that cannot. */
export type Found = Sums & { readonly good: number; readonly known: number; readonly bad: number };

/** What became of the rows that were carried out. */
export type Became = Sums & {
  readonly created: number;
  readonly updated: number;
  readonly skipped: number;
  readonly refused: number;
};

/** What was taken back, and what was not there any more. Withdrawn: what the import made and nobody had used. */
export type TakenBack = Sums & {
  readonly withdrawn: number;
  readonly kept: number;
  readonly missingPrincipal: number;
  readonly missingBonus: number;
  readonly missingPoints: number;
};

/** What is done with rows whose member or product is there already. */
export const existingRules = ['skip', 'update'] as const;
export type ExistingRule = (typeof existingRules)[number];

/** A file that was sent in, and how far it is. */
export type Import = {
  readonly id: string;
  readonly kind: ImportKind;
  readonly fileName: string;
  readonly format: SheetFormat;
  /** Lower-case hex, of the file as it was sent. */
  readonly sha256: string;
  readonly bytes: bigint;
  readonly state: ImportState;
  readonly failure: Failure | null;
  /** What stands over its columns. */
  readonly headings: readonly string[];
  /** Rows below those. */
  readonly quantity: number;
  readonly blocks: number;
  readonly mapping: Mapping;
  readonly existing: ExistingRule;
  /** The store that answers for the balances; null: the merchant. */
  readonly storeId: string | null;
  readonly currency: string;
  /** How often it was looked through. */
  readonly checks: number;
  readonly found: Found;
  /** Rows that were carried out. */
  readonly done: number;
  readonly became: Became;
  readonly reversedDone: number;
  readonly takenBack: TakenBack;
  readonly revision: number;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
};

const noSums: Sums = { principal: 0, bonus: 0, points: 0 };
export const nothingFound: Found = { ...noSums, good: 0, known: 0, bad: 0 };
export const nothingBecame: Became = { ...noSums, created: 0, updated: 0, skipped: 0, refused: 0 };
export const nothingTakenBack: TakenBack = {
  ...noSums,
  withdrawn: 0,
  kept: 0,
  missingPrincipal: 0,
  missingBonus: 0,
  missingPoints: 0,
};

export const imports = entity<Import>('import', ({ id }) => id);
export const importById = finder(imports, 'byId', ({ id }) => [id]);
/** Imports of the same file. */
export const importsOfFile = finder(imports, 'byFile', ({ sha256 }) => [sha256]);

/** Its rows count as brought in, or are about to be: the same file is not taken a second time. */
export const isStanding = ({ state }: Pick<Import, 'state'>): boolean =>
  state !== 'failed' && state !== 'cancelled' && state !== 'reversed';

/** Why nothing of this kind is done with an import as it stands; undefined if it may be. */
export function mayFrom(one: Import | undefined, states: readonly ImportState[]): Refusal | undefined {
  if (!one) return refused('import_not_found');
  if (states.includes(one.state)) return undefined;
  return refused('import_state', { detail: `It is ${one.state}.` });
}

/** The next version of an import. */
export function changed(before: Import, to: Partial<Omit<Import, 'id' | 'revision'>>): Import {
  return { ...before, ...to, revision: before.revision + 1 };
}

/** An import as the API shows it. `looked`: how many rows the look under way has seen. */
export function importAnswer(one: Import, looked = 0) {
  const { id, kind, fileName, format, sha256, bytes, state, failure, existing, storeId, currency } = one;
  const done = { checking: looked, applying: one.done, reversing: one.reversedDone };
  return {
    id: encodeId('imp', id),
    kind,
    fileName,
    format,
    sha256,
    bytes: jsonAmount(bytes),
    state,
    failure,
    headings: [...one.headings],
    mapping: one.mapping,
    existing,
    storeId: storeId === null ? null : encodeId('store', storeId),
    currency,
    quantity: one.quantity,
    done: state === 'checking' || state === 'applying' || state === 'reversing' ? done[state] : one.quantity,
    found: one.found,
    became: one.became,
    takenBack: one.takenBack,
    createdAt: one.createdAt.toISOString(),
    endedAt: one.endedAt?.toISOString() ?? null,
  };
}
