import type { z } from 'zod';
import type { Refusal } from '../../kernel/outcome.ts';
import type { ActivityDraft } from './activity.ts';
import type { Change, Find } from './workingSet.ts';

/** Who acts: an API key, a member of staff who signed in, or the system itself (operator's commands and jobs). */
export type Actor = {
  /** Of the key or the member of staff. */
  readonly id: string;
  /** Who is behind it, where a person is. */
  readonly personId?: string | undefined;
  /** Of a key: the person who made it, and so may know it; null where nobody knows. Undefined: it is no key. */
  readonly makerId?: string | null | undefined;
  /** A public key may be in anybody's hands: it is told nothing that helps to guess. */
  readonly isPublic: boolean;
  readonly permissions: ReadonlySet<string>;
  /** null: all stores. */
  readonly storeIds: ReadonlySet<string> | null;
  readonly ceilings: ReadonlyMap<string, bigint>;
  /** The most that a permission may amount to in a day, where it has one. */
  readonly dayCeilings?: ReadonlyMap<string, bigint> | undefined;
  /** Above which amount a permission needs a proof given just now of who it is; absent where that was given. */
  readonly provenAbove?: ReadonlyMap<string, bigint> | undefined;
  /** Takes an amount out of what a permission is allowed to amount to in a day; absent where no day is limited. */
  readonly claim?:
    | ((permission: string, amount: bigint, now: Date) => readonly Change[] | Refusal)
    | undefined;
};

/** All that a decision may know besides its rows and its input. */
export type Context = {
  readonly now: Date;
  readonly actor: Actor;
  readonly merchantId: string;
  /** The place in the log of the activity number `n` (0 the first) that this decision writes. */
  seq(n?: number): bigint;
  /** The public id of that activity, as an uuid. */
  activityId(n?: number): string;
  /** A new id, ordered by time. */
  newId(): string;
};

export type Accepted<Result> = {
  readonly accepted: true;
  readonly activities: readonly ActivityDraft[];
  readonly changes: readonly Change[];
  /** The body of the answer: JSON values only, amounts by `jsonAmount`. */
  readonly result: Result;
};

/** A refusal that must leave a trace (a wrong PIN is counted, a failed check is logged), and is not remembered under its key. */
export type Recorded = {
  readonly recorded: Refusal;
  readonly activities: readonly ActivityDraft[];
  readonly changes: readonly Change[];
};

/** An answer, JSON text, to something that changes nothing: it was done before, or nothing of it could be done. Not remembered. */
export type Unchanged = { readonly unchanged: string };

export type Outcome<Result> = Accepted<Result> | Recorded | Unchanged | Refusal;

/** What makes a command one that a second person has to see, where the merchant's policy says so. */
export type SecondPerson<Input, Rows> = {
  /** Which rule of the policy it falls under. */
  readonly kind: string;
  /** What is compared to the rule's limit; without it each is above it. */
  readonly amountOf?: (rows: Rows, input: Input) => bigint | undefined;
  /** Whether this very one is concerned at all; without it each is. */
  readonly concerns?: (rows: Rows, input: Input) => boolean;
  /** `carry`: approving carries it out. `permit`: it lets who asked do it, once, since the answer is for their eyes. */
  readonly by: 'carry' | 'permit';
};

export type UseCase<Input, Rows, Result> = {
  readonly name: string;
  readonly permission: string;
  /** Moving value without an idempotency key is refused at the edge. */
  readonly movesValue: boolean;
  readonly storeOf?: (input: Input) => string | undefined;
  /** What it is about, where that has a ceiling; without rows, where it is done again, it may be unknown. */
  readonly amountOf?: (input: Input, rows: Rows | undefined) => bigint | undefined;
  /** Which rows the decision is about. Runs several times: pure, and content with `undefined` while rows are being fetched. */
  readonly needs: (input: Input, find: Find) => Rows;
  /**
   * The store that the row it is about belongs to, which a key limited to stores must act for; null: to none, so only a key
   * of the whole merchant may. Undefined: there is no such row, and `decide` says so.
   */
  readonly ownerStoreOf?: (rows: Rows, input: Input) => string | null | undefined;
  /** Absent: nobody else is ever asked, and nothing more is looked up for it. */
  readonly secondPerson?: SecondPerson<Input, Rows>;
  /** Pure: the same rows, input and context give the same outcome. */
  readonly decide: (rows: Rows, input: Input, context: Context) => Outcome<Result>;
};

/** Declares a use case; only for the types. */
export function useCase<Input, Rows, Result>(
  parts: UseCase<Input, Rows, Result>,
): UseCase<Input, Rows, Result> {
  return parts;
}

/** An outcome that changes something: at least one activity says what. */
export function accepted<Result>(parts: Omit<Accepted<Result>, 'accepted'>): Accepted<Result> {
  return { accepted: true, ...parts };
}

/** What a schema turns its text into. */
export type InputOf<Schema extends z.ZodType> = z.output<Schema>;
