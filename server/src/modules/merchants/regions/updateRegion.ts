import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { allStores, beyondScope } from '../stores.ts';
import { allRegions, type Region, regionAnswer, regionById, regions } from './region.ts';

/** What is left out stays as it is. */
type UpdateRegionInput = {
  readonly id: string;
  readonly name?: string | undefined;
  readonly state?: Region['state'] | undefined;
};

/** Renames a region, retires one that no store is in, or takes it up again. */
export const updateRegion = useCase({
  name: 'region.update',
  permission: 'stores.write',
  movesValue: false,
  needs: ({ id }: UpdateRegionInput, find) => ({
    region: find.one(regionById, id),
    others: find.all(allRegions, 'all').filter((other) => other.id !== id),
    stores: find.all(allStores, 'all'),
  }),
  decide({ region, others, stores }, { name, state }, { actor }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    if (!region) return refused('region_not_found');
    if (others.some((other) => other.name === name)) return refused('region_taken', { field: 'name' });
    const isLived = stores.some((store) => store.region === region.code);
    if (state === 'retired' && isLived) return refused('region_in_use', { field: 'state' });
    const updated: Region = { ...region, name: name ?? region.name, state: state ?? region.state };
    return accepted({
      activities: [
        {
          type: 'region.updated',
          subjectId: region.id,
          details: { before: mutableParts(region), after: mutableParts(updated) },
        },
      ],
      changes: [put(regions, updated)],
      result: regionAnswer(updated),
    });
  },
});

function mutableParts({ name, state }: Region) {
  return { name, state };
}
