import { z } from 'zod';
import { encodeId } from '../../kernel/id.ts';
import { lookUp } from '../../platform/executor/lookUp.ts';
import { page } from '../../platform/http/page.ts';
import { commandRoute, type Route, readRoute } from '../../platform/http/route.ts';
import { idIn, pageOf, pageQuery } from '../../platform/http/shapes.ts';
import { allStores, merchantsSql } from '../merchants/index.ts';
import { createParty } from './createParty.ts';
import { matrixRow } from './matrix.ts';
import { partyAnswer } from './party.ts';
import { setAcceptance } from './setAcceptance.ts';
import { setTerms } from './setTerms.ts';
import {
  AcceptanceAnswer,
  MatrixRow,
  PartyAnswer,
  PartyBody,
  SetAcceptanceBody,
  SetTermsBody,
  TermsAnswer,
} from './shapes.ts';
import { listParties, listVersions, settlementSql } from './store.ts';
import { type SettlementVersion, versionsIn } from './version.ts';
import { versionAnswer } from './versionAnswer.ts';

const tag = 'Settlement';
const beforeNumber = z.strictObject({
  cursor: z.coerce.number().int().positive().max(1e9).optional(),
  limit: pageQuery.limit,
});

/** How many stores a page of the matrix has on each side. */
const matrixMax = 60;

function versionList(
  kind: SettlementVersion['kind'],
  path: string,
  summary: string,
  answer: z.ZodType,
): Route {
  return readRoute({
    path,
    tag,
    summary,
    permission: 'settlement.read',
    query: beforeNumber,
    answer: pageOf(answer),
    async read(db, { query }, { merchantId }) {
      const rows = await listVersions(db, merchantId, kind, query.cursor ?? null, query.limit + 1);
      return page(rows, query.limit, versionAnswer, ({ number }) => String(number));
    },
  });
}

export const settlementRoutes: readonly Route[] = [
  commandRoute({
    path: '/v1/settlement-terms',
    tag,
    summary: 'Lay down what stores pay each other, from a day on',
    status: 201,
    body: SetTermsBody,
    answer: TermsAnswer,
    useCase: setTerms,
    input: ({ body: { from, note, ...terms } }) => ({ from, note, terms }),
  }),
  versionList('terms', '/v1/settlement-terms', 'List terms between stores, newest first', TermsAnswer),
  commandRoute({
    path: '/v1/acceptance-rules',
    tag,
    summary: 'Lay down which store takes what which stores sold, from a day on',
    status: 201,
    body: SetAcceptanceBody,
    answer: AcceptanceAnswer,
    useCase: setAcceptance,
    input: ({ body: { from, note, rules } }) => ({ from, note, rules }),
  }),
  versionList(
    'acceptance',
    '/v1/acceptance-rules',
    'List who takes whose cards, newest first',
    AcceptanceAnswer,
  ),
  readRoute({
    path: '/v1/settlement-matrix',
    tag,
    summary: 'Which store takes what each other store sold, and what part of it is paid, at a time',
    permission: 'settlement.read',
    query: z.strictObject({
      at: z.iso
        .datetime({ offset: true })
        .transform((text) => new Date(text))
        .optional(),
      cursor: idIn('store').optional(),
      limit: z.coerce.number().int().min(1).max(matrixMax).default(matrixMax),
      sellersAfter: idIn('store').optional().meta({ description: 'The sellers after this one.' }),
    }),
    answer: pageOf(MatrixRow),
    async read(db, { query }, { merchantId, actor, now }) {
      const { versions, stores } = await lookUp(
        [...settlementSql, ...merchantsSql],
        db,
        merchantId,
        (find) => ({
          versions: versionsIn(find),
          stores: find.all(allStores, 'all'),
        }),
      );
      const open = stores.filter(({ state }) => state === 'open').toSorted((a, b) => (a.id < b.id ? -1 : 1));
      const after = (id: string | undefined) => (store: { id: string }) => id === undefined || store.id > id;
      const sellers = open.filter(after(query.sellersAfter)).slice(0, matrixMax);
      const rows = open
        .filter(({ id }) => actor.storeIds === null || actor.storeIds.has(id))
        .filter(after(query.cursor))
        .slice(0, query.limit + 1);
      return page(
        rows,
        query.limit,
        (store) => matrixRow(store, sellers, versions, query.at ?? now),
        ({ id }) => encodeId('store', id),
      );
    },
  }),
  commandRoute({
    path: '/v1/settlement-parties',
    tag,
    summary: 'Name an issuer or a sponsor that may bear cost',
    status: 201,
    body: PartyBody,
    answer: PartyAnswer,
    useCase: createParty,
    input: ({ body }) => body,
  }),
  readRoute({
    path: '/v1/settlement-parties',
    tag,
    summary: 'List issuers and sponsors, oldest first',
    permission: 'settlement.read',
    query: z.strictObject({ cursor: idIn('pty').optional(), limit: pageQuery.limit }),
    answer: pageOf(PartyAnswer),
    async read(db, { query }, { merchantId }) {
      const rows = await listParties(db, merchantId, query.cursor ?? null, query.limit + 1);
      return page(rows, query.limit, partyAnswer, ({ id }) => encodeId('pty', id));
    },
  }),
];
