import { type Db, guarded, statement } from '../../../platform/db/statement.ts';
import { entitySql } from '../../../platform/executor/entitySql.ts';
import {
  idleMs,
  openSessionsOfStaff,
  openSessionsOnDevice,
  type Session,
  sessionById,
  sessions,
} from './session.ts';

const columns = `s.id, s.person_id as "personId", s.staff_id as "staffId", s.state, s.proven_at as "provenAt",
  s.created_at as "createdAt", s.last_used_at as "lastUsedAt", s.ends_at as "endsAt", s.ended_at as "endedAt",
  s.device_id as "deviceId", s.by_pin as "byPin"`;
const sessionsById = statement(
  'signin.sessionsById',
  `select ${columns} from signin.session s where s.merchant_id = $1 and s.id = any($2::uuid[])`,
);
const openByStaff = statement(
  'signin.openSessionsByStaff',
  `select ${columns} from signin.session s
   where s.merchant_id = $1 and s.staff_id = any($2::uuid[]) and s.ended_at is null`,
);
const openOnDevice = statement(
  'signin.openSessionsOnDevice',
  `select ${columns} from signin.session s
   where s.merchant_id = $1 and s.device_id = any($2::uuid[]) and s.ended_at is null`,
);
const endSessions = guarded(
  'signin.endSessions',
  `update signin.session s set ended_at = v.ended_at
   from unnest($2::uuid[], $3::timestamptz[]) as v(id, ended_at)
   where s.merchant_id = $1 and s.id = v.id and s.ended_at is null`,
  'a session ended meanwhile',
);

/** Sessions for the executor, which only ends them. */
export const sessionSql = entitySql<Session>(sessions, {
  insert: async () => {
    throw new Error('sessions begin by signing in, not by a command');
  },
  update: (db, merchantId, updates) =>
    db.execute(endSessions, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.endedAt),
      updates.length,
    ]),
  finds: [
    [sessionById, (db, m, keys) => db.query<Session>(sessionsById, [m, keys])],
    [openSessionsOfStaff, (db, m, keys) => db.query<Session>(openByStaff, [m, keys])],
    [openSessionsOnDevice, (db, m, keys) => db.query<Session>(openOnDevice, [m, keys])],
  ],
});

/** A session as its cookie finds it. */
export type Found = Session & {
  readonly merchantId: string;
  readonly tokenAt: Date;
  /** Whether the cookie is the one before the last. */
  readonly isPrevious: boolean;
};

const byToken = statement(
  'signin.sessionByToken',
  `select ${columns}, s.merchant_id as "merchantId", s.token_at as "tokenAt", s.token_hash <> $1 as "isPrevious"
   from signin.session s -- all merchants: the cookie says whose it is
   where (s.token_hash = $1 or s.previous_hash = $1) and s.ended_at is null and s.ends_at > $2
     and s.last_used_at > $2::timestamptz - $3 * interval '1 ms'`,
);
const insert = statement(
  'signin.insertSession',
  `insert into signin.session (merchant_id, id, person_id, staff_id, state, token_hash, token_at, proven_at, agent, place,
     client, created_at, last_used_at, ends_at, device_id, by_pin)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $7, $7, $12, $13, $14)`,
);
const renewed = statement(
  'signin.renewSession',
  `update signin.session set token_hash = $4, token_at = $5, previous_hash = $6, proven_at = coalesce($7, proven_at)
   where merchant_id = $1 and id = $2 and token_hash = $3 and ended_at is null`,
);
const ended = statement(
  'signin.endSession',
  `update signin.session set ended_at = $3 where merchant_id = $1 and id = $2 and ended_at is null`,
);
const endOthers = statement(
  'signin.endOtherSessions',
  `update signin.session set ended_at = $3 -- all merchants: a person's, wherever they work
   where person_id = $1 and id <> $2 and ended_at is null`,
);
const used = statement(
  'signin.noteSessionUses',
  `update signin.session s set last_used_at = greatest(s.last_used_at, v.used_at), -- all merchants: uses are noted together
     previous_hash = case when v.by_current and s.token_at < v.used_at - interval '1 minute' then null
       else s.previous_hash end
   from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::boolean[]) as v(merchant_id, id, used_at, by_current)
   where s.merchant_id = v.merchant_id and s.id = v.id and s.ended_at is null`,
);

/** The live session whose cookie, now or before the last renewal, has this SHA-256. Run it for all merchants. */
export async function findByToken(db: Db, hash: Buffer, now: Date): Promise<Found | undefined> {
  const [found] = await db.query<Found>(byToken, [hash, now, idleMs]);
  return found;
}

export type NewSession = Pick<
  Session,
  'id' | 'personId' | 'staffId' | 'state' | 'provenAt' | 'endsAt' | 'deviceId' | 'byPin'
