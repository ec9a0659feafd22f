import { z } from 'zod';
import { assert } from '../../../kernel/assert.ts';
import { isRefused, type Refusal, refused } from '../../../kernel/outcome.ts';
import type { Db } from '../../../platform/db/statement.ts';
import type { Actor } from '../../../platform/executor/useCase.ts';
import { type Cell, tableFormats, tableStream, tableTypes } from '../../../platform/files/table.ts';
import { fieldsOf } from '../../../platform/http/merge.ts';
import { commandRoute, type Route } from '../../../platform/http/route.ts';
import { readMerchant } from '../../merchants/index.ts';
import { cellsOf, columnsOf, type FieldColumn } from './columns.ts';
import { noteExport } from './noteExport.ts';
import { headOf } from './words.ts';

export type ExportParts = {
  /** Runs reads of one merchant over one snapshot. */
  readonly readOf: <T>(merchantId: string, work: (db: Db) => Promise<T>) => Promise<T>;
  readonly actorFor: (db: Db, merchantId: string, keyId: string, now: Date) => Promise<Actor | undefined>;
  readonly clock: () => Date;
};

type ReadRoute = Extract<Route, { readonly kind: 'read' }>;

/** A route that answers a list page by page, as what can be taken out whole. */
export type List = {
  /** As in the document: `/v1/wallets/{memberId}/history`. */
  readonly path: string;
  readonly route: ReadRoute;
  readonly columns: readonly FieldColumn[];
};

const Page = z.object({ items: z.array(z.unknown()), nextCursor: z.string().nullable() });
const atOnce = { limit: 200 };

/** Every list among routes: what is read, and answers items and where the next begin. */
export function listsOf(routes: readonly Route[]): readonly List[] {
  return routes.flatMap((route) => {
    if (route.kind !== 'read' || !(route.answer instanceof z.ZodObject)) return [];
    const { items, nextCursor } = route.answer.shape;
    if (!(items instanceof z.ZodArray) || nextCursor === undefined) return [];
    const item = items.element;
    assert(item instanceof z.ZodType, 'items have a shape');
    return [{ path: route.path.replaceAll(/:(\w+)/g, '{$1}'), route, columns: columnsOf(item) }];
  });
}

/** A list as it was asked for: its path parsed, its query as it came, since each page parses it with its cursor. */
type Asking = { readonly list: List; readonly params: unknown; readonly query: object };

const Body = {
  params: z
    .record(z.string(), z.string())
    .default({})
    .meta({ description: 'What stands in the path of the list.' }),
  filter: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .default({})
    .meta({ description: 'As in the query of the list.' }),
  format: z.enum(tableFormats).default('csv'),
  language: z.enum(['zh', 'en']).default('zh').meta({ description: 'Of the headers.' }),
};

/** Every list as a file, however long: walked by the route that shows it, so it has the same rows for the same reader. */
export function listExportRoute(routes: readonly Route[], parts: ExportParts): Route {
  const lists = new Map(listsOf(routes).map((list) => [list.path, list]));
  return commandRoute({
    path: '/v1/exports/lists',
    tag: 'Exports',
    summary: 'Take out any list whole, with the filters of its page, as CSV or xlsx; who took what is noted',
    status: 200,
    body: z.strictObject({
      list: z.enum([...lists.keys()]).meta({ description: 'The path of the list, as in this document.' }),
      ...Body,
    }),
    answer: 'table',
    useCase: noteExport,
    async prepare({ body }): Promise<Asking | Refusal> {
      const list = lists.get(body.list);
      assert(list !== undefined, 'the list is one of those that are offered');
      return askingFor(list, body.params, body.filter);
    },
    input: ({ body }, _edge, asking: Asking) => ({
      list: nameOf(asking.list),
      format: body.format,
      language: body.language,
      permission: asking.list.route.permission,
      filter: noted({ ...body.params, ...body.filter }),
      asking,
    }),
    async finish(_body, merchantId, { format, language, asking }, _replayed, keyId) {
      const { list } = asking;
      const pages = pagesOf(asking, parts, merchantId, keyId);
      const first = await pages.next();
      assert(first.done !== true, 'a list has a first page');
      if (isRefused(first.value)) return first.value;
      const name = nameOf(list);
      const headers = list.columns.map(({ path }) => headOf(path)?.[language] ?? path.join('.'));
      const rows = rowsOf(list, first.value, pages);
      return {
        stream: tableStream({ name: name.slice(0, 31), headers, rows }, format),
        filename: `${name}.${format}`,
        type: tableTypes[format],
      };
    },
  });
}

