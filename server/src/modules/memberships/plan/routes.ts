import { z } from 'zod';
import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { isRefused } from '../../../kernel/outcome.ts';
import { lookUp } from '../../../platform/executor/lookUp.ts';
import { page } from '../../../platform/http/page.ts';
import { commandRoute, type Route, readRoute } from '../../../platform/http/route.ts';
import { idIn, pageOf, pageQuery } from '../../../platform/http/shapes.ts';
import { merchantById, merchantsSql } from '../../merchants/index.ts';
import * as shapes from '../shapes.ts';
import { listPlans, membershipsSql } from '../store.ts';
import { firstTerm } from '../term/join.ts';
import { soldPlan } from '../term/may.ts';
import { createPlan } from './createPlan.ts';
import { editPlan } from './editPlan.ts';
import { planAnswer, plansIn } from './plan.ts';

const tag = 'Memberships';

/** Card types: laid down, listed, and how long one would last. */
export const planRoutes: readonly Route[] = [
  commandRoute({
    path: '/v1/membership-plans',
    tag,
    summary: 'Make a card type: how long it lasts, what it costs and takes off',
    status: 201,
    body: shapes.PlanBody,
    answer: shapes.PlanAnswer,
    useCase: createPlan,
    input: ({ body }) => body,
  }),
  commandRoute({
    method: 'PATCH',
    path: '/v1/membership-plans/:id',
    tag,
    summary: 'Give a card type other terms, for who buys or renews it from now on',
    status: 200,
    params: shapes.planParams,
    body: shapes.PlanEdit,
    answer: shapes.PlanAnswer,
    useCase: editPlan,
    input: ({ params, body }) => ({ planId: params.id, edit: body }),
  }),
  readRoute({
    path: '/v1/membership-plans',
    tag,
    summary: 'List card types as they are sold now, oldest first',
    permission: 'members.read',
    query: z.strictObject({ cursor: idIn('mpl').optional(), limit: pageQuery.limit }),
    answer: pageOf(shapes.PlanAnswer),
    async read(db, { query }, { merchantId }) {
      const found = await listPlans(db, merchantId, query.cursor ?? null, query.limit + 1);
      return page(found, query.limit, planAnswer, ({ id }) => encodeId('mpl', id));
    },
  }),
  readRoute({
    path: '/v1/membership-plans/:id/term',
    tag,
    summary: 'From when to when a card type would be good, sold now, and what it costs',
    permission: 'members.read',
    params: shapes.planParams,
    query: shapes.termQuery,
    answer: shapes.TermAnswer,
    async read(db, { params, query }, { merchantId, now }) {
      const rows = await lookUp([...membershipsSql, ...merchantsSql], db, merchantId, (find) => ({
        plans: plansIn(find),
        merchant: find.one(merchantById, merchantId),
      }));
      const plan = soldPlan(rows.plans, params.id);
      if (isRefused(plan)) return plan;
      const term = firstTerm(query.firstDay, plan, rows.merchant?.timezone ?? 'UTC', now);
      if (isRefused(term)) return term;
      return {
        firstDay: term.firstDay,
        lastDay: term.lastDay,
        validUntil: term.validUntil.toISOString(),
        price: jsonAmount(plan.price),
        currency: plan.currency,
      };
    },
  }),
];
