import { randomUUID } from 'node:crypto';
import { newId } from '../../../kernel/id.ts';
import type { Random } from '../../../kernel/random.ts';
import type { KeyRing } from '../../../platform/config/keys.ts';
import { unseal } from '../../../platform/crypto/seal.ts';
import type { Pool } from '../../../platform/db/connection.ts';
import { read, writeAside } from '../../../platform/db/read.ts';
import type { UseCase } from '../../../platform/executor/useCase.ts';
import type { Log } from '../../../platform/log/log.ts';
import type { Networks } from '../../../platform/outbound/networks.ts';
import { type Limits, post, type Sent } from '../../../platform/outbound/post.ts';
import { disableEndpoint } from '../disableEndpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { bodyOf, eventIdOf, headersOf, type LoggedEvent, secretContext } from '../message.ts';
import { failingMaxMs, restAfter } from '../schedule.ts';
import {
  type Attempt,
  type Claimed,
  claim,
  type Due,
  type Ended,
  endClaims,
  eventsOf,
  noteArrival,
  noteAttempts,
} from './store.ts';

export type SendingParts = {
  readonly readers: Pool;
  readonly writers: Pool;
  readonly clock: () => Date;
  readonly random: Random;
  readonly log: Log;
  readonly sealKeys: KeyRing;
  /** Networks that are no public ones but may be called. */
  readonly allowed: Networks;
  readonly limits?: Limits | undefined;
  /** Runs a use case of a merchant as the system. */
  readonly asSystem: <I, R, O>(merchantId: string, useCase: UseCase<I, R, O>, input: I) => Promise<unknown>;
};

const standardLimits: Limits = { timeoutMs: 15_000, bodyBytesMax: 4_096 };
const claimMax = 200;
/** Subjects of one endpoint whose events are sent at a time. */
const subjectsAtOnce = 8;
/** A claim lasts for longer than whatever is begun within it may take; real time, in milliseconds. */
const claimMs = 60_000;
const beginWithinMs = 30_000;

/** Claims what is due at an endpoint and sends it; false where nothing was. */
export async function sendDue(
  parts: SendingParts,
  due: Due,
  endpoint: Endpoint,
  signal: AbortSignal,
): Promise<boolean> {
  const { readers, writers, clock } = parts;
  const token = randomUUID();
  const began = performance.now();
  const now = clock();
  const until = new Date(now.getTime() + claimMs);
  const claimed = await writeAside(writers, due.merchantId, (db) =>
    claim(db, due, { token, now, until, limit: claimMax }),
  );
  if (claimed.length === 0) return false;
  const seqs = claimed.map(({ seq }) => seq);
  const events = await read(readers, due.merchantId, (db) => eventsOf(db, due.merchantId, seqs));
  const notes = notebook(parts, due, token);
  const sending: Sending = {
    parts,
    due,
    endpoint,
    notes,
    mayBegin: () => !notes.isGone() && !signal.aborted && performance.now() - began < beginWithinMs,
  };
  const queues = bySubject(claimed, events);
  const sendNext = async () => {
    for (let queue = queues.shift(); queue; queue = queues.shift()) await sendInOrder(sending, queue);
  };
  await Promise.all(Array.from({ length: subjectsAtOnce }, sendNext));
  await notes.written();
  await disableIfHopeless(sending);
  return true;
}

/** What came of a claimed delivery; one that was let go of has no attempt. */
type Note = {
  readonly ended: Omit<Ended, 'token'>;
  readonly attempt?: Attempt | undefined;
  readonly status?: number | undefined;
};

type Notes = {
  add(note: Note): void;
  /** Resolves when all is written; rejects where something could not be. */
  written(): Promise<void>;
  isGone(): boolean;
  failingSince(): Date | null;
};

type Sending = {
  readonly parts: SendingParts;
  readonly due: Due;
  readonly endpoint: Endpoint;
  readonly notes: Notes;
  /** Whether another may be begun within the claim. */
  readonly mayBegin: () => boolean;
};

/** Writes what came of deliveries: what ends while the last of it is being written is written together. */
function notebook({ writers, clock }: SendingParts, due: Due, token: string): Notes {
  const waiting: Note[] = [];
  let gone = false;
  let failingSince: Date | null = null;
  let writing: Promise<void> | undefined;

  async function write(): Promise<void> {
    for (let notes = waiting.splice(0); notes.length > 0; notes = waiting.splice(0)) {
      const attempts = notes.flatMap(({ attempt }) => attempt ?? []);
      const last = notes.findLast(({ attempt }) => attempt !== undefined);
      failingSince = await writeAside(writers, due.merchantId, async (db) => {
        await noteAttempts(db, due, attempts);
        await endClaims(
          db,
          due,
          notes.map(({ ended }) => ({ ...ended, token })),
        );
        if (!last) return failingSince;
        const arrived = notes.some(({ ended }) => ended.state === 'delivered');
        return noteArrival(db, due, arrived, clock());
      });
    }
    writing = undefined;
  }

  return {
    add(note) {
      waiting.push(note);
      if (note.status === 410) gone = true;
      writing ??= write();
      // It is told once more, to whoever waits for all of it.
      writing.catch(() => undefined);
    },
    written: async () => writing,
    isGone: () => gone,
    failingSince: () => failingSince,
  };
}

