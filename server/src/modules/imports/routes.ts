import { Readable } from 'node:stream';
import { z } from 'zod';
import { assert } from '../../kernel/assert.ts';
import { encodeId } from '../../kernel/id.ts';
import { isRefused, refused } from '../../kernel/outcome.ts';
import { read } from '../../platform/db/read.ts';
import type { SheetFormat } from '../../platform/files/sheet.ts';
import { tableStream, tableTypes } from '../../platform/files/table.ts';
import { page } from '../../platform/http/page.ts';
import { commandRoute, type Route, readRoute } from '../../platform/http/route.ts';
import { pageOf, pageQuery, textIn } from '../../platform/http/shapes.ts';
import { beyondScope } from '../merchants/index.ts';
import { startApply } from './apply/startApply.ts';
import { cancelImport } from './cancel.ts';
import { startCheck } from './check/startCheck.ts';
import { importAnswer } from './import.ts';
import { fromTheFirst, oneAnswer, problemRows, problemsAfter, rowAnswer } from './reading.ts';
import { startReverse } from './reverse/startReverse.ts';
import { outcomes } from './row.ts';
import * as shapes from './shapes.ts';
import { listImports, listRows, readImport } from './store.ts';
import { takeFile } from './taking.ts';
import { type FileParts, fileOf, putAside } from './upload/file.ts';
import { noteUpload } from './upload/noteUpload.ts';

const tag = 'Imports';
const params = shapes.importParams;
const uploadBytesMax = 64 * 1024 * 1024;
const types: Readonly<Record<SheetFormat, string>> = { csv: 'text/csv', xlsx: tableTypes.xlsx };
const formatOf = (type: string): SheetFormat => (type === types.xlsx ? 'xlsx' : 'csv');

/** Members with their balances, and goods, out of files of another system. */
export function importRoutes(parts: FileParts): readonly Route[] {
  return [
    uploadRoute(parts),
    ...readings(parts),
    problemsRoute(parts),
    rowsRoute,
    ...commands,
    ...takings(parts),
  ];
}

function uploadRoute(parts: FileParts): Route {
  return commandRoute({
    path: '/v1/imports',
    tag,
    summary: 'Send in a file of members or goods, as CSV or xlsx; nothing of it counts until it is applied',
    status: 201,
    query: shapes.uploadQuery,
    upload: { types: Object.values(types), bytesMax: uploadBytesMax },
    answer: shapes.ImportAnswer,
    useCase: noteUpload,
    async prepare(_parsed, sent) {
      assert(sent !== undefined, 'this route takes a file');
      return { ...(await putAside(parts, sent)), format: formatOf(sent.type) };
    },
    input: ({ query }, _edge, file) => ({ ...query, ...file }),
  });
}

function readings(parts: FileParts): readonly Route[] {
  return [
    readRoute({
      path: '/v1/imports',
      tag,
      summary: 'List imports, newest first',
      permission: 'imports.read',
      query: z.strictObject({ cursor: params.shape.id.optional(), limit: pageQuery.limit }),
      answer: pageOf(shapes.ImportAnswer),
      async read(db, { query }, { merchantId, actor }) {
        const found = beyondScope(actor, null)
          ? []
          : await listImports(db, merchantId, query.cursor ?? null, query.limit + 1);
        return page(
          found,
          query.limit,
          (one) => importAnswer(one, one.looked),
          ({ id }) => encodeId('imp', id),
        );
      },
    }),
    readRoute({
      path: '/v1/imports/:id',
      tag,
      summary: 'One import: how far it is, what was found, what came of it, and its first rows',
      permission: 'imports.read',
      params,
      answer: shapes.OneImportAnswer,
      async read(db, { params: { id } }, { merchantId, actor }) {
        const one = beyondScope(actor, null) ? undefined : await readImport(db, merchantId, id);
        return one ? oneAnswer(db, parts, merchantId, one) : refused('import_not_found');
      },
    }),
  ];
}

function problemsRoute(parts: FileParts): Route {
  return readRoute({
    path: '/v1/imports/:id/problems',
    tag,
    summary: 'What is wrong with the rows of an import, in the order of the file',
    permission: 'imports.read',
    params,
    query: z.strictObject({
      cursor: shapes.problemCursor.optional(),
      limit: pageQuery.limit,
    }),
    answer: pageOf(shapes.ProblemAnswer),
    async read(db, { params: { id }, query }, { merchantId, actor }) {
      const one = beyondScope(actor, null) ? undefined : await readImport(db, merchantId, id);
      if (!one) return refused('import_not_found');
      const after = query.cursor ?? fromTheFirst;
      const found = await problemsAfter(db, parts, merchantId, id, after, query.limit + 1);
      return page(
        found,
        query.limit,
        (problem) => ({
          row: problem.number,
          column: problem.column,
          heading: one.headings[problem.column] ?? '',
          value: problem.cells[problem.column] ?? '',
          code: problem.code,
        }),
        (problem) => `${problem.number}-${problem.column}`,
      );
    },
  });
}

