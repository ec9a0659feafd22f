import { type Db, statement } from '../../../platform/db/statement.ts';

const bytes = (hex: string) => Buffer.from(hex, 'hex');

// A limit is claimed by the row that counts it: of tries that run at once, no more get through than it allows.
const countAttempt = statement(
  'members.countAttempt',
  `insert into members.attempt as a (merchant_id, bucket, window_start, window_end, count) values ($1, $2, $3, $4, 1)
   on conflict (merchant_id, bucket, window_start) do update set count = a.count + 1 where a.count < $5`,
);

export type Window = { readonly start: Date; readonly end: Date; readonly max: number };

/** Counts one try; false: there were as many as there may be. */
export async function claimAttempt(db: Db, merchantId: string, bucket: Buffer, window: Window) {
  const { start, end, max } = window;
  return (await db.execute(countAttempt, [merchantId, bucket, start, end, max])) === 1;
}

const upsertCode = statement(
  'members.upsertSignInCode',
  `insert into members.sign_in_code (merchant_id, phone_hash, code_hash, tries, expires_at) values ($1, $2, $3, 0, $4)
   on conflict (merchant_id, phone_hash) do update
     set code_hash = excluded.code_hash, tries = 0, expires_at = excluded.expires_at, used_at = null`,
);
const countTry = statement(
  'members.countSignInTry',
  `update members.sign_in_code set tries = tries + 1
   where merchant_id = $1 and phone_hash = $2 and tries < $4 and used_at is null and expires_at > $3
   returning code_hash as "codeHash"`,
);
const useCode = statement(
  'members.useSignInCode',
  `update members.sign_in_code set used_at = $4
   where merchant_id = $1 and phone_hash = $2 and code_hash = $3 and used_at is null and expires_at > $4`,
);

/** Puts a new code in the place of the last one of a phone. */
export async function putCode(
  db: Db,
  merchantId: string,
  code: { readonly phoneHash: string; readonly codeHash: Buffer; readonly expiresAt: Date },
): Promise<void> {
  await db.execute(upsertCode, [merchantId, bytes(code.phoneHash), code.codeHash, code.expiresAt]);
}

/** Counts a try, and only then hands out what it is to be compared with; undefined: there is nothing left to try. */
export async function takeTry(
  db: Db,
  merchantId: string,
  phoneHash: string,
  now: Date,
  triesMax: number,
): Promise<Buffer | undefined> {
  const [row] = await db.query<{ codeHash: Buffer }>(countTry, [merchantId, bytes(phoneHash), now, triesMax]);
  return row?.codeHash;
}

/** Uses a code up; false: somebody else has, or its time is over. */
export async function spendCode(
  db: Db,
  merchantId: string,
  phoneHash: string,
  codeHash: Buffer,
  now: Date,
): Promise<boolean> {
  return (await db.execute(useCode, [merchantId, bytes(phoneHash), codeHash, now])) === 1;
}

const insertSession = statement(
  'members.insertSession',
  `insert into members.session (merchant_id, id, member_id, token_hash, created_at, expires_at, phone_count)
   select $1, $2, m.id, $4, $5, $6, m.phone_count from members.member m
   where m.merchant_id = $1 and m.id = $3 and m.state = 'active' and m.phone_hash = any($7::bytea[])`,
);
const selectSession = statement(
  'members.selectSession',
  `select s.id as "sessionId", s.member_id as "memberId" from members.session s
   join members.member m on m.merchant_id = s.merchant_id and m.id = s.member_id and m.state = 'active'
     and m.phone_count = s.phone_count
   where s.merchant_id = $1 and s.token_hash = $2 and s.revoked_at is null and s.expires_at > $3`,
);
const revokeSessions = statement(
  'members.revokeSessions',
  `update members.session set revoked_at = $4
   where merchant_id = $1 and member_id = $2 and ($3::uuid is null or id = $3) and revoked_at is null`,
);

export type NewSession = {
  readonly id: string;
  readonly memberId: string;
  readonly tokenHash: Buffer;
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

/** Lets a member in by the number with one of these hashes; false: it is not theirs, or is no more. */
export async function putSession(
  db: Db,
  merchantId: string,
  session: NewSession,
  phoneHashes: readonly string[],
): Promise<boolean> {
  const { id, memberId, tokenHash, createdAt, expiresAt } = session;
  const facts = [id, memberId, tokenHash, createdAt, expiresAt, phoneHashes.map(bytes)];
  return (await db.execute(insertSession, [merchantId, ...facts])) === 1;
}

export type Session = { readonly sessionId: string; readonly memberId: string };

/** Whose session has this token; undefined when it is over, revoked, or opened by a number its member has left. */
export async function readSession(db: Db, merchantId: string, tokenHash: Buffer, now: Date) {
  const [session] = await db.query<Session>(selectSession, [merchantId, tokenHash, now]);
  return session;
}

/** Ends a session, or with null all of a member's. */
export function endSessions(
  db: Db,
  merchantId: string,
  memberId: string,
  sessionId: string | null,
  now: Date,
): Promise<number> {
  return db.execute(revokeSessions, [merchantId, memberId, sessionId, now]);
}

const deleteCodes = statement(
  'members.deleteSignInCodes',
  `-- all merchants: what is over is over everywhere
   delete from members.sign_in_code where expires_at < $1`,
);
const deleteAttempts = statement(
  'members.deleteAttempts',
  `-- all merchants: what is over is over everywhere
   delete from members.attempt where window_end < $1`,
);
const deleteSessions = statement(
  'members.deleteSessions',
  `-- all merchants: what is over is over everywhere
   delete from members.session where expires_at < $1`,
);

/** Forgets codes, tries and sessions that ended before a time. Run it for all merchants. */
export async function forgetEnded(db: Db, before: Date): Promise<void> {
  await db.execute(deleteCodes, [before]);
  await db.execute(deleteAttempts, [before]);
  await db.execute(deleteSessions, [before]);
}
