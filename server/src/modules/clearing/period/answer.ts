import { type Refusal, refused } from '../../../kernel/outcome.ts';
import { accepted, type Context, useCase } from '../../../platform/executor/useCase.ts';
import { type Find, put } from '../../../platform/executor/workingSet.ts';
import { type Statement, statementAnswer, statementById, statements, storeOfStatement } from './period.ts';

type Rows = { readonly statement: Statement | undefined };

const rowsOf = ({ id }: { readonly id: string }, find: Find): Rows => ({
  statement: find.one(statementById, id),
});

const ownerStoreOf = ({ statement }: Rows) => statement && storeOfStatement(statement);

/** Why nothing may be said to a statement any more. */
function overFor(statement: Statement): Refusal | undefined {
  return statement.closedAt === null ? undefined : refused('settlement_period_closed');
}

function said(
  statement: Statement,
  type: string,
  to: Pick<Statement, 'state' | 'reason'>,
  { now, actor }: Context,
) {
  const changed: Statement = { ...statement, ...to, saidAt: now, saidBy: actor.id };
  const storeId = storeOfStatement(statement);
  return accepted({
    activities: [
      {
        type,
        subjectId: statement.id,
        ...(storeId === null ? {} : { storeId }),
        details: to.reason === null ? {} : { reason: to.reason },
      },
    ],
    changes: [put(statements, changed)],
    result: statementAnswer(changed),
  });
}

/** A store says that a statement is right. */
export const confirmStatement = useCase({
  name: 'settlement_statement.confirm',
  permission: 'settlement.answer',
  movesValue: false,
  needs: rowsOf,
  ownerStoreOf,
  decide({ statement }, _input, context) {
    if (!statement) return refused('settlement_statement_not_found');
    const over = overFor(statement);
    if (over) return over;
    if (statement.state === 'confirmed') return refused('settlement_statement_confirmed');
    if (statement.state === 'disputed') {
      return refused('settlement_statement_disputed', { next: 'Withdraw the dispute first.' });
    }
    return said(
      statement,
      'settlement_statement.confirmed',
      { state: 'confirmed', reason: statement.reason },
      context,
    );
  },
});

/** A store says that a statement is wrong, and why. */
export const disputeStatement = useCase({
  name: 'settlement_statement.dispute',
  permission: 'settlement.answer',
  movesValue: false,
  needs: (input: { readonly id: string; readonly reason: string }, find) => rowsOf(input, find),
  ownerStoreOf,
  decide({ statement }, { reason }, context) {
    if (!statement) return refused('settlement_statement_not_found');
    const over = overFor(statement);
    if (over) return over;
    if (statement.state === 'confirmed') return refused('settlement_statement_confirmed');
    if (statement.state === 'disputed') return refused('settlement_statement_disputed');
    return said(statement, 'settlement_statement.disputed', { state: 'disputed', reason }, context);
  },
});

/** A store takes its dispute back. */
export const withdrawDispute = useCase({
  name: 'settlement_statement.withdraw',
  permission: 'settlement.answer',
  movesValue: false,
  needs: rowsOf,
  ownerStoreOf,
  decide({ statement }, _input, context) {
    if (!statement) return refused('settlement_statement_not_found');
    const over = overFor(statement);
    if (over) return over;
    if (statement.state !== 'disputed') return refused('settlement_statement_not_disputed');
    return said(statement, 'settlement_statement.withdrawn', { state: 'drawn', reason: null }, context);
  },
});
