import { z } from 'zod';
import { encodeId } from '../../kernel/id.ts';
import { lookUp } from '../../platform/executor/lookUp.ts';
import { page } from '../../platform/http/page.ts';
import { commandRoute, type Route, readRoute } from '../../platform/http/route.ts';
import {
  amountJson,
  amountOrNone,
  currencyCode,
  idIn,
  idOut,
  instant,
  pageOf,
  pageQuery,
  positiveAmount,
  reference,
  wordIn,
} from '../../platform/http/shapes.ts';
import { ledgerSql } from '../ledger/index.ts';
import { balanceOf, fundAnswer, fundingAccounts } from './fund.ts';
import { payIn, payOut } from './payIn.ts';
import { setFund } from './setFund.ts';
import { listFunds } from './store.ts';

const tag = 'Store settlement accounts';
const path = '/v1/store-settlement-accounts';

const FundAnswer = z.object({
  storeId: idOut('store'),
  currency: currencyCode,
  keepsCash: z.boolean(),
  creditLimit: amountJson,
  deposit: amountJson.meta({ description: 'What was paid in less what was taken; negative: it is drawn.' }),
  available: amountJson.meta({ description: 'The deposit and the credit limit.' }),
  createdAt: instant,
});
const params = z.strictObject({ storeId: idIn('store') });
const paymentBody = z.strictObject({
  amount: positiveAmount,
  payment: z.strictObject({
    tender: wordIn('bank_transfer'),
    reference,
  }),
});
const Moved = FundAnswer.extend({ amount: amountJson });

/** Settlement accounts of stores that keep the cash they take. */
export const storeFundRoutes: readonly Route[] = [
  readRoute({
    path,
    tag,
    summary: 'List the settlement accounts of stores, with what is on them',
    permission: 'storefunds.read',
    query: z.strictObject({ cursor: idIn('store').optional(), limit: pageQuery.limit }),
    answer: pageOf(FundAnswer),
    async read(db, { query }, { merchantId, actor }) {
      const storeIds = actor.storeIds === null ? null : [...actor.storeIds];
      const found = await listFunds(db, merchantId, {
        after: query.cursor ?? null,
        limit: query.limit + 1,
        storeIds,
      });
      const accounts = await lookUp(ledgerSql, db, merchantId, (find) =>
        found.flatMap(({ storeId }) => fundingAccounts(storeId, find)),
      );
      return page(
        found,
        query.limit,
        (fund) => fundAnswer(fund, balanceOf(fund, accounts)),
        ({ storeId }) => encodeId('store', storeId),
      );
    },
  }),
  commandRoute({
    path,
    tag,
    summary: 'Give a store a settlement account, or change whether it keeps its cash, and its credit limit',
    status: 200,
    body: z.strictObject({ storeId: idIn('store'), keepsCash: z.boolean(), creditLimit: amountOrNone }),
    answer: FundAnswer,
    useCase: setFund,
    input: ({ body }) => body,
  }),
  commandRoute({
    path: `${path}/:storeId/deposits`,
    tag,
    summary: 'Put what a store has paid onto its settlement account',
    status: 201,
    params,
    body: paymentBody,
    answer: Moved,
    useCase: payIn,
    input: ({ params: { storeId }, body }) => ({ storeId, ...body }),
  }),
  commandRoute({
    path: `${path}/:storeId/withdrawals`,
    tag,
    summary: 'Pay a store back what it has on its settlement account',
    status: 201,
    params,
    body: paymentBody,
    answer: Moved,
    useCase: payOut,
    input: ({ params: { storeId }, body }) => ({ storeId, ...body }),
  }),
];
