import { type Db, guarded, statement } from '../../platform/db/statement.ts';
import { entitySql } from '../../platform/executor/entitySql.ts';
import { type Complaint, complaintById, complaints, openComplaintsOf } from './complaint.ts';
import { type Gift, giftById, giftByToken, gifts, openGiftsOf, openGiftsOfCard } from './gift.ts';

const bytes = (hex: string) => Buffer.from(hex, 'hex');

const giftColumns = `g.id, g.card_id as "cardId", g.from_member as "fromMember", encode(g.token_hash, 'hex') as "tokenHash",
  g.state, g.created_at as "createdAt", g.expires_at as "expiresAt", g.claimed_by as "claimedBy",
  g.claimed_card as "claimedCard", g.ended_at as "endedAt"`;
const giftsById = statement(
  'wallet.giftsById',
  `select ${giftColumns} from wallet.gift g where g.merchant_id = $1 and g.id = any($2::uuid[])`,
);
const giftsByToken = statement(
  'wallet.giftsByToken',
  `select ${giftColumns} from wallet.gift g where g.merchant_id = $1 and g.token_hash = any($2::bytea[])`,
);
const openByCard = statement(
  'wallet.openGiftsByCard',
  `select ${giftColumns} from wallet.gift g
   where g.merchant_id = $1 and g.card_id = any($2::uuid[]) and g.state = 'open'`,
);
const openByMember = statement(
  'wallet.openGiftsByMember',
  `select ${giftColumns} from wallet.gift g
   where g.merchant_id = $1 and g.from_member = any($2::uuid[]) and g.state = 'open'`,
);
const giftsOfMember = statement(
  'wallet.giftsOfMember',
  `select ${giftColumns} from wallet.gift g
   where g.merchant_id = $1 and g.from_member = $2 and ($3::uuid is null or g.id < $3) order by g.id desc limit $4`,
);
const insertGifts = statement(
  'wallet.insertGifts',
  `insert into wallet.gift (merchant_id, id, card_id, from_member, token_hash, state, created_at, expires_at)
   select $1, v.* from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::bytea[], $6::text[], $7::timestamptz[],
     $8::timestamptz[]) as v`,
);
const updateGifts = guarded(
  'wallet.updateGifts',
  `update wallet.gift g set state = v.state, claimed_by = v.claimed_by, claimed_card = v.claimed_card,
     ended_at = v.ended_at
   from unnest($2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::timestamptz[])
     as v(id, state, claimed_by, claimed_card, ended_at)
   where g.merchant_id = $1 and g.id = v.id and g.state = 'open'`,
  'a gift was claimed or taken back meanwhile',
);

const giftSql = entitySql<Gift>(gifts, {
  insert: (db, merchantId, rows) =>
    db.execute(insertGifts, [
      merchantId,
      rows.map((g) => g.id),
      rows.map((g) => g.cardId),
      rows.map((g) => g.fromMember),
      rows.map((g) => bytes(g.tokenHash)),
      rows.map((g) => g.state),
      rows.map((g) => g.createdAt),
      rows.map((g) => g.expiresAt),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updateGifts, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.state),
      updates.map(({ to }) => to.claimedBy),
      updates.map(({ to }) => to.claimedCard),
      updates.map(({ to }) => to.endedAt),
      updates.length,
    ]),
  finds: [
    [giftById, (db, m, ids) => db.query<Gift>(giftsById, [m, ids])],
    [giftByToken, (db, m, hashes) => db.query<Gift>(giftsByToken, [m, hashes.map(bytes)])],
    [openGiftsOfCard, (db, m, ids) => db.query<Gift>(openByCard, [m, ids])],
    [openGiftsOf, openByMember],
  ],
});

/** What a member has given away or offered, the newest first, from before an id. */
export function listGifts(
  db: Db,
  merchantId: string,
  memberId: string,
  before: string | null,
  limit: number,
): Promise<Gift[]> {
  return db.query<Gift>(giftsOfMember, [merchantId, memberId, before, limit]);
}

const complaintColumns = `k.id, k.member_id as "memberId", k.sealed_text as "sealedText",
  k.sealed_reference as "sealedReference", k.sealed_answer as "sealedAnswer", k.state, k.created_at as "createdAt",
  k.answered_at as "answeredAt"`;
