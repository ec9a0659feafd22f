import { type Refusal, refused } from '../../../kernel/outcome.ts';
import type { Period, Statement } from './period.ts';

type Closing = {
  readonly period: Period;
  /** All of the merchant. */
  readonly others: readonly Period[];
  /** The statements of the period. */
  readonly drawn: readonly Pick<Statement, 'state' | 'party'>[];
};

/** Why a period is not closed yet, in check order; undefined if it may be. */
export function mayClose({ period, others, drawn }: Closing, now: Date): Refusal | undefined {
  if (period.state === 'closed') return refused('settlement_period_closed');
  if (others.some(({ number, state }) => number < period.number && state !== 'closed')) {
    return refused('settlement_period_out_of_order', { next: 'Close the earlier period first.' });
  }
  const disputed = drawn.filter(({ state }) => state === 'disputed').length;
  if (disputed > 0) {
    return refused('settlement_statement_disputed', {
      detail: `${disputed} statements are disputed.`,
      next: 'Answer each by an adjustment, or have it withdrawn.',
    });
  }
  const unanswered = unansweredOf(drawn);
  if (unanswered > 0 && now < period.answerBy) {
    return refused('settlement_statement_unanswered', {
      detail: `${unanswered} stores may answer until ${period.answerBy.toISOString()}.`,
    });
  }
  return undefined;
}

/** How many stores have not said anything. */
export function unansweredOf(drawn: Closing['drawn']): number {
  return drawn.filter(({ state, party }) => state === 'drawn' && party === 'store').length;
}
