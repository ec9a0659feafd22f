import { refused } from '../../kernel/outcome.ts';
import type { ActivityDraft } from '../../platform/executor/activity.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { legalEntityById } from './legalEntities.ts';
import { closedToStores, regionByCode } from './regions/region.ts';
import { beyondScope, type Store, storeAnswer, storeById, stores } from './stores.ts';

/** What is left out stays as it is. */
type UpdateStoreInput = {
  readonly id: string;
  readonly name?: string | undefined;
  readonly region?: string | null | undefined;
  readonly legalEntityId?: string | null | undefined;
  readonly state?: Store['state'] | undefined;
  readonly ownership?: Store['ownership'] | undefined;
};

/** Renames, moves, closes or opens a store. What has happened in it keeps the terms of its time. */
export const updateStore = useCase({
  name: 'store.update',
  permission: 'stores.write',
  movesValue: false,
  storeOf: ({ id }: UpdateStoreInput) => id,
  needs({ id, region, legalEntityId }: UpdateStoreInput, find) {
    const store = find.one(storeById, id);
    const code = region === undefined ? store?.region : region;
    return {
      store,
      legalEntity: legalEntityId == null ? undefined : find.one(legalEntityById, legalEntityId),
      inRegion: code == null ? undefined : find.one(regionByCode, code),
    };
  },
  decide({ store, legalEntity, inRegion }, input, { actor }) {
    if (!store) return refused('store_not_found');
    if (input.legalEntityId != null && !legalEntity) {
      return refused('legal_entity_not_found', { field: 'legalEntityId' });
    }
    const closed = input.region == null ? undefined : closedToStores(inRegion, 'region');
    if (closed) return closed;
    const updated: Store = {
      ...store,
      name: input.name ?? store.name,
      region: input.region === undefined ? store.region : input.region,
      legalEntityId: input.legalEntityId === undefined ? store.legalEntityId : input.legalEntityId,
      state: input.state ?? store.state,
      ownership: input.ownership ?? store.ownership,
    };
    // Which cards are taken where, and who answers for a store, rests on these: that is for who looks after all stores.
    const denied = standsElsewhere(store, updated) ? beyondScope(actor, null) : undefined;
    if (denied) return denied;
    return accepted({
      activities: [storeUpdated(store, updated)],
      changes: [put(stores, updated)],
      result: storeAnswer(updated, inRegion),
    });
  },
});

const standsElsewhere = (before: Store, after: Store): boolean =>
  before.region !== after.region ||
  before.ownership !== after.ownership ||
  before.legalEntityId !== after.legalEntityId;

/** What the log says of a store that is not as it was. */
export function storeUpdated(before: Store, after: Store): ActivityDraft {
  const details = { before: mutableParts(before), after: mutableParts(after) };
  return { type: 'store.updated', subjectId: before.id, storeId: before.id, details };
}

function mutableParts({ name, region, legalEntityId, state, ownership }: Store) {
  return { name, region, legalEntityId, state, ownership };
}
