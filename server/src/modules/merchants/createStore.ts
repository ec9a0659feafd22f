import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { legalEntityById } from './legalEntities.ts';
import { closedToStores, regionByCode } from './regions/region.ts';
import { beyondScope, type Store, storeAnswer, storeByCode, stores } from './stores.ts';

type CreateStoreInput = Pick<Store, 'code' | 'name' | 'region' | 'legalEntityId'> & {
  /** Left out: it is the merchant's own. */
  readonly ownership?: Store['ownership'] | undefined;
};

export const createStore = useCase({
  name: 'store.create',
  permission: 'stores.write',
  movesValue: false,
  needs: (input: CreateStoreInput, find) => ({
    namesake: find.one(storeByCode, input.code),
    legalEntity: input.legalEntityId === null ? undefined : find.one(legalEntityById, input.legalEntityId),
    inRegion: input.region === null ? undefined : find.one(regionByCode, input.region),
  }),
  decide(
    { namesake, legalEntity, inRegion },
    { code, name, region, legalEntityId, ownership = 'direct' },
    { actor, now, newId },
  ) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    if (legalEntityId !== null && !legalEntity) {
      return refused('legal_entity_not_found', { field: 'legalEntityId' });
    }
    const closed = region === null ? undefined : closedToStores(inRegion, 'region');
    if (closed) return closed;
    if (namesake) return refused('store_code_taken', { field: 'code' });
    const terms = { code, name, region, legalEntityId, ownership };
    const store: Store = { ...terms, id: newId(), state: 'open', createdAt: now };
    return accepted({
      activities: [
        {
          type: 'store.created',
          subjectId: store.id,
          storeId: store.id,
          details: terms,
        },
      ],
      changes: [put(stores, store)],
      result: storeAnswer(store, inRegion),
    });
  },
});
