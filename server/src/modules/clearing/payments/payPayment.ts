import { encodeId } from '../../../kernel/id.ts';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { accountsOf, openBook, ownerAnd } from '../../ledger/index.ts';
import { beyondScope, storeById } from '../../merchants/index.ts';
import { clearing } from '../../settlement/index.ts';
import { type Payment, paymentAnswer, paymentById, payments } from './payment.ts';

type PayInput = { readonly id: string; readonly reference: string };

/** Marks what is due as paid: the debt goes back by as much. */
export const payPayment = useCase({
  name: 'settlement_payment.pay',
  permission: 'settlement.close',
  movesValue: true,
  needs({ id }: PayInput, find) {
    const payment = find.one(paymentById, id);
    const parties = payment ? [payment.payerId, payment.payeeId] : [];
    return {
      payment,
      stores: parties.filter((party) => party !== find.merchantId).map((party) => find.one(storeById, party)),
      accounts: parties.flatMap((party) => find.all(accountsOf, ownerAnd(party, 'clearing'))),
    };
  },
  decide({ payment, stores, accounts }, { reference }, { actor, now, merchantId }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    if (!payment) return refused('settlement_payment_not_found');
    if (payment.state !== 'due') return refused('settlement_payment_not_due');
    const { payerId, payeeId, currency, amount } = payment;
    const book = openBook(accounts, now);
    // Who was paid owes again what it was owed.
    const back = clearing(book, {
      debtor: payeeId,
      creditor: payerId,
      asset: currency,
      amount,
      kind: 'payment',
    });
    const postings = book.post([back]);
    if (isRefused(postings)) return postings;
    const paid: Payment = { ...payment, state: 'paid', reference, paidAt: now, paidBy: actor.id };
    const store = stores.find((one) => one !== undefined);
    return accepted({
      activities: [
        {
          type: 'settlement_payment.paid',
          subjectId: payment.id,
          ...(store ? { storeId: store.id } : {}),
          amount,
          details: { currency, paymentReference: reference },
          postings,
        },
      ],
      changes: [put(payments, paid), ...book.changes()],
      result: paymentAnswer(paid, (id) =>
        id === merchantId ? null : encodeId(id === store?.id ? 'store' : 'pty', id),
      ),
    });
  },
});
