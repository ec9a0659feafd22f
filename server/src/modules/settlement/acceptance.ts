import type { Store } from '../merchants/index.ts';

/** Whose cards and wallets a store takes: those of all, of its region, of directly owned stores, of a list, or only its own. */
export type AcceptanceRule = {
  /** The store that takes or does not; null: each that no rule names. */
  readonly storeId: string | null;
  readonly takes: 'all' | 'region' | 'own' | 'direct' | 'list';
  readonly sellerIds: readonly string[];
  /** ISO 8601 instants; null: without end. The end is exclusive. */
  readonly from: string | null;
  readonly until: string | null;
};

export type Acceptance = { readonly rules: readonly AcceptanceRule[] };

export const everywhere: Acceptance = { rules: [] };

type Seller = Pick<Store, 'id' | 'region' | 'ownership'>;

/** The rule of a store at a time: its own, or else the general one; undefined: it takes all. */
export function ruleOf({ rules }: Acceptance, storeId: string, now: Date): AcceptanceRule | undefined {
  const time = now.getTime();
  const standing = rules.filter(
    ({ from, until }) =>
      (from === null || Date.parse(from) <= time) && (until === null || time < Date.parse(until)),
  );
  return standing.find((rule) => rule.storeId === storeId) ?? standing.find((rule) => rule.storeId === null);
}

/** Whether a store takes what this one sold, by this rule. A store always takes its own. */
export function takes(rule: AcceptanceRule | undefined, store: Seller, seller: Seller): boolean {
  if (rule === undefined || store.id === seller.id) return true;
  switch (rule.takes) {
    case 'all':
      return true;
    case 'own':
      return false;
    case 'region':
      return store.region !== null && store.region === seller.region;
    case 'direct':
      return seller.ownership === 'direct';
    case 'list':
      return rule.sellerIds.includes(seller.id);
  }
}
