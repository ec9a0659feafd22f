import { refused } from '../../../kernel/outcome.ts';
import { useCase } from '../../../platform/executor/useCase.ts';
import { beyondScope } from '../../merchants/index.ts';
import { custodyWith, moveRange } from './range.ts';

/** Takes back cards that were sent to a store and that it has not confirmed. */
export const recallCards = useCase({
  name: 'custody.recall',
  permission: 'custody.manage',
  movesValue: false,
  needs: custodyWith,
  decide({ store, ...rows }, input, context) {
    const denied = beyondScope(context.actor, null);
    if (denied) return denied;
    if (!store) return refused('store_not_found', { field: 'toStoreId' });
    const { storeId } = input;
    return moveRange(
      rows,
      input,
      {
        type: 'custody.recalled',
        from: { place: 'sent', storeId },
        to: { place: 'hq', storeId: null },
      },
      context,
    );
  },
});