const complaintsById = statement(
  'wallet.complaintsById',
  `select ${complaintColumns} from wallet.complaint k where k.merchant_id = $1 and k.id = any($2::uuid[])`,
);
const openComplaints = statement(
  'wallet.openComplaintsOfMembers',
  `select ${complaintColumns} from wallet.complaint k
   where k.merchant_id = $1 and k.member_id = any($2::uuid[]) and k.state = 'open'`,
);
const selectComplaints = statement(
  'wallet.selectComplaints',
  `select ${complaintColumns} from wallet.complaint k
   where k.merchant_id = $1 and ($2::uuid is null or k.member_id = $2) and ($3::text is null or k.state = $3)
     and ($4::uuid is null or k.id < $4)
   order by k.id desc limit $5`,
);
const insertComplaints = statement(
  'wallet.insertComplaints',
  `insert into wallet.complaint (merchant_id, id, member_id, sealed_text, sealed_reference, state, created_at)
   select $1, v.* from unnest($2::uuid[], $3::uuid[], $4::bytea[], $5::bytea[], $6::text[], $7::timestamptz[]) as v`,
);
const answerComplaints = guarded(
  'wallet.answerComplaints',
  `update wallet.complaint k set state = 'answered', sealed_answer = v.answer, answered_at = v.answered_at
   from unnest($2::uuid[], $3::bytea[], $4::timestamptz[]) as v(id, answer, answered_at)
   where k.merchant_id = $1 and k.id = v.id and k.state = 'open'`,
  'a complaint was answered meanwhile',
);

const complaintSql = entitySql<Complaint>(complaints, {
  insert: (db, merchantId, rows) =>
    db.execute(insertComplaints, [
      merchantId,
      rows.map((k) => k.id),
      rows.map((k) => k.memberId),
      rows.map((k) => k.sealedText),
      rows.map((k) => k.sealedReference),
      rows.map((k) => k.state),
      rows.map((k) => k.createdAt),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(answerComplaints, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.sealedAnswer),
      updates.map(({ to }) => to.answeredAt),
      updates.length,
    ]),
  finds: [
    [complaintById, (db, m, ids) => db.query<Complaint>(complaintsById, [m, ids])],
    [openComplaintsOf, openComplaints],
  ],
});

const selectEarlierSealed = statement(
  'wallet.complaintsUnderEarlierKeys',
  `-- all merchants: a key is turned for all
   select k.merchant_id as "merchantId", ${complaintColumns} from wallet.complaint k
   where length(k.sealed_text) > 0 and (get_byte(k.sealed_text, 0) <> $1
     or get_byte(k.sealed_reference, 0) <> $1 or get_byte(k.sealed_answer, 0) <> $1)
   limit $2`,
);
const resealComplaint = statement(
  'wallet.resealComplaint',
  `update wallet.complaint set sealed_text = $3, sealed_reference = $4, sealed_answer = $5
   where merchant_id = $1 and id = $2 and sealed_text = $6 and sealed_answer is not distinct from $7`,
);
const forgetErased = statement(
  'wallet.forgetErasedComplaints',
  `-- all merchants: one job forgets for all
   update wallet.complaint k set sealed_text = '', sealed_reference = null,
     sealed_answer = case when k.sealed_answer is not null then ''::bytea end
   where length(k.sealed_text) > 0
     and not exists (select 1 from members.member_view m where m.merchant_id = k.merchant_id and m.id = k.member_id)`,
);

export type StoredComplaint = Complaint & { readonly merchantId: string };

/** Complaints of which something is sealed under another version of the key than this. Run it for all merchants. */
export function complaintsUnderEarlierKeys(db: Db, version: number, limit: number) {
  return db.query<StoredComplaint>(selectEarlierSealed, [version, limit]);
}

/** Puts a complaint's words under another key, if they are still those that were read. */
export async function putResealed(db: Db, merchantId: string, from: Complaint, to: Complaint): Promise<void> {
  const { id, sealedText, sealedReference, sealedAnswer } = to;
  const words = [sealedText, sealedReference, sealedAnswer];
  await db.execute(resealComplaint, [merchantId, id, ...words, from.sealedText, from.sealedAnswer]);
}

/** Forgets the words that erased members have written, and those that were written to them. Run it for all merchants. */
export async function forgetWordsOfErased(db: Db): Promise<void> {
  await db.execute(forgetErased, []);
}

/** The wallet's tables for the executor. */
export const walletSql = [giftSql, complaintSql];

export type ComplaintFilter = {
  readonly memberId: string | null;
  readonly state: Complaint['state'] | null;
  readonly before: string | null;
  readonly limit: number;
};

/** Complaints, the newest first. */
export function listComplaints(
  db: Db,
  merchantId: string,
  { memberId, state, before, limit }: ComplaintFilter,
) {
  return db.query<Complaint>(selectComplaints, [merchantId, memberId, state, before, limit]);
}