const rowsRoute: Route = readRoute({
  path: '/v1/imports/:id/rows',
  tag,
  summary: 'What became of each row of an import, and of taking it back',
  permission: 'imports.read',
  params,
  query: z.strictObject({
    outcome: z.enum(outcomes).optional(),
    missing: z
      .literal('true')
      .optional()
      .meta({ description: 'Only those of which something was spent before it could be taken back.' }),
    cursor: z.coerce.number().int().min(0).max(10_000_000).default(0),
    limit: pageQuery.limit,
  }),
  answer: pageOf(shapes.RowAnswer),
  async read(db, { params: { id }, query }, { merchantId, actor }) {
    const one = beyondScope(actor, null) ? undefined : await readImport(db, merchantId, id);
    if (!one) return refused('import_not_found');
    const found = await listRows(db, merchantId, id, {
      after: query.cursor,
      outcome: query.outcome ?? null,
      missing: query.missing !== undefined,
      limit: query.limit + 1,
    });
    return page(
      found,
      query.limit,
      (row) => rowAnswer(row, one),
      ({ number }) => String(number),
    );
  },
});

const commands: readonly Route[] = [
  commandRoute({
    path: '/v1/imports/:id/check',
    tag,
    summary: 'Have a file looked through row by row, by columns as named; nothing is changed',
    status: 202,
    params,
    body: shapes.checkBody,
    answer: shapes.ImportAnswer,
    useCase: startCheck,
    input: ({ params, body: { mapping = null, ...rest } }) => ({ ...params, mapping, ...rest }),
  }),
  commandRoute({
    path: '/v1/imports/:id/apply',
    tag,
    summary: 'Have the good rows carried out, as they were found; above a limit once a second person agrees',
    status: 202,
    params,
    body: shapes.applyBody,
    answer: shapes.ImportAnswer,
    useCase: startApply,
    input: ({ params, body }) => ({ ...params, ...body }),
  }),
  commandRoute({
    path: '/v1/imports/:id/reverse',
    tag,
    summary: 'Have a whole import taken back: what is left of it, and members who did nothing since',
    status: 202,
    params,
    body: z.strictObject({ reason: textIn(200) }),
    answer: shapes.ImportAnswer,
    useCase: startReverse,
    input: ({ params, body }) => ({ ...params, ...body }),
  }),
  commandRoute({
    path: '/v1/imports/:id/cancel',
    tag,
    summary: 'Give an import up of which nothing was carried out; its file is forgotten',
    status: 200,
    params,
    body: z.strictObject({}),
    answer: shapes.ImportAnswer,
    useCase: cancelImport,
    input: ({ params }) => params,
  }),
];

const words = {
  zh: ['行', '列', '原因'],
  en: ['Row', 'Column', 'Reason'],
} as const;

function takings(parts: FileParts): readonly Route[] {
  const one = async (merchantId: string, id: string) => {
    const found = await read(parts.readers, merchantId, (db) => readImport(db, merchantId, id));
    return found ?? refused('import_not_found');
  };
  return [
    commandRoute({
      path: '/v1/imports/:id/take-problems',
      tag,
      summary: 'Take out the rows that are not good as CSV, with what is wrong; who took them is noted',
      status: 200,
      params,
      body: z.strictObject({ language: z.enum(['zh', 'en']).default('zh') }),
      answer: 'text/csv',
      useCase: takeFile,
      input: ({ params, body }) => ({ ...params, what: 'problems' as const, language: body.language }),
      async finish(_body, merchantId, { id, language = 'zh' }) {
        const found = await one(merchantId, id);
        if (isRefused(found)) return found;
        const rows = problemRows(parts, merchantId, id, found.headings.length);
        const headers = [...words[language], ...found.headings];
        const stream = tableStream({ name: 'problems', headers, rows }, 'csv');
        return { stream, filename: 'problems.csv', type: tableTypes.csv };
      },
    }),
    commandRoute({
      path: '/v1/imports/:id/take-file',
      tag,
      summary: 'Take out the file as it was sent in, while it is kept; who took it is noted',
      status: 200,
      params,
      body: z.strictObject({}),
      answer: 'table',
      useCase: takeFile,
      input: ({ params }) => ({ ...params, what: 'file' as const }),
      async finish(_body, merchantId, { id }) {
        const found = await one(merchantId, id);
        if (isRefused(found)) return found;
        const { format } = found;
        const stream = Readable.from(fileOf(parts, merchantId, id));
        return { stream, filename: `import.${format}`, type: tableTypes[format] };
      },
    }),
  ];
}
