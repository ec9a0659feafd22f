import { jsonAmount } from '../../kernel/money.ts';
import { isRefused, refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { openBook } from '../ledger/index.ts';
import { merchantById, storeById } from '../merchants/index.ts';
import { fundAnswer, fundBook, fundingAccounts, fundOfStore, type StoreFund, storeFunds } from './fund.ts';

type SetFundInput = { readonly storeId: string; readonly keepsCash: boolean; readonly creditLimit: bigint };

/**
 * Makes a store one that settles by an account, or changes what was agreed. The limit stands on the account itself, so
 * that no number of payments at once gets beyond it; what is drawn of it cannot be taken away.
 */
export const setFund = useCase({
  name: 'store_fund.set',
  permission: 'storefunds.write',
  movesValue: true,
  storeOf: ({ storeId }: SetFundInput) => storeId,
  needs: ({ storeId }, find) => ({
    store: find.one(storeById, storeId),
    merchant: find.one(merchantById, find.merchantId),
    fund: find.one(fundOfStore, storeId),
    accounts: fundingAccounts(storeId, find),
  }),
  decide({ store, merchant, fund: before, accounts }, { storeId, keepsCash, creditLimit }, context) {
    if (!store || !merchant) return refused('store_not_found', { field: 'storeId' });
    const fund: StoreFund = {
      storeId,
      currency: before?.currency ?? merchant.currency,
      keepsCash,
      creditLimit,
      createdAt: before?.createdAt ?? context.now,
    };
    const book = openBook(accounts, context.now);
    const at = fundBook(fund, book, context.merchantId);
    const more = creditLimit - (before?.creditLimit ?? 0n);
    if (-more > book.now(at.fund).balance) {
      return refused('settlement_limit_in_use', {
        field: 'creditLimit',
        next: 'Have the store pay in first.',
      });
    }
    const postings =
      more === 0n
        ? []
        : book.post([
            more > 0n
              ? { from: at.credit, to: at.fund, amount: more }
              : { from: at.fund, to: at.credit, amount: -more },
          ]);
    if (isRefused(postings)) return postings;
    const details = { keepsCash, creditLimit: jsonAmount(creditLimit) };
    return accepted({
      activities: [{ type: 'store_fund.set', subjectId: storeId, storeId, details, postings }],
      changes: [put(storeFunds, fund), ...book.changes()],
      result: fundAnswer(fund, book.now(at.fund).balance),
    });
  },
});
