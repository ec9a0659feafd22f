import { z } from 'zod';
import { decodeId } from '../../../kernel/id.ts';
import type { Db } from '../../../platform/db/statement.ts';
import type { ReadContext } from '../../../platform/http/route.ts';
import { idIn, pageQuery, textIn } from '../../../platform/http/shapes.ts';
import { firstSeqSince } from '../../ledger/index.ts';
import type { EntryFilter } from './store.ts';

const when = z.union([z.iso.datetime({ offset: true }), z.iso.date()]).transform((text) => new Date(text));
const amount = z.coerce
  .bigint()
  .min(0n)
  .max(10n ** 15n);
const actorIn = z.string().transform((text, context) => {
  const id = decodeId('stf', text) ?? decodeId('key', text);
  if (id !== undefined) return id;
  context.addIssue({ code: 'custom', message: 'must be an id that begins with stf_ or key_' });
  return z.NEVER;
});

const timeFields = {
  from: when.optional().meta({ description: 'An instant, or the first of a day in UTC.' }),
  to: when.optional().meta({ description: 'Exclusive.' }),
  storeId: idIn('store').optional(),
  actorId: actorIn.optional(),
};
export const paymentFields = {
  ...timeFields,
  cardId: idIn('card').optional(),
  reference: textIn(64).optional(),
  amountMin: amount.optional(),
  amountMax: amount.optional(),
};
const subjectIn = z
  .string()
  .regex(/^[a-z]+_[0-9a-z]{26}$/)
  .transform((text, context) => {
    const id = decodeId(text.slice(0, text.indexOf('_')), text);
    if (id !== undefined) return id;
    context.addIssue({ code: 'custom', message: 'must be an id' });
    return z.NEVER;
  });
export const auditFields = {
  ...timeFields,
  type: z
    .string()
    .regex(/^[a-z_]{1,40}\.[a-z_]{1,40}$/)
    .optional()
    .meta({ description: 'Such as card.redeemed.' }),
  subjectId: subjectIn.optional(),
  reference: textIn(64).optional(),
};

const seqCursor = z
  .string()
  .regex(/^\d{1,18}$/)
  .transform((text) => BigInt(text));
export const paged = { cursor: seqCursor.optional(), limit: pageQuery.limit };

const paymentShape = z.object(paymentFields);
const auditShape = z.object(auditFields);
type Asked = Partial<z.output<typeof paymentShape> & z.output<typeof auditShape>>;

const noEnd = 2n ** 62n;

/** The stores that are asked for and may be seen; null: any, and what happened in none. */
function storesOf(asked: string | undefined, scope: ReadonlySet<string> | null): readonly string[] | null {
  if (asked === undefined) return scope && [...scope];
  return scope === null || scope.has(asked) ? [asked] : [];
}

/** The filter for this reader. Times become numbers of the log, which is in their order. */
export async function entryFilter(
  db: Db,
  asked: Asked,
  types: readonly string[] | null,
  before: bigint | undefined,
  { merchantId, actor }: ReadContext,
): Promise<EntryFilter> {
  const { from, to } = asked;
  const end = to ? await firstSeqSince(db, merchantId, to) : noEnd;
  return {
    types,
    fromSeq: from ? await firstSeqSince(db, merchantId, from) : 0n,
    toSeq: before !== undefined && before < end ? before : end,
    storeIds: storesOf(asked.storeId, actor.storeIds),
    actorId: asked.actorId ?? null,
    subjectId: asked.cardId ?? asked.subjectId ?? null,
    reference: asked.reference ?? null,
    amountMin: asked.amountMin ?? null,
    amountMax: asked.amountMax ?? null,
  };
}

export const redemptionTypes = ['card.redeemed', 'card.captured'] as const;
export const refundTypes = ['card.refunded', 'card.reversed'] as const;
