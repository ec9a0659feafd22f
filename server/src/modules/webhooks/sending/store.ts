import { type Db, statement } from '../../../platform/db/statement.ts';
import type { Endpoint } from '../endpoint.ts';
import { testType } from '../events.ts';
import type { LoggedEvent } from '../message.ts';
import { endpointColumns } from '../store.ts';

export type Due = { readonly merchantId: string; readonly id: string };

const selectDue = statement(
  'webhooks.due',
  `-- all merchants: the job that sends news works for each
   select e.merchant_id as "merchantId", e.id from webhooks.endpoint e
   left join webhooks.progress p on p.merchant_id = e.merchant_id and p.endpoint_id = e.id
   join ledger.journal_view j on j.merchant_id = e.merchant_id
   where e.state = 'active' and (coalesce(p.read_seq, e.from_seq) < j.seq
     or exists (select from webhooks.delivery d where d.merchant_id = e.merchant_id and d.endpoint_id = e.id
       and d.state in ('waiting', 'sending') and d.due_at <= $1)
     or exists (select from webhooks.resend r where r.merchant_id = e.merchant_id and r.endpoint_id = e.id and not r.done))`,
);

/** The endpoints for which there is something to do. */
export function dueEndpoints(db: Db, now: Date): Promise<Due[]> {
  return db.query<Due>(selectDue, [now]);
}

const selectEndpoint = statement(
  'webhooks.endpointToSend',
  `select ${endpointColumns} from webhooks.endpoint e where e.merchant_id = $1 and e.id = $2 and e.state = 'active'`,
);

/** The endpoint as it is now, if anything is to be sent to it. */
export async function activeEndpoint(db: Db, { merchantId, id }: Due): Promise<Endpoint | undefined> {
  const [endpoint] = await db.query<Endpoint>(selectEndpoint, [merchantId, id]);
  return endpoint;
}

const beginProgress = statement(
  'webhooks.beginProgress',
  `insert into webhooks.progress (merchant_id, endpoint_id, read_seq) values ($1, $2, $3) on conflict do nothing`,
);

// Where two processes read the same stretch, the second finds the place moved, and plans nothing.
const planNews = statement(
  'webhooks.plan',
  `with news as (
     select a.seq, a.type, a.occurred_at, a.subject_id from ledger.activity_view a
     where a.merchant_id = $1
       and a.seq > (select p.read_seq from webhooks.progress p where p.merchant_id = $1 and p.endpoint_id = $2)
     order by a.seq limit $6),
   reached as (
     update webhooks.progress p set read_seq = (select max(n.seq) from news n)
     where p.merchant_id = $1 and p.endpoint_id = $2 and p.read_seq = (select min(n.seq) - 1 from news n)
     returning 1),
   planned as (
     insert into webhooks.delivery (merchant_id, endpoint_id, seq, type, occurred_at, subject_id, state, due_at)
     select $1, $2, n.seq, n.type, n.occurred_at, n.subject_id, 'waiting', $3
     from news n cross join reached
     where n.type = any($4::text[]) or (n.type = $5 and n.subject_id = $2)
     on conflict do nothing)
   select count(*)::integer as read from news n cross join reached where n.seq > 0`,
);

/** Plans to send the next stretch of the log, at most so much of it; answers how much it was. */
export async function plan(
  db: Db,
  { merchantId, id }: Due,
  { fromSeq, types, now, limit }: { fromSeq: bigint; types: readonly string[]; now: Date; limit: number },
): Promise<number> {
  await db.execute(beginProgress, [merchantId, id, fromSeq]);
  const [row] = await db.query<{ read: number }>(planNews, [merchantId, id, now, types, testType, limit]);
  return row?.read ?? 0;
}

