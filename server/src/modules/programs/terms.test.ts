import { expect, test } from 'vitest';
import { isRefused } from '../../kernel/outcome.ts';
import type { Region, Store } from '../merchants/index.ts';
import { acceptsAt, offers, salePriceOf, type Terms } from './program.ts';
import { type AskedTerms, promisesFrom, promisesJson, termsFrom } from './terms.ts';

const now = new Date('2026-03-01T17:00:00Z');
const merchant = { currency: 'CNY', timezone: 'Asia/Shanghai' };
const store: Store = {
  id: '01900000-0000-7000-8000-000000000010',
  code: 'S1',
  name: 'First',
  region: 'East',
  legalEntityId: null,
  state: 'open',
  ownership: 'direct',
  createdAt: now,
};
const regions: readonly Region[] = [
  { id: '01900000-0000-7000-8000-000000000020', code: 'East', name: 'East', state: 'active', createdAt: now },
];
const unknownId = '01900000-0000-7000-8000-00000000dead';

const plain: AskedTerms = {
  name: { zh: '礼品卡', en: 'Gift card' },
  currency: null,
  denominations: [],
  range: null,
  salePrice: [],
  validity: { type: 'none' },
  pin: true,
  bearer: true,
  medium: 'physical',
  reloadable: false,
  transferable: true,
  stores: { type: 'all' },
  balanceMax: null,
};

function termsOf(asked: Partial<AskedTerms>, listed: readonly (Store | undefined)[] = [store]) {
  return termsFrom({ ...plain, ...asked }, { merchant, listed, regions, now });
}

/** The terms; fails on a refusal. */
function good(asked: Partial<AskedTerms>): Terms {
  const terms = termsOf(asked);
  if (isRefused(terms)) throw new Error(`refused: ${JSON.stringify(terms)}`);
  return terms;
}

test.each<[string, Partial<AskedTerms>, string, string]>([
  ['an unknown currency', { currency: 'XYZ' }, 'invalid_request', 'currency'],
  ['a face value twice', { denominations: [500n, 100n, 500n] }, 'invalid_request', 'denominations.2'],
  [
    'a range that ends before it begins',
    { range: { min: 10n, max: 9n, step: 1n } },
    'invalid_request',
    'range.max',
  ],
  [
    'a step that misses the end',
    { range: { min: 10n, max: 20n, step: 3n } },
    'invalid_request',
    'range.step',
  ],
  [
    'a limit below a denomination',
    { denominations: [100n, 900n], balanceMax: 899n },
    'invalid_request',
    'balanceMax',
  ],
  [
    'a limit below the end of the range',
    { range: { min: 1n, max: 900n, step: 1n }, balanceMax: 899n },
    'invalid_request',
    'balanceMax',
  ],
  [
    'one price for two denominations',
    { denominations: [100n, 200n], salePrice: 90n },
    'sale_price_ambiguous',
    'salePrice',
  ],
  ['one price for any face value', { salePrice: 90n }, 'sale_price_ambiguous', 'salePrice'],
  [
    'two prices for one face value',
    {
      denominations: [100n],
      salePrice: [
        { faceValue: 100n, salePrice: 90n },
        { faceValue: 100n, salePrice: 80n },
      ],
    },
    'invalid_request',
    'salePrice.1.faceValue',
  ],
  [
    'a price for a face value that is not offered',
    { denominations: [100n], salePrice: [{ faceValue: 200n, salePrice: 90n }] },
    'face_value_not_offered',
    'salePrice.0.faceValue',
  ],
  // It is the second of March already in Shanghai.
  [
    'a day that is over there',
    { validity: { type: 'until', date: '2026-03-01' } },
    'invalid_request',
    'validity.date',
  ],
  [
    'a store that there is not',
    { stores: { type: 'list', storeIds: [store.id, unknownId] } },
    'store_not_found',
    'stores.storeIds.1',
  ],
  [
    'a store twice',
    { stores: { type: 'list', storeIds: [store.id, store.id] } },
    'invalid_request',
    'stores.storeIds.1',
  ],
  [
    'a region twice',
    { stores: { type: 'regions', regions: ['East', 'East'] } },
    'invalid_request',
    'stores.regions.1',
  ],
  [
    'an unknown region',
    { stores: { type: 'regions', regions: ['West'] } },
    'region_not_found',
    'stores.regions.0',
  ],
])('%s is refused, with its field', (_case, asked, code, field) => {
  expect(termsOf(asked, [store, undefined])).toMatchObject({ refused: code, field });
});

