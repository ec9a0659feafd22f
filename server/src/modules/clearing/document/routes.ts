import { Readable } from 'node:stream';
import { z } from 'zod';
import { assert } from '../../../kernel/assert.ts';
import { type Refusal, refused } from '../../../kernel/outcome.ts';
import type { Pool } from '../../../platform/db/connection.ts';
import { read } from '../../../platform/db/read.ts';
import type { Db } from '../../../platform/db/statement.ts';
import { lookUp } from '../../../platform/executor/lookUp.ts';
import { pdfOf } from '../../../platform/files/paper/paper.ts';
import { tableTypes } from '../../../platform/files/table.ts';
import { workbookOf } from '../../../platform/files/workbook.ts';
import { commandRoute, type ReadContext, type Route, type Streamed } from '../../../platform/http/route.ts';
import { idIn } from '../../../platform/http/shapes.ts';
import { allStores, merchantsSql, readMerchant } from '../../merchants/index.ts';
import {
  type ListedStatement,
  listPostings,
  readAdjustments,
  readLines,
  readStatement,
} from '../reading/store.ts';
import { statementBook } from './book.ts';
import { downloadStatement } from './downloadStatement.ts';
import type { StatementFacts } from './facts.ts';
import { statementPaper } from './paper.ts';
import { languages } from './words.ts';

/** More postings than this are read in the console, not in a workbook. */
const postingsMax = 20_000;

export type DocumentParts = { readonly readers: Pool; readonly clock: () => Date };

/** A statement to be printed, signed and filed. */
export function documentRoutes({ readers, clock }: DocumentParts): readonly Route[] {
  return [
    commandRoute({
      // By a link, so that a browser keeps the file; that it was taken is all that it changes.
      method: 'GET',
      path: '/v1/settlement-statements/:id/document',
      tag: 'Settlement',
      summary: 'Take one statement out as PDF or as a workbook; the log tells who did',
      status: 200,
      params: z.strictObject({ id: idIn('sst') }),
      query: z.strictObject({
        format: z.enum(['pdf', 'xlsx']).default('pdf'),
        language: z.enum(languages).default('zh'),
      }),
      answer: 'document',
      useCase: downloadStatement,
      input: ({ params: { id }, query: { format, language } }) => ({ id, format, language }),
      finish: (_body, merchantId, { id, format, language }) =>
        read(readers, merchantId, async (db): Promise<Streamed | Refusal> => {
          const statement = await readStatement(db, merchantId, id);
          if (!statement) return refused('settlement_statement_not_found');
          const facts = { ...(await factsOf(db, statement, { merchantId, now: clock() })), language };
          const filename = `settlement-${statement.number}-${statement.id.slice(-6)}.${format}`;
          if (format === 'pdf') {
            const stream = Readable.from(soon(() => pdfOf(statementPaper(facts))));
            return { filename, type: 'application/pdf', stream };
          }
          const found = await listPostings(db, merchantId, statement, {
            ...{ after: { seq: 0n, line: 0n }, counterpartId: null, currency: null, column: null },
            limit: postingsMax + 1,
          });
          const sheets = statementBook(facts, found.slice(0, postingsMax), found.length > postingsMax);
          return { filename, type: tableTypes.xlsx, stream: Readable.from(soon(() => workbookOf(sheets))) };
        }),
    }),
  ];
}

/** Bytes that are made once the snapshot they are made of is no longer held. */
async function* soon(make: () => Promise<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield await make();
}

async function factsOf(
  db: Db,
  statement: ListedStatement,
  { merchantId, now }: Pick<ReadContext, 'merchantId' | 'now'>,
): Promise<Omit<StatementFacts, 'language'>> {
  const merchant = await readMerchant(db, merchantId);
  assert(merchant !== undefined, 'who has a key has a merchant');
  const stores = await lookUp(merchantsSql, db, merchantId, (find) => find.all(allStores, 'all'));
  return {
    merchant,
    statement,
    lines: await readLines(db, merchantId, [statement.ownerId], statement),
    corrections: await readAdjustments(db, merchantId, statement.id),
    storeNames: new Map(stores.map(({ id, name }) => [id, name])),
    now,
  };
}
