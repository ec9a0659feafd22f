import { type Db, statement } from '../../../platform/db/statement.ts';
import type { Shift } from '../shift.ts';
import { ofShift, shiftColumns } from '../store.ts';

export type ListedShift = Shift & {
  readonly openedByName: string | null;
  readonly closedByName: string | null;
};

const names = `coalesce(o.name, ok.name) as "openedByName", coalesce(c.name, ck.name) as "closedByName"`;
const joins = `left join people.staff_view o on o.merchant_id = s.merchant_id and o.id = s.opened_by
   left join people.key_view ok on ok.merchant_id = s.merchant_id and ok.id = s.opened_by
   left join people.staff_view c on c.merchant_id = s.merchant_id and c.id = s.closed_by
   left join people.key_view ck on ck.merchant_id = s.merchant_id and ck.id = s.closed_by`;

const selectShift = statement(
  'shifts.read',
  `select ${shiftColumns}, ${names} from shifts.shift s ${joins} where s.merchant_id = $1 and s.id = $2`,
);

/** The shift with this id. */
export async function readShift(db: Db, merchantId: string, id: string): Promise<ListedShift | undefined> {
  const [shift] = await db.query<ListedShift>(selectShift, [merchantId, id]);
  return shift;
}

const selectShifts = statement(
  'shifts.list',
  `select ${shiftColumns}, ${names} from shifts.shift s ${joins}
   where s.merchant_id = $1 and ($2::uuid is null or s.id < $2) and ($3::uuid[] is null or s.store_id = any($3))
     and ($4::uuid is null or s.store_id = $4) and ($5::uuid is null or s.device_id = $5) and ($6::text is null or s.state = $6)
     and ($7::timestamptz is null or s.opened_at >= $7) and ($8::timestamptz is null or s.opened_at < $8)
   order by s.id desc
   limit $9`,
);

export type ShiftFilter = {
  readonly before: string | null;
  /** Those that the asker may see; null: all. */
  readonly storeIds: readonly string[] | null;
  readonly storeId: string | null;
  readonly deviceId: string | null;
  readonly state: string | null;
  readonly from: Date | null;
  readonly to: Date | null;
  readonly limit: number;
};

/** Shifts, the newest first. */
export function listShifts(db: Db, merchantId: string, f: ShiftFilter): Promise<ListedShift[]> {
  return db.query<ListedShift>(selectShifts, [
    merchantId,
    f.before,
    f.storeIds,
    f.storeId,
    f.deviceId,
    f.state,
    f.from,
    f.to,
    f.limit,
  ]);
}

const selectUnfinished = statement(
  'shifts.unfinished',
  `select ${shiftColumns}, ${names} from shifts.shift s ${joins}
   where s.merchant_id = $1 and s.store_id = $2 and s.state <> 'closed' and ($3::uuid is null or s.id < $3)
   order by s.id desc
   limit $4`,
);

/** Shifts of a store that are open, or counted and not closed; the newest first. */
export function listUnfinished(
  db: Db,
  merchantId: string,
  storeId: string,
  before: string | null,
  limit: number,
): Promise<ListedShift[]> {
  return db.query<ListedShift>(selectUnfinished, [merchantId, storeId, before, limit]);
}

export type Taking = {
  readonly type: string;
  readonly purpose: 'tender' | 'revenue';
  readonly tender: string;
  readonly currency: string;
  /** What came in, negative: what went out. */
  readonly amount: bigint;
  readonly count: number;
};

const selectTakings = statement(
  'shifts.takings',
  `select a.type, m.purpose, m.detail as tender, m.asset as currency,
     (sum(m.amount) * case when m.purpose = 'tender' then -1 else 1 end)::bigint as amount,
     count(distinct a.seq)::integer as count
   from shifts.shift s
   join ledger.activity_view a on ${ofShift}
   join ledger.store_movement_view m on m.merchant_id = a.merchant_id and m.activity_seq = a.seq
     and m.owner_id = s.store_id and m.purpose in ('tender', 'revenue')
   where s.merchant_id = $1 and s.id = $2
   group by a.type, m.purpose, m.detail, m.asset
   order by a.type, m.detail, m.asset`,
);

/** What a shift took, up to now where it is open still. */
export function takingsOf(db: Db, merchantId: string, id: string): Promise<Taking[]> {
  return db.query<Taking>(selectTakings, [merchantId, id]);
}