const planResend = statement(
  'webhooks.planResend',
  `with asked as (
     select r.id, r.since, r.until, r.until_seq, greatest(r.next_seq, coalesce(
       (select min(a.seq) from ledger.activity_view a where a.merchant_id = $1 and a.occurred_at >= r.since), r.next_seq)) as next_seq
     from webhooks.resend r where r.merchant_id = $1 and r.endpoint_id = $2 and not r.done order by r.id limit 1 for update),
   stretch as (
     select a.seq, a.type, a.occurred_at, a.subject_id, q.since, q.until
     from asked q join ledger.activity_view a on a.merchant_id = $1 and a.seq >= q.next_seq and a.seq < q.until_seq
     order by a.seq limit $6),
   moved as (
     update webhooks.resend r set next_seq = coalesce((select max(s.seq) + 1 from stretch s), r.next_seq),
       done = (select count(*) from stretch s) < $6
     from asked q where r.merchant_id = $1 and r.id = q.id
     returning 1),
   planned as (
     insert into webhooks.delivery as d (merchant_id, endpoint_id, seq, type, occurred_at, subject_id, state, due_at)
     select $1, $2, s.seq, s.type, s.occurred_at, s.subject_id, 'waiting', $3
     from stretch s
     where (s.type = any($4::text[]) or (s.type = $5 and s.subject_id = $2))
       and (s.since is null or s.occurred_at >= s.since) and (s.until is null or s.occurred_at < s.until)
     on conflict (merchant_id, endpoint_id, seq) do update
       set state = 'waiting', tries = 0, due_at = excluded.due_at, claim = null, ended_at = null
       where d.state <> 'sending')
   select count(*)::integer as moved from moved m where $1::uuid is not null`,
);

/** Plans to send again what was asked for, the next stretch of it; answers whether anything was asked for. */
export async function planAgain(
  db: Db,
  { merchantId, id }: Due,
  { types, now, limit }: { types: readonly string[]; now: Date; limit: number },
): Promise<boolean> {
  const [row] = await db.query<{ moved: number }>(planResend, [merchantId, id, now, types, testType, limit]);
  return (row?.moved ?? 0) > 0;
}

const lockProgress = statement(
  'webhooks.lockProgress',
  `select p.failing_since as "failingSince" from webhooks.progress p
   where p.merchant_id = $1 and p.endpoint_id = $2 for update skip locked`,
);

// An event waits for an earlier one of its subject that rests or is on its way, unless that one keeps failing. Those are
// few and are found first, each part once: with thousands waiting, looking before each row would never end.
const claimDue = statement(
  'webhooks.claim',
  `with before as materialized (
     select b.subject_id, min(b.seq) as seq from webhooks.delivery b
     where b.merchant_id = $1 and b.endpoint_id = $2 and b.state in ('waiting', 'sending') and b.due_at > $4
       and b.tries < $6 and b.subject_id is not null
     group by b.subject_id),
   due as materialized (
     select w.seq from webhooks.delivery w
     left join before b on b.subject_id = w.subject_id
     where w.merchant_id = $1 and w.endpoint_id = $2 and w.state in ('waiting', 'sending') and w.due_at <= $4
       and (b.seq is null or w.seq < b.seq)
     order by w.seq limit $7)
   update webhooks.delivery d set state = 'sending', claim = $3, due_at = $5
   where d.merchant_id = $1 and d.endpoint_id = $2 and d.seq = any(array(select due.seq from due))
   returning d.seq, d.tries`,
);

export type Claimed = { readonly seq: bigint; readonly tries: number };

/** How often an event may fail until later ones of the same subject no longer wait for it. */
const orderedTries = 3;

/** Claims what is due, in the order of the log; nothing while another process is claiming for this endpoint. */
export async function claim(
  db: Db,
  { merchantId, id }: Due,
  { token, now, until, limit }: { token: string; now: Date; until: Date; limit: number },
): Promise<Claimed[]> {
  const [free] = await db.query(lockProgress, [merchantId, id]);
  if (!free) return [];
  const rows = await db.query<Claimed>(claimDue, [merchantId, id, token, now, until, orderedTries, limit]);
  return rows.sort((one, other) => (one.seq < other.seq ? -1 : 1));
}

const selectEvents = statement(
  'webhooks.events',
  `select a.seq, a.type, a.occurred_at as "occurredAt", a.store_id as "storeId", a.subject_id as "subjectId", a.reference,
     a.amount, coalesce(a.details, '{}')::json as details
   from ledger.activity_view a where a.merchant_id = $1 and a.seq = any($2::bigint[])`,
);

/** These entries of the log. */
export function eventsOf(db: Db, merchantId: string, seqs: readonly bigint[]): Promise<LoggedEvent[]> {
  return db.query<LoggedEvent>(selectEvents, [merchantId, seqs]);
}

