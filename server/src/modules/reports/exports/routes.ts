import { z } from 'zod';
import { assert } from '../../../kernel/assert.ts';
import type { Db } from '../../../platform/db/statement.ts';
import type { Actor } from '../../../platform/executor/useCase.ts';
import { type Cell, tableFormats, tableStream, tableTypes } from '../../../platform/files/table.ts';
import { commandRoute, type Route } from '../../../platform/http/route.ts';
import { cardList } from './cardList.ts';
import { activities, redemptions, refunds } from './entryLists.ts';
import { type ExportedList, type Place, start } from './list.ts';
import { noteExport } from './noteExport.ts';
import { smallLists } from './smallLists.ts';

export type ExportParts = {
  /** Runs reads of one merchant over one snapshot. */
  readonly readOf: <T>(merchantId: string, work: (db: Db) => Promise<T>) => Promise<T>;
  readonly actorFor: (db: Db, merchantId: string, keyId: string, now: Date) => Promise<Actor | undefined>;
  readonly clock: () => Date;
};

/** Every list as a file: CSV, or a workbook. */
export const exportRoutes = (parts: ExportParts): readonly Route[] => [
  exportRoute(cardList, parts),
  exportRoute(redemptions, parts),
  exportRoute(refunds, parts),
  exportRoute(activities, parts),
  ...smallLists.map((list) => exportRoute(list, parts)),
];

function exportRoute<Shape extends z.ZodRawShape>(list: ExportedList<Shape>, parts: ExportParts): Route {
  const filters = z.strictObject(list.filters);
  return commandRoute({
    path: `/v1/exports/${list.name}`,
    tag: 'Exports',
    summary: `Take out the list of ${list.title.en.toLowerCase()} as CSV or xlsx; who took what is noted`,
    status: 200,
    besides: list.permission,
    body: z.strictObject({
      format: z.enum(tableFormats).default('csv'),
      language: z.enum(['zh', 'en']).default('zh').meta({ description: 'Of the headers.' }),
      filter: filters.optional().meta({ description: 'As in the query of the list.' }),
    }),
    answer: 'table',
    useCase: noteExport,
    input: ({ body: { format, language, filter = filters.parse({}) } }) => ({
      list: list.name,
      format,
      language,
      permission: list.permission,
      filter: wordsOf(filter),
      asked: filter,
    }),
    async finish(_body, merchantId, { format, language, asked }, _replayed, keyId) {
      const rows = rowsOf(list, asked, parts, merchantId, keyId);
      const table = {
        name: list.title[language],
        headers: list.columns.map((column) => column[language]),
        rows,
      };
      return {
        stream: tableStream(table, format),
        filename: `${list.name}.${format}`,
        type: tableTypes[format],
      };
    },
  });
}

/** The rows, read page by page as they are sent, by who asked as they are when it begins. */
async function* rowsOf<Shape extends z.ZodRawShape>(
  list: ExportedList<Shape>,
  filter: z.output<z.ZodObject<Shape>>,
  { readOf, actorFor, clock }: ExportParts,
  merchantId: string,
  keyId: string,
): AsyncGenerator<readonly Cell[]> {
  const now = clock();
  const actor = await readOf(merchantId, (db) => actorFor(db, merchantId, keyId, now));
  assert(actor !== undefined, 'who was let in a moment ago is still there');
  let after: Place | undefined = start;
  while (after !== undefined) {
    const from: Place = after;
    const page = await readOf(merchantId, (db) => list.page(db, filter, from, { merchantId, actor, now }));
    yield* page.rows;
    after = page.next;
  }
}

/** A filter as text, to be noted in the log. */
function wordsOf(filter: object): Record<string, string> {
  const words: Record<string, string> = {};
  for (const [name, value] of Object.entries(filter))
    if (value !== undefined) words[name] = value instanceof Date ? value.toISOString() : String(value);
  return words;
}
