import { encodeId } from '../../kernel/id.ts';
import { type Refusal, refused } from '../../kernel/outcome.ts';
import { type Db, guarded, statement } from '../../platform/db/statement.ts';
import { entitySql } from '../../platform/executor/entitySql.ts';
import {
  type Consent,
  consents,
  consentsOf,
  type Member,
  memberById,
  members,
  membersByCardNumber,
  membersByPhone,
} from './member.ts';
import { leftNumberSql } from './number/store.ts';
import { formSql } from './profile/store.ts';

const bytes = (hex: string | null) => (hex === null ? null : Buffer.from(hex, 'hex'));

const memberColumns = `m.id, m.state, encode(m.phone_hash, 'hex') as "phoneHash", m.sealed_phone as "sealedPhone",
  m.phone_count as "phoneCount", m.card_number as "cardNumber",
  m.sealed_name as "sealedName", m.sealed_email as "sealedEmail", m.tags, m.sealed_birthday as "sealedBirthday",
  encode(m.birthday_hash, 'hex') as "birthdayHash", m.sealed_fields as "sealedFields", m.language, m.remind_expiry as "remindExpiry",
  m.remind_low as "remindLow", m.revision, m.created_at as "createdAt",
  m.merged_into as "mergedInto", m.merged_at as "mergedAt"`;
const membersById = statement(
  'members.membersById',
  `select ${memberColumns} from members.member m where m.merchant_id = $1 and m.id = any($2::uuid[])`,
);
const byPhone = statement(
  'members.membersByPhone',
  `select ${memberColumns} from members.member m where m.merchant_id = $1 and m.phone_hash = any($2::bytea[])`,
);
const byCardNumber = statement(
  'members.membersByCardNumber',
  `select ${memberColumns} from members.member m where m.merchant_id = $1 and m.card_number = any($2::text[])`,
);
const selectMembers = statement(
  'members.selectMembers',
  `select ${memberColumns} from members.member m
   where m.merchant_id = $1 and m.state = 'active' and ($2::uuid is null or m.id > $2)
     and ($4::bytea[] is null or m.phone_hash = any($4)) and ($5::uuid[] is null or m.id = any($5))
     and ($6::jsonb is null or m.tags @> $6)
   order by m.id limit $3`,
);
const insertMembers = statement(
  'members.insertMembers',
  `insert into members.member (merchant_id, id, state, phone_hash, sealed_phone, sealed_name, sealed_email, tags,
     sealed_birthday, birthday_hash, sealed_fields, language, remind_expiry, remind_low, revision, phone_count,
     card_number, created_at)
   select $1, v.* from unnest($2::uuid[], $3::text[], $4::bytea[], $5::bytea[], $6::bytea[], $7::bytea[], $8::jsonb[],
     $9::bytea[], $10::bytea[], $11::bytea[], $12::text[], $13::boolean[], $14::boolean[], $15::integer[],
     $16::integer[], $17::text[], $18::timestamptz[]) as v`,
);
const updateMembers = guarded(
  'members.updateMembers',
  `update members.member m set state = v.state, phone_hash = v.phone_hash, sealed_phone = v.sealed_phone,
     sealed_name = v.sealed_name, sealed_email = v.sealed_email, tags = v.tags, sealed_birthday = v.sealed_birthday,
     birthday_hash = v.birthday_hash, sealed_fields = v.sealed_fields, language = v.language,
     remind_expiry = v.remind_expiry, remind_low = v.remind_low, revision = v.revision,
     phone_count = v.phone_count, card_number = v.card_number, merged_into = v.merged_into, merged_at = v.merged_at
   from unnest($2::uuid[], $3::text[], $4::bytea[], $5::bytea[], $6::bytea[], $7::bytea[], $8::jsonb[], $9::bytea[],
     $10::bytea[], $11::bytea[], $12::text[], $13::boolean[], $14::boolean[], $15::integer[], $16::integer[],
     $17::text[], $18::uuid[], $19::timestamptz[], $20::integer[])
     as v(id, state, phone_hash, sealed_phone, sealed_name, sealed_email, tags, sealed_birthday, birthday_hash,
       sealed_fields, language, remind_expiry, remind_low, revision, phone_count, card_number,
       merged_into, merged_at, revision_was)
   where m.merchant_id = $1 and m.id = v.id and m.revision = v.revision_was`,
  'a member is not as judged',
);

