import type { KeyObject } from 'node:crypto';
import { assert } from '../../kernel/assert.ts';
import { activityId, newId } from '../../kernel/id.ts';
import { isRefused, type Refusal, refused } from '../../kernel/outcome.ts';
import type { Random } from '../../kernel/random.ts';
import { mac } from '../crypto/mac.ts';
import {
  type Activity,
  type ActivityDraft,
  canonicalActivity,
  type JournalHead,
  type Posting,
} from './activity.ts';
import { authorise } from './authorise.ts';
import type { FourEyes, Gate, Log } from './storage.ts';
import type { Accepted, Actor, Context, Recorded, UseCase } from './useCase.ts';
import { type Change, type Load, put, type WorkingSet } from './workingSet.ts';

/** A use case with its input, waiting to be decided. */
export type Command = {
  readonly useCase: UseCase<never, unknown, unknown>;
  readonly input: never;
  readonly keyId: string;
  readonly idempotencyKey: string | null;
  readonly fingerprint: Buffer | null;
  /** What it was under the keys before the current one: its first try may be from then. */
  readonly earlierFingerprints?: readonly Buffer[];
};

/** What a caller is answered. `body` is JSON text, the same bytes for a replay; while it is pending, of what it waits for. */
export type Answer =
  | { readonly body: string; readonly replayed: boolean; readonly isPending?: boolean }
  | { readonly refusal: Refusal }
  | { readonly failed: unknown };

export type Surroundings = {
  readonly log: Log;
  readonly gate: Gate;
  /** Left out: nothing waits for a second person. */
  readonly fourEyes?: FourEyes | undefined;
  readonly chainKey: KeyObject;
  readonly clock: () => Date;
  readonly random: Random;
};

export type Judged = { readonly answers: readonly Answer[]; readonly head: JournalHead };

/** More rounds than any use case needs, the longest line of replaced cards too: one that goes on asking is never decided. */
const wavesMax = 128;

/**
 * Fetches all rows that these commands are about: what their `needs` ask for, until nothing is missing. Does not throw
 * for a command that cannot be asked, since its neighbours can: it fails when it is judged.
 */
export async function gather(
  commands: readonly Command[],
  set: WorkingSet,
  load: Load,
  env: Pick<Surroundings, 'log' | 'gate' | 'fourEyes'>,
): Promise<void> {
  let asking = commands;
  for (let wave = 0; wave < wavesMax; wave++) {
    const missed: Command[] = [];
    for (const command of asking) {
      const before = set.misses;
      try {
        ask(command, set, env);
      } catch {
        // Asked again when it is judged.
      }
      if (set.misses > before) missed.push(command);
    }
    if (!set.hasMissing()) return;
    await set.fetch(load);
    asking = missed;
  }
}

type Asked = {
  readonly actor: Actor | undefined;
  readonly prior: Activity | undefined;
  readonly rows: unknown;
  readonly eyes: ReturnType<FourEyes> | undefined;
};

function ask(
  command: Command,
  set: WorkingSet,
  env: Pick<Surroundings, 'log' | 'gate' | 'fourEyes'>,
  now?: Date,
): Asked {
  const actor = env.gate(set, command.keyId, now);
  const prior =
    command.idempotencyKey === null ? undefined : set.one(env.log.activityByKey, command.idempotencyKey);
  const rows = command.useCase.needs(command.input, set);
  const eyes =
    command.useCase.secondPerson === undefined
      ? undefined
      : env.fourEyes?.(set, command, { actor, rows, prior });
  return { actor, prior, rows, eyes };
}

/**
 * Decides commands one by one in arrival order, each over the rows as the one before left them, and
 * leaves in the set what is to be written. A command that throws fails alone: nothing of it is in the set.
 */
export async function judge(
  commands: readonly Command[],
  set: WorkingSet,
  before: JournalHead,
  load: Load,
  env: Surroundings,
): Promise<Judged> {
  const now = env.clock();
  let head = before;
  const answers: Answer[] = [];
  for (const command of commands) {
    try {
      // A command before this one may have led it to other rows; mostly nothing is missing and this does not wait.
      let asked = ask(command, set, env, now);
      if (set.hasMissing()) {
        await gather([command], set, load, env);
        asked = ask(command, set, env, now);
        assert(!set.hasMissing(), `${command.useCase.name} asks for ever more rows`);
      }
      const decided = decideOne(command, asked, set, head, now, env);
      answers.push(decided.answer);
      head = decided.head;
    } catch (failed) {
      answers.push({ failed });
    }
  }
  return { answers, head };
}

