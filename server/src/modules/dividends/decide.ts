import { jsonAmount } from '../../kernel/money.ts';
import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { beyondScope } from '../merchants/index.ts';
import { type Dividend, dividendAnswer, dividendById, dividends, mayApprove } from './dividend.ts';

type IdInput = { readonly id: string };
type Counted = IdInput & Pick<Dividend, 'base' | 'pool' | 'members'>;

/** Notes what was counted: from then on it is shown to the cent, and nothing of it changes. */
export const noteCounted = useCase({
  name: 'dividend.count',
  permission: 'system',
  movesValue: false,
  needs: ({ id }: Counted, find) => find.one(dividendById, id),
  decide(before, { base, pool, members }) {
    if (before?.state !== 'counting') return { unchanged: '{}' };
    const counted: Dividend = {
      ...before,
      base,
      pool,
      members,
      state: 'counted',
      revision: before.revision + 1,
    };
    return accepted({
      activities: [
        {
          type: 'dividend.counted',
          subjectId: before.id,
          amount: pool,
          details: { base: jsonAmount(base), members: jsonAmount(members) },
        },
      ],
      changes: [put(dividends, counted)],
      result: {},
    });
  },
});

/** Lets a dividend be credited as it was counted. Money leaves the merchant for good, so a second person sees it. */
export const approveDividend = useCase({
  name: 'dividend.approve',
  permission: 'dividends.approve',
  movesValue: true,
  needs: ({ id }: IdInput, find) => find.one(dividendById, id),
  secondPerson: { kind: 'dividend', by: 'carry' },
  decide(before, _input, { actor, now }) {
    const refusal = beyondScope(actor, null) ?? mayApprove(before, now);
    if (refusal || !before) return refusal ?? refused('dividend_not_found');
    const approved: Dividend = { ...before, state: 'approved', revision: before.revision + 1 };
    return accepted({
      activities: [
        {
          type: 'dividend.approved',
          subjectId: before.id,
          amount: before.pool,
          details: { name: before.name, members: jsonAmount(before.members) },
        },
      ],
      changes: [put(dividends, approved)],
      result: dividendAnswer(approved),
    });
  },
});

/** Gives a dividend up that was not approved. */
export const cancelDividend = useCase({
  name: 'dividend.cancel',
  permission: 'dividends.write',
  movesValue: false,
  needs: ({ id }: IdInput, find) => find.one(dividendById, id),
  decide(before, _input, { actor }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    if (!before) return refused('dividend_not_found');
    if (before.state !== 'counting' && before.state !== 'counted') {
      return refused('dividend_decided', { detail: `It is ${before.state}.` });
    }
    const cancelled: Dividend = { ...before, state: 'cancelled', revision: before.revision + 1 };
    return accepted({
      activities: [{ type: 'dividend.cancelled', subjectId: before.id }],
      changes: [put(dividends, cancelled)],
      result: dividendAnswer(cancelled),
    });
  },
});
