import { z } from 'zod';
import { activityId, seqOf } from '../../../kernel/id.ts';
import { refused } from '../../../kernel/outcome.ts';
import type { Db } from '../../../platform/db/statement.ts';
import { lookUp } from '../../../platform/executor/lookUp.ts';
import { page } from '../../../platform/http/page.ts';
import { type ReadContext, type Route, readRoute } from '../../../platform/http/route.ts';
import { idIn, pageOf } from '../../../platform/http/shapes.ts';
import { keepsBooks, policyIn, walletsSql } from '../../wallets/index.ts';
import { auditFields, entryFilter, paged, paymentFields, redemptionTypes, refundTypes } from './query.ts';
import {
  activityOf,
  activityShape,
  activityWithPostings,
  postingOf,
  redemptionOf,
  redemptionShape,
  refundOf,
  refundShape,
  type Sight,
} from './shown.ts';
import { type Entry, type EntryFilter, postingsOf, selectEntries } from './store.ts';

async function entriesPage<Item>(
  db: Db,
  filter: EntryFilter,
  limit: number,
  { merchantId }: ReadContext,
  shown: (entry: Entry) => Item,
) {
  const found = await selectEntries(db, merchantId, filter, limit + 1);
  return page(found, limit, shown, ({ seq }) => String(seq));
}

const seesPeople = ({ actor }: ReadContext): boolean => actor.permissions.has('people.read');

/** What was on a wallet is told to all as long as the house hides no balance at its counters, and then to who keeps its books. */
async function sightOf(db: Db, context: ReadContext): Promise<Sight> {
  const people = seesPeople(context);
  if (keepsBooks(context.actor)) return { people, wallets: true };
  const { codeAbove } = await lookUp(walletsSql, db, context.merchantId, policyIn);
  return { people, wallets: codeAbove === null };
}

const noSuch = 2n ** 62n;

/** The one entry that an id names, as far as this reader may see it. */
async function oneEntry(db: Db, id: string, types: readonly string[] | null, context: ReadContext) {
  const seq = seqOf(id) ?? noSuch;
  const filter = await entryFilter(db, {}, types, undefined, context);
  const [entry] = await selectEntries(
    db,
    context.merchantId,
    { ...filter, fromSeq: seq, toSeq: seq + 1n },
    1,
  );
  // An id with a true number and a false time is nobody's id.
  return entry && activityId(entry.occurredAt, entry.seq) === id ? entry : undefined;
}

const paymentQuery = z.strictObject({ ...paymentFields, ...paged });

/** Redemptions, refunds, and all that the log tells. */
export const entryRoutes: readonly Route[] = [
  readRoute({
    path: '/v1/redemptions',
    tag: 'Cards',
    summary:
      'Redemptions, the newest first, with what has gone back of each. Who is limited to stores sees theirs.',
    permission: 'cards.read',
    query: paymentQuery,
    answer: pageOf(redemptionShape),
    async read(db, { query }, context) {
      const filter = await entryFilter(db, query, redemptionTypes, query.cursor, context);
      return entriesPage(db, filter, query.limit, context, (entry) =>
        redemptionOf(entry, seesPeople(context)),
      );
    },
  }),
  readRoute({
    path: '/v1/redemptions/:id',
    tag: 'Cards',
    summary: 'One redemption, with what has gone back of it',
    permission: 'cards.read',
    params: z.strictObject({ id: idIn('red') }),
    answer: redemptionShape,
    async read(db, { params }, context) {
      const entry = await oneEntry(db, params.id, redemptionTypes, context);
      if (!entry) return refused('redemption_not_found');
      return redemptionOf(entry, seesPeople(context));
    },
  }),
  readRoute({
    path: '/v1/refunds',
    tag: 'Cards',
    summary: 'Refunds and reversals, the newest first',
    permission: 'cards.read',
    query: paymentQuery,
    answer: pageOf(refundShape),
    async read(db, { query }, context) {
      const filter = await entryFilter(db, query, refundTypes, query.cursor, context);
      return entriesPage(db, filter, query.limit, context, (entry) => refundOf(entry, seesPeople(context)));
    },
  }),
  readRoute({
    path: '/v1/activities',
    tag: 'Audit',
    summary:
      'All that happened, the newest first: who, what, where, to what. Who is limited to stores sees what happened there.',
    permission: 'audit.read',
    query: z.strictObject({ ...auditFields, ...paged }),
    answer: pageOf(activityShape),
    async read(db, { query }, context) {
      const types = query.type === undefined ? null : [query.type];
      const filter = await entryFilter(db, query, types, query.cursor, context);
      const sight = await sightOf(db, context);
      return entriesPage(db, filter, query.limit, context, (entry) => activityOf(entry, sight));
    },
  }),
  readRoute({
    path: '/v1/activities/:id',
    tag: 'Audit',
    summary: 'One activity with its postings',
    permission: 'audit.read',
    params: z.strictObject({ id: idIn('act') }),
    answer: activityWithPostings,
    async read(db, { params }, context) {
      const entry = await oneEntry(db, params.id, null, context);
      if (!entry) return refused('activity_not_found');
      const postings = await postingsOf(db, context.merchantId, entry.seq);
      const sight = await sightOf(db, context);
      return {
        ...activityOf(entry, sight),
        postings: postings.map((posting) => postingOf(posting, context.merchantId, sight)),
      };
    },
  }),
];
