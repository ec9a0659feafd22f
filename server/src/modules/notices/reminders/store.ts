import { type Db, statement } from '../../../platform/db/statement.ts';
import type { Language } from '../../members/index.ts';

/** The mark, of those given, that something has passed last before its end, as an expression. */
export const lastMark = (until: string, now: string, marks: string) => `(
  select min(mark) from unnest(${marks}::integer[]) mark where ${until} <= ${now}::timestamptz + mark * interval '1 day')`;

// A holder is a member's id as the outside is shown it, which has one spelling only: the join is the other way round.
const heldCards = `
  from cards.held_card_view c
  join programs.version_view v on v.merchant_id = c.merchant_id and v.id = c.version_id
  cross join lateral (
    select coalesce(sum(a.balance), 0)::bigint as balance
    from ledger.account_view a where a.merchant_id = c.merchant_id and a.owner_id = c.id and a.purpose = 'card') m`;
const cardColumns = `c.merchant_id as "merchantId", c.id as "cardId", c.holder, c.last4, v.name_zh as "nameZh",
  v.name_en as "nameEn", v.currency, m.balance`;

const expiring = statement(
  'notices.expiringCards',
  `-- all merchants: one job reminds for all
   select ${cardColumns}, c.valid_until as "validUntil" ${heldCards}
   where c.state = 'active' and c.valid_until > $1 and c.valid_until <= $2 and m.balance > 0
     and (c.merchant_id, c.id) > ($3, $4) and c.holder like 'mem\\_%'
   order by c.merchant_id, c.id limit $5`,
);
const selectLow = statement(
  'notices.balancesThatCrossed',
  `-- all merchants: one job reminds for all
   select ${cardColumns}, m.balance < c.face_value / 5 as "isLow", coalesce(l.crossings, 0) as crossings ${heldCards}
   left join notices.low_balance l on l.merchant_id = c.merchant_id and l.card_id = c.id
   where c.state = 'active' and c.holder like 'mem\\_%' and (m.balance < c.face_value / 5) <> coalesce(l.is_low, false)
   limit $1`,
);

/** Where a walk over all cards goes on. */
export type Place = { readonly merchantId: string; readonly cardId: string };

export type HeldCard = Place & {
  readonly holder: string;
  readonly last4: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly currency: string;
  readonly balance: bigint;
};
export type ExpiringCard = HeldCard & { readonly validUntil: Date };
export type CrossedCard = HeldCard & { readonly isLow: boolean; readonly crossings: number };

/** Members' cards with something on them that end within a span, after a place in the walk. Run it for all merchants. */
export function expiringCards(db: Db, from: Date, to: Date, after: Place, limit: number) {
  return db.query<ExpiringCard>(expiring, [from, to, after.merchantId, after.cardId, limit]);
}

/** Members' cards that are on the other side of the low mark, a fifth of the face value, than last time. */
export function crossedCards(db: Db, limit: number): Promise<CrossedCard[]> {
  return db.query<CrossedCard>(selectLow, [limit]);
}

const upsertLow = statement(
  'notices.noteCrossing',
  `insert into notices.low_balance as l (merchant_id, card_id, is_low, crossings) values ($1, $2, $3, $4)
   on conflict (merchant_id, card_id) do update set is_low = excluded.is_low, crossings = excluded.crossings
   where l.is_low <> excluded.is_low`,
);

/** Notes a crossing; false: somebody else has. */
export async function noteCrossing(db: Db, { merchantId, cardId, isLow, crossings }: CrossedCard) {
  const counted = isLow ? crossings + 1 : crossings;
  return (await db.execute(upsertLow, [merchantId, cardId, isLow, counted])) === 1;
}

const selectGifts = statement(
  'notices.claimedGifts',
  `-- all merchants: one job tells for all
   select g.merchant_id as "merchantId", g.id, g.from_member as "memberId", c.last4, v.name_zh as "nameZh",
     v.name_en as "nameEn"
   from wallet.gift_view g
   join cards.held_card_view c on c.merchant_id = g.merchant_id and c.id = g.card_id
   join programs.version_view v on v.merchant_id = c.merchant_id and v.id = c.version_id
   where g.state = 'claimed' and g.ended_at > $1
     and not exists (select 1 from notices.notice n where n.merchant_id = g.merchant_id and n.occasion = 'gift|' || g.id)
   limit $2`,
);
const selectComplaints = statement(
  'notices.answeredComplaints',
  `-- all merchants: one job tells for all
   select k.merchant_id as "merchantId", k.id, k.member_id as "memberId"
   from wallet.complaint_view k
   where k.state = 'answered' and k.answered_at > $1
     and not exists (
       select 1 from notices.notice n where n.merchant_id = k.merchant_id and n.occasion = 'complaint|' || k.id)
   limit $2`,
);

export type ToTell = { readonly merchantId: string; readonly id: string; readonly memberId: string };
export type ClaimedGift = ToTell & Pick<HeldCard, 'last4' | 'nameZh' | 'nameEn'>;

/** Gifts that were claimed after a time, and whose givers have not been told. Run it for all merchants. */
export function claimedGifts(db: Db, after: Date, limit: number): Promise<ClaimedGift[]> {
  return db.query<ClaimedGift>(selectGifts, [after, limit]);
}

/** Complaints that were answered after a time, without a word to who complained. Run it for all merchants. */
export function answeredComplaints(db: Db, after: Date, limit: number): Promise<ToTell[]> {
  return db.query<ToTell>(selectComplaints, [after, limit]);
}

const selectMember = statement(
  'notices.memberToRemind',
  `select m.language, m.remind_expiry as "remindExpiry", m.remind_low as "remindLow"
   from members.member_view m where m.merchant_id = $1 and m.id = $2`,
);

export type Reminded = {
  readonly language: Language;
  readonly remindExpiry: boolean;
  readonly remindLow: boolean;
};

/** What a member wants to be told; undefined when there is no such member any more. */
export async function memberToRemind(db: Db, merchantId: string, memberId: string) {
  const [found] = await db.query<Reminded>(selectMember, [merchantId, memberId]);
  return found;
}
