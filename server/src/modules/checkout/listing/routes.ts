import { z } from 'zod';
import { activityId, seqOf } from '../../../kernel/id.ts';
import { refused } from '../../../kernel/outcome.ts';
import { daysAfter, startOfDay } from '../../../kernel/time.ts';
import type { Db } from '../../../platform/db/statement.ts';
import { page } from '../../../platform/http/page.ts';
import { type ReadContext, type Route, readRoute } from '../../../platform/http/route.ts';
import { civilDate, idIn, pageOf, pageQuery, reference, wordIn } from '../../../platform/http/shapes.ts';
import { firstSeqSince } from '../../ledger/index.ts';
import { recordsOf } from '../../members/index.ts';
import { readMerchant } from '../../merchants/index.ts';
import { purchaseParams } from '../shapes.ts';
import { itemOf, PurchaseItem, PurchaseWhole, wholeOf } from './shown.ts';
import { type PurchaseFilter, purchaseStates, selectPurchases, selectRefundsOf } from './store.ts';

const PurchasesQuery = z.strictObject({
  cursor: z
    .string()
    .regex(/^[1-9]\d{0,17}$/)
    .transform((text) => BigInt(text))
    .optional(),
  limit: pageQuery.limit,
  storeId: idIn('store').optional(),
  memberId: idIn('mem').optional(),
  from: civilDate.optional().meta({ description: 'The first day, in the time zone of the merchant.' }),
  to: civilDate.optional().meta({ description: 'The last day, all of which is in.' }),
  tender: wordIn('cash, wallet, gift_card or points')
    .optional()
    .meta({ description: 'Of which it paid something at least.' }),
  reference: reference.optional(),
  state: z.enum(purchaseStates).optional().meta({ description: 'How much of it has gone back.' }),
});
type Asked = z.output<typeof PurchasesQuery>;

const noEnd = 2n ** 62n;
const all: PurchaseFilter = {
  fromSeq: 0n,
  toSeq: noEnd,
  storeIds: null,
  memberIds: null,
  tender: null,
  state: null,
  reference: null,
};

/** The stores that are asked for and may be seen; null: any. */
function storesOf(asked: string | undefined, { actor }: ReadContext): readonly string[] | null {
  const scope = actor.storeIds;
  if (asked === undefined) return scope && [...scope];
  return scope === null || scope.has(asked) ? [asked] : [];
}

/** The filter for this reader. Days become numbers of the log, which is in their order. */
async function filterOf(db: Db, asked: Asked, context: ReadContext): Promise<PurchaseFilter> {
  const { merchantId } = context;
  const { from, to, cursor = noEnd, memberId, tender = null, state = null, reference: named = null } = asked;
  const zone = (await readMerchant(db, merchantId))?.timezone ?? 'UTC';
  const since = (day: string) => firstSeqSince(db, merchantId, startOfDay(day, zone));
  const end = to === undefined ? noEnd : await since(daysAfter(to, 1));
  return {
    fromSeq: from === undefined ? 0n : await since(from),
    toSeq: cursor < end ? cursor : end,
    storeIds: storesOf(asked.storeId, context),
    memberIds: memberId === undefined ? null : await recordsOf(db, merchantId, memberId),
    tender,
    state,
    reference: named,
  };
}

const tag = 'Checkout';

/** Purchases, and one of them. */
export const purchaseListRoutes: readonly Route[] = [
  readRoute({
    path: '/v1/purchases',
    tag,
    summary: 'Purchases, the newest first. Who is limited to stores sees theirs.',
    permission: 'checkout.read',
    query: PurchasesQuery,
    answer: pageOf(PurchaseItem),
    async read(db, { query }, context) {
      const filter = await filterOf(db, query, context);
      const found = await selectPurchases(db, context.merchantId, filter, query.limit + 1);
      return page(found, query.limit, itemOf, ({ seq }) => String(seq));
    },
  }),
  readRoute({
    path: '/v1/purchases/:id',
    tag,
    summary: 'One purchase: what was bought, what paid and what went back',
    permission: 'checkout.read',
    params: purchaseParams,
    answer: PurchaseWhole,
    async read(db, { params: { id } }, context) {
      const seq = seqOf(id) ?? noEnd;
      const filter = { ...all, fromSeq: seq, toSeq: seq + 1n, storeIds: storesOf(undefined, context) };
      const [found] = await selectPurchases(db, context.merchantId, filter, 1);
      // An id with a true number and a false time is nobody's id.
      if (!found || activityId(found.occurredAt, found.seq) !== id) return refused('purchase_not_found');
      return wholeOf(found, await selectRefundsOf(db, context.merchantId, found.seq));
    },
  }),
];
