import { jsonAmount } from '../../kernel/money.ts';
import { isRefused, refused } from '../../kernel/outcome.ts';
import { accepted, type Context, useCase } from '../../platform/executor/useCase.ts';
import type { Find } from '../../platform/executor/workingSet.ts';
import { type Account, openBook, type Transfer } from '../ledger/index.ts';
import { fundAnswer, fundBook, fundingAccounts, fundOfStore, type StoreFund } from './fund.ts';

type FundingInput = {
  readonly storeId: string;
  readonly amount: bigint;
  readonly payment: { readonly tender: string; readonly reference: string };
};

type Rows = { readonly fund: StoreFund | undefined; readonly accounts: readonly Account[] };

const rowsOf = ({ storeId }: FundingInput, find: Find): Rows => ({
  fund: find.one(fundOfStore, storeId),
  accounts: fundingAccounts(storeId, find),
});

/** Puts what a store has paid onto its settlement account. */
export const payIn = useCase({
  name: 'store_fund.pay_in',
  permission: 'storefunds.write',
  movesValue: true,
  storeOf: ({ storeId }: FundingInput) => storeId,
  amountOf: ({ amount }) => amount,
  needs: rowsOf,
  decide: (rows, input, context) => funding(rows, input, context, false),
});

/** Pays a store back what it has on its account beyond the credit. */
export const payOut = useCase({
  name: 'store_fund.pay_out',
  permission: 'storefunds.write',
  movesValue: true,
  storeOf: ({ storeId }: FundingInput) => storeId,
  amountOf: ({ amount }) => amount,
  needs: rowsOf,
  decide: (rows, input, context) => funding(rows, input, context, true),
});

function funding({ fund, accounts }: Rows, input: FundingInput, context: Context, out: boolean) {
  if (!fund) return refused('store_fund_not_found', { field: 'storeId' });
  const { storeId, amount, payment } = input;
  const book = openBook(accounts, context.now);
  const at = fundBook(fund, book, context.merchantId);
  const deposit = book.now(at.fund).balance - fund.creditLimit;
  if (out && amount > deposit) {
    return refused('settlement_limit_exceeded', {
      field: 'amount',
      detail: `What was paid in and not taken is ${deposit}.`,
    });
  }
  const bank = at.bank(payment.tender);
  const transfer: Transfer = out ? { from: at.fund, to: bank, amount } : { from: bank, to: at.fund, amount };
  const postings = book.post([transfer]);
  if (isRefused(postings)) return postings;
  const answer = fundAnswer(fund, book.now(at.fund).balance);
  return accepted({
    activities: [
      {
        type: out ? 'store_fund.paid_out' : 'store_fund.paid_in',
        subjectId: storeId,
        storeId,
        amount: out ? -amount : amount,
        details: {
          tender: payment.tender,
          paymentReference: payment.reference,
          deposit: answer.deposit,
          available: answer.available,
        },
        postings,
      },
    ],
    changes: book.changes(),
    result: { ...answer, amount: jsonAmount(amount) },
  });
}
