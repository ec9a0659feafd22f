import { z } from 'zod';
import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import type { Db } from '../../../platform/db/statement.ts';
import { type ReadContext, type Route, readRoute } from '../../../platform/http/route.ts';
import { amountJson, currencyCode, idIn, idOut } from '../../../platform/http/shapes.ts';
import { readMerchant } from '../../merchants/index.ts';
import { addUpName } from '../rollup/jobs.ts';
import { behind, byPeriod, rangeAnswer, rangeOf, rangeQuery, storesOf, todayOf } from './range.ts';
import {
  ageingOf,
  entriesBehind,
  expiringWithin,
  type Figures,
  figuresByStore,
  seriesOf,
  totalsOf,
} from './store.ts';

const tag = 'Reports';
const permission = 'reports.read';
const expiringDays = 30;
/** What these figures are kept by. */
const jobs = [addUpName, 'cards.keepList'];
/** Ages in days at which a new bucket begins. */
const ageBounds = [0, 31, 91, 181, 366, 731] as const;

const figures = {
  currency: currencyCode,
  sold: amountJson.meta({ description: 'Value put on cards for a payment, less what was undone.' }),
  paid: amountJson.meta({ description: 'What was taken for it.' }),
  activations: z.int().meta({ description: 'Cards sold.' }),
  redeemed: amountJson,
  redemptions: z.int(),
  refunded: amountJson.meta({ description: 'Refunds and reversals.' }),
  refunds: z.int(),
  voided: amountJson,
  adjusted: amountJson,
  outstandingChange: amountJson,
};
function shown(one: Figures) {
  return {
    currency: one.currency,
    sold: jsonAmount(one.sold),
    paid: jsonAmount(one.paid),
    activations: jsonAmount(one.activations),
    redeemed: jsonAmount(one.redeemed),
    redemptions: jsonAmount(one.redemptions),
    refunded: jsonAmount(one.refunded),
    refunds: jsonAmount(one.refunds),
    voided: jsonAmount(one.voided),
    adjusted: jsonAmount(one.adjusted),
    outstandingChange: jsonAmount(one.outstanding),
  };
}

const noFigures = (currency: string): Figures => ({
  currency,
  sold: 0n,
  paid: 0n,
  activations: 0n,
  redeemed: 0n,
  redemptions: 0n,
  refunded: 0n,
  refunds: 0n,
  voided: 0n,
  adjusted: 0n,
  outstanding: 0n,
});

async function readToday(db: Db, storeId: string | undefined, context: ReadContext) {
  const { merchantId } = context;
  const { day } = await todayOf(db, context);
  const storeIds = storesOf(storeId, context);
  const merchant = await readMerchant(db, merchantId);
  const today = await totalsOf(db, merchantId, { from: day, to: day, storeIds });
  const ever = await totalsOf(db, merchantId, { from: '0001-01-01', to: day, storeIds });
  const ending = await expiringWithin(db, merchantId, day, expiringDays, storeIds);
  const currencies =
    ever.length === 0 && merchant ? [merchant.currency] : ever.map(({ currency }) => currency);
  return {
    day,
    behind: jsonAmount(await entriesBehind(db, merchantId, jobs)),
    currencies: currencies.map((currency) => {
      const expiring = ending.find((one) => one.currency === currency);
      return {
        ...shown(today.find((one) => one.currency === currency) ?? noFigures(currency)),
        outstanding: jsonAmount(ever.find((one) => one.currency === currency)?.outstanding ?? 0n),
        expiring: { cards: jsonAmount(expiring?.cards ?? 0n), balance: jsonAmount(expiring?.balance ?? 0n) },
      };
    }),
  };
}

