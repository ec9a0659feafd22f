import { z } from 'zod';
import { assert } from '../../../kernel/assert.ts';
import { isRefused, type Refusal, refused } from '../../../kernel/outcome.ts';
import type { Db } from '../../../platform/db/statement.ts';
import type { Actor } from '../../../platform/executor/useCase.ts';
import { fieldsOf } from '../../../platform/http/merge.ts';
import type { Route } from '../../../platform/http/route.ts';
import { readMerchant } from '../../merchants/index.ts';

export type ExportParts = {
  /** Runs reads of one merchant over one snapshot. */
  readonly readOf: <T>(merchantId: string, work: (db: Db) => Promise<T>) => Promise<T>;
  readonly actorFor: (db: Db, merchantId: string, keyId: string, now: Date) => Promise<Actor | undefined>;
  readonly clock: () => Date;
};

export type ReadRoute = Extract<Route, { readonly kind: 'read' }>;

/** Who asks what, as they are when they are answered. */
export type AsWhom = { readonly parts: ExportParts; readonly merchantId: string; readonly keyId: string };

/** A route as it was asked: its path parsed, its query as it came, since each page parses it with its cursor. */
export type Asking = { readonly route: ReadRoute; readonly params: unknown; readonly query: object };

const Page = z.object({ items: z.array(z.unknown()), nextCursor: z.string().nullable() });
export type Answered = z.output<typeof Page> & { readonly currency: string };

/** The shape of what a route lists, page by page; undefined where it answers otherwise. */
export function itemOf(route: Route): z.ZodType | undefined {
  if (route.kind !== 'read' || !(route.answer instanceof z.ZodObject)) return undefined;
  const { items, nextCursor } = route.answer.shape;
  if (!(items instanceof z.ZodArray) || nextCursor === undefined) return undefined;
  assert(items.element instanceof z.ZodType, 'items have a shape');
  return items.element;
}

/** A path as the document has it: `/v1/wallets/{memberId}/history`. */
export function documentPath({ path }: Route): string {
  return path.replaceAll(/:(\w+)/g, '{$1}');
}

/** The query with as many a page as a route takes. */
export function manyAtOnce({ query }: ReadRoute, asked: object): object {
  const largest = { ...asked, limit: 200 };
  return query?.safeParse(largest).success === true ? largest : asked;
}

/** The pages of a list, each read by who asked as they are then: who may no more see it gets no more of it. */
export async function* pagesOf(asking: Asking, whom: AsWhom): AsyncGenerator<Answered | Refusal> {
  let page = await pageAfter(undefined, asking, whom);
  yield page;
  while (!isRefused(page) && page.nextCursor !== null) {
    page = await pageAfter(page.nextCursor, asking, whom);
    yield page;
  }
}

function pageAfter(
  cursor: string | undefined,
  { route, params, query }: Asking,
  whom: AsWhom,
): Promise<Answered | Refusal> {
  const asked = cursor === undefined ? query : { ...query, cursor };
  return answerOf({ route, params, query: asked }, whom, async (answer, db) => {
    const merchant = await readMerchant(db, whom.merchantId);
    assert(merchant !== undefined, 'a reader has a merchant');
    return { ...fieldsOf(JSON.stringify(answer), Page), currency: merchant.currency };
  });
}

/** What a route answers who asks, made of it before its snapshot is left; as it would be sent. */
export function answerOf<T>(
  { route, params, query }: Asking,
  { parts: { readOf, actorFor, clock }, merchantId, keyId }: AsWhom,
  made: (answer: unknown, db: Db) => T | Promise<T>,
): Promise<T | Refusal> {
  const now = clock();
  return readOf(merchantId, async (db) => {
    const actor = await actorFor(db, merchantId, keyId, now);
    if (!actor?.permissions.has(route.permission))
      return refused('permission_denied', { detail: route.permission });
    const parsed = { params, query: route.query?.parse(query), body: undefined };
    const answer = await route.read(db, parsed, { merchantId, actor, now });
    return isRefused(answer) ? answer : made(answer, db);
  });
}
