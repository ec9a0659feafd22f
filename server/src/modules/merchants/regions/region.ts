import { encodeId } from '../../../kernel/id.ts';
import { type Refusal, refused } from '../../../kernel/outcome.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';

/** Stores that go together: where somebody works, where a card is good, whose cards a store takes. */
export type Region = {
  readonly id: string;
  /** What stores, scopes of staff and terms of cards name it by; never changes, so a rename touches none of them. */
  readonly code: string;
  readonly name: string;
  /** No store is in a retired one. */
  readonly state: 'active' | 'retired';
  readonly createdAt: Date;
};

export const regions = entity<Region>('region', (region) => region.id);
export const regionById = finder(regions, 'byId', (region) => [region.id]);
export const regionByCode = finder(regions, 'byCode', (region) => [region.code]);
/** All of a merchant's regions, under this one key: a name changes, so it is looked for among all. */
export const allRegions = finder(regions, 'all', () => ['all']);

/** Why no store can come into it. */
export function closedToStores(region: Region | undefined, field: string): Refusal | undefined {
  if (!region) return refused('region_not_found', { field });
  return region.state === 'retired' ? refused('region_retired', { field }) : undefined;
}

/** A region as the API shows it. */
export function regionAnswer({ id, code, name, state, createdAt }: Region) {
  return { id: encodeId('reg', id), code, name, state, createdAt: createdAt.toISOString() };
}
