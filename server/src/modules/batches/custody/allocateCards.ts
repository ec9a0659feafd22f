import { isRefused, refused } from '../../../kernel/outcome.ts';
import { useCase } from '../../../platform/executor/useCase.ts';
import { moved } from '../../cards/index.ts';
import { beyondScope, storeById } from '../../merchants/index.ts';
import { custodyMoved, custodyOf, type RangeInput, rangeOf } from './range.ts';

export type AllocateCardsInput = RangeInput & { readonly storeId: string };

/** Sends cards from HQ on their way to a store, which confirms them when they come. */
export const allocateCards = useCase({
  name: 'custody.allocate',
  permission: 'custody.manage',
  movesValue: false,
  needs: (input: AllocateCardsInput, find) => ({
    ...custodyOf(input, find),
    store: find.one(storeById, input.storeId),
  }),
  decide({ batch, holdings, store }, input, context) {
    const denied = beyondScope(context.actor, null);
    if (denied) return denied;
    if (!store) return refused('store_not_found', { field: 'toStoreId' });
    if (store.state !== 'open') return refused('store_closed', { field: 'toStoreId' });
    const range = rangeOf(batch, input);
    if (isRefused(range)) return range;
    const { storeId } = input;
    const changes = moved(
      holdings,
      range,
      { place: 'hq', storeId: null },
      { place: 'sent', storeId },
      context.now,
    );
    return custodyMoved('custody.allocated', range, changes, storeId, context);
  },
});