const columnsOf = (rows: readonly Member[]) => [
  rows.map((m) => m.id),
  rows.map((m) => m.state),
  rows.map((m) => bytes(m.phoneHash)),
  rows.map((m) => m.sealedPhone),
  rows.map((m) => m.sealedName),
  rows.map((m) => m.sealedEmail),
  rows.map((m) => JSON.stringify(m.tags)),
  rows.map((m) => m.sealedBirthday),
  rows.map((m) => bytes(m.birthdayHash)),
  rows.map((m) => m.sealedFields),
  rows.map((m) => m.language),
  rows.map((m) => m.remindExpiry),
  rows.map((m) => m.remindLow),
  rows.map((m) => m.revision),
  rows.map((m) => m.phoneCount),
  rows.map((m) => m.cardNumber),
];

const memberSql = entitySql<Member>(members, {
  insert: (db, merchantId, rows) =>
    db.execute(insertMembers, [merchantId, ...columnsOf(rows), rows.map((m) => m.createdAt)]),
  update: (db, merchantId, updates) =>
    db.execute(updateMembers, [
      merchantId,
      ...columnsOf(updates.map(({ to }) => to)),
      updates.map(({ to }) => to.mergedInto),
      updates.map(({ to }) => to.mergedAt),
      updates.map(({ from }) => from.revision),
      updates.length,
    ]),
  finds: [
    [memberById, (db, m, ids) => db.query<Member>(membersById, [m, ids])],
    [membersByPhone, (db, m, hashes) => db.query<Member>(byPhone, [m, hashes.map(bytes)])],
    [membersByCardNumber, (db, m, numbers) => db.query<Member>(byCardNumber, [m, numbers])],
  ],
});

const consentColumns = `c.seq, c.member_id as "memberId", c.purpose, c.given, c.text_version as "textVersion", c.at`;
const selectConsents = statement(
  'members.selectConsents',
  `select ${consentColumns} from members.consent c
   where c.merchant_id = $1 and c.member_id = any($2::uuid[]) order by c.seq`,
);
const insertConsents = statement(
  'members.insertConsents',
  `insert into members.consent (merchant_id, seq, member_id, purpose, given, text_version, at)
   select $1, v.* from unnest($2::bigint[], $3::uuid[], $4::text[], $5::boolean[], $6::integer[], $7::timestamptz[]) as v`,
);

const consentSql = entitySql<Consent>(consents, {
  insert: (db, merchantId, rows) =>
    db.execute(insertConsents, [
      merchantId,
      rows.map((c) => c.seq),
      rows.map((c) => c.memberId),
      rows.map((c) => c.purpose),
      rows.map((c) => c.given),
      rows.map((c) => c.textVersion),
      rows.map((c) => c.at),
    ]),
  finds: [[consentsOf, (db, m, ids) => db.query<Consent>(selectConsents, [m, ids])]],
});

/** The members' tables for the executor. */
export const membersSql = [memberSql, consentSql, formSql, leftNumberSql];

export type MemberFilter = {
  readonly after: string | null;
  readonly limit: number;
  /** Of one number; null: any. */
  readonly phoneHashes: readonly string[] | null;
  /** Only these; left out: any. */
  readonly ids?: readonly string[] | undefined;
  /** Only with this tag; left out: any. */
  readonly tag?: string | undefined;
};

/** A merchant's members, oldest first. */
export function listMembers(db: Db, merchantId: string, filter: MemberFilter) {
  const { after, limit, phoneHashes, ids, tag } = filter;
  const hashes = phoneHashes === null ? null : phoneHashes.map(bytes);
  const tags = tag === undefined ? null : JSON.stringify([tag]);
  return db.query<Member>(selectMembers, [merchantId, after, limit, hashes, ids ?? null, tags]);
}