function decideOne(
  command: Command,
  { actor, prior, rows, eyes }: Asked,
  set: WorkingSet,
  head: JournalHead,
  now: Date,
  env: Surroundings,
): { answer: Answer; head: JournalHead } {
  if (actor === undefined) return { answer: { refusal: refused('unauthenticated') }, head };
  const isAgain = prior?.actorId === actor.id;
  const denied = authorise(actor, command.useCase, command.input, isAgain ? undefined : rows);
  if (denied) return { answer: { refusal: denied }, head };
  const again = prior && retried(prior, command, eyes);
  if (again) return { answer: again, head };
  // What waited until now has not been done: whose the rows are counts as if it were asked for the first time.
  const beyond = prior && authorise(actor, command.useCase, command.input, rows);
  if (beyond) return { answer: { refusal: beyond }, head };
  if (head.frozenReason !== null) return { answer: { refusal: refused('ledger_frozen') }, head };

  const context = contextOf(actor, set, head, now, env);
  const decided = command.useCase.decide(rows, command.input, context);
  if (isRefused(decided)) return { answer: { refusal: decided }, head };
  if ('unchanged' in decided) return { answer: { body: decided.unchanged, replayed: false }, head };
  const claimed = 'accepted' in decided ? claimOf(actor, command, rows, now) : [];
  if (isRefused(claimed)) return { answer: { refusal: claimed }, head };
  const seen: SeenOutcome | Refusal =
    'accepted' in decided ? seenBy(eyes, actor, decided, context) : { outcome: decided };
  if (isRefused(seen)) return { answer: { refusal: seen }, head };
  const { outcome, isPending = false } = seen;
  const body = 'accepted' in outcome ? JSON.stringify(outcome.result) : null;
  // Where what waited is carried out at last, its first asking has the key.
  const keyed = body === null || prior ? null : { ...command, result: body };
  const entries = outcome.activities.map((draft, n) => entryOf(draft, n === 0 ? keyed : null, actor.id, now));
  assert(body === null || entries.length > 0, `${command.useCase.name} was accepted without an activity`);
  // All of it is looked at before the first of it is in the set, where a later mistake could not take it out again.
  for (const { postings = [] } of outcome.activities) assertSumsToZero(postings, command.useCase.name);
  let next = head;
  for (const entry of entries) next = appendTo(next, entry, set, env);
  if (!isPending) for (const change of claimed) change(set);
  for (const change of outcome.changes) change(set);
  const answer =
    'accepted' in outcome ? { body: body ?? '', replayed: false, isPending } : { refusal: outcome.recorded };
  return { answer, head: next };
}

type SeenOutcome = { readonly outcome: Accepted<unknown> | Recorded; readonly isPending?: boolean };

/** What is accepted, after whoever looks for a second person has looked at it. */
function seenBy(
  eyes: Asked['eyes'],
  actor: Actor,
  outcome: Accepted<unknown>,
  context: Context,
): SeenOutcome | Refusal {
  const seen = eyes?.see(actor, outcome, context);
  if (seen === undefined || isRefused(seen)) return seen ?? { outcome };
  if ('waits' in seen) return { outcome: seen.waits, isPending: true };
  const activities = [...outcome.activities, ...seen.activities];
  return { outcome: { ...outcome, activities, changes: [...outcome.changes, ...seen.changes] } };
}

/** What a retry is answered; undefined where what it asks for waited until now, and is to be carried out. */
function retried(prior: Activity, command: Command, eyes: Asked['eyes']): Answer | undefined {
  const answer = replay(prior, command);
  const waited = 'body' in answer ? eyes?.retried(prior) : undefined;
  if (waited === undefined) return answer;
  if ('again' in waited) return undefined;
  return isRefused(waited) ? { refusal: waited } : { ...waited, replayed: true };
}

const nothing: readonly Change[] = [];

/** What this command takes of the actor's allowances for the day. */
function claimOf(
  actor: Actor,
  { useCase, input }: Command,
  rows: unknown,
  now: Date,
): readonly Change[] | Refusal {
  const amount = actor.claim && useCase.amountOf?.(input, rows);
  return (amount !== undefined && actor.claim?.(useCase.permission, amount, now)) || nothing;
}

function replay(prior: Activity, command: Command): Answer {
  const { fingerprint, earlierFingerprints = [] } = command;
  const prints = fingerprint === null ? [] : [fingerprint, ...earlierFingerprints];
  const same = prints.some((one) => prior.fingerprint?.equals(one) === true);
  if (!same || prior.result === null) return { refusal: refused('idempotency_key_reused') };
  return { body: prior.result, replayed: true };
}

function contextOf(actor: Actor, set: WorkingSet, head: JournalHead, now: Date, env: Surroundings): Context {
  const seq = (n = 0) => head.seq + 1n + BigInt(n);
  return {
    now,
    actor,
    merchantId: set.merchantId,
    seq,
    activityId: (n = 0) => activityId(now, seq(n)),
    newId: () => newId(now, env.random),
  };
}

type Keyed = {
  readonly idempotencyKey: string | null;
  readonly fingerprint: Buffer | null;
  readonly result: string;
};
type Entry = Omit<Activity, 'seq' | 'hash'>;

function entryOf(draft: ActivityDraft, keyed: Keyed | null, actorId: string, occurredAt: Date): Entry {
  return {
    type: draft.type,
    occurredAt,
    actorId: draft.actorId ?? actorId,
    storeId: draft.storeId ?? null,
    subjectId: draft.subjectId ?? null,
    relatedSeq: draft.relatedSeq ?? null,
    reference: draft.reference ?? null,
    amount: draft.amount ?? null,
    details: draft.details === undefined ? null : JSON.stringify(draft.details),
    idempotencyKey: keyed?.idempotencyKey ?? null,
    fingerprint: keyed?.fingerprint ?? null,
    result: keyed?.idempotencyKey == null ? null : keyed.result,
    postings: draft.postings ?? [],
  };
}

function appendTo(head: JournalHead, entry: Entry, set: WorkingSet, env: Surroundings): JournalHead {
  const unsigned = { ...entry, seq: head.seq + 1n };
  const hash = chainHash(env.chainKey, head.hash, canonicalActivity(set.merchantId, unsigned));
  put(env.log.activities, { ...unsigned, hash })(set);
  return { ...head, seq: unsigned.seq, hash };
}

/** The hash of an entry: keyed, so that who can write to the database cannot forge the log; over the hash before it. */
export function chainHash(key: KeyObject, previous: Buffer, canonical: string): Buffer {
  return mac(key, canonical, previous);
}

function assertSumsToZero(postings: readonly Posting[], name: string): void {
  if (postings.length === 0) return;
  const sums = new Map<string, bigint>();
  for (const { asset, amount } of postings) sums.set(asset, (sums.get(asset) ?? 0n) + amount);
  for (const [asset, sum] of sums) assert(sum === 0n, `${name} posts ${sum} ${asset} out of nothing`);
}
