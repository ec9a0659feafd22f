import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { beyondScope } from '../../merchants/index.ts';
import { mayClose, unansweredOf } from './may.ts';
import {
  type Period,
  periodAnswer,
  periodById,
  periods,
  periodsIn,
  statements,
  statementsOfPeriod,
} from './period.ts';

/** Closes a period for good, once no store disputes it and each has said so or had its time. */
export const closePeriod = useCase({
  name: 'settlement_period.close',
  permission: 'settlement.close',
  movesValue: false,
  needs: ({ id }: { readonly id: string }, find) => ({
    period: find.one(periodById, id),
    others: periodsIn(find),
    drawn: find.all(statementsOfPeriod, id),
  }),
  decide({ period, others, drawn }, _input, { actor, now }) {
    const outside = beyondScope(actor, null);
    if (outside) return outside;
    if (!period) return refused('settlement_period_not_found');
    const denied = mayClose({ period, others, drawn }, now);
    if (denied) return denied;
    const closed: Period = { ...period, state: 'closed', closedAt: now, closedBy: actor.id };
    return accepted({
      activities: [
        {
          type: 'settlement_period.closed',
          subjectId: period.id,
          details: { number: period.number, statements: drawn.length, unanswered: unansweredOf(drawn) },
        },
      ],
      changes: [
        put(periods, closed),
        ...drawn.map((statement) => put(statements, { ...statement, closedAt: now })),
      ],
      result: periodAnswer(closed),
    });
  },
});
