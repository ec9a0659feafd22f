import { activityId, encodeId } from '../../../kernel/id.ts';
import type { Db } from '../../../platform/db/statement.ts';
import { type Cell, decimal } from '../../../platform/files/table.ts';
import type { ReadContext } from '../../../platform/http/route.ts';
import { auditFields, entryFilter, paymentFields, redemptionTypes, refundTypes } from '../entries/query.ts';
import { activityOf, redemptionOf, refundOf } from '../entries/shown.ts';
import { type Entry, selectEntries } from '../entries/store.ts';
import { exportedList, type Place, start, time } from './list.ts';

const rowsAtOnce = 1_000;

async function entriesPart(
  db: Db,
  asked: Parameters<typeof entryFilter>[1],
  types: readonly string[] | null,
  after: Place,
  context: ReadContext,
  cells: (entry: Entry) => readonly Cell[],
) {
  const before = after === start ? undefined : BigInt(after);
  const filter = await entryFilter(db, asked, types, before, context);
  const entries = await selectEntries(db, context.merchantId, filter, rowsAtOnce);
  const next = entries.length < rowsAtOnce ? undefined : entries.at(-1)?.seq.toString();
  return { rows: entries.map(cells), next };
}

const seesPeople = ({ actor }: ReadContext) => actor.permissions.has('people.read');

const paymentColumns = [
  { zh: '编号', en: 'Id' },
  { zh: '时间', en: 'Time' },
  { zh: '卡序号', en: 'Card serial' },
  { zh: '金额', en: 'Amount' },
  { zh: '币种', en: 'Currency' },
  { zh: '门店', en: 'Store' },
  { zh: '单号', en: 'Reference' },
  { zh: '经手', en: 'By' },
];

type Shown = ReturnType<typeof redemptionOf> | ReturnType<typeof refundOf>;

const paymentCells = (entry: Entry, shown: Shown): Cell[] => [
  shown.id,
  time(entry.occurredAt),
  shown.serial,
  decimal(entry.amount, entry.currency),
  entry.currency,
  shown.storeId,
  entry.reference,
  shown.actor.name ?? shown.actor.id,
];

export const redemptions = exportedList({
  name: 'redemptions',
  title: { zh: '核销', en: 'Redemptions' },
  permission: 'cards.read',
  filters: paymentFields,
  columns: [...paymentColumns, { zh: '已退', en: 'Returned' }],
  page: (db, filter, after, context) =>
    entriesPart(db, filter, redemptionTypes, after, context, (entry) => [
      ...paymentCells(entry, redemptionOf(entry, seesPeople(context))),
      decimal(entry.returned, entry.currency),
    ]),
});

export const refunds = exportedList({
  name: 'refunds',
  title: { zh: '退款', en: 'Refunds' },
  permission: 'cards.read',
  filters: paymentFields,
  columns: [...paymentColumns, { zh: '原核销', en: 'Redemption' }, { zh: '原因', en: 'Reason' }],
  page: (db, filter, after, context) =>
    entriesPart(db, filter, refundTypes, after, context, (entry) => {
      const shown = refundOf(entry, seesPeople(context));
      return [...paymentCells(entry, shown), shown.redemptionId, shown.reason];
    }),
});

export const activities = exportedList({
  name: 'activities',
  title: { zh: '操作记录', en: 'Activities' },
  permission: 'audit.read',
  filters: auditFields,
  columns: [
    { zh: '编号', en: 'Id' },
    { zh: '时间', en: 'Time' },
    { zh: '类型', en: 'Type' },
    { zh: '经手', en: 'By' },
    { zh: '门店', en: 'Store' },
    { zh: '对象', en: 'Subject' },
    { zh: '金额', en: 'Amount' },
    { zh: '单号', en: 'Reference' },
    { zh: '详情', en: 'Details' },
  ],
  page(db, filter, after, context) {
    const types = filter.type === undefined ? null : [filter.type];
    return entriesPart(db, filter, types, after, context, (entry) => {
      const shown = activityOf(entry, seesPeople(context));
      return [
        encodeId('act', activityId(entry.occurredAt, entry.seq)),
        time(entry.occurredAt),
        entry.type,
        shown.actor.name ?? shown.actor.id,
        shown.storeId,
        shown.subjectId,
        decimal(entry.amount, entry.currency),
        entry.reference,
        JSON.stringify(entry.details),
      ];
    });
  },
});
