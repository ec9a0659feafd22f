import { encodeId } from '../../../kernel/id.ts';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { accountsOf, openBook, ownerAnd } from '../../ledger/index.ts';
import { beyondScope } from '../../merchants/index.ts';
import { periodById } from '../period/period.ts';
import { duesOf, nettingTransfers, openPairs } from './netting.ts';
import {
  allNettings,
  duePayments,
  mayNet,
  nettings,
  outstandingAt,
  type Payment,
  payments,
} from './payment.ts';

/**
 * Nets a closed period and all before it: what stores owe each other comes to be owed to and by the merchant, and what
 * is left to be paid is written down. It takes the place of payments that were still due.
 */
export const netPeriod = useCase({
  name: 'settlement_period.net',
  permission: 'settlement.close',
  movesValue: true,
  needs({ id }: { readonly id: string }, find) {
    const outstanding = find.all(outstandingAt, id);
    const owners = new Set([find.merchantId, ...outstanding.map(({ ownerId }) => ownerId)]);
    return {
      period: find.one(periodById, id),
      nettings: find.all(allNettings, 'all'),
      due: find.all(duePayments, 'due'),
      outstanding,
      accounts: [...owners].flatMap((owner) => find.all(accountsOf, ownerAnd(owner, 'clearing'))),
    };
  },
  decide(
    { period, nettings: before, due, outstanding, accounts },
    _input,
    { actor, now, newId, merchantId },
  ) {
    const outside = beyondScope(actor, null);
    if (outside) return outside;
    if (!period) return refused('settlement_period_not_found');
    const denied = mayNet(period, before);
    if (denied) return denied;
    const book = openBook(accounts, now);
    const pairs = openPairs(outstanding, accounts);
    const transfers = nettingTransfers(pairs, book, merchantId);
    const postings = transfers.length === 0 ? [] : book.post(transfers);
    if (isRefused(postings)) return postings;
    const made = duesOf(pairs, merchantId).map(
      (one): Payment => ({
        ...one,
        id: newId(),
        periodId: period.id,
        state: 'due',
        reference: null,
        createdAt: now,
        paidAt: null,
        paidBy: null,
      }),
    );
    return accepted({
      activities: [
        {
          type: 'settlement_period.netted',
          subjectId: period.id,
          details: { number: period.number, payments: made.length, replaced: due.length },
          postings,
        },
      ],
      changes: [
        put(nettings, { periodId: period.id, number: period.number, createdAt: now }),
        ...due.map((payment) => put(payments, { ...payment, state: 'replaced' as const })),
        ...made.map((payment) => put(payments, payment)),
        ...book.changes(),
      ],
      result: { id: encodeId('stp', period.id), payments: made.length, replaced: due.length },
    });
  },
});