/** A list's name for people and files: `wallets-history`. */
function nameOf({ path }: List): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== 'v1' && !part.startsWith('{'))
    .join('-');
}

function askingFor(list: List, params: object, filter: object): Asking | Refusal {
  for (const name of ['cursor', 'limit'])
    if (name in filter)
      return refused('invalid_request', { field: `filter.${name}`, detail: 'A list is taken out whole.' });
  const { route } = list;
  const path = (route.params ?? z.strictObject({})).safeParse(params);
  if (!path.success) return invalid('params', path.error.issues);
  const asked = (route.query ?? z.strictObject({})).safeParse(filter);
  if (!asked.success) return invalid('filter', asked.error.issues);
  const largest = { ...filter, ...atOnce };
  const takesMany = route.query?.safeParse(largest).success === true;
  return { list, params: path.data, query: takesMany ? largest : filter };
}

function invalid(part: string, [issue]: readonly z.core.$ZodIssue[]): Refusal {
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const field = [part, ...(issue?.path ?? []), ...unknown].map(String).join('.');
  return refused('invalid_request', { field, detail: issue?.message ?? '' });
}

type Answered = z.output<typeof Page> & { readonly currency: string };

/** The pages of a list, each read by who asked as they are then: who may no more see it gets no more of it. */
async function* pagesOf(
  asking: Asking,
  parts: ExportParts,
  merchantId: string,
  keyId: string,
): AsyncGenerator<Answered | Refusal> {
  let page = await pageAfter(undefined, asking, parts, merchantId, keyId);
  yield page;
  while (!isRefused(page) && page.nextCursor !== null) {
    page = await pageAfter(page.nextCursor, asking, parts, merchantId, keyId);
    yield page;
  }
}

function pageAfter(
  cursor: string | undefined,
  { list: { route }, params, query }: Asking,
  { readOf, actorFor, clock }: ExportParts,
  merchantId: string,
  keyId: string,
): Promise<Answered | Refusal> {
  const now = clock();
  return readOf(merchantId, async (db) => {
    const actor = await actorFor(db, merchantId, keyId, now);
    if (!actor?.permissions.has(route.permission))
      return refused('permission_denied', { detail: route.permission });
    const asked = cursor === undefined ? query : { ...query, cursor };
    const parsed = { params, query: route.query?.parse(asked), body: undefined };
    return withCurrency(db, merchantId, await route.read(db, parsed, { merchantId, actor, now }));
  });
}

async function withCurrency(db: Db, merchantId: string, answer: unknown): Promise<Answered | Refusal> {
  if (isRefused(answer)) return answer;
  const merchant = await readMerchant(db, merchantId);
  assert(merchant !== undefined, 'a reader has a merchant');
  // As it would be sent: what is in a file is what the page shows.
  return { ...fieldsOf(JSON.stringify(answer), Page), currency: merchant.currency };
}

async function* rowsOf(
  { columns }: List,
  first: Answered,
  others: AsyncGenerator<Answered | Refusal>,
): AsyncGenerator<readonly Cell[]> {
  for (const item of first.items) yield cellsOf(columns, item, first.currency);
  for await (const page of others) {
    // Half a file must not pass for a whole one: the answer breaks off, and who waits for it sees that.
    assert(!isRefused(page), 'who takes out a list may see it until the end');
    for (const item of page.items) yield cellsOf(columns, item, page.currency);
  }
}

/** Filters by which a person could be found again: that they were used is noted, not what they said. */
const personal: ReadonlySet<string> = new Set(['phone', 'text', 'words']);

function noted(filter: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filter).map(([name, value]) => [name, personal.has(name) ? '…' : String(value)]),
  );
}
