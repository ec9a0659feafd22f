import { guarded, statement } from '../../platform/db/statement.ts';
import { entitySql } from '../../platform/executor/entitySql.ts';
import {
  type CashTaken,
  cashTaken,
  cashTakenIn,
  type Shift,
  shiftById,
  shifts,
  shiftsAlone,
  shiftsOnDevice,
} from './shift.ts';

/** A shift's columns, for those that list them too. */
export const shiftColumns = `s.id, s.store_id as "storeId", s.device_id as "deviceId", s.opened_by as "openedBy", s.currency,
  s.opening_float as "openingFloat", s.state, s.opened_at as "openedAt", s.opened_seq as "openedSeq", s.counted,
  s.counted_at as "countedAt", s.counted_seq as "countedSeq", s.counted_by as "countedBy", s.expected,
  s.closed_at as "closedAt", s.closed_by as "closedBy", s.reason, s.corrected`;
const shiftsById = statement(
  'shifts.byId',
  `select ${shiftColumns} from shifts.shift s where s.merchant_id = $1 and s.id = any($2::uuid[])`,
);
const openOnDevices = statement(
  'shifts.openOnDevices',
  `select ${shiftColumns} from shifts.shift s
   where s.merchant_id = $1 and s.device_id = any($2::uuid[]) and s.state = 'open'`,
);
const openAlone = statement(
  'shifts.openAlone',
  `select ${shiftColumns} from shifts.shift s where s.merchant_id = $1 and s.device_id is null and s.state = 'open'`,
);
const insertShifts = statement(
  'shifts.insert',
  `insert into shifts.shift (merchant_id, id, store_id, device_id, opened_by, currency, opening_float, state, opened_at, opened_seq)
   select $1, v.* from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::bigint[], $8::text[],
     $9::timestamptz[], $10::bigint[]) as v`,
);
const updateShifts = guarded(
  'shifts.update',
  `update shifts.shift s set state = v.state, counted = v.counted, counted_at = v.counted_at, counted_seq = v.counted_seq,
     counted_by = v.counted_by, expected = v.expected, closed_at = v.closed_at, closed_by = v.closed_by, reason = v.reason,
     corrected = v.corrected
   from unnest($2::uuid[], $3::text[], $4::bigint[], $5::timestamptz[], $6::bigint[], $7::uuid[], $8::bigint[],
     $9::timestamptz[], $10::uuid[], $11::text[], $12::bigint[], $13::text[], $14::bigint[]) as v(id, state, counted,
     counted_at, counted_seq, counted_by, expected, closed_at, closed_by, reason, corrected, state_was, corrected_was)
   where s.merchant_id = $1 and s.id = v.id and s.state = v.state_was and s.corrected = v.corrected_was`,
  'a shift is not as it was judged',
);

const shiftSql = entitySql<Shift>(shifts, {
  insert: (db, merchantId, rows) =>
    db.execute(insertShifts, [
      merchantId,
      rows.map((s) => s.id),
      rows.map((s) => s.storeId),
      rows.map((s) => s.deviceId),
      rows.map((s) => s.openedBy),
      rows.map((s) => s.currency),
      rows.map((s) => s.openingFloat),
      rows.map((s) => s.state),
      rows.map((s) => s.openedAt),
      rows.map((s) => s.openedSeq),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updateShifts, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.state),
      updates.map(({ to }) => to.counted),
      updates.map(({ to }) => to.countedAt),
      updates.map(({ to }) => to.countedSeq),
      updates.map(({ to }) => to.countedBy),
      updates.map(({ to }) => to.expected),
      updates.map(({ to }) => to.closedAt),
      updates.map(({ to }) => to.closedBy),
      updates.map(({ to }) => to.reason),
      updates.map(({ to }) => to.corrected),
      updates.map(({ from }) => from.state),
      updates.map(({ from }) => from.corrected),
      updates.length,
    ]),
  finds: [
    [shiftById, shiftsById],
    [shiftsOnDevice, openOnDevices],
    [shiftsAlone, (db, merchantId) => db.query<Shift>(openAlone, [merchantId])],
  ],
});

/** What is done at a counter, besides all that happens to cards, and moves what is in its drawer. */
const counterTypes = [
  'membership.cancelled',
  'membership.joined',
  'membership.renewed',
  'membership.upgraded',
  'purchase.made',
  'purchase.refunded',
  'recharge_card.sold',
  'wallet.refunded',
  'wallet.topped_up',
];

/**
 * Which entries of the log `a` are of shift `s`: those made by the keys of its device; of who opened it, those that no shift
 * of a device has. So an entry is of one shift at most.
 */
export const ofShift = `a.merchant_id = s.merchant_id and a.store_id = s.store_id
  and (a.type like 'card.%' or a.type = any ('{${counterTypes.join()}}'))
  and a.seq > s.opened_seq and (s.counted_seq is null or a.seq < s.counted_seq)
  and (
    exists (select from people.key_view k where k.merchant_id = s.merchant_id and k.id = a.actor_id and k.device_id = s.device_id)
    or (a.actor_id = s.opened_by and not exists (
      select from people.key_view k
      join shifts.shift o on o.merchant_id = k.merchant_id and o.device_id = k.device_id
      where k.merchant_id = s.merchant_id and k.id = a.actor_id and o.id <> s.id
        and a.seq > o.opened_seq and (o.counted_seq is null or a.seq < o.counted_seq))))`;

const cashOfShifts = statement(
  'shifts.cash',
  `select s.id, coalesce((
       select -sum(m.amount) from ledger.activity_view a
       join ledger.store_movement_view m on m.merchant_id = a.merchant_id and m.activity_seq = a.seq
         and m.owner_id = s.store_id and m.purpose = 'tender' and m.detail = 'cash' and m.asset = s.currency
       where ${ofShift}), 0)::bigint as taken
   from shifts.shift s where s.merchant_id = $1 and s.id = any($2::uuid[]) and s.state <> 'open'`,
);

const cashSql = entitySql<CashTaken>(cashTaken, {
  // It is read out of the log and never written.
  insert: () => Promise.reject(new Error('what a shift took stands in the log')),
  finds: [[cashTakenIn, cashOfShifts]],
});

/** The tables of shifts for the executor. */
export const shiftsSql = [shiftSql, cashSql];
