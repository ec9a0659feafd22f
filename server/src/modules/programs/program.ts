import type { Validity } from '../../kernel/time.ts';
import { entity, finder } from '../../platform/executor/entity.ts';
import type { Store } from '../merchants/index.ts';

/** A kind of card that a merchant issues. What it promises stands in its versions. */
export type Program = {
  readonly id: string;
  readonly kind: 'gift';
  readonly state: 'active' | 'retired';
  /** The version that new cards get. */
  readonly versionId: string;
  readonly version: number;
  readonly createdAt: Date;
};

export type AcceptingStores =
  | { readonly type: 'all' }
  | { readonly type: 'regions'; readonly regions: readonly string[] }
  | { readonly type: 'list'; readonly storeIds: readonly string[] };

/** Terms as they stood when a card was issued: an edit of the program makes a new version, and this one stays. */
export type ProgramVersion = {
  readonly id: string;
  readonly programId: string;
  readonly version: number;
  readonly kind: 'gift';
  readonly name: { readonly zh: string; readonly en: string };
  readonly currency: string;
  readonly pin: boolean;
  /** Usable by whoever holds it; else it is bound to the holder named at activation. */
  readonly bearer: boolean;
  readonly medium: 'physical' | 'digital';
  readonly reloadable: boolean;
  readonly transferable: boolean;
  /** Fixed face values, ascending; empty where only the range counts. */
  readonly denominations: readonly bigint[];
  readonly range: { readonly min: bigint; readonly max: bigint; readonly step: bigint } | null;
  /** Face values sold at another price than their face. */
  readonly salePrices: readonly { readonly faceValue: bigint; readonly salePrice: bigint }[];
  readonly validity: Validity;
  readonly stores: AcceptingStores;
  /** The most that a card may ever hold; null: no limit but the ledger's. */
  readonly balanceMax: bigint | null;
  readonly createdAt: Date;
};

export const programs = entity<Program>('program', (program) => program.id);
export const programById = finder(programs, 'byId', (program) => [program.id]);

export const programVersions = entity<ProgramVersion>('programVersion', (version) => version.id);
export const versionById = finder(programVersions, 'byId', (version) => [version.id]);

/** Whether a card of this face value may be issued. */
export function offers(version: ProgramVersion, faceValue: bigint): boolean {
  if (version.denominations.includes(faceValue)) return true;
  const { range } = version;
  return (
    range !== null &&
    faceValue >= range.min &&
    faceValue <= range.max &&
    (faceValue - range.min) % range.step === 0n
  );
}

/** What a card of this face value is sold for. */
export function salePriceOf(version: ProgramVersion, faceValue: bigint): bigint {
  return version.salePrices.find((price) => price.faceValue === faceValue)?.salePrice ?? faceValue;
}

/** Whether a store takes cards of these terms. Stores opened later count where the terms say all, or their region. */
export function acceptsAt(version: ProgramVersion, store: Pick<Store, 'id' | 'region'>): boolean {
  const { stores } = version;
  if (stores.type === 'all') return true;
  if (stores.type === 'list') return stores.storeIds.includes(store.id);
  return store.region !== null && stores.regions.includes(store.region);
}
