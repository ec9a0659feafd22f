import { encodeId } from '../../../kernel/id.ts';
import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { beyondScope } from '../stores.ts';
import { allRegions, type Region, regionAnswer, regions } from './region.ts';

type CreateRegionInput = {
  readonly name: string;
  /** Left out: its id. */
  readonly code?: string | undefined;
};

export const createRegion = useCase({
  name: 'region.create',
  permission: 'stores.write',
  movesValue: false,
  needs: (_input: CreateRegionInput, find) => ({ others: find.all(allRegions, 'all') }),
  decide({ others }, { name, code }, { actor, now, newId }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    if (others.some((other) => other.code === code)) return refused('region_taken', { field: 'code' });
    if (others.some((other) => other.name === name)) return refused('region_taken', { field: 'name' });
    const id = newId();
    const region: Region = {
      id,
      code: code ?? encodeId('reg', id),
      name,
      state: 'active',
      createdAt: now,
    };
    return accepted({
      activities: [{ type: 'region.created', subjectId: id, details: { code: region.code, name } }],
      changes: [put(regions, region)],
      result: regionAnswer(region),
    });
  },
});
