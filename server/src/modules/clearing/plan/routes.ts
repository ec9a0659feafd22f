import { z } from 'zod';
import { assert } from '../../../kernel/assert.ts';
import { lookUp } from '../../../platform/executor/lookUp.ts';
import { commandRoute, type Route, readRoute } from '../../../platform/http/route.ts';
import { instant } from '../../../platform/http/shapes.ts';
import { ledgerSql } from '../../ledger/index.ts';
import { merchantById, merchantsSql } from '../../merchants/index.ts';
import { periodsIn } from '../period/period.ts';
import { periodsSql } from '../period/store.ts';
import { planAnswer } from './answer.ts';
import { planIn, rhythms } from './plan.ts';
import { setDrawingPlan } from './setPlan.ts';
import { openSinceIn } from './standing.ts';
import { plansSql } from './store.ts';

const tag = 'Settlement';
const path = '/v1/settlement-plan';
const every = z.enum(rhythms).meta({
  description: 'hand: when somebody says so; week: with each Sunday; month: with its last day.',
});
const answerDays = z.int().min(0).max(90).meta({ description: 'How long stores may answer.' });
const PlanAnswer = z.object({
  every,
  answerDays,
  revision: z.int(),
  next: z
    .object({
      lastDay: z.iso.date().meta({ description: "The last day that is in it, in the merchant's zone." }),
      until: instant.meta({ description: 'Exclusive.' }),
      answerBy: instant,
    })
    .nullable()
    .meta({ description: 'The next period that ends by itself; null: none does.' }),
});

/** When settlement periods end by themselves. */
export const planRoutes: readonly Route[] = [
  readRoute({
    path,
    tag,
    summary: 'How often settlement periods end by themselves, and when the next one does',
    permission: 'settlement.read',
    query: z.strictObject({
      every: every.optional().meta({ description: 'As it would be with this one, laid down now.' }),
    }),
    answer: PlanAnswer,
    async read(db, { query }, { merchantId, now }) {
      const tables = [...plansSql, ...periodsSql, ...merchantsSql, ...ledgerSql];
      const { merchant, plan, last, openSince } = await lookUp(tables, db, merchantId, (find) => ({
        merchant: find.one(merchantById, merchantId),
        plan: planIn(find),
        last: periodsIn(find).at(-1),
        openSince: openSinceIn(find),
      }));
      assert(merchant !== undefined, 'who has a key has a merchant');
      const asked =
        query.every === undefined || query.every === plan.every
          ? plan
          : { ...plan, every: query.every, since: now };
      const { timezone: zone } = merchant;
      return planAnswer(asked, { plan: asked, zone, coveredUntil: last?.coversUntil, openSince }, now);
    },
  }),
  commandRoute({
    method: 'PATCH',
    path,
    tag,
    summary: 'Lay down how often settlement periods end by themselves',
    status: 200,
    body: z.strictObject({ every, answerDays }),
    answer: PlanAnswer,
    useCase: setDrawingPlan,
    input: ({ body }) => body,
  }),
];
