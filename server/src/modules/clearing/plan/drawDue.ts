import { assert } from '../../../kernel/assert.ts';
import { isRefused } from '../../../kernel/outcome.ts';
import { useCase } from '../../../platform/executor/useCase.ts';
import { drawn, drawnRows } from '../period/drawPeriod.ts';
import { dueEnd, planIn } from './plan.ts';
import { openSinceIn } from './standing.ts';

/**
 * Draws the period that ended by the merchant's plan. Whether it is still to be drawn is judged by the rows, however often and
 * from wherever it is asked for: what was drawn meanwhile, by hand or by another process, is not drawn again.
 */
export const drawDuePeriod = useCase({
  name: 'settlement_period.draw_due',
  permission: 'system',
  movesValue: false,
  needs: (input: { readonly until: string }, find) => ({
    ...drawnRows(input, find),
    plan: planIn(find),
    openSince: openSinceIn(find),
  }),
  decide({ plan, openSince, ...rows }, { until }, context) {
    const { merchant, periods } = rows;
    assert(merchant !== undefined, 'a plan has its merchant');
    const coveredUntil = periods.at(-1)?.coversUntil;
    const due = dueEnd({ plan, zone: merchant.timezone, coveredUntil, openSince }, context.now);
    if (due !== until) return { unchanged: '{}' };
    const outcome = drawn(rows, { until, answerDays: plan.answerDays }, context);
    return isRefused(outcome) ? { unchanged: '{}' } : outcome;
  },
});
