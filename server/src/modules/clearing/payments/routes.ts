import { z } from 'zod';
import { encodeId } from '../../../kernel/id.ts';
import { page } from '../../../platform/http/page.ts';
import { commandRoute, type Route, readRoute } from '../../../platform/http/route.ts';
import { idIn, idOut, pageOf, pageQuery, reference } from '../../../platform/http/shapes.ts';
import { PaymentAnswer, paymentState } from '../shapes.ts';
import { netPeriod } from './netPeriod.ts';
import { paymentAnswer } from './payment.ts';
import { payPayment } from './payPayment.ts';
import { listPayments } from './store.ts';

const tag = 'Settlement';

/** Netting of closed periods, and what is paid for them. */
export const settlementPaymentRoutes: readonly Route[] = [
  commandRoute({
    path: '/v1/settlement-periods/:id/net',
    tag,
    summary: 'Net what stores owe each other: each is left with one sum to or from the merchant',
    status: 200,
    params: z.strictObject({ id: idIn('stp') }),
    answer: z.object({ id: idOut('stp'), payments: z.int(), replaced: z.int() }),
    useCase: netPeriod,
    input: ({ params: { id } }) => ({ id }),
  }),
  commandRoute({
    path: '/v1/settlement-payments/:id/pay',
    tag,
    summary: 'Mark what is due between a store and the merchant as paid',
    status: 200,
    params: z.strictObject({ id: idIn('spy') }),
    body: z.strictObject({ reference }),
    answer: PaymentAnswer,
    useCase: payPayment,
    input: ({ params: { id }, body }) => ({ id, ...body }),
  }),
  readRoute({
    path: '/v1/settlement-payments',
    tag,
    summary: 'List what is due and was paid between stores and the merchant, the newest first',
    permission: 'settlement.read',
    query: z.strictObject({
      cursor: idIn('spy').optional(),
      limit: pageQuery.limit,
      state: paymentState.optional(),
      periodId: idIn('stp').optional(),
    }),
    answer: pageOf(PaymentAnswer),
    async read(db, { query }, { merchantId, actor }) {
      const rows = await listPayments(db, merchantId, {
        before: query.cursor ?? null,
        state: query.state ?? null,
        storeIds: actor.storeIds === null ? null : [...actor.storeIds],
        periodId: query.periodId ?? null,
        limit: query.limit + 1,
      });
      return page(
        rows,
        query.limit,
        (row) =>
          paymentAnswer(row, (id) => {
            if (id === merchantId) return null;
            const isStore = id === row.payerId ? row.payerIsStore : row.payeeIsStore;
            return encodeId(isStore ? 'store' : 'pty', id);
          }),
        ({ id }) => encodeId('spy', id),
      );
    },
  }),
];
