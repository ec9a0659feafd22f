import { z } from 'zod';
import { jsonAmount } from '../../../kernel/money.ts';
import { isRefused } from '../../../kernel/outcome.ts';
import { type Route, readRoute } from '../../../platform/http/route.ts';
import { amountJson, currencyCode } from '../../../platform/http/shapes.ts';
import { byPeriod, rangeAnswer, rangeOf, rangeQuery } from '../figures/range.ts';
import { entriesBehind } from '../figures/store.ts';
import { addUpName } from '../rollup/jobs.ts';
import { valueSeries } from './store.ts';

const point = z.object({
  currency: currencyCode,
  day: z.iso.date().meta({ description: 'The last day of the period within the range.' }),
  principal: amountJson.meta({ description: 'On wallets at its end, of what members paid in.' }),
  bonus: amountJson.meta({
    description: 'On wallets at its end, of what was given on top, also what is released later.',
  }),
  loaded: amountJson.meta({ description: 'Paid in by customers.' }),
  given: amountJson.meta({ description: 'Given on top of what was paid, and dividends.' }),
  spent: amountJson.meta({ description: 'Less what came back from stores.' }),
  refunded: amountJson.meta({ description: 'Paid out to customers, and sales undone.' }),
  expired: amountJson.meta({ description: 'Void and expired value that the merchant took.' }),
  adjusted: amountJson,
  transferred: amountJson.meta({
    description: 'From other cards and wallets and, by imports, from other systems, less what went to them.',
  }),
});

/** What members hold prepaid, over time: it closes as the liability roll-forward does, by days. */
export const valueRoutes: readonly Route[] = [
  readRoute({
    path: '/v1/reports/stored-value',
    tag: 'Reports',
    summary: 'What was on wallets at the end of each day, week or month, and what became of it in it',
    permission: 'reports.read',
    query: z.strictObject({ ...rangeQuery, by: byPeriod }),
    answer: z.object({ ...rangeAnswer, points: z.array(point) }),
    async read(db, { query }, context) {
      const { merchantId } = context;
      const range = await rangeOf(db, query, context);
      if (isRefused(range)) return range;
      const points = await valueSeries(db, merchantId, range, query.by);
      return {
        from: range.from,
        to: range.to,
        behind: jsonAmount(await entriesBehind(db, merchantId, [addUpName])),
        points: points.map((one) => ({
          currency: one.currency,
          day: one.day,
          principal: jsonAmount(one.principal),
          bonus: jsonAmount(one.given),
          loaded: jsonAmount(one.loaded),
          given: jsonAmount(one.bonus),
          spent: jsonAmount(one.spent),
          refunded: jsonAmount(one.refunded),
          expired: jsonAmount(one.expired),
          adjusted: jsonAmount(one.adjusted),
          transferred: jsonAmount(one.transferred),
        })),
      };
    },
  }),
];