> & {
  readonly merchantId: string;
  readonly tokenHash: Buffer;
  readonly agent: string | null;
  readonly place: string;
  readonly client: string | null;
};

/** Begins a session. Run it for all merchants. */
export async function insertSession(db: Db, session: NewSession, now: Date): Promise<void> {
  const { merchantId, id, personId, staffId, state, tokenHash, provenAt, agent, place, client, endsAt } =
    session;
  const { deviceId, byPin } = session;
  await db.execute(insert, [
    ...[merchantId, id, personId, staffId, state, tokenHash, now, provenAt, agent, place, client, endsAt],
    ...[deviceId, byPin],
  ]);
}

type Renewal = {
  readonly from: Buffer;
  readonly to: Buffer;
  /** Whether the old cookie stays good until the new one has been seen. */
  readonly keepsOld: boolean;
  readonly provenAt: Date | null;
};

/** Gives a session a new cookie; false when it had got another meanwhile, or has ended. */
export async function renewSession(
  db: Db,
  { merchantId, id }: Found,
  { from, to, keepsOld, provenAt }: Renewal,
  now: Date,
): Promise<boolean> {
  const hashes = [from, to, now, keepsOld ? from : null];
  return (await db.execute(renewed, [merchantId, id, ...hashes, provenAt])) === 1;
}

/** Ends a session. Run it for all merchants. */
export async function endSession(
  db: Db,
  { merchantId, id }: Pick<Found, 'merchantId' | 'id'>,
  now: Date,
): Promise<boolean> {
  return (await db.execute(ended, [merchantId, id, now])) === 1;
}

/** Ends all of a person's sessions but one. Run it for all merchants. */
export async function endOtherSessions(db: Db, personId: string, kept: string, now: Date): Promise<void> {
  await db.execute(endOthers, [personId, kept, now]);
}

export type SessionUse = {
  readonly merchantId: string;
  readonly id: string;
  readonly usedAt: Date;
  readonly byCurrent: boolean;
  readonly deviceId: string | null;
};

/** Notes when sessions were last used, each at most once in a call. Run it for all merchants. */
export async function noteSessionUses(db: Db, uses: readonly SessionUse[]): Promise<void> {
  await db.execute(used, [
    uses.map((use) => use.merchantId),
    uses.map((use) => use.id),
    uses.map((use) => use.usedAt),
    uses.map((use) => use.byCurrent),
  ]);
}

const listed = `s.id, s.merchant_id as "merchantId", s.agent, s.place, s.client, s.created_at as "createdAt",
  s.last_used_at as "lastUsedAt"`;
const openOfPerson = statement(
  'signin.openSessionsOfPerson',
  `select ${listed}, m.name as "merchantName"
   from signin.session s -- all merchants: a person's, wherever they work
   left join merchants.merchant_view m on m.merchant_id = s.merchant_id
   where s.person_id = $1 and s.ended_at is null and s.state = 'signed_in' and s.ends_at > $2
     and s.last_used_at > $2::timestamptz - $3 * interval '1 ms'
   order by s.last_used_at desc limit 100`,
);
const openOfStaff = statement(
  'signin.openSessionsOfStaff',
  `select ${listed}, null as "merchantName" from signin.session s
   where s.merchant_id = $1 and s.staff_id = $2 and s.ended_at is null and s.ends_at > $3
     and s.last_used_at > $3::timestamptz - $4 * interval '1 ms'
   order by s.last_used_at desc limit 100`,
);
const spent = statement(
  'signin.deleteSpent',
  `with old_sessions as (
     delete from signin.session -- all merchants: what has ended long ago
     where ends_at < $1::timestamptz - interval '30 days' or ended_at < $1::timestamptz - interval '30 days'
   ), old_challenges as (delete from signin.challenge where expires_at < $1),
   old_links as (delete from signin.link where expires_at < $1::timestamptz - interval '30 days')
   delete from signin.guess where due_at < $1`,
);

export type Listed = {
  readonly id: string;
  readonly merchantId: string;
  readonly merchantName: string | null;
  readonly agent: string | null;
  readonly place: string | null;
  readonly client: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
};

/** Where a person is signed in, the last used first. Run it for all merchants. */
export function sessionsOfPerson(db: Db, personId: string, now: Date): Promise<Listed[]> {
  return db.query<Listed>(openOfPerson, [personId, now, idleMs]);
}

/** Where a member of staff is signed in, the last used first. */
export function sessionsOfStaff(db: Db, merchantId: string, staffId: string, now: Date): Promise<Listed[]> {
  return db.query<Listed>(openOfStaff, [merchantId, staffId, now, idleMs]);
}

/** Takes away what nobody can use any more. Run it for all merchants. */
export async function deleteSpent(db: Db, now: Date): Promise<void> {
  await db.execute(spent, [now]);
}
