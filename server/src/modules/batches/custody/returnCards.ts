import { refused } from '../../../kernel/outcome.ts';
import { useCase } from '../../../platform/executor/useCase.ts';
import { custodyWith, moveRange, type StoreRangeInput } from './range.ts';

/** Sends cards of a store back to HQ, which receives them when they come. */
export const returnCards = useCase({
  name: 'custody.return',
  permission: 'custody.store',
  movesValue: false,
  storeOf: (input: StoreRangeInput) => input.storeId,
  needs: custodyWith,
  decide({ store, ...rows }, input, context) {
    if (!store) return refused('store_not_found', { field: 'storeId' });
    const { storeId } = input;
    return moveRange(
      rows,
      input,
      {
        type: 'custody.returned',
        from: { place: 'held', storeId },
        to: { place: 'returning', storeId },
      },
      context,
    );
  },
});
