import { activityId, encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { isRefused, refused } from '../../kernel/outcome.ts';
import type { Activity } from '../../platform/executor/activity.ts';
import { accepted, type Context, useCase } from '../../platform/executor/useCase.ts';
import { type Find, put } from '../../platform/executor/workingSet.ts';
import {
  type Account,
  accounts,
  activityByReference,
  activityBySeq,
  end,
  type Hold,
  holdById,
  isStanding,
  storeAnd,
  withoutHolds,
} from '../ledger/index.ts';
import { storeById } from '../merchants/index.ts';
import { moneyOn } from './card.ts';
import { giveBack, mayGiveBack, type RedemptionRows, redemptionRows, returned } from './giveBack.ts';
import { lotsOf } from './pay.ts';

export type ReverseInput = { readonly reference: string; readonly storeId: string };

/**
 * Undoes what a till asked for under its own reference and never got an answer to, as if it had not been done.
 * If nothing was done, the reference is spent all the same: the lost request, should it still arrive, is refused.
 * Asked again, it gives the same answer.
 */
export const reverseByReference = useCase({
  name: 'redemption.reverse',
  permission: 'cards.reverse',
  movesValue: true,
  storeOf: (input: ReverseInput) => input.storeId,

  needs(input, find) {
    const claim = find.one(activityByReference, storeAnd(input.storeId, input.reference));
    const hold =
      claim?.type === 'hold.placed' ? find.one(holdById, activityId(claim.occurredAt, claim.seq)) : undefined;
    const captured = hold?.state === 'captured' ? (hold.endedSeq ?? undefined) : undefined;
    const redemption = redemptionRows(captured ?? (hold ? undefined : claim?.seq), find);
    const ended = hold?.endedSeq ? find.one(activityBySeq, String(hold.endedSeq)) : undefined;
    return {
      store: find.one(storeById, input.storeId),
      claim,
      hold,
      ended,
      holdLots: lotsOf(hold?.ownerId, find).lots,
      redemption,
      earlier: earlierAnswer(redemption, hold, find),
    };
  },

  decide({ store, claim, hold, ended, holdLots, redemption, earlier }, input, context) {
    if (!store) return refused('store_not_found', { field: 'storeId' });
    if (earlier) return { unchanged: earlier };
    if (!claim) return nothingToReverse(input, context);
    if (claim.result !== null && claim.type === 'card.reversal_unmatched') return { unchanged: claim.result };
    if (redemption.redemption) return reverseRedemption(redemption, input, context);
    if (hold && ended) return { unchanged: JSON.stringify(alreadyEnded(hold, ended, input)) };
    if (hold) return reverseHold(hold, holdLots, input, context);
    return refused('redemption_not_found', { field: 'reference' });
  },
});

function earlierAnswer({ back }: RedemptionRows, hold: Hold | undefined, find: Find): string | undefined {
  const ended = hold && (hold.state === 'released' || hold.state === 'expired') ? hold.endedSeq : null;
  const seq = back?.reversalSeq ?? ended;
  const activity = seq === null ? undefined : find.one(activityBySeq, String(seq));
  return activity?.type === 'card.reversed' || activity?.type === 'hold.reversed'
    ? (activity.result ?? undefined)
    : undefined;
}

type At = Pick<Context, 'activityId' | 'now'>;

function answer(input: ReverseInput, status: string, amount: bigint, context: At, more: object) {
  return {
    id: encodeId('rev', context.activityId()),
    status,
    reference: input.reference,
    storeId: encodeId('store', input.storeId),
    amount: jsonAmount(amount),
    ...more,
    createdAt: context.now.toISOString(),
  };
}

function nothingToReverse(input: ReverseInput, context: Context) {
  const { storeId, reference } = input;
  return accepted({
    activities: [{ type: 'card.reversal_unmatched', storeId, reference }],
    changes: [],
    result: answer(input, 'nothing_to_reverse', 0n, context, {
      redemptionId: null,
      cardId: null,
      balance: null,
    }),
  });
}

function reverseRedemption(rows: RedemptionRows, input: ReverseInput, context: Context) {
  const { redemption, current, back } = rows;
  if (!redemption || !current) return refused('redemption_not_found');
  const amount = redemption.amount - (back?.returned ?? 0n);
  const unable = mayGiveBack(rows, amount);
  if (unable) return unable;
  const given =
    amount === 0n
      ? { postings: [], changes: [], balance: moneyOn(rows.currentLots).balance }
      : giveBack(rows, amount, context);
  if (isRefused(given)) return given;
  const balance = jsonAmount(given.balance);
  return accepted({
    activities: [
      {
        type: 'card.reversed',
        subjectId: current.id,
        storeId: input.storeId,
        relatedSeq: redemption.seq,
        amount,
        details: { balance },
        postings: given.postings,
      },
    ],
    changes: [...given.changes, returned(rows, amount, context.seq())],
    result: answer(input, 'reversed', amount, context, {
      redemptionId: encodeId('red', activityId(redemption.occurredAt, redemption.seq)),
      cardId: encodeId('card', current.id),
      balance,
    }),
  });
}

/** A hold that ended without a reversal needs none; the answer is made of what ended it, so it is always the same. */
function alreadyEnded(hold: Hold, ended: Activity, input: ReverseInput) {
  const amount = 0n;
  const id = activityId(ended.occurredAt, ended.seq);
  const cardId = encodeId('card', hold.ownerId);
  const more = { redemptionId: null, cardId, balance: null };
  return answer(input, 'reversed', amount, { activityId: () => id, now: ended.occurredAt }, more);
}

function reverseHold(hold: Hold, lots: readonly Account[], input: ReverseInput, context: Context) {
  const free = withoutHolds(lots, [hold]);
  const { amount } = hold;
  return accepted({
    activities: [
      {
        type: 'hold.reversed',
        subjectId: hold.ownerId,
        storeId: input.storeId,
        relatedSeq: hold.seq,
        amount,
      },
    ],
    changes: [
      end(hold, isStanding(hold, context.now) ? 'released' : 'expired', context.seq()),
      ...free.map((lot) => put(accounts, lot)),
    ],
    result: answer(input, 'reversed', amount, context, {
      redemptionId: null,
      cardId: encodeId('card', hold.ownerId),
      balance: jsonAmount(moneyOn(free).balance),
    }),
  });
}
