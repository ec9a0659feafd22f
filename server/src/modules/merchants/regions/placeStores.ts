import { encodeId } from '../../../kernel/id.ts';
import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { beyondScope, type Store, storeById, stores } from '../stores.ts';
import { storeUpdated } from '../updateStore.ts';
import { closedToStores, regionAnswer, regionById } from './region.ts';

type PlaceStoresInput = { readonly id: string; readonly storeIds: readonly string[] };

/** Brings stores into a region, from whichever they were in: all of them or none. */
export const placeStores = useCase({
  name: 'region.place_stores',
  permission: 'stores.write',
  movesValue: false,
  needs: ({ id, storeIds }: PlaceStoresInput, find) => ({
    region: find.one(regionById, id),
    placed: storeIds.map((storeId) => find.one(storeById, storeId)),
  }),
  decide({ region, placed }, { storeIds }, { actor }) {
    const denied = beyondScope(actor, storeIds);
    if (denied) return denied;
    if (!region) return refused('region_not_found');
    const closed = closedToStores(region, 'id');
    if (closed) return closed;
    const unknown = placed.indexOf(undefined);
    if (unknown !== -1) return refused('store_not_found', { field: `storeIds.${unknown}` });
    const moves = placed
      .filter((store) => store !== undefined)
      .filter((store) => store.region !== region.code)
      .map((store): readonly [Store, Store] => [store, { ...store, region: region.code }]);
    return accepted({
      activities: [
        {
          type: 'region.stores_placed',
          subjectId: region.id,
          details: { storeIds: moves.map(([{ id }]) => encodeId('store', id)) },
        },
        ...moves.map(([from, to]) => storeUpdated(from, to)),
      ],
      changes: moves.map(([, to]) => put(stores, to)),
      result: regionAnswer(region),
    });
  },
});
