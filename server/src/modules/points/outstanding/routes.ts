import { z } from 'zod';
import { assert } from '../../../kernel/assert.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { civilDay, dayAfterSpan, startOfDay } from '../../../kernel/time.ts';
import type { Db } from '../../../platform/db/statement.ts';
import { readRoute } from '../../../platform/http/route.ts';
import { firstSeqSince } from '../../ledger/index.ts';
import { beyondScope, readMerchant } from '../../merchants/index.ts';
import { endingBetween, outstandingBefore } from './store.ts';

const monthsShown = 12;
const points = z.int();
const ofMonth = z.object({
  month: z.string().meta({ description: 'YYYY-MM, in the zone of the merchant.' }),
  points,
});
/** After every entry of the log. */
const endOfLog = 2n ** 63n - 1n;

/** The first days of months, from so many before this one to so many after it. */
function firstDays(today: string, from: number, to: number): readonly string[] {
  const first = `${today.slice(0, 7)}-01`;
  return Array.from({ length: to - from + 1 }, (_, n) =>
    dayAfterSpan(first, { count: from + n, unit: 'months' }, 1),
  );
}

const monthOf = (day: string) => day.slice(0, 7);

async function readOutstanding(db: Db, merchantId: string, now: Date) {
  const merchant = await readMerchant(db, merchantId);
  assert(merchant !== undefined, 'who has a key has a merchant');
  const zone = merchant.timezone;
  const today = civilDay(now, zone);
  // A month ends where the next begins.
  const past = firstDays(today, -monthsShown, 0);
  const seqs: bigint[] = [];
  for (const day of past.slice(1)) seqs.push(await firstSeqSince(db, merchantId, startOfDay(day, zone)));
  const held = await outstandingBefore(db, merchantId, [...seqs, endOfLog]);
  const outstanding = held.at(-1) ?? 0n;
  const coming = firstDays(today, 0, monthsShown);
  const bounds = coming.slice(1).map((day) => startOfDay(day, zone));
  const [ended = 0n, ...ending] = await endingBetween(db, merchantId, [now, ...bounds]);
  const later = ending.at(-1) ?? 0n;
  const withEnd = ending.reduce((sum, some) => sum + some, ended);
  return {
    outstanding: jsonAmount(outstanding),
    monthEnds: seqs.map((_seq, n) => ({
      month: monthOf(past[n] ?? ''),
      points: jsonAmount(held[n] ?? 0n),
    })),
    expiring: bounds.map((_bound, n) => ({
      month: monthOf(coming[n] ?? ''),
      points: jsonAmount(ending[n] ?? 0n),
    })),
    ended: jsonAmount(ended),
    later: jsonAmount(later),
    withoutEnd: jsonAmount(outstanding - withEnd),
  };
}

export const outstandingRoute = readRoute({
  path: '/v1/reports/points',
  tag: 'Reports',
  summary:
    'How many points members had at the end of each of twelve months, and how many lapse in the next twelve',
  permission: 'reports.read',
  answer: z.object({
    outstanding: points.meta({ description: 'Now: what members have, less what they owe.' }),
    monthEnds: z.array(ofMonth),
    expiring: z.array(ofMonth).meta({ description: 'By the last month in which they can be used.' }),
    ended: points.meta({ description: 'Lapsed, and not swept yet.' }),
    later: points.meta({ description: 'Lapse after those months.' }),
    withoutEnd: points.meta({
      description: 'Never lapse, less what members owe: outstanding - ended - expiring - later.',
    }),
  }),
  read: async (db, _parsed, { merchantId, actor, now }) =>
    beyondScope(actor, null) ?? (await readOutstanding(db, merchantId, now)),
});
