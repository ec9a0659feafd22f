import { activityId, encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import type { Db } from '../../platform/db/statement.ts';
import { lookUp } from '../../platform/executor/lookUp.ts';
import { page } from '../../platform/http/page.ts';
import { ledgerSql } from '../ledger/index.ts';
import { merchantsSql } from '../merchants/index.ts';
import { purseAnswer } from './purse/answer.ts';
import { pointsRows } from './purse/purse.ts';
import { pointsHistory, pointsSql } from './store.ts';

/** A member's points as they stand. */
export async function readPurse(db: Db, merchantId: string, memberId: string, now: Date) {
  const { rows } = await lookUp([...pointsSql, ...ledgerSql, ...merchantsSql], db, merchantId, (find) => ({
    rows: pointsRows(memberId, find),
  }));
  return purseAnswer(rows, now);
}

/** A page of what happened to a member's points. */
export async function readHistory(
  db: Db,
  merchantId: string,
  { memberId, before, limit }: { memberId: string; before: bigint | null; limit: number },
) {
  const rows = await pointsHistory(db, merchantId, { memberId, before, limit: limit + 1 });
  return page(
    rows,
    limit,
    ({ seq, type, points, storeId, occurredAt }) => ({
      id: encodeId('act', activityId(occurredAt, seq)),
      type,
      points: jsonAmount(points),
      storeId: storeId === null ? null : encodeId('store', storeId),
      createdAt: occurredAt.toISOString(),
    }),
    ({ seq }) => String(seq),
  );
}