const todayRoute = readRoute({
  path: '/v1/reports/today',
  tag,
  summary: "Today's figures in the merchant's zone, what is outstanding, and what ends within 30 days",
  permission,
  query: z.strictObject({ storeId: idIn('store').optional() }),
  answer: z.object({
    day: z.iso.date(),
    behind,
    currencies: z.array(
      z.object({
        ...figures,
        outstanding: amountJson.meta({ description: 'What is on all cards that these stores sold.' }),
        expiring: z.object({ cards: z.int(), balance: amountJson }),
      }),
    ),
  }),
  read: (db, { query }, context) => readToday(db, query.storeId, context),
});

const seriesRoute = readRoute({
  path: '/v1/reports/outstanding',
  tag,
  summary: 'What was outstanding at the end of each day, week or month; and what was sold and redeemed in it',
  permission,
  query: z.strictObject({ ...rangeQuery, by: byPeriod }),
  answer: z.object({
    ...rangeAnswer,
    points: z.array(
      z.object({
        currency: currencyCode,
        day: z.iso.date().meta({ description: 'The last day of the period within the range.' }),
        outstanding: amountJson,
        sold: amountJson,
        redeemed: amountJson.meta({ description: 'Less what was refunded.' }),
      }),
    ),
  }),
  async read(db, { query }, context) {
    const range = await rangeOf(db, query, context);
    if ('refused' in range) return range;
    const points = await seriesOf(db, context.merchantId, range, query.by);
    return {
      from: range.from,
      to: range.to,
      behind: jsonAmount(await entriesBehind(db, context.merchantId, jobs)),
      points: points.map((point) => ({
        currency: point.currency,
        day: point.day,
        outstanding: jsonAmount(point.outstanding),
        sold: jsonAmount(point.sold),
        redeemed: jsonAmount(point.redeemed),
      })),
    };
  },
});

const storesRoute = readRoute({
  path: '/v1/reports/stores',
  tag,
  summary: 'Sold against redeemed, by store',
  permission,
  query: z.strictObject(rangeQuery),
  answer: z.object({
    ...rangeAnswer,
    stores: z.array(
      z.object({
        storeId: idOut('store').nullable().meta({ description: 'null: what belongs to no store.' }),
        name: z.string().nullable(),
        ...figures,
      }),
    ),
  }),
  async read(db, { query }, context) {
    const { merchantId } = context;
    const range = await rangeOf(db, query, context);
    if ('refused' in range) return range;
    const stores = await figuresByStore(db, merchantId, range);
    return {
      from: range.from,
      to: range.to,
      behind: jsonAmount(await entriesBehind(db, merchantId, jobs)),
      stores: stores.map((one) => ({
        storeId: one.storeId === merchantId ? null : encodeId('store', one.storeId),
        name: one.storeName,
        ...shown(one),
      })),
    };
  },
});

const ageingRoute = readRoute({
  path: '/v1/reports/ageing',
  tag,
  summary: 'Balances by how long ago their cards were activated',
  permission,
  query: z.strictObject({ storeId: idIn('store').optional() }),
  answer: z.object({
    day: z.iso.date(),
    behind,
    ages: z.array(
      z.object({
        currency: currencyCode,
        fromDays: z.int(),
        toDays: z.int().nullable().meta({ description: 'Inclusive; null: and more.' }),
        cards: z.int(),
        balance: amountJson,
      }),
    ),
  }),
  async read(db, { query }, context) {
    const { day } = await todayOf(db, context);
    const ages = await ageingOf(db, context.merchantId, day, storesOf(query.storeId, context), ageBounds);
    return {
      day,
      behind: jsonAmount(await entriesBehind(db, context.merchantId, jobs)),
      ages: ages.map(({ currency, bucket, cards, balance }) => {
        const next = ageBounds[bucket];
        return {
          currency,
          fromDays: ageBounds[bucket - 1] ?? 0,
          toDays: next === undefined ? null : next - 1,
          cards: jsonAmount(cards),
          balance: jsonAmount(balance),
        };
      }),
    };
  },
});

/** What was sold, redeemed and is still owed. */
export const figureRoutes: readonly Route[] = [todayRoute, seriesRoute, storesRoute, ageingRoute];
