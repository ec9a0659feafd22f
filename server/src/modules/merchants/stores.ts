import { encodeId } from '../../kernel/id.ts';
import { type Refusal, refused } from '../../kernel/outcome.ts';
import { entity, finder } from '../../platform/executor/entity.ts';
import type { Actor } from '../../platform/executor/useCase.ts';
import type { Region } from './regions/region.ts';

/** A place where cards are sold and redeemed. */
export type Store = {
  readonly id: string;
  /** The merchant's own name for it; never changes. */
  readonly code: string;
  readonly name: string;
  /** The code of its region. */
  readonly region: string | null;
  readonly legalEntityId: string | null;
  readonly state: 'open' | 'closed';
  /** Run by the merchant itself, or by somebody under its name. */
  readonly ownership: 'direct' | 'franchise';
  readonly createdAt: Date;
};

export const stores = entity<Store>('store', (store) => store.id);
export const storeById = finder(stores, 'byId', (store) => [store.id]);
export const storeByCode = finder(stores, 'byCode', (store) => [store.code]);

/** All of a merchant's stores, under this one key: a store's region may change, so it is looked for among all. */
export const allStores = finder(stores, 'all', () => ['all']);

/** A store as the API shows it, in its region, if it is in one. */
export function storeAnswer(store: Store, region: Pick<Region, 'name'> | undefined) {
  return {
    id: encodeId('store', store.id),
    code: store.code,
    name: store.name,
    region: store.region,
    regionName: region?.name ?? null,
    legalEntityId: store.legalEntityId === null ? null : encodeId('ent', store.legalEntityId),
    state: store.state,
    ownership: store.ownership,
    createdAt: store.createdAt.toISOString(),
  };
}

/** Refused unless the actor may act for all of these stores; `null` stands for the whole merchant. */
export function beyondScope(actor: Actor, storeIds: Iterable<string> | null): Refusal | undefined {
  if (actor.storeIds === null) return undefined;
  if (storeIds === null) return refused('store_out_of_scope');
  for (const storeId of storeIds) if (!actor.storeIds.has(storeId)) return refused('store_out_of_scope');
  return undefined;
}
