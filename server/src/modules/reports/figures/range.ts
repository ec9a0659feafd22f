import { z } from 'zod';
import { type Refusal, refused } from '../../../kernel/outcome.ts';
import { civilDay } from '../../../kernel/time.ts';
import type { Db } from '../../../platform/db/statement.ts';
import type { ReadContext } from '../../../platform/http/route.ts';
import { civilDate, idIn } from '../../../platform/http/shapes.ts';
import { readMerchant } from '../../merchants/index.ts';
import type { Range } from './store.ts';

const dayMs = 86_400_000;
const defaultDays = 30;
const daysMax = 3_660;

export const behind = z.int().meta({
  description: 'Entries of the log that are not in yet; 0 but for a second after something happened.',
});

/** The days that a report is of, and of which store. */
export const rangeQuery = {
  from: civilDate
    .optional()
    .meta({ description: 'A day in the zone of the merchant; 30 days ago if left out.' }),
  to: civilDate.optional().meta({ description: 'Inclusive; today if left out.' }),
  storeId: idIn('store').optional(),
};
/** In periods of which length. */
export const byPeriod = z.enum(['day', 'week', 'month']).default('day');

export const rangeAnswer = { from: z.iso.date(), to: z.iso.date(), behind };

type RangeIn = {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly storeId?: string | undefined;
};

/** The stores that somebody is told of: what they asked for, of what is theirs; null: all, and what belongs to none. */
export function storesOf(asked: string | undefined, { actor }: ReadContext): readonly string[] | null {
  if (asked === undefined) return actor.storeIds && [...actor.storeIds];
  return actor.storeIds === null || actor.storeIds.has(asked) ? [asked] : [];
}

/** Today, by the merchant's calendar. */
export async function todayOf(
  db: Db,
  { merchantId, now }: ReadContext,
): Promise<{ day: string; zone: string }> {
  const zone = (await readMerchant(db, merchantId))?.timezone ?? 'UTC';
  return { day: civilDay(now, zone), zone };
}

/** The days that are meant: the last thirty where nothing is said. */
export async function rangeOf(db: Db, query: RangeIn, context: ReadContext): Promise<Range | Refusal> {
  const { day, zone } = await todayOf(db, context);
  const to = query.to ?? day;
  const from = query.from ?? civilDay(new Date(new Date(to).getTime() - (defaultDays - 1) * dayMs), 'UTC');
  const days = (new Date(to).getTime() - new Date(from).getTime()) / dayMs;
  if (days < 0)
    return refused('invalid_request', { field: 'to', detail: `must not be before from (${zone})` });
  if (days > daysMax) return refused('invalid_request', { field: 'from', detail: `at most ${daysMax} days` });
  return { from, to, storeIds: storesOf(query.storeId, context) };
}
