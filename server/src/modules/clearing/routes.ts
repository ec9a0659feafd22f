import { z } from 'zod';
import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { refused } from '../../kernel/outcome.ts';
import { lookUp } from '../../platform/executor/lookUp.ts';
import { type Route, readRoute } from '../../platform/http/route.ts';
import { amountJson, currencyCode, idIn, idOut, instant } from '../../platform/http/shapes.ts';
import { firstSeqSince } from '../ledger/index.ts';
import { merchantsSql, storeById } from '../merchants/index.ts';
import { dayRoutes } from './day/routes.ts';
import { type DocumentParts, documentRoutes } from './document/routes.ts';
import { liabilityRoutes } from './liability/routes.ts';
import { settlementPaymentRoutes } from './payments/routes.ts';
import { periodRoutes } from './period/routes.ts';
import { planRoutes } from './plan/routes.ts';
import { waitingRoute } from './reading/waiting.ts';
import { type Position, selectPositions } from './store.ts';

const position = z.object({
  storeId: idOut('store').nullable().meta({ description: 'The counterpart; null: the merchant itself.' }),
  currency: currencyCode,
  owed: amountJson.meta({ description: 'What this store is owed for redeeming what the counterpart sold.' }),
  owes: amountJson.meta({ description: 'What it owes for what it sold and the counterpart redeemed.' }),
  net: amountJson.meta({ description: 'owed less owes.' }),
});

const settlement = z.object({
  storeId: idOut('store'),
  from: instant.nullable(),
  to: instant.nullable(),
  counterparts: z.array(position),
  totals: z.array(position.omit({ storeId: true })),
});

const noEnd = 2n ** 62n;

/** Days, periods, statements, payments and liability of stores. */
export function clearingRoutes(parts: DocumentParts): readonly Route[] {
  return [
    ...liabilityRoutes,
    ...periodRoutes,
    ...planRoutes,
    ...settlementPaymentRoutes,
    ...documentRoutes(parts),
    ...dayRoutes,
    positionRoute,
    waitingRoute,
  ];
}

const positionRoute = readRoute({
  path: '/v1/stores/:id/settlement',
  tag: 'Settlement',
  summary: 'What a store is owed and owes, by counterpart store.',
  permission: 'settlement.read',
  params: z.strictObject({ id: idIn('store') }),
  query: z.strictObject({ from: when().optional(), to: when().optional() }),
  answer: settlement,
  async read(db, { params, query: { from, to } }, { merchantId, actor }) {
    // Judged before the look-up: a key limited to stores is not told which others there are.
    if (actor.storeIds !== null && !actor.storeIds.has(params.id)) return refused('store_out_of_scope');
    const { store } = await lookUp(merchantsSql, db, merchantId, (find) => ({
      store: find.one(storeById, params.id),
    }));
    if (!store) return refused('store_not_found');
    const fromSeq = from ? await firstSeqSince(db, merchantId, from) : 0n;
    const toSeq = to ? await firstSeqSince(db, merchantId, to) : noEnd;
    const positions = await selectPositions(db, merchantId, store.id, fromSeq, toSeq);
    return {
      storeId: encodeId('store', store.id),
      from: from?.toISOString() ?? null,
      to: to?.toISOString() ?? null,
      counterparts: positions.map((one) => ({
        storeId: one.counterpartId === merchantId ? null : encodeId('store', one.counterpartId),
        ...amounts(one),
      })),
      totals: totals(positions),
    };
  },
});

/** An instant, or the first of a civil day in UTC. */
function when() {
  return z.union([z.iso.datetime({ offset: true }), z.iso.date()]).transform((text) => new Date(text));
}

function amounts({ currency, owed, owes }: Pick<Position, 'currency' | 'owed' | 'owes'>) {
  return { currency, owed: jsonAmount(owed), owes: jsonAmount(owes), net: jsonAmount(owed - owes) };
}

function totals(positions: readonly Position[]) {
  const sums = new Map<string, { currency: string; owed: bigint; owes: bigint }>();
  for (const { currency, owed, owes } of positions) {
    const sum = sums.get(currency) ?? { currency, owed: 0n, owes: 0n };
    sums.set(currency, { currency, owed: sum.owed + owed, owes: sum.owes + owes });
  }
  return [...sums.values()].map(amounts);
}
