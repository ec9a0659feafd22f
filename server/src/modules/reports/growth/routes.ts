import { z } from 'zod';
import { jsonAmount } from '../../../kernel/money.ts';
import { isRefused } from '../../../kernel/outcome.ts';
import { type Route, readRoute } from '../../../platform/http/route.ts';
import { byPeriod, rangeAnswer, rangeOf, rangeQuery } from '../figures/range.ts';
import { entriesBehind } from '../figures/store.ts';
import { addUpName } from '../rollup/jobs.ts';
import { memberSeries } from './store.ts';

const point = z.object({
  day: z.iso.date().meta({ description: 'The last day of the period within the range.' }),
  members: z.int().nullable().meta({
    description: 'How many there were at its end; null for some of the stores, since members leave in none.',
  }),
  joined: z.int().meta({ description: 'Enrolled or imported, each person once.' }),
  gone: z.int().meta({ description: 'Erased, or merged into another.' }),
  memberships: z.int().meta({ description: 'Sold to who had none.' }),
  renewals: z.int().meta({ description: 'Renewed or upgraded.' }),
  visits: z.int().meta({ description: 'Purchases of members.' }),
});

/** How a merchant's members come to be more. */
export const growthRoutes: readonly Route[] = [
  readRoute({
    path: '/v1/reports/members',
    tag: 'Reports',
    summary:
      'How many members there were at the end of each day, week or month, and who came and bought in it',
    permission: 'reports.read',
    query: z.strictObject({ ...rangeQuery, by: byPeriod }),
    answer: z.object({ ...rangeAnswer, points: z.array(point) }),
    async read(db, { query }, context) {
      const { merchantId } = context;
      const range = await rangeOf(db, query, context);
      if (isRefused(range)) return range;
      const points = await memberSeries(db, merchantId, range, query.by);
      return {
        from: range.from,
        to: range.to,
        behind: jsonAmount(await entriesBehind(db, merchantId, [addUpName])),
        points: points.map((one) => ({
          day: one.day,
          members: range.storeIds === null ? jsonAmount(one.members) : null,
          joined: jsonAmount(one.joined),
          gone: jsonAmount(one.gone),
          memberships: jsonAmount(one.memberships),
          renewals: jsonAmount(one.renewals),
          visits: jsonAmount(one.visits),
        })),
      };
    },
  }),
];
