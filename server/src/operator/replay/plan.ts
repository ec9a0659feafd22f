import type { Basket } from './baskets.ts';

/** What every card is sold for, in cents: one batch has one face value. */
export const firstLoad = 5_000n;
/** A card that runs short is reloaded by what is missing, rounded up to this, in cents. */
export const reloadStep = 2_000n;

/** One basket on its way: what the card is to be loaded with before it is paid, all of it a function of the data. */
export type Visit = Basket & {
  /** The household's first: its card is sold here. */
  readonly first: boolean;
  /** In cents; 0: there is enough on the card. */
  readonly reload: bigint;
};

/** What a household's card must show in the end, in cents. */
export type Expected = { readonly loads: bigint; readonly spend: bigint };

export type Plan = {
  /** In time order. */
  readonly visits: readonly Visit[];
  /** All of the data in the order of their first visits; the n-th has the n-th card of the batch. */
  readonly households: readonly string[];
  /** All of the data, in the order of their first sale. */
  readonly storeIds: readonly string[];
  /** Of households with a visit. */
  readonly expected: ReadonlyMap<string, Expected>;
  /** Visits with something to pay. */
  readonly payments: number;
  readonly reloads: number;
};

/** What is to happen with the first `limit` baskets; cards and stores are made for all of them. */
export function planOf(baskets: readonly Basket[], limit = baskets.length): Plan {
  const expected = new Map<string, Expected>();
  const visits = baskets.slice(0, limit).map((basket): Visit => {
    const known = expected.get(basket.householdId);
    const { loads, spend } = known ?? { loads: firstLoad, spend: 0n };
    const reload = reloadFor(basket.total - (loads - spend));
    expected.set(basket.householdId, { loads: loads + reload, spend: spend + basket.total });
    return { ...basket, first: !known, reload };
  });
  return {
    visits,
    households: [...new Set(baskets.map(({ householdId }) => householdId))],
    storeIds: [...new Set(baskets.map(({ storeId }) => storeId))],
    expected,
    payments: visits.filter(({ total }) => total > 0n).length,
    reloads: visits.filter(({ reload }) => reload > 0n).length,
  };
}

function reloadFor(missing: bigint): bigint {
  return missing <= 0n ? 0n : ((missing + reloadStep - 1n) / reloadStep) * reloadStep;
}
