import { z } from 'zod';
import { encodeId } from '../../kernel/id.ts';
import { refused } from '../../kernel/outcome.ts';
import { page } from '../../platform/http/page.ts';
import { commandRoute, type Route, readRoute } from '../../platform/http/route.ts';
import {
  amountJson,
  currencyCode,
  idIn,
  idOut,
  instant,
  pageOf,
  pageQuery,
  positiveAmount,
  textIn,
  validityIn,
} from '../../platform/http/shapes.ts';
import { createProgram } from './createProgram.ts';
import { editProgram } from './editProgram.ts';
import { programAnswer } from './program.ts';
import { retireProgram } from './retireProgram.ts';
import { listPrograms, readProgram } from './store.ts';

const tag = 'Card programs';
const denominationsMax = 100;
const listedMax = 2_000;

const name = z.union(
  [
    textIn(100).transform((text) => ({ zh: text, en: text })),
    z.strictObject({ zh: textIn(100), en: textIn(100) }),
  ],
  'must be a text, or {zh, en}',
);
const range = z.strictObject({
  min: positiveAmount,
  max: positiveAmount,
  step: positiveAmount.prefault(1),
});
const salePrice = z.union(
  [
    positiveAmount,
    z
      .array(z.strictObject({ faceValue: positiveAmount, salePrice: positiveAmount }))
      .max(2 * denominationsMax),
  ],
  'must be an amount, or a list of {faceValue, salePrice}',
);
const storesOf = <Id extends z.ZodType<string>>(storeId: Id) =>
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('all') }),
    z.strictObject({ type: z.literal('regions'), regions: z.array(textIn(64)).min(1).max(listedMax) }),
    z.strictObject({ type: z.literal('list'), storeIds: z.array(storeId).min(1).max(listedMax) }),
  ]);
const terms = {
  name,
  denominations: z.array(positiveAmount).max(denominationsMax),
  range: range.nullable(),
  salePrice,
  validity: validityIn,
  pin: z.boolean(),
  bearer: z.boolean(),
  medium: z.enum(['physical', 'digital']),
  reloadable: z.boolean(),
  transferable: z.boolean(),
  stores: storesOf(idIn('store')),
  balanceMax: positiveAmount.nullable(),
};

const CreateBody = z.strictObject({
  ...terms,
  kind: z.literal('gift').default('gift'),
  currency: currencyCode.nullable().default(null),
  denominations: terms.denominations.default([]),
  range: terms.range.default(null),
  salePrice: salePrice.default([]),
  validity: validityIn.default({ type: 'none' }),
  pin: terms.pin.default(true),
  bearer: terms.bearer.default(true),
  medium: terms.medium.default('physical'),
  reloadable: terms.reloadable.default(false),
  transferable: terms.transferable.default(true),
  stores: terms.stores.default({ type: 'all' }),
  balanceMax: terms.balanceMax.default(null),
});

const EditBody = z
  .strictObject(terms)
  .partial()
  .refine((body) => Object.keys(body).length > 0, 'must change something');

const ProgramAnswer = z.object({
  id: idOut('prog'),
  kind: z.literal('gift'),
  state: z.enum(['active', 'retired']),
  version: z.int(),
  versionId: idOut('pver'),
  name: z.object({ zh: z.string(), en: z.string() }),
  currency: currencyCode,
  denominations: z.array(amountJson),
  range: z.object({ min: amountJson, max: amountJson, step: amountJson }).nullable(),
  salePrice: z.array(z.object({ faceValue: amountJson, salePrice: amountJson })),
  validity: validityIn,
  pin: z.boolean(),
  bearer: z.boolean(),
  medium: z.enum(['physical', 'digital']),
  reloadable: z.boolean(),
  transferable: z.boolean(),
  stores: storesOf(idOut('store')),
  balanceMax: amountJson.nullable(),
  createdAt: instant,
});

const params = z.object({ id: idIn('prog') });

/** Card programs: what kinds of cards the merchant issues, and on what terms. */
export const programRoutes: readonly Route[] = [
  commandRoute({
    path: '/v1/card-programs',
    tag,
    summary: 'Make a card program',
    status: 201,
    body: CreateBody,
    answer: ProgramAnswer,
    useCase: createProgram,
    input: ({ body: { kind, ...asked } }) => ({ kind, terms: asked }),
  }),
  readRoute({
    path: '/v1/card-programs',
    tag,
    summary: 'List card programs, oldest first',
    permission: 'programs.read',
    query: z.strictObject({ cursor: idIn('prog').optional(), limit: pageQuery.limit }),
    answer: pageOf(ProgramAnswer),
    async read(db, { query }, { merchantId }) {
      const rows = await listPrograms(db, merchantId, query.cursor ?? null, query.limit + 1);
      return page(
        rows,
        query.limit,
        ({ program, version }) => programAnswer(program, version),
        ({ program }) => encodeId('prog', program.id),
      );
    },
  }),
  readRoute({
    path: '/v1/card-programs/:id',
    tag,
    summary: 'Read a card program',
    permission: 'programs.read',
    params,
    answer: ProgramAnswer,
    async read(db, { params: { id } }, { merchantId }) {
      const found = await readProgram(db, merchantId, id);
      return found ? programAnswer(found.program, found.version) : refused('program_not_found');
    },
  }),
  commandRoute({
    method: 'PATCH',
    path: '/v1/card-programs/:id',
    tag,
    summary: 'Give a card program new terms; cards already made keep theirs',
    status: 200,
    params,
    body: EditBody,
    answer: ProgramAnswer,
    useCase: editProgram,
    input: ({ params: { id }, body }) => ({ programId: id, edit: body }),
  }),
  commandRoute({
    path: '/v1/card-programs/:id/retire',
    tag,
    summary: 'Retire a card program: no more cards are made of it',
    status: 200,
    params,
    body: z.strictObject({}),
    answer: ProgramAnswer,
    useCase: retireProgram,
    input: ({ params: { id } }) => ({ programId: id }),
  }),
];
