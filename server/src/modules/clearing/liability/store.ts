import { type Db, statement } from '../../../platform/db/statement.ts';

/** What the value on cards and wallets of one program, kind and store came from and went to between two entries of the log. */
export type RollForward = {
  readonly instrument: 'card' | 'wallet';
  /** null: of no program. */
  readonly programId: string | null;
  readonly kind: string;
  /** The store that answers for it; null: the merchant. */
  readonly storeId: string | null;
  readonly currency: string;
  readonly opening: bigint;
  readonly loaded: bigint;
  readonly bonus: bigint;
  readonly spent: bigint;
  readonly refunded: bigint;
  readonly expired: bigint;
  readonly adjusted: bigint;
  readonly transferred: bigint;
};

/** What value came from or went to, by the purpose of the account at the other end of its posting. */
export const becameOf = (counter: string, amount: string) =>
  `case when ${counter} in ('revenue', 'membership_fee') then 'spent'
         when ${counter} in ('card', 'wallet', 'opening_balance') then 'transferred'
         when ${counter} in ('voided', 'expired', 'breakage') then 'expired'
         when ${counter} = 'adjustment' then 'adjusted'
         when ${counter} in ('sale_difference', 'wallet_bonus', 'dividend', 'marketing') then 'bonus'
         when ${amount} > 0 then 'loaded' else 'refunded' end`;

// Postings stand in pairs: what a lot received or paid is told by the account at the other end.
const rollForward = statement(
  'clearing.rollForward',
  `with moved as (
     select m.owner_id, m.purpose as instrument, split_part(m.detail, '|', 1) as kind,
       nullif(split_part(m.detail, '|', 2), '') as store_id, m.asset, m.amount, m.activity_seq < $2 as before,
       ${becameOf('c.purpose', 'm.amount')} as what
     from ledger.owner_posting_view m
     join ledger.owner_posting_view c on c.merchant_id = m.merchant_id and c.activity_seq = m.activity_seq
       and c.line = case when m.line % 2 = 1 then m.line + 1 else m.line - 1 end
     where m.merchant_id = $1 and m.purpose in ('card', 'wallet') and m.activity_seq < $3)
   select instrument, p.program_id as "programId", kind, store_id::uuid as "storeId", asset as currency,
     coalesce(sum(amount) filter (where before), 0)::bigint as opening,
     coalesce(sum(amount) filter (where not before and what = 'loaded'), 0)::bigint as loaded,
     coalesce(sum(amount) filter (where not before and what = 'bonus'), 0)::bigint as bonus,
     coalesce(-sum(amount) filter (where not before and what = 'spent'), 0)::bigint as spent,
     coalesce(-sum(amount) filter (where not before and what = 'refunded'), 0)::bigint as refunded,
     coalesce(-sum(amount) filter (where not before and what = 'expired'), 0)::bigint as expired,
     coalesce(sum(amount) filter (where not before and what = 'adjusted'), 0)::bigint as adjusted,
     coalesce(sum(amount) filter (where not before and what = 'transferred'), 0)::bigint as transferred
   from moved
   left join cards.card_view k on k.merchant_id = $1 and k.id = moved.owner_id
   left join programs.version_view p on p.merchant_id = $1 and p.id = k.version_id
   where $4::text[] is null or store_id = any($4)
   group by instrument, p.program_id, kind, store_id, asset
   order by instrument, p.program_id, kind, store_id, asset`,
);

/** From one entry of the log (inclusive) to another (exclusive); of these stores, null: of all and of the merchant itself. */
export function selectRollForward(
  db: Db,
  merchantId: string,
  fromSeq: bigint,
  toSeq: bigint,
  storeIds: readonly string[] | null,
): Promise<RollForward[]> {
  return db.query<RollForward>(rollForward, [merchantId, fromSeq, toSeq, storeIds]);
}