const insertAttempts = statement(
  'webhooks.insertAttempts',
  `insert into webhooks.attempt (merchant_id, endpoint_id, id, seq, at, duration_ms, status, failure, request_head,
     response_head, response_body)
   select $1, $2, v.* from unnest($3::uuid[], $4::bigint[], $5::timestamptz[], $6::integer[], $7::smallint[], $8::text[],
     $9::text[], $10::text[], $11::text[]) as v`,
);

export type Attempt = {
  readonly id: string;
  readonly seq: bigint;
  readonly at: Date;
  readonly durationMs: number;
  readonly status: number | null;
  readonly failure: string | null;
  readonly requestHead: string;
  readonly responseHead: string | null;
  readonly responseBody: string | null;
};

/** Notes what was sent and what came back. */
export async function noteAttempts(
  db: Db,
  { merchantId, id }: Due,
  attempts: readonly Attempt[],
): Promise<void> {
  await db.execute(insertAttempts, [
    merchantId,
    id,
    attempts.map((one) => one.id),
    attempts.map((one) => one.seq),
    attempts.map((one) => one.at),
    attempts.map((one) => one.durationMs),
    attempts.map((one) => one.status),
    attempts.map((one) => one.failure),
    attempts.map((one) => one.requestHead),
    attempts.map((one) => one.responseHead),
    attempts.map((one) => one.responseBody),
  ]);
}

// What another has claimed meanwhile, since the claim had lapsed, is left to it.
const endDeliveries = statement(
  'webhooks.endDeliveries',
  `update webhooks.delivery d set state = v.state, tries = d.tries + v.tried, due_at = v.due_at, claim = null,
     ended_at = v.ended_at
   from unnest($3::bigint[], $4::uuid[], $5::text[], $6::integer[], $7::timestamptz[], $8::timestamptz[])
     as v(seq, token, state, tried, due_at, ended_at)
   where d.merchant_id = $1 and d.endpoint_id = $2 and d.seq = v.seq and d.claim = v.token`,
);

export type Ended = {
  readonly seq: bigint;
  readonly token: string;
  readonly state: 'waiting' | 'delivered' | 'dead';
  /** How many attempts this was: none, where it was only let go of. */
  readonly tried: 0 | 1;
  readonly dueAt: Date;
  readonly endedAt: Date | null;
};

/** Notes how claimed deliveries ended. */
export async function endClaims(db: Db, { merchantId, id }: Due, ended: readonly Ended[]): Promise<void> {
  await db.execute(endDeliveries, [
    merchantId,
    id,
    ended.map((one) => one.seq),
    ended.map((one) => one.token),
    ended.map((one) => one.state),
    ended.map((one) => one.tried),
    ended.map((one) => one.dueAt),
    ended.map((one) => one.endedAt),
  ]);
}

const noteHealth = statement(
  'webhooks.noteHealth',
  `update webhooks.progress set failing_since = case when $3 then null else coalesce(failing_since, $4) end
   where merchant_id = $1 and endpoint_id = $2 and (failing_since is null) <> $3`,
);
const selectHealth = statement(
  'webhooks.health',
  `select failing_since as "failingSince" from webhooks.progress where merchant_id = $1 and endpoint_id = $2`,
);

/** Notes that something arrived there or did not; answers since when nothing has. */
export async function noteArrival(
  db: Db,
  { merchantId, id }: Due,
  arrived: boolean,
  now: Date,
): Promise<Date | null> {
  await db.execute(noteHealth, [merchantId, id, arrived, now]);
  const [row] = await db.query<{ failingSince: Date | null }>(selectHealth, [merchantId, id]);
  return row?.failingSince ?? null;
}

const deleteOld = statement(
  'webhooks.deleteOld',
  `-- all merchants: old notes of deliveries are taken away for each
   delete from webhooks.delivery where state in ('delivered', 'dead') and ended_at < $1`,
);

/** Takes away what was delivered, or given up, before then. The events themselves stay in the log. */
export async function deleteEndedBefore(db: Db, before: Date): Promise<void> {
  await db.execute(deleteOld, [before]);
}
