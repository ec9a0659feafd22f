import type { Activity, JournalHead } from './activity.ts';
import type { Entity, Finder } from './entity.ts';
import type { Actor } from './useCase.ts';
import type { Find, Load, WorkingSet } from './workingSet.ts';

/** One transaction of a batch over a merchant's rows. */
export type BatchTransaction = {
  /** Takes the merchant's journal row: until the end, nobody else writes for this merchant. */
  lockHead(): Promise<JournalHead>;
  readonly load: Load;
  /** Writes all that changed and commits. Throws `AmbiguousCommit` when the answer to the commit was lost. */
  commit(changed: WorkingSet, before: JournalHead, after: JournalHead): Promise<void>;
  /** Ends without a trace; never throws. */
  rollback(): Promise<void>;
};

/** Where batches are carried out: PostgreSQL, or memory. */
export type Storage = {
  begin(merchantId: string): Promise<BatchTransaction>;
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