export type KnownMember = { readonly member: Member; readonly consents: readonly Consent[] };

/** A record that is part of another by now. */
export type Merged = { readonly mergedInto: string; readonly mergedAt: Date };

const selectHeir = statement(
  'members.heir',
  `with recursive way as (
     select m.merged_into, m.merged_at, 1 as step from members.member m
     where m.merchant_id = $1 and m.id = $2 and m.state = 'merged'
     union all
     select m.merged_into, w.merged_at, w.step + 1 from way w
     join members.member m on m.merchant_id = $1 and m.id = w.merged_into and m.state = 'merged')
   select w.merged_into as "mergedInto", w.merged_at as "mergedAt" from way w order by w.step desc limit 1`,
);

/** Which member a merged one is by now, and when it was merged first; undefined where it is none. */
export async function readHeir(db: Db, merchantId: string, id: string): Promise<Merged | undefined> {
  const [found] = await db.query<Merged>(selectHeir, [merchantId, id]);
  return found;
}

const selectRecords = statement(
  'members.records',
  `with recursive records as (
     select $2::uuid as id
     union all
     select m.id from records r join members.member m on m.merchant_id = $1 and m.merged_into = r.id)
   select r.id from records r`,
);

/** The ids of all records that are one person's by now: their own, and those that were merged into it. */
export async function recordsOf(db: Db, merchantId: string, id: string): Promise<readonly string[]> {
  return (await db.query<{ id: string }>(selectRecords, [merchantId, id])).map((record) => record.id);
}

/** Why there is nobody with this id: who was merged into another is told of by that one's. */
export async function noMember(db: Db, merchantId: string, id: string): Promise<Refusal> {
  const heir = await readHeir(db, merchantId, id);
  if (!heir) return refused('member_not_found');
  return refused('member_merged', { next: `Ask for ${encodeId('mem', heir.mergedInto)}.` });
}

/** A member with all that they ever agreed to, the earliest first. */
export async function readMember(db: Db, merchantId: string, id: string): Promise<KnownMember | undefined> {
  const [found, given] = await Promise.all([
    db.query<Member>(membersById, [merchantId, [id]]),
    db.query<Consent>(selectConsents, [merchantId, [id]]),
  ]);
  const [member] = found;
  return member?.state === 'active' ? { member, consents: given } : undefined;
}

const selectEarlierSealed = statement(
  'members.sealedUnderEarlierKeys',
  `-- all merchants: a key is turned for all
   select m.merchant_id as "merchantId", ${memberColumns} from members.member m
   where m.state = 'active' and (get_byte(m.sealed_phone, 0) <> $1
     or get_byte(m.sealed_name, 0) <> $1 or get_byte(m.sealed_email, 0) <> $1
     or get_byte(m.sealed_birthday, 0) <> $1 or get_byte(m.sealed_fields, 0) <> $1)
   limit $2`,
);

/** Members of whom something is sealed under another version of the key than this. Run it for all merchants. */
export function sealedUnderEarlierKeys(db: Db, version: number, limit: number) {
  return db.query<Member & { readonly merchantId: string }>(selectEarlierSealed, [version, limit]);
}

/** Whose card has a number: of who was merged, whoever stands for them now. */
export async function readMemberByCardNumber(db: Db, merchantId: string, cardNumber: string) {
  const [found] = await db.query<Member>(byCardNumber, [merchantId, [cardNumber]]);
  if (found?.state !== 'merged') return found?.state === 'active' ? found : undefined;
  const heir = await readHeir(db, merchantId, found.id);
  return heir && (await readMember(db, merchantId, heir.mergedInto))?.member;
}

/** Who has a number, by one of its hashes. */
export async function readMemberByPhone(db: Db, merchantId: string, phoneHashes: readonly string[]) {
  const [member] = await listMembers(db, merchantId, { after: null, limit: 1, phoneHashes });
  return member;
}
