import { type Db, statement } from '../../platform/db/statement.ts';
import type { Language } from '../members/index.ts';
import type { ChannelName, Event, Failure } from './notice.ts';

/** A notice to be queued. */
export type NewNotice = {
  readonly id: string;
  readonly occasion: string;
  readonly event: Event;
  readonly memberId: string | null;
  readonly language: Language;
  readonly sealedContent: Buffer;
  readonly goodUntil: Date | null;
};

const insertNotice = statement(
  'notices.insert',
  `insert into notices.notice (merchant_id, id, occasion, event, member_id, language, sealed_content, state, next_at,
     good_until, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8, $9, $8)
   on conflict (merchant_id, occasion) do nothing`,
);

/** Queues a notice, unless its occasion has had one. */
export async function insert(db: Db, merchantId: string, notice: NewNotice, now: Date): Promise<boolean> {
  const { id, occasion, event, memberId, language, sealedContent, goodUntil } = notice;
  const facts = [id, occasion, event, memberId, language, sealedContent, now, goodUntil];
  return (await db.execute(insertNotice, [merchantId, ...facts])) === 1;
}

// Rows that another process is taking at this moment are passed over, not waited for.
const takeDue = statement(
  'notices.takeDue',
  `-- all merchants: one queue is worked on for all
   update notices.notice n set state = 'sending', attempts = n.attempts + 1, next_at = $2
   from (select d.merchant_id, d.id from notices.notice d
         where d.state in ('waiting', 'sending') and d.next_at <= $1
         order by d.next_at limit $3 for update skip locked) due
   where n.merchant_id = due.merchant_id and n.id = due.id
   returning n.merchant_id as "merchantId", n.id, n.event, n.member_id as "memberId", n.language,
     n.sealed_content as "sealedContent", n.attempts::integer as attempts, n.good_until as "goodUntil"`,
);

export type DueNotice = {
  readonly merchantId: string;
  readonly id: string;
  readonly event: Event;
  readonly memberId: string | null;
  readonly language: Language;
  readonly sealedContent: Buffer | null;
  readonly attempts: number;
  readonly goodUntil: Date | null;
};

/** Takes notices whose time has come, for the length of a lease. Run it for all merchants. */
export function take(db: Db, now: Date, leaseUntil: Date, limit: number): Promise<DueNotice[]> {
  return db.query<DueNotice>(takeDue, [now, leaseUntil, limit]);
}

// Only by whoever holds the lease: one that was thought lost may not overwrite what came after it.
const noteSent = statement(
  'notices.noteSent',
  `update notices.notice set state = 'sent', channel = $4, ended_at = $5, failure = null,
     sealed_content = case when $4 = 'outbox' then sealed_content end
   where merchant_id = $1 and id = $2 and state = 'sending' and attempts = $3`,
);
const noteDead = statement(
  'notices.noteDead',
  `update notices.notice set state = 'dead', failure = $4, ended_at = $5, sealed_content = null
   where merchant_id = $1 and id = $2 and state = 'sending' and attempts = $3`,
);
const noteAgain = statement(
  'notices.noteAgain',
  `update notices.notice set state = 'waiting', failure = $4, next_at = $5
   where merchant_id = $1 and id = $2 and state = 'sending' and attempts = $3`,
);

type Held = Pick<DueNotice, 'merchantId' | 'id' | 'attempts'>;

/** Notes that a notice is out: it is not sent again, and its words are forgotten unless people read them here. */
export async function setSent(db: Db, { merchantId, id, attempts }: Held, channel: ChannelName, now: Date) {
  await db.execute(noteSent, [merchantId, id, attempts, channel, now]);
}

/** Notes that a notice is given up, and forgets its words. */
export async function setDead(db: Db, { merchantId, id, attempts }: Held, failure: Failure, now: Date) {
  await db.execute(noteDead, [merchantId, id, attempts, failure, now]);
}

/** Notes that a notice is to be tried again. */
export async function setWaiting(db: Db, { merchantId, id, attempts }: Held, failure: Failure, nextAt: Date) {
  await db.execute(noteAgain, [merchantId, id, attempts, failure, nextAt]);
}

const forgetWords = statement(
  'notices.forgetWords',
  `-- all merchants: what has been read or is too late is forgotten everywhere
   update notices.notice set sealed_content = null
   where sealed_content is not null and state in ('sent', 'dead') and (ended_at < $2 or good_until < $1)`,
);

/** Forgets the words of notices in the outbox that are too late, or older than a time. Run it for all merchants. */
export async function forget(db: Db, now: Date, before: Date): Promise<void> {
  await db.execute(forgetWords, [now, before]);
}

const selectNotices = statement(
  'notices.select',
  `select n.id, n.event, n.member_id as "memberId", n.language, n.sealed_content as "sealedContent", n.channel, n.state,
     n.attempts::integer as attempts, n.created_at as "createdAt", n.ended_at as "endedAt", n.failure,
     n.good_until as "goodUntil"
   from notices.notice n
   where n.merchant_id = $1 and ($2::uuid is null or n.id < $2) order by n.id desc limit $3`,
);

export type ListedNotice = Omit<DueNotice, 'merchantId'> & {
  readonly channel: ChannelName | null;
  readonly state: 'waiting' | 'sending' | 'sent' | 'dead';
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  readonly failure: Failure | null;
};

/** A merchant's notices, the newest first, from before an id. */
export function list(db: Db, merchantId: string, before: string | null, limit: number) {
  return db.query<ListedNotice>(selectNotices, [merchantId, before, limit]);
}
