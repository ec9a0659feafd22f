import { assert } from '../../kernel/assert.ts';
import { refused } from '../../kernel/outcome.ts';
import { civilDay, validUntil } from '../../kernel/time.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { memberAt } from '../members/index.ts';
import { beyondScope, merchantById } from '../merchants/index.ts';
import { type Dividend, dividendAnswer, dividends } from './dividend.ts';

type CreateInput = Pick<Dividend, 'name' | 'firstDay' | 'lastDay' | 'source' | 'weighing'> & {
  /** The last day on which it can be spent; null: without end. */
  readonly lastUsableDay: string | null;
};

/** Has a dividend counted for a period that is over. Nobody gets anything by it. */
export const createDividend = useCase({
  name: 'dividend.create',
  permission: 'dividends.write',
  movesValue: true,
  needs: ({ weighing: { given } }: CreateInput, find) => ({
    merchant: find.one(merchantById, find.merchantId),
    missing: given.some(({ memberId }) => memberAt(memberId, find) === undefined),
  }),
  decide({ merchant, missing }, { lastUsableDay, ...input }, { actor, now, newId }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    assert(merchant !== undefined, 'who has a key has a merchant');
    const today = civilDay(now, merchant.timezone);
    if (input.lastDay < input.firstDay) return refused('invalid_request', { field: 'lastDay' });
    if (input.lastDay >= today) return refused('dividend_period_open', { field: 'lastDay' });
    if (lastUsableDay !== null && lastUsableDay <= today) {
      return refused('invalid_request', { field: 'lastUsableDay', detail: 'That day is not after today.' });
    }
    if (missing) return refused('member_not_found', { field: 'weighing.given' });
    const dividend: Dividend = {
      ...input,
      id: newId(),
      currency: merchant.currency,
      lapsesAt:
        lastUsableDay === null
          ? null
          : validUntil({ type: 'until', date: lastUsableDay }, now, merchant.timezone),
      state: 'counting',
      base: 0n,
      pool: 0n,
      members: 0n,
      paidMembers: 0n,
      paid: 0n,
      revision: 1,
      createdAt: now,
    };
    const { name, firstDay, lastDay, source, weighing } = dividend;
    return accepted({
      activities: [
        {
          type: 'dividend.created',
          subjectId: dividend.id,
          details: { name, firstDay, lastDay, source, by: weighing.by, least: weighing.least },
        },
      ],
      changes: [put(dividends, dividend)],
      result: dividendAnswer(dividend),
    });
  },
});
