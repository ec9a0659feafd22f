import { isRefused, refused } from '../../../kernel/outcome.ts';
import { useCase } from '../../../platform/executor/useCase.ts';
import { moved } from '../../cards/index.ts';
import { storeById } from '../../merchants/index.ts';
import { custodyMoved, custodyOf, type RangeInput, rangeOf } from './range.ts';

export type ReturnCardsInput = RangeInput & { readonly storeId: string };

/** Sends cards of a store back to HQ, which receives them when they come. */
export const returnCards = useCase({
  name: 'custody.return',
  permission: 'custody.store',
  movesValue: false,
  storeOf: (input: ReturnCardsInput) => input.storeId,
  needs: (input, find) => ({
    ...custodyOf(input, find),
    store: find.one(storeById, input.storeId),
  }),
  decide({ batch, holdings, store }, input, context) {
    if (!store) return refused('store_not_found', { field: 'storeId' });
    const range = rangeOf(batch, input);
    if (isRefused(range)) return range;
    const { storeId } = input;
    const changes = moved(
      holdings,
      range,
      { place: 'held', storeId },
      { place: 'returning', storeId },
      context.now,
    );
    return custodyMoved('custody.returned', range, changes, storeId, context);
  },
});