test.each<[string, Partial<AskedTerms>, Partial<Terms>]>([
  ["a currency that is left out is the merchant's", {}, { currency: 'CNY' }],
  ['denominations are kept in order', { denominations: [500n, 100n] }, { denominations: [100n, 500n] }],
  [
    'one price is that of the one denomination',
    { denominations: [500n], salePrice: 450n },
    { salePrices: [{ faceValue: 500n, salePrice: 450n }] },
  ],
  [
    'a price that is the face value says nothing',
    { denominations: [500n], salePrice: 500n },
    { salePrices: [] },
  ],
  [
    'a price may be for a face value of the range',
    { range: { min: 100n, max: 900n, step: 100n }, salePrice: [{ faceValue: 300n, salePrice: 270n }] },
    { salePrices: [{ faceValue: 300n, salePrice: 270n }] },
  ],
  [
    'a day that has just begun is still good',
    { validity: { type: 'until', date: '2026-03-02' } },
    { validity: { type: 'until', date: '2026-03-02' } },
  ],
  [
    'a limit may be the largest face value',
    { denominations: [900n], balanceMax: 900n },
    { balanceMax: 900n },
  ],
  [
    'listed stores that there are',
    { stores: { type: 'list', storeIds: [store.id] } },
    { stores: { type: 'list', storeIds: [store.id] } },
  ],
])('%s', (_case, asked, expected) => {
  expect(termsOf(asked)).toMatchObject(expected);
});

test.each<[string, Partial<AskedTerms>, bigint, boolean]>([
  ['anything where nothing is fixed', {}, 1n, true],
  ['nothing above the limit', { balanceMax: 1000n }, 1001n, false],
  ['the limit itself', { balanceMax: 1000n }, 1000n, true],
  ['a denomination', { denominations: [500n] }, 500n, true],
  ['nothing but denominations', { denominations: [500n] }, 501n, false],
  ['the start of the range', { range: { min: 100n, max: 300n, step: 50n } }, 100n, true],
  ['the end of the range', { range: { min: 100n, max: 300n, step: 50n } }, 300n, true],
  ['nothing below it', { range: { min: 100n, max: 300n, step: 50n } }, 50n, false],
  ['nothing above it', { range: { min: 100n, max: 300n, step: 50n } }, 350n, false],
  ['nothing between steps', { range: { min: 100n, max: 300n, step: 50n } }, 120n, false],
  [
    'a denomination beside the range',
    { denominations: [7n], range: { min: 10n, max: 20n, step: 10n } },
    7n,
    true,
  ],
])('a program offers %s', (_case, asked, faceValue, expected) => {
  expect(offers(good(asked), faceValue)).toBe(expected);
});

test('a card costs its sale price, or else its face value', () => {
  const terms = good({
    denominations: [100n, 500n],
    salePrice: [{ faceValue: 500n, salePrice: 450n }],
  });
  expect([salePriceOf(terms, 500n), salePriceOf(terms, 100n)]).toStrictEqual([450n, 100n]);
});

test.each<[string, AskedTerms['stores'], Pick<Store, 'id' | 'region'>, boolean]>([
  ['any store', { type: 'all' }, { id: unknownId, region: null }, true],
  [
    'a store of a listed region',
    { type: 'regions', regions: ['East'] },
    { id: unknownId, region: 'East' },
    true,
  ],
  ['no store of another', { type: 'regions', regions: ['East'] }, { id: store.id, region: 'West' }, false],
  [
    'no store without a region',
    { type: 'regions', regions: ['East'] },
    { id: store.id, region: null },
    false,
  ],
  ['a listed store', { type: 'list', storeIds: [store.id] }, store, true],
  ['no other store', { type: 'list', storeIds: [store.id] }, { id: unknownId, region: 'East' }, false],
])('terms that name %s', (_case, stores, at, expected) => {
  expect(acceptsAt({ stores }, at)).toBe(expected);
});

test('terms come back from the database as they went in, to the last unit', () => {
  const terms = good({
    denominations: [10n ** 15n - 1n, 10n ** 15n],
    range: { min: 1n, max: 10n ** 15n, step: 1n },
    salePrice: [{ faceValue: 10n ** 15n, salePrice: 10n ** 15n - 1n }],
    validity: { type: 'after', count: 3, unit: 'months' },
    stores: { type: 'list', storeIds: [store.id] },
    balanceMax: 10n ** 15n,
  });
  const back = promisesFrom(JSON.parse(JSON.stringify(promisesJson(terms))));
  expect({ ...terms, ...back }).toStrictEqual(terms);
});