type Parcel = { readonly tries: number; readonly event: LoggedEvent };

/** What is sent one after another: the events of one subject. */
function bySubject(claimed: readonly Claimed[], events: readonly LoggedEvent[]): Parcel[][] {
  const bySeq = new Map(events.map((event) => [event.seq, event]));
  const queues = new Map<string, Parcel[]>();
  for (const { seq, tries } of claimed) {
    const event = bySeq.get(seq);
    if (!event) continue;
    const subject = event.subjectId ?? String(seq);
    const queue = queues.get(subject) ?? [];
    queue.push({ tries, event });
    queues.set(subject, queue);
  }
  return [...queues.values()];
}

/** Sends them in order until one fails; the rest is let go of. */
async function sendInOrder(sending: Sending, queue: readonly Parcel[]): Promise<void> {
  let broken = false;
  for (const parcel of queue) {
    if (broken || !sending.mayBegin()) letGo(sending, parcel);
    else broken = !(await sendOne(sending, parcel));
  }
}

function letGo({ parts, notes }: Sending, { event }: Parcel): void {
  notes.add({ ended: { seq: event.seq, state: 'waiting', tried: 0, dueAt: parts.clock(), endedAt: null } });
}

/** Sends one and has it noted. Until then the process may die: then it is sent again, under the same id. */
async function sendOne({ parts, due, endpoint, notes }: Sending, parcel: Parcel): Promise<boolean> {
  const { clock, random } = parts;
  const { event } = parcel;
  const body = bodyOf(due.merchantId, event);
  const at = clock();
  const headers = headersOf(eventIdOf(event), body, secretsOf(parts, due, endpoint, at), at);
  const began = performance.now();
  const sent = await post(
    { url: endpoint.url, headers, body },
    parts.allowed,
    parts.limits ?? standardLimits,
  );
  const durationMs = Math.round(performance.now() - began);
  const arrived = 'status' in sent && sent.status >= 200 && sent.status < 300;
  const now = clock();
  notes.add({
    attempt: {
      id: newId(now, random),
      seq: event.seq,
      at,
      durationMs,
      ...noteOf(endpoint.url, headers, sent),
    },
    ended: { seq: event.seq, tried: 1, ...fateOf(arrived, parcel, now, random) },
    status: 'status' in sent ? sent.status : undefined,
  });
  return arrived;
}

async function disableIfHopeless({ parts, due, notes }: Sending): Promise<void> {
  const failingSince = notes.failingSince();
  const isFailing = failingSince !== null && parts.clock().getTime() - failingSince.getTime() >= failingMaxMs;
  if (!notes.isGone() && !isFailing) return;
  const reason = notes.isGone() ? 'gone' : 'failing';
  await parts.asSystem(due.merchantId, disableEndpoint, { id: due.id, reason });
  parts.log.error('a webhook endpoint was disabled', { ...due, reason }, undefined);
}

function fateOf(arrived: boolean, { tries }: Parcel, now: Date, random: Random) {
  if (arrived) return { state: 'delivered', dueAt: now, endedAt: now } as const;
  const restMs = restAfter(tries + 1, random);
  if (restMs === undefined) return { state: 'dead', dueAt: now, endedAt: now } as const;
  return { state: 'waiting', dueAt: new Date(now.getTime() + restMs), endedAt: null } as const;
}

function secretsOf({ sealKeys }: SendingParts, { merchantId }: Due, endpoint: Endpoint, now: Date) {
  const { secretSealed, previousSealed, previousUntil } = endpoint;
  const overlaps = previousSealed !== null && previousUntil !== null && previousUntil > now;
  return [secretSealed, ...(overlaps ? [previousSealed] : [])].map((sealed) =>
    unseal(sealKeys, sealed, secretContext(merchantId)),
  );
}

function noteOf(url: string, headers: Readonly<Record<string, string>>, sent: Sent) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const requestHead = [`POST ${url}`, ...lines].join('\n');
  const answered = 'status' in sent;
  return {
    status: answered ? sent.status : null,
    failure: answered ? null : sent.failure,
    requestHead,
    responseHead: answered ? sent.head : null,
    responseBody: answered ? sent.body : null,
  };
}
