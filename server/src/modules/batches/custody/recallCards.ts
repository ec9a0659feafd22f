import { isRefused, refused } from '../../../kernel/outcome.ts';
import { useCase } from '../../../platform/executor/useCase.ts';
import { moved } from '../../cards/index.ts';
import { beyondScope, storeById } from '../../merchants/index.ts';
import { custodyMoved, custodyOf, type RangeInput, rangeOf } from './range.ts';

export type RecallCardsInput = RangeInput & { readonly storeId: string };

/** Takes back cards that were sent to a store and that it has not confirmed. */
export const recallCards = useCase({
  name: 'custody.recall',
  permission: 'custody.manage',
  movesValue: false,
  needs: (input: RecallCardsInput, find) => ({
    ...custodyOf(input, find),
    store: find.one(storeById, input.storeId),
  }),
  decide({ batch, holdings, store }, input, context) {
    const denied = beyondScope(context.actor, null);
    if (denied) return denied;
    if (!store) return refused('store_not_found', { field: 'toStoreId' });
    const range = rangeOf(batch, input);
    if (isRefused(range)) return range;
    const { storeId } = input;
    const changes = moved(
      holdings,
      range,
      { place: 'sent', storeId },
      { place: 'hq', storeId: null },
      context.now,
    );
    return custodyMoved('custody.recalled', range, changes, storeId, context);
  },
});
