import { encodeId } from '../../kernel/id.ts';
import type { Store } from '../merchants/index.ts';
import { ruleOf, takes } from './acceptance.ts';
import { ratioOf } from './terms.ts';
import { acceptanceAt, type SettlementVersion, termsAt } from './version.ts';

/** What a store takes of what each of these sold, and what part of it is paid to it, at a time. */
export function matrixRow(
  store: Store,
  sellers: readonly Store[],
  versions: readonly SettlementVersion[],
  now: Date,
) {
  const terms = termsAt(versions, now);
  const rule = ruleOf(acceptanceAt(versions, now), store.id, now);
  return {
    storeId: encodeId('store', store.id),
    code: store.code,
    name: store.name,
    region: store.region,
    ownership: store.ownership,
    rule: rule?.takes ?? 'all',
    sellers: sellers.map((seller) => ({
      sellerId: encodeId('store', seller.id),
      name: seller.name,
      takes: takes(rule, store, seller),
      principalPpm: ratioOf(terms, seller.id, store.id, 'principal'),
      bonusPpm: ratioOf(terms, seller.id, store.id, 'bonus'),
    })),
  };
}
