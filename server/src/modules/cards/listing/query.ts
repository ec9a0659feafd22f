import { z } from 'zod';
import { idIn, pageOf, pageQuery, textIn } from '../../../platform/http/shapes.ts';
import { cardShape, serialIn, stateIn } from '../shapes.ts';

const amount = z.coerce
  .bigint()
  .min(0n)
  .max(10n ** 15n);
const sorts = ['serial', 'balance', 'activatedAt', 'validUntil'] as const;
const sortWords = [...sorts, ...sorts.map((word) => `-${word}` as const)] as const;

/** An instant in a request, with its zone. */
const instantIn = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .meta({ description: 'ISO 8601 with zone.' });

const serialMax = 10n ** 15n;
const prefixIn = z.string().regex(/^\d{1,10}$/, 'must be one to ten digits');

/** What the list of cards can be narrowed by. */
export const cardFilterFields = {
  serial: serialIn.optional(),
  serialFrom: serialIn.optional(),
  serialTo: serialIn.optional().meta({ description: 'Inclusive.' }),
  serialPrefix: prefixIn.optional().meta({ description: 'How the ten digits of the serial number begin.' }),
  last4: z
    .string()
    .regex(/^[0-9A-Za-z]{4}$/, 'must be four characters')
    .transform((text) => text.toUpperCase())
    .optional(),
  state: stateIn.optional(),
  programId: idIn('prog').optional(),
  batchId: idIn('batch').optional(),
  storeId: idIn('store').optional().meta({ description: 'The store that sold it.' }),
  balanceMin: amount.optional().meta({ description: 'Of cards that were sold; others have no balance.' }),
  balanceMax: amount.optional(),
  activatedFrom: instantIn.optional(),
  activatedTo: instantIn.optional().meta({ description: 'Exclusive.' }),
  validFrom: instantIn.optional().meta({ description: 'The end of validity is then or later.' }),
  validTo: instantIn.optional().meta({ description: 'Exclusive.' }),
  holder: textIn(100).optional(),
};

const position = z
  .string()
  .regex(/^[np]~\d{1,18}~\d{1,18}$/)
  .transform((text) => {
    const [way, key = '0', serial = '0'] = text.split('~');
    return { back: way === 'p', key: BigInt(key), serial: BigInt(serial) };
  });

export const cardListQuery = z.strictObject({
  ...cardFilterFields,
  sort: z.enum(sortWords).optional().meta({
    description:
      'Left out: by what a range is given of (activation, end, balance), else by serial number. Any but that leaves out cards that have no such thing.',
  }),
  cursor: position.optional(),
  limit: pageQuery.limit,
});

export const cardListPage = pageOf(cardShape.omit({ allowed: true })).extend({
  prevCursor: z.string().nullable().meta({ description: 'The page before; null: this is the first.' }),
});

export const cardCount = z.object({
  count: z.int(),
  exact: z.boolean().meta({ description: 'false: there are more than `count`.' }),
});

const filterShape = z.object(cardFilterFields);
export type CardFilterIn = z.output<typeof filterShape>;
export type SortWord = (typeof sortWords)[number];
export type Sort = (typeof sorts)[number];
export type Position = z.output<typeof position>;

/** A filter in the terms of the tables: what a state, a program and a reader's stores come to. */
export type CardFilter = {
  readonly serialFrom: bigint;
  readonly serialTo: bigint;
  readonly last4: string | null;
  /** A state that sold cards have. */
  readonly stage: string | null;
  /** For cards that are not yet sold: whether their batch was released. */
  readonly released: boolean | null;
  readonly programId: string | null;
  readonly batchId: string | null;
  readonly storeIds: readonly string[] | null;
  readonly balanceMin: bigint | null;
  readonly balanceMax: bigint | null;
  readonly activatedFrom: Date | null;
  readonly activatedTo: Date | null;
  readonly validFrom: Date | null;
  readonly validTo: Date | null;
  readonly holder: string | null;
};

/** The filter for a reader who sees these stores' cards (null: all). */
export function filterOf(query: CardFilterIn, scope: ReadonlySet<string> | null): CardFilter {
  const { state } = query;
  const unsold = state === 'generated' || state === 'printed';
  const [from, to] = serialsOf(query);
  return {
    serialFrom: from,
    serialTo: to,
    last4: query.last4 ?? null,
    stage: state === undefined || unsold ? null : state,
    released: unsold ? state === 'printed' : null,
    programId: query.programId ?? null,
    batchId: query.batchId ?? null,
    storeIds: storesOf(query.storeId, scope),
    balanceMin: query.balanceMin ?? null,
    balanceMax: query.balanceMax ?? null,
    activatedFrom: query.activatedFrom ?? null,
    activatedTo: query.activatedTo ?? null,
    validFrom: query.validFrom ?? null,
    validTo: query.validTo ?? null,
    holder: query.holder ?? null,
  };
}

/** The serials that all of these leave; where the first is beyond the last there are none. */
function serialsOf({ serial, serialFrom, serialTo, serialPrefix }: CardFilterIn): readonly [bigint, bigint] {
  const width = 10n ** BigInt(10 - (serialPrefix ?? '').length);
  const first = BigInt(serialPrefix ?? 0) * width;
  const last = serialPrefix === undefined ? serialMax : first + width - 1n;
  // Serial 0 is the decoy, which is no card.
  const from = [1n, first, serial, serialFrom].reduce<bigint>((a, b = a) => (b > a ? b : a), 1n);
  const to = [last, serial, serialTo].reduce<bigint>((a, b = a) => (b < a ? b : a), serialMax);
  return [from, to];
}

/** The stores that are asked for and may be seen; null: any. A store beyond what may be seen leaves none. */
function storesOf(asked: string | undefined, scope: ReadonlySet<string> | null): readonly string[] | null {
  if (asked === undefined) return scope && [...scope];
  return scope === null || scope.has(asked) ? [asked] : [];
}
