import { refused } from '../../../kernel/outcome.ts';
import { useCase } from '../../../platform/executor/useCase.ts';
import { custodyWith, moveRange, type StoreRangeInput } from './range.ts';

/** Confirms, in the store, cards that were sent to it. */
export const acceptCards = useCase({
  name: 'custody.accept',
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
        type: 'custody.accepted',
        from: { place: 'sent', storeId },
        to: { place: 'held', storeId },
      },
      context,
    );
  },
});
