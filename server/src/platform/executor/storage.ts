import type { Refusal } from '../../kernel/outcome.ts';
import type { Activity, ActivityDraft, JournalHead } from './activity.ts';
import type { Entity, Finder } from './entity.ts';
import type { Accepted, Actor, Context, UseCase } from './useCase.ts';
import type { Change, Changes, Find, Load } from './workingSet.ts';

/** A merchant's turn at writing: batches one behind the other, each a transaction. */
export type Turn = {
  /** Begins with the merchant's journal row: until that batch ends, nobody else writes for this merchant. */
  lockHead(): Promise<JournalHead>;
  /** Looks up in the transaction that has the row. */
  readonly load: Load;
  /**
   * Writes all that changed and commits. Where the journal is not as `before` has it, or a row not as it was judged,
   * nothing is written and it throws what `isTransient` knows. Throws `AmbiguousCommit` when the answer was lost.
   * The next batch, judged over what this one leaves, may follow before this one is heard of; it fails if this one does.
   */
  commit(changes: Changes, before: JournalHead, after: JournalHead): Promise<void>;
  /** Whether others wait for a turn. */
  readonly isWanted: boolean;
  /** What was not committed leaves no trace. Never throws; not before each `commit` has been heard of. */
  end(): Promise<void>;
};

/** Where batches are carried out: PostgreSQL, or memory. */
export type Storage = {
  begin(merchantId: string): Promise<Turn>;
  /** Looks rows up beside a turn, as they are committed now. */
  lookAhead<T>(merchantId: string, work: (load: Load) => Promise<T>): Promise<T>;
  /** Whether the log has this entry; waits for a batch that is still being committed. */
  wasCommitted(merchantId: string, head: JournalHead): Promise<boolean>;
};

/** The connection broke between COMMIT and its answer: it may have happened, or not. */
export class AmbiguousCommit extends Error {}

/** A merchant without a journal, or one that this process may not see. */
export class NoJournal extends Error {}

/** What the executor is given of the modules above it. */
export type Log = {
  readonly activities: Entity<Activity>;
  readonly activityByKey: Finder<Activity>;
};

/**
 * Who is behind an API key, as of the rows in this batch; undefined when the key is unknown or revoked, or, given the
 * time, has expired.
 */
export type Gate = (find: Find, keyId: string, now?: Date) => Actor | undefined;

/** A command that a second person may have to see. */
export type Watched = {
  readonly useCase: UseCase<never, unknown, unknown>;
  readonly input: never;
  readonly keyId: string;
  readonly idempotencyKey: string | null;
  readonly fingerprint: Buffer | null;
};

/** What becomes of a command that would be accepted: it waits instead; it goes on, with this besides; or it is refused. */
export type Seen =
  | { readonly waits: Accepted<unknown> }
  | { readonly activities: readonly ActivityDraft[]; readonly changes: readonly Change[] }
  | Refusal;

/** What a retry of a command that waited for somebody is answered; `again`: it is to be carried out now. */
export type Retried =
  | { readonly body: string; readonly isPending: boolean }
  | { readonly again: true }
  | Refusal;

/**
 * Four eyes: looks up what it takes to say whether a command waits for a second person, as `needs` does. Asked of use
 * cases alone that have a `secondPerson`.
 */
export type FourEyes = (
  find: Find,
  command: Watched,
  asked: {
    readonly actor: Actor | undefined;
    readonly rows: unknown;
    readonly prior: Activity | undefined;
  },
) => {
  retried(prior: Activity): Retried | undefined;
  /** Undefined: it goes on as if nobody had looked. */
  see(actor: Actor, outcome: Accepted<unknown>, context: Context): Seen | undefined;
};
