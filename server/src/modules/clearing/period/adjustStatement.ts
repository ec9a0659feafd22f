import { encodeId } from '../../../kernel/id.ts';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { accountsOf, openBook, ownerAnd } from '../../ledger/index.ts';
import { beyondScope, merchantById, storeById } from '../../merchants/index.ts';
import { clearing } from '../../settlement/index.ts';
import { type Adjustment, adjustmentAnswer, adjustments } from './adjustment.ts';
import { type Statement, statementById, statements } from './period.ts';

type AdjustStatementInput = {
  readonly id: string;
  /** null: the merchant itself. */
  readonly storeId: string | null;
  readonly currency: string | undefined;
  /** What the counterpart owes the statement's party more; negative: less. */
  readonly amount: bigint;
  readonly reason: string;
};

/**
 * Corrects what a statement says, whether its period is closed or not: the period stays as it is, and the correction is
 * booked today, in the one that is open. A dispute is answered by it.
 */
export const adjustStatement = useCase({
  name: 'settlement_statement.adjust',
  permission: 'settlement.adjust',
  movesValue: true,
  needs({ id, storeId }: AdjustStatementInput, find) {
    const statement = find.one(statementById, id);
    const counterpartId = storeId ?? find.merchantId;
    return {
      merchant: find.one(merchantById, find.merchantId),
      statement,
      store: storeId === null ? undefined : find.one(storeById, storeId),
      // So that a second person is shown its name.
      owner: statement?.party === 'store' ? find.one(storeById, statement.ownerId) : undefined,
      accounts: statement
        ? [statement.ownerId, counterpartId].flatMap((owner) =>
            find.all(accountsOf, ownerAnd(owner, 'clearing')),
          )
        : [],
    };
  },
  secondPerson: {
    kind: 'settle',
    by: 'carry',
    amountOf: (_rows, { amount }) => (amount < 0n ? -amount : amount),
  },
  decide({ merchant, statement, store, accounts }, input, context) {
    const { actor, now, newId, merchantId } = context;
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    if (!statement) return refused('settlement_statement_not_found');
    const counterpartId = input.storeId ?? merchantId;
    if (input.storeId !== null && !store) return refused('store_not_found', { field: 'counterpartId' });
    if (counterpartId === statement.ownerId) {
      return refused('invalid_request', { field: 'counterpartId', detail: 'Nobody owes themselves.' });
    }
    const { amount, reason } = input;
    const currency = input.currency ?? merchant?.currency ?? '';
    const book = openBook(accounts, now);
    const [debtor, creditor] =
      amount > 0n ? [counterpartId, statement.ownerId] : [statement.ownerId, counterpartId];
    const size = amount < 0n ? -amount : amount;
    const transfer = clearing(book, { debtor, creditor, asset: currency, amount: size, kind: 'adjustment' });
    const postings = book.post([transfer]);
    if (isRefused(postings)) return postings;
    const adjustment: Adjustment = {
      id: newId(),
      statementId: statement.id,
      periodId: statement.periodId,
      ownerId: statement.ownerId,
      counterpartId,
      currency,
      amount,
      reason,
      seq: context.seq(),
      createdAt: now,
      createdBy: actor.id,
    };
    const answers = statement.state === 'disputed' && statement.closedAt === null;
    return accepted({
      activities: [
        {
          type: 'settlement_statement.adjusted',
          subjectId: statement.id,
          ...(statement.party === 'store' ? { storeId: statement.ownerId } : {}),
          amount,
          details: {
            currency,
            reason,
            partyId: named(statement.ownerId, statement.party, merchantId),
            counterpartId: named(counterpartId, input.storeId === null ? 'merchant' : 'store', merchantId),
            periodId: encodeId('stp', statement.periodId),
          },
          postings,
        },
      ],
      changes: [
        put(adjustments, adjustment),
        ...(answers ? [put(statements, { ...statement, state: 'answered' as const })] : []),
        ...book.changes(),
      ],
      result: adjustmentAnswer(adjustment, merchantId),
    });
  },
});

/** A party as the log names it. */
function named(id: string, party: Statement['party'], merchantId: string): string {
  if (party === 'merchant') return encodeId('mer', merchantId);
  return encodeId(party === 'store' ? 'store' : 'pty', id);
}
