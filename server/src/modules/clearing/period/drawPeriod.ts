import { assert } from '../../../kernel/assert.ts';
import { refused } from '../../../kernel/outcome.ts';
import { civilDay, startOfDay } from '../../../kernel/time.ts';
import { accepted, type Context, useCase } from '../../../platform/executor/useCase.ts';
import { type Find, put } from '../../../platform/executor/workingSet.ts';
import { beyondScope, type Merchant, merchantById, type Store, storeById } from '../../merchants/index.ts';
import {
  type Cut,
  cutAt,
  type Period,
  periodAnswer,
  periods,
  periodsIn,
  presently,
  type Statement,
  statements,
} from './period.ts';

type DrawPeriodInput = {
  /** The first day that is not in it, in the merchant's zone; left out: all up to now. */
  readonly until: string | undefined;
  readonly answerDays: number;
};

const dayMs = 86_400_000;

type Drawing = {
  readonly merchant: Merchant | undefined;
  /** All of the merchant, in order. */
  readonly periods: readonly Period[];
  readonly cut: Cut | undefined;
  readonly stores: readonly (Store | undefined)[];
};

/** For `needs`: what ending a period before a day is about. */
export function drawnRows({ until }: Pick<DrawPeriodInput, 'until'>, find: Find): Drawing {
  const merchant = find.one(merchantById, find.merchantId);
  const day =
    until !== undefined && merchant ? startOfDay(until, merchant.timezone).toISOString() : presently;
  const cut = find.one(cutAt, day);
  const stores = (cut?.ownerIds ?? []).map((id) => find.one(storeById, id));
  return { merchant, periods: periodsIn(find), cut, stores };
}

/** Draws up what everybody owes everybody, from where the last period ended. */
export const drawPeriod = useCase({
  name: 'settlement_period.draw',
  permission: 'settlement.close',
  movesValue: false,
  needs: (input: DrawPeriodInput, find) => drawnRows(input, find),
  decide: (rows, input, context) => beyondScope(context.actor, null) ?? drawn(rows, input, context),
});

/** The period and its statements; refused where nothing is in it. */
export function drawn(
  { merchant, periods: before, cut, stores }: Drawing,
  { until, answerDays }: DrawPeriodInput,
  { now, newId, merchantId }: Context,
) {
  assert(merchant !== undefined && cut !== undefined, 'who has a key has a merchant, and its log a place');
  if (until !== undefined && until > civilDay(now, merchant.timezone)) {
    return refused('cut_empty', { field: 'until', detail: 'The day is not over.' });
  }
  const last = before.at(-1);
  const fromSeq = last?.toSeq ?? 1n;
  if (cut.seq <= fromSeq) return refused('cut_empty', { field: 'until' });
  const period: Period = {
    id: newId(),
    number: (last?.number ?? 0) + 1,
    fromSeq,
    toSeq: cut.seq,
    coversFrom: last?.coversUntil ?? null,
    coversUntil: cut.instant === presently ? now : new Date(cut.instant),
    answerBy: new Date(now.getTime() + answerDays * dayMs),
    state: 'drawn',
    createdAt: now,
    closedAt: null,
    closedBy: null,
  };
  const storeIds = new Set(stores.map((store) => store?.id));
  const made = cut.ownerIds.map((ownerId): Statement => {
    const party = ownerId === merchantId ? 'merchant' : storeIds.has(ownerId) ? 'store' : 'other';
    const silent = { reason: null, saidAt: null, saidBy: null, closedAt: null };
    return { id: newId(), periodId: period.id, ownerId, party, state: 'drawn', ...silent };
  });
  const { number } = period;
  return accepted({
    activities: [
      {
        type: 'settlement_period.drawn',
        subjectId: period.id,
        details: { number, until: period.coversUntil.toISOString(), statements: made.length },
      },
    ],
    changes: [put(periods, period), ...made.map((statement) => put(statements, statement))],
    result: periodAnswer(period),
  });
}
