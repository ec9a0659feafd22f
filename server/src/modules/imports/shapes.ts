import { z } from 'zod';
import { jsonAmount } from '../../kernel/money.ts';
import { sheetFormats } from '../../platform/files/sheet.ts';
import { amountJson, currencyCode, idIn, idOut, instant } from '../../platform/http/shapes.ts';
import { fieldKey } from '../members/index.ts';
import { importKinds } from './columns/fields.ts';
import { problemCodes } from './columns/values.ts';
import { existingRules, failures, importStates } from './import.ts';
import { outcomes, reversals } from './row.ts';

const column = z.int().min(0).max(59);
const mappingShape = {
  phone: column.optional(),
  name: column.optional(),
  email: column.optional(),
  language: column.optional(),
  joinedAt: column.optional(),
  principal: column.optional(),
  bonus: column.optional(),
  bonusUntil: column.optional(),
  points: column.optional(),
  plan: column.optional(),
  planUntil: column.optional(),
  birthday: column.optional(),
  tags: column.optional(),
  fields: z
    .record(fieldKey, column)
    .optional()
    .meta({ description: "The columns of the merchant's own fields of members, by their keys." }),
  marketing: column.optional(),
  marketingAt: column.optional(),
  sku: column.optional(),
  nameZh: column.optional(),
  nameEn: column.optional(),
  category: column.optional(),
  price: column.optional(),
  cost: column.optional(),
  state: column.optional(),
};

export const importParams = z.strictObject({ id: idIn('imp') });
const kind = z.enum(importKinds);
const rowNumber = z.int().meta({ description: 'As a spreadsheet shows it: the headings are mostly row 1.' });

/** Where a page of problems begins: behind this row and column. */
export const problemCursor = z
  .string()
  .regex(/^\d{1,7}-\d{1,2}$/)
  .transform((text) => {
    const [number = '', column = ''] = text.split('-');
    return { number: jsonAmount(BigInt(number)), column: jsonAmount(BigInt(column)) };
  });

export const uploadQuery = z.strictObject({
  kind: kind.meta({ description: 'What stands in the file.' }),
  fileName: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not have control characters'),
});

export const checkBody = z.strictObject({
  mapping: z
    .strictObject(mappingShape)
    .optional()
    .meta({ description: 'Which column, counted from 0, holds which field; as it was guessed if left out.' }),
  existing: z.enum(existingRules).default('skip').meta({
    description:
      'Of members and goods that are there already. skip: such a row does nothing; update: balances are added, goods are changed.',
  }),
  storeId: idIn('store')
    .nullable()
    .default(null)
    .meta({ description: 'The store that answers for the balances; null: the merchant.' }),
});

export const applyBody = z.strictObject({
  skipBad: z.boolean().default(false).meta({ description: 'Leaves out the rows that are not good.' }),
});

const sums = { principal: amountJson, bonus: amountJson, points: z.int() };

export const ImportAnswer = z.object({
  id: idOut('imp'),
  kind,
  fileName: z.string(),
  format: z.enum(sheetFormats),
  sha256: z.string().meta({ description: 'Of the file as it was sent, in hex.' }),
  bytes: z.int(),
  state: z.enum(importStates),
  failure: z.enum(failures).nullable(),
  headings: z.array(z.string()),
  mapping: z.object(mappingShape),
  existing: z.enum(existingRules),
  storeId: idOut('store').nullable(),
  currency: currencyCode,
  quantity: z.int().meta({ description: 'Rows below the headings.' }),
  done: z.int().meta({ description: 'How many of them were gone through in this state.' }),
  found: z.object({ ...sums, good: z.int(), known: z.int(), bad: z.int() }).meta({
    description:
      'What the last look through it found; known: of the good ones, those that are there already.',
  }),
  became: z
    .object({ ...sums, created: z.int(), updated: z.int(), skipped: z.int(), refused: z.int() })
    .meta({ description: 'What applying it came to.' }),
  takenBack: z
    .object({
      ...sums,
      withdrawn: z.int(),
      kept: z.int(),
      missingPrincipal: amountJson,
      missingBonus: amountJson,
      missingPoints: z.int(),
    })
    .meta({ description: 'What taking it back came to; missing: spent or paid out by then.' }),
  createdAt: instant,
  endedAt: instant.nullable(),
});

export const OneImportAnswer = ImportAnswer.extend({
  fields: z
    .array(
      z.object({
        name: z.string(),
        isNeeded: z.boolean(),
        label: z.object({ zh: z.string(), en: z.string() }).nullable(),
      }),
    )
    .meta({
      description:
        "What columns may be; with a label where it is a field of the merchant's own, `fields.<key>`.",
    }),
  sample: z
    .array(z.object({ row: rowNumber, cells: z.array(z.string()) }))
    .meta({ description: 'The first rows; none once the file was forgotten.' }),
});

export const ProblemAnswer = z.object({
  row: rowNumber,
  column: z.int().meta({ description: 'Counted from 0.' }),
  heading: z.string(),
  value: z.string(),
  code: z.enum(problemCodes),
});

export const RowAnswer = z.object({
  row: rowNumber,
  outcome: z.enum(outcomes),
  code: z.string().nullable().meta({ description: 'Why it was refused: a code of docs/errors.md.' }),
  memberId: idOut('mem').nullable(),
  productId: idOut('prd').nullable(),
  ...sums,
  reversal: z.enum(reversals).nullable(),
  missingPrincipal: amountJson,
  missingBonus: amountJson,
  missingPoints: z.int(),
});
