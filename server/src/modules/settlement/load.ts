import { commissionOn } from './terms.ts';
import { type SettlementVersion, termsAt } from './version.ts';

type Load = { readonly storeId: string; readonly tender: string; readonly amount: bigint };

/** What a store earns for taking money in for the merchant, by the terms at this time; nothing where none were made. */
export function loadCommission(versions: readonly SettlementVersion[], load: Load, now: Date): bigint {
  return commissionOn(termsAt(versions, now), { kind: 'load', ...load });
}
