import { z } from 'zod';
import { commandRoute, type Route } from '../../../platform/http/route.ts';
import { civilDate, currencyCode, idIn, signedAmount, textIn } from '../../../platform/http/shapes.ts';
import { periodReadings } from '../reading/routes.ts';
import { AdjustmentAnswer, PeriodAnswer, StatementAnswer } from '../shapes.ts';
import { adjustStatement } from './adjustStatement.ts';
import { confirmStatement, disputeStatement, withdrawDispute } from './answer.ts';
import { closePeriod } from './closePeriod.ts';
import { drawPeriod } from './drawPeriod.ts';

const tag = 'Settlement';
const params = z.strictObject({ id: idIn('sst') });
const reason = textIn(500);

const commands: readonly Route[] = [
  commandRoute({
    path: '/v1/settlement-periods',
    tag,
    summary: 'End a settlement period and draw up a statement for each store',
    status: 201,
    body: z.strictObject({
      until: civilDate.optional().meta({
        description: "The first day that is not in it, in the merchant's zone; left out: all up to now.",
      }),
      answerDays: z.int().min(0).max(90).default(7).meta({ description: 'How long stores may answer.' }),
    }),
    answer: PeriodAnswer,
    useCase: drawPeriod,
    input: ({ body: { until, answerDays } }) => ({ until, answerDays }),
  }),
  commandRoute({
    path: '/v1/settlement-periods/:id/close',
    tag,
    summary: 'Close a settlement period for good',
    status: 200,
    params: z.strictObject({ id: idIn('stp') }),
    answer: PeriodAnswer,
    useCase: closePeriod,
    input: ({ params: { id } }) => ({ id }),
  }),
  commandRoute({
    path: '/v1/settlement-statements/:id/confirm',
    tag,
    summary: 'Say as the store that a statement is right',
    status: 200,
    params,
    answer: StatementAnswer,
    useCase: confirmStatement,
    input: ({ params: { id } }) => ({ id }),
  }),
  commandRoute({
    path: '/v1/settlement-statements/:id/dispute',
    tag,
    summary: 'Say as the store that a statement is wrong, and why',
    status: 200,
    params,
    body: z.strictObject({ reason }),
    answer: StatementAnswer,
    useCase: disputeStatement,
    input: ({ params: { id }, body }) => ({ id, ...body }),
  }),
  commandRoute({
    path: '/v1/settlement-statements/:id/withdraw',
    tag,
    summary: 'Take a dispute back',
    status: 200,
    params,
    answer: StatementAnswer,
    useCase: withdrawDispute,
    input: ({ params: { id } }) => ({ id }),
  }),
  commandRoute({
    path: '/v1/settlement-statements/:id/adjustments',
    tag,
    summary: 'Correct a statement by an entry that is booked today; its period stays as it is',
    status: 201,
    params,
    body: z.strictObject({
      counterpartId: idIn('store').nullable().meta({ description: 'With whom; null: with the merchant.' }),
      currency: currencyCode.optional(),
      amount: signedAmount.meta({
        description: 'What the counterpart owes more, in minor units; negative: less.',
      }),
      reason,
    }),
    answer: AdjustmentAnswer,
    useCase: adjustStatement,
    input: ({ params: { id }, body: { counterpartId, currency, amount, reason: why } }) => ({
      id,
      storeId: counterpartId,
      currency,
      amount,
      reason: why,
    }),
  }),
];

/** Periods, statements, what stores say to them, and what corrects them. */
export const periodRoutes: readonly Route[] = [...commands, ...periodReadings];
