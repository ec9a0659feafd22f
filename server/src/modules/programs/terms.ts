import { currencyExponent } from '../../kernel/money.ts';
import { type Refusal, refused } from '../../kernel/outcome.ts';
import { validUntil } from '../../kernel/time.ts';
import type { Merchant, Region, Store } from '../merchants/index.ts';
import { offers, type SalePrice, type Terms } from './program.ts';

/** Terms as they are asked for; what may be left out is null or undefined, the edge has filled the rest. */
export type AskedTerms = Omit<Terms, 'currency' | 'salePrices'> & {
  /** null: the merchant's. */
  readonly currency: string | null;
  /** One price, for the one denomination there is, or a price for each face value named. */
  readonly salePrice: bigint | readonly SalePrice[];
};

/** What terms are held against. */
type Surroundings = {
  readonly merchant: Pick<Merchant, 'currency' | 'timezone'>;
  /** The stores that the terms list, as far as there are such; in the order of the list. */
  readonly listed: readonly (Store | undefined)[];
  /** The regions that they name, likewise. */
  readonly regions: readonly (Region | undefined)[];
  readonly now: Date;
};

/** The ids of the stores that terms name one by one. */
export function storesIn({ stores }: Pick<Terms, 'stores'>): readonly string[] {
  return stores.type === 'list' ? stores.storeIds : [];
}

/** The codes of the regions that terms name. */
export function regionsIn({ stores }: Pick<Terms, 'stores'>): readonly string[] {
  return stores.type === 'regions' ? stores.regions : [];
}

/** Terms out of what was asked, or the first thing that is wrong with them. */
export function termsFrom(asked: AskedTerms, around: Surroundings): Terms | Refusal {
  const { salePrice, ...given } = asked;
  const prices =
    typeof salePrice === 'bigint'
      ? asked.denominations.map((faceValue) => ({ faceValue, salePrice }))
      : salePrice;
  const terms: Terms = {
    ...given,
    denominations: asked.denominations.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
    currency: asked.currency ?? around.merchant.currency,
    // A price that is the face value says nothing.
    salePrices: prices.filter((price) => price.salePrice !== price.faceValue),
  };
  return (
    wrongCurrency(terms) ??
    wrongFaceValues(asked.denominations, terms) ??
    wrongSalePrice(salePrice, terms) ??
    wrongValidity(terms, around) ??
    wrongStores(terms, around) ??
    terms
  );
}

function wrongCurrency({ currency }: Terms): Refusal | undefined {
  if (currencyExponent(currency) !== undefined) return undefined;
  return refused('invalid_request', { field: 'currency', detail: 'must be an ISO 4217 code such as CNY' });
}

function wrongFaceValues(asked: readonly bigint[], { range, balanceMax }: Terms): Refusal | undefined {
  const twice = secondOf(asked);
  if (twice !== undefined) {
    return refused('invalid_request', { field: `denominations.${twice}`, detail: 'is there twice' });
  }
  if (range !== null && range.max < range.min) {
    return refused('invalid_request', { field: 'range.max', detail: 'must not be below min' });
  }
  if (range !== null && (range.max - range.min) % range.step !== 0n) {
    return refused('invalid_request', {
      field: 'range.step',
      detail: 'must lead from min to max in whole steps',
    });
  }
  const largest = [...asked, ...(range === null ? [] : [range.max])].reduce((a, b) => (a > b ? a : b), 0n);
  if (balanceMax !== null && balanceMax < largest) {
    return refused('invalid_request', {
      field: 'balanceMax',
      detail: `must hold the largest face value, ${largest}`,
    });
  }
  return undefined;
}

function wrongSalePrice(asked: AskedTerms['salePrice'], terms: Terms): Refusal | undefined {
  if (typeof asked === 'bigint') {
    if (terms.denominations.length === 1) return undefined;
    return refused('sale_price_ambiguous', {
      field: 'salePrice',
      next: 'Give a list of {faceValue, salePrice}.',
    });
  }
  const faceValues = asked.map(({ faceValue }) => faceValue);
  const twice = secondOf(faceValues);
  if (twice !== undefined) {
    return refused('invalid_request', { field: `salePrice.${twice}.faceValue`, detail: 'is there twice' });
  }
  const stray = faceValues.findIndex((faceValue) => !offers(terms, faceValue));
  if (stray === -1) return undefined;
  return refused('face_value_not_offered', { field: `salePrice.${stray}.faceValue` });
}

function wrongValidity({ validity }: Terms, { merchant, now }: Surroundings): Refusal | undefined {
  if (validity.type !== 'until') return undefined;
  const end = validUntil(validity, now, merchant.timezone);
  if (end === null || end > now) return undefined;
  return refused('invalid_request', { field: 'validity.date', detail: 'is past' });
}

function wrongStores(terms: Terms, { listed, regions }: Surroundings): Refusal | undefined {
  const { stores } = terms;
  if (stores.type === 'all') return undefined;
  const field = stores.type === 'list' ? 'storeIds' : 'regions';
  const twice = secondOf(stores.type === 'list' ? stores.storeIds : stores.regions);
  if (twice !== undefined) {
    return refused('invalid_request', { field: `stores.${field}.${twice}`, detail: 'is there twice' });
  }
  const missing = storesIn(terms).findIndex((id, n) => listed[n]?.id !== id);
  if (missing !== -1) return refused('store_not_found', { field: `stores.storeIds.${missing}` });
  const strange = regionsIn(terms).findIndex((code, n) => regions[n]?.code !== code);
  return strange === -1 ? undefined : refused('region_not_found', { field: `stores.regions.${strange}` });
}

/** Where a value stands for the second time; undefined where each is there once. */
function secondOf(values: readonly unknown[]): number | undefined {
  const seen = new Set<unknown>();
  const at = values.findIndex((value) => seen.size === seen.add(value).size);
  return at === -1 ? undefined : at;
}

/** Terms as the log keeps them: JSON values, amounts as text. */
export function termsJson({ name, currency, pin, bearer, medium, reloadable, transferable, ...rest }: Terms) {
  return { name, currency, pin, bearer, medium, reloadable, transferable, ...promisesJson(rest) };
}

type Promises = Pick<Terms, 'denominations' | 'range' | 'salePrices' | 'validity' | 'stores' | 'balanceMax'>;

/** The part of the terms that has no columns of its own, as JSON values, amounts as text. */
export function promisesJson({ denominations, range, salePrices, validity, stores, balanceMax }: Promises) {
  return {
    denominations: denominations.map(String),
    range: range && { min: String(range.min), max: String(range.max), step: String(range.step) },
    salePrices: salePrices.map(({ faceValue, salePrice }) => ({
      faceValue: String(faceValue),
      salePrice: String(salePrice),
    })),
    validity,
    stores,
    balanceMax: balanceMax === null ? null : String(balanceMax),
  };
}

/** The way back from `promisesJson`. */
export function promisesFrom(json: ReturnType<typeof promisesJson>): Promises {
  const { denominations, range, salePrices, validity, stores, balanceMax } = json;
  return {
    denominations: denominations.map(BigInt),
    range: range && { min: BigInt(range.min), max: BigInt(range.max), step: BigInt(range.step) },
    salePrices: salePrices.map(({ faceValue, salePrice }) => ({
      faceValue: BigInt(faceValue),
      salePrice: BigInt(salePrice),
    })),
    validity,
    stores,
    balanceMax: balanceMax === null ? null : BigInt(balanceMax),
  };
}
