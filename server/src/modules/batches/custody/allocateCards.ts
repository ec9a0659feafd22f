import { refused } from '../../../kernel/outcome.ts';
import { useCase } from '../../../platform/executor/useCase.ts';
import { beyondScope } from '../../merchants/index.ts';
import { custodyWith, moveRange } from './range.ts';

/** Sends cards from HQ on their way to a store, which confirms them when they come. */
export const allocateCards = useCase({
  name: 'custody.allocate',
  permission: 'custody.manage',
  movesValue: false,
  needs: custodyWith,
  decide({ store, ...rows }, input, context) {
    const denied = beyondScope(context.actor, null);
    if (denied) return denied;
    if (!store) return refused('store_not_found', { field: 'toStoreId' });
    if (store.state !== 'open') return refused('store_closed', { field: 'toStoreId' });
    const { storeId } = input;
    return moveRange(
      rows,
      input,
      {
        type: 'custody.allocated',
        from: { place: 'hq', storeId: null },
        to: { place: 'sent', storeId },
      },
      context,
    );
  },
});
