import { isRefused, refused } from '../../../kernel/outcome.ts';
import { useCase } from '../../../platform/executor/useCase.ts';
import { moved } from '../../cards/index.ts';
import { storeById } from '../../merchants/index.ts';
import { custodyMoved, custodyOf, type RangeInput, rangeOf } from './range.ts';

export type AcceptCardsInput = RangeInput & { readonly storeId: string };

/** Confirms, in the store, cards that were sent to it. */
export const acceptCards = useCase({
  name: 'custody.accept',
  permission: 'custody.store',
  movesValue: false,
  storeOf: (input: AcceptCardsInput) => input.storeId,
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
      { place: 'sent', storeId },
      { place: 'held', storeId },
      context.now,
    );
    return custodyMoved('custody.accepted', range, changes, storeId, context);
  },
});
