import { z } from 'zod';
import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { civilDay } from '../../../kernel/time.ts';
import type { Db } from '../../../platform/db/statement.ts';
import { type ReadContext, type Route, readRoute } from '../../../platform/http/route.ts';
import { amountJson, currencyCode, idOut, instant } from '../../../platform/http/shapes.ts';
import { serialText } from '../../cards/index.ts';
import { readMerchant } from '../../merchants/index.ts';
import { failedBatches, frozenLedger, lockedPins, unusualActors } from './store.ts';

const unusualDays = 7;
const unusualTimesMin = 10;
const failedWithinMs = 30 * 86_400_000;
const ofEachMost = 50;

const who = { id: z.union([idOut('stf'), idOut('key')]), name: z.string().nullable() };
const alerts = z.object({
  ledgerFrozen: z.object({ reason: z.string(), frozenAt: instant.nullable() }).nullable(),
  failedBatches: z.array(z.object({ batchId: idOut('batch'), failure: z.string(), createdAt: instant })),
  unusual: z
    .array(
      z.object({
        actor: z.object(who),
        currency: currencyCode,
        redeemed: amountJson,
        refunds: z.int(),
        refunded: amountJson,
        adjustments: z.int(),
        adjusted: amountJson,
      }),
    )
    .meta({
      description:
        'Within seven days ten refunds or more that are above a fifth of what they took, or ten corrections.',
    }),
  pinLocked: z.array(
    z.object({ cardId: idOut('card'), serial: z.string(), storeId: idOut('store').nullable() }),
  ),
});

/** What somebody should look at. What concerns the whole merchant is not for who is limited to stores. */
export const alertRoutes: readonly Route[] = [
  readRoute({
    path: '/v1/reports/alerts',
    tag: 'Reports',
    summary:
      'What somebody should look at: a frozen ledger, failed batches, unusual refunds and corrections, locked PINs',
    permission: 'reports.read',
    answer: alerts,
    read: (db, _parsed, context) => readAlerts(db, context),
  }),
];

async function readAlerts(db: Db, { merchantId, actor, now }: ReadContext) {
  const seesAll = actor.storeIds === null;
  const seesPeople = actor.permissions.has('people.read');
  const merchant = await readMerchant(db, merchantId);
  const day = civilDay(now, merchant?.timezone ?? 'UTC');
  const frozen = seesAll ? await frozenLedger(db, merchantId) : undefined;
  const since = new Date(now.getTime() - failedWithinMs);
  const failed = seesAll ? await failedBatches(db, merchantId, since, ofEachMost) : [];
  const over = { day, days: unusualDays, timesMin: unusualTimesMin, limit: ofEachMost };
  const unusual = seesAll ? await unusualActors(db, merchantId, over) : [];
  const locked = await lockedPins(db, merchantId, actor.storeIds && [...actor.storeIds], ofEachMost);
  return {
    ledgerFrozen: frozen ? { reason: frozen.reason, frozenAt: frozen.frozenAt?.toISOString() ?? null } : null,
    failedBatches: failed.map(({ id, failure, createdAt }) => ({
      batchId: encodeId('batch', id),
      failure,
      createdAt: createdAt.toISOString(),
    })),
    unusual: unusual.map((one) => ({
      actor: {
        id: encodeId(one.byStaff ? 'stf' : 'key', one.actorId),
        name: seesPeople ? one.actorName : null,
      },
      currency: one.currency,
      redeemed: jsonAmount(one.redeemed),
      refunds: jsonAmount(one.refunds),
      refunded: jsonAmount(one.refunded),
      adjustments: jsonAmount(one.adjustments),
      adjusted: jsonAmount(one.adjusted),
    })),
    pinLocked: locked.map(({ cardId, serial, storeId }) => ({
      cardId: encodeId('card', cardId),
      serial: serialText(serial),
      storeId: storeId === null ? null : encodeId('store', storeId),
    })),
  };
}
