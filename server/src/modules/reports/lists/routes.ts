import { z } from 'zod';
import { assert } from '../../../kernel/assert.ts';
import { isRefused, type Refusal, refused } from '../../../kernel/outcome.ts';
import { type Cell, tableFormats, tableStream, tableTypes } from '../../../platform/files/table.ts';
import { commandRoute, type Route } from '../../../platform/http/route.ts';
import { cellsOf, columnsOf, type FieldColumn } from './columns.ts';
import { noteExport } from './noteExport.ts';
import {
  type Answered,
  type Asking,
  documentPath,
  type ExportParts,
  itemOf,
  manyAtOnce,
  pagesOf,
  type ReadRoute,
} from './walk.ts';
import { headOf } from './words.ts';

/** A route that answers a list page by page, as what can be taken out whole. */
export type List = {
  /** As in the document: `/v1/wallets/{memberId}/history`. */
  readonly path: string;
  readonly route: ReadRoute;
  readonly columns: readonly FieldColumn[];
};

/** Every list among routes: what is read, and answers items and where the next begin. */
export function listsOf(routes: readonly Route[]): readonly List[] {
  return routes.flatMap((route) => {
    const item = itemOf(route);
    if (item === undefined || route.kind !== 'read') return [];
    return [{ path: documentPath(route), route, columns: columnsOf(item) }];
  });
}

type ListAsking = Asking & { readonly list: List };

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
    async prepare({ body }): Promise<ListAsking | Refusal> {
      const list = lists.get(body.list);
      assert(list !== undefined, 'the list is one of those that are offered');
      return askingFor(list, body.params, body.filter);
    },
    input: ({ body }, _edge, asking: ListAsking) => ({
      list: nameOf(asking.list),
      format: body.format,
      language: body.language,
      permission: asking.list.route.permission,
      filter: noted({ ...body.params, ...body.filter }),
      asking,
    }),
    async finish(_body, merchantId, { format, language, asking }, _replayed, keyId) {
      const { list } = asking;
      const pages = pagesOf(asking, { parts, merchantId, keyId });
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

function askingFor(list: List, params: object, filter: object): ListAsking | Refusal {
  for (const name of ['cursor', 'limit'])
    if (name in filter)
      return refused('invalid_request', { field: `filter.${name}`, detail: 'A list is taken out whole.' });
  const { route } = list;
  const path = (route.params ?? z.strictObject({})).safeParse(params);
  if (!path.success) return invalid('params', path.error.issues);
  const asked = (route.query ?? z.strictObject({})).safeParse(filter);
  if (!asked.success) return invalid('filter', asked.error.issues);
  return { list, route, params: path.data, query: manyAtOnce(route, filter) };
}

function invalid(part: string, [issue]: readonly z.core.$ZodIssue[]): Refusal {
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const field = [part, ...(issue?.path ?? []), ...unknown].map(String).join('.');
  return refused('invalid_request', { field, detail: issue?.message ?? '' });
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
