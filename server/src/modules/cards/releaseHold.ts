import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { accounts, end, holdById, isStanding, withoutHolds } from '../ledger/index.ts';
import { moneyOn } from './card.ts';
import { freedAt, lotsOf } from './pay.ts';

export type ReleaseInput = { readonly holdId: string };

/** Lets go of what a hold reserved. One past its time has let go already and is noted as expired. */
export const releaseHold = useCase({
  name: 'hold.release',
  permission: 'cards.hold',
  movesValue: true,

  needs(input: ReleaseInput, find) {
    const hold = find.one(holdById, input.holdId);
    return { hold, found: lotsOf(hold?.ownerId, find) };
  },

  ownerStoreOf: ({ hold }) => hold?.storeId,

  decide({ hold, found }, _input, context) {
    if (!hold) return refused('hold_not_found');
    const { now } = context;
    if (hold.state !== 'open') return refused('hold_ended', { detail: `It was ${hold.state}.` });
    const state = isStanding(hold, now) ? 'released' : 'expired';
    const free = withoutHolds(found.lots, [hold]);
    // Others past their time reserve nothing either, noted or not.
    const others = found.holds.filter(({ id }) => id !== hold.id);
    const money = moneyOn(freedAt({ lots: free, holds: others }, now).lots);
    return accepted({
      activities: [
        {
          type: `hold.${state}`,
          subjectId: hold.ownerId,
          storeId: hold.storeId,
          relatedSeq: hold.seq,
          amount: hold.amount,
        },
      ],
      changes: [end(hold, state, context.seq()), ...free.map((lot) => put(accounts, lot))],
      result: {
        id: encodeId('hold', hold.id),
        cardId: encodeId('card', hold.ownerId),
        state,
        released: jsonAmount(hold.amount),
        available: jsonAmount(money.balance - money.held),
        createdAt: now.toISOString(),
      },
    });
  },
});
