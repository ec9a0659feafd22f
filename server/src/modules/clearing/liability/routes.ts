import { z } from 'zod';
import { assert } from '../../../kernel/assert.ts';
import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { refused } from '../../../kernel/outcome.ts';
import { civilDay, daysAfter, startOfDay } from '../../../kernel/time.ts';
import { type Route, readRoute } from '../../../platform/http/route.ts';
import { amountJson, civilDate, currencyCode, idOut } from '../../../platform/http/shapes.ts';
import { firstSeqSince } from '../../ledger/index.ts';
import { readMerchant } from '../../merchants/index.ts';
import { type RollForward, selectRollForward } from './store.ts';

const columns = {
  opening: amountJson,
  loaded: amountJson.meta({ description: 'Paid in by customers.' }),
  bonus: amountJson.meta({ description: 'Given on top of what was paid.' }),
  spent: amountJson.meta({ description: 'Less what came back from stores.' }),
  refunded: amountJson.meta({ description: 'Paid out to customers, and sales undone.' }),
  expired: amountJson.meta({ description: 'Void and expired value that the merchant took.' }),
  adjusted: amountJson,
  transferred: amountJson.meta({
    description: 'From other cards and wallets and, by imports, from other systems, less what went to them.',
  }),
  closing: amountJson.meta({
    description: 'opening + loaded + bonus - spent - refunded - expired + adjusted + transferred.',
  }),
};
const total = z.object({ currency: currencyCode, ...columns });
const row = total.extend({
  instrument: z.enum(['card', 'wallet']),
  programId: idOut('prog').nullable(),
  kind: z.string().meta({ description: 'principal, bonus or compensation.' }),
  storeId: idOut('store')
    .nullable()
    .meta({ description: 'The store that answers for it; null: the merchant.' }),
});

type Amounts = Omit<RollForward, 'instrument' | 'programId' | 'kind' | 'storeId'>;

function shown(one: Amounts) {
  const closing =
    one.opening +
    one.loaded +
    one.bonus -
    one.spent -
    one.refunded -
    one.expired +
    one.adjusted +
    one.transferred;
  return {
    currency: one.currency,
    opening: jsonAmount(one.opening),
    loaded: jsonAmount(one.loaded),
    bonus: jsonAmount(one.bonus),
    spent: jsonAmount(one.spent),
    refunded: jsonAmount(one.refunded),
    expired: jsonAmount(one.expired),
    adjusted: jsonAmount(one.adjusted),
    transferred: jsonAmount(one.transferred),
    closing: jsonAmount(closing),
  };
}

function totalsOf(rows: readonly RollForward[]) {
  const sums = new Map<string, Amounts>();
  for (const one of rows) {
    const sum = sums.get(one.currency);
    sums.set(one.currency, sum === undefined ? one : added(sum, one));
  }
  return [...sums.values()].map(shown);
}

function added(sum: Amounts, one: Amounts): Amounts {
  return {
    currency: sum.currency,
    opening: sum.opening + one.opening,
    loaded: sum.loaded + one.loaded,
    bonus: sum.bonus + one.bonus,
    spent: sum.spent + one.spent,
    refunded: sum.refunded + one.refunded,
    expired: sum.expired + one.expired,
    adjusted: sum.adjusted + one.adjusted,
    transferred: sum.transferred + one.transferred,
  };
}

export const liabilityRoutes: readonly Route[] = [
  readRoute({
    path: '/v1/reports/liability-roll-forward',
    tag: 'Settlement',
    summary:
      'How the value that customers hold came from one balance to the next, by program, kind and store',
    permission: 'reports.read',
    query: z.strictObject({
      from: civilDate
        .optional()
        .meta({ description: 'The first day, in the zone of the merchant; that of this month if left out.' }),
      until: civilDate.optional().meta({ description: 'The day after the last; tomorrow if left out.' }),
    }),
    answer: z.object({ from: civilDate, until: civilDate, items: z.array(row), totals: z.array(total) }),
    async read(db, { query }, { merchantId, actor, now }) {
      const merchant = await readMerchant(db, merchantId);
      assert(merchant !== undefined, 'who has a key has a merchant');
      const today = civilDay(now, merchant.timezone);
      const from = query.from ?? `${today.slice(0, 7)}-01`;
      const until = query.until ?? daysAfter(today, 1);
      if (until <= from)
        return refused('invalid_request', { field: 'until', detail: 'It is not after from.' });
      const fromSeq = await firstSeqSince(db, merchantId, startOfDay(from, merchant.timezone));
      const toSeq = await firstSeqSince(db, merchantId, startOfDay(until, merchant.timezone));
      const storeIds = actor.storeIds === null ? null : [...actor.storeIds];
      const rows = await selectRollForward(db, merchantId, fromSeq, toSeq, storeIds);
      return {
        from,
        until,
        items: rows.map((one) => ({
          instrument: one.instrument,
          programId: one.programId === null ? null : encodeId('prog', one.programId),
          kind: one.kind,
          storeId: one.storeId === null ? null : encodeId('store', one.storeId),
          ...shown(one),
        })),
        totals: totalsOf(rows),
      };
    },
  }),
];
