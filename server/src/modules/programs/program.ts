import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
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
  | { readonly type: 'regions' /** Their codes. */; readonly regions: readonly string[] }
  | { readonly type: 'list'; readonly storeIds: readonly string[] };

/** Face values from `min` to `max`, `step` apart. */
export type FaceRange = { readonly min: bigint; readonly max: bigint; readonly step: bigint };

export type SalePrice = { readonly faceValue: bigint; readonly salePrice: bigint };

/** What a program promises. Amounts are minor units. */
export type Terms = {
  readonly name: { readonly zh: string; readonly en: string };
  readonly currency: string;
  readonly pin: boolean;
  /** Usable by whoever holds it; else it is bound to the holder named at activation. */
  readonly bearer: boolean;
  readonly medium: 'physical' | 'digital';
  readonly reloadable: boolean;
  readonly transferable: boolean;
  /** Fixed face values, ascending. With neither these nor a range any face value is offered. */
  readonly denominations: readonly bigint[];
  readonly range: FaceRange | null;
  /** Face values sold at another price than their face. */
  readonly salePrices: readonly SalePrice[];
  readonly validity: Validity;
  readonly stores: AcceptingStores;
  /** The most that a card may ever hold; null: no limit but the ledger's. */
  readonly balanceMax: bigint | null;
};

/** Terms as they stood when a card was issued: an edit of the program makes a new version, and this one stays. */
export type ProgramVersion = Terms & {
  readonly id: string;
  readonly programId: string;
  readonly version: number;
  readonly kind: 'gift';
  readonly createdAt: Date;
};

export const programs = entity<Program>('program', (program) => program.id);
export const programById = finder(programs, 'byId', (program) => [program.id]);

export const programVersions = entity<ProgramVersion>('programVersion', (version) => version.id);
export const versionById = finder(programVersions, 'byId', (version) => [version.id]);

/** Whether a card of this face value may be issued. */
export function offers(
  { denominations, range, balanceMax }: Pick<Terms, 'denominations' | 'range' | 'balanceMax'>,
  faceValue: bigint,
): boolean {
  if (balanceMax !== null && faceValue > balanceMax) return false;
  if (denominations.includes(faceValue)) return true;
  if (range === null) return denominations.length === 0;
  return faceValue >= range.min && faceValue <= range.max && (faceValue - range.min) % range.step === 0n;
}

/** What a card of this face value is sold for. */
export function salePriceOf({ salePrices }: Pick<Terms, 'salePrices'>, faceValue: bigint): bigint {
  return salePrices.find((price) => price.faceValue === faceValue)?.salePrice ?? faceValue;
}

/** Whether a store takes cards of these terms. Stores opened later count where the terms say all, or their region. */
export function acceptsAt({ stores }: Pick<Terms, 'stores'>, store: Pick<Store, 'id' | 'region'>): boolean {
  if (stores.type === 'all') return true;
  if (stores.type === 'list') return stores.storeIds.includes(store.id);
  return store.region !== null && stores.regions.includes(store.region);
}

/** A program with its present terms as the API shows it; what it shows of the terms can be sent back as it is. */
export function programAnswer(program: Program, version: ProgramVersion) {
  const { range, stores, balanceMax } = version;
  return {
    id: encodeId('prog', program.id),
    kind: program.kind,
    state: program.state,
    version: version.version,
    versionId: encodeId('pver', version.id),
    name: version.name,
    currency: version.currency,
    denominations: version.denominations.map(jsonAmount),
    range: range && {
      min: jsonAmount(range.min),
      max: jsonAmount(range.max),
      step: jsonAmount(range.step),
    },
    salePrice: version.salePrices.map(({ faceValue, salePrice }) => ({
      faceValue: jsonAmount(faceValue),
      salePrice: jsonAmount(salePrice),
    })),
    validity: version.validity,
    pin: version.pin,
    bearer: version.bearer,
    medium: version.medium,
    reloadable: version.reloadable,
    transferable: version.transferable,
    stores:
      stores.type === 'list'
        ? { type: stores.type, storeIds: stores.storeIds.map((id) => encodeId('store', id)) }
        : stores,
    balanceMax: balanceMax === null ? null : jsonAmount(balanceMax),
    createdAt: program.createdAt.toISOString(),
  };
}
