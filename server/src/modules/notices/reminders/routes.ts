import { z } from 'zod';
import { decodeId, encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { lookUp } from '../../../platform/executor/lookUp.ts';
import { page } from '../../../platform/http/page.ts';
import { type Route, readRoute } from '../../../platform/http/route.ts';
import {
  amountJson,
  currencyCode,
  idIn,
  idOut,
  instant,
  pageOf,
  pageQuery,
} from '../../../platform/http/shapes.ts';
import { maySee, policyIn, walletsSql } from '../../wallets/index.ts';
import { dueMemberships } from '../term/store.ts';
import { dueEnds, dueLow } from '../value/store.ts';
import { dayMs } from './mark.ts';

const tag = 'Stored value';
/** How far ahead it is looked, from now. */
const spanFrom = (now: Date) => ({ from: now, to: new Date(now.getTime() + 30 * dayMs) });

const due = z.object({
  memberId: idOut('mem'),
  wants: z.boolean().meta({ description: 'Whether the member wants to be reminded of such things.' }),
  toldAt: instant.nullable().meta({ description: 'When a notice was last made of it; null: none yet.' }),
});

const hidden =
  'null: the wallet is above the limit of the house, and what is on it is told to who keeps the books.';

/** When something ends and whose it is, as a cursor has both. */
const endPlace = z
  .string()
  .regex(/^\d{1,15}\.mem_[0-7][0-9a-hjkmnp-tv-z]{25}$/)
  .transform((text, context) => {
    const [at = '', id = ''] = text.split('.');
    const memberId = decodeId('mem', id);
    if (memberId !== undefined) return { at: new Date(+at), memberId };
    context.addIssue({ code: 'custom', message: 'is the cursor of no page' });
    return z.NEVER;
  });

const endCursor = (at: Date, memberId: string) => `${at.getTime()}.${encodeId('mem', memberId)}`;

/** For whom a reminder is due. */
export const dueRoutes: readonly Route[] = [
  readRoute({
    path: '/v1/reminders/ending-value',
    tag,
    summary: 'What of members’ stored value ends within 30 days, the soonest first, and who was told',
    permission: 'wallets.read',
    query: z.strictObject({ cursor: endPlace.optional(), limit: pageQuery.limit }),
    answer: pageOf(
      due.extend({
        currency: currencyCode,
        amount: amountJson.nullable().meta({ description: hidden }),
        usableUntil: instant,
      }),
    ),
    async read(db, { query: { cursor = null, limit } }, { merchantId, actor, now }) {
      const policy = await lookUp(walletsSql, db, merchantId, policyIn);
      const rows = await dueEnds(db, merchantId, spanFrom(now), cursor, limit + 1);
      return page(
        rows,
        limit,
        ({ memberId, currency, amount, total, usableUntil, wants, toldAt }) => ({
          memberId: encodeId('mem', memberId),
          currency,
          amount: maySee(policy, { total }, { actor, memberId, now }) ? jsonAmount(amount) : null,
          usableUntil: usableUntil.toISOString(),
          wants,
          toldAt: toldAt?.toISOString() ?? null,
        }),
        ({ memberId, usableUntil }) => endCursor(usableUntil, memberId),
      );
    },
  }),
  readRoute({
    path: '/v1/reminders/low-wallets',
    tag,
    summary: 'Wallets below the mark of the merchant, who was enrolled last first, and who was told',
    permission: 'wallets.read',
    query: z.strictObject({ cursor: idIn('mem').optional(), limit: pageQuery.limit }),
    answer: pageOf(
      due.extend({
        currency: currencyCode,
        balance: amountJson.nullable().meta({ description: hidden }),
        lowBelow: amountJson,
      }),
    ),
    async read(db, { query: { cursor = null, limit } }, { merchantId, actor, now }) {
      const policy = await lookUp(walletsSql, db, merchantId, policyIn);
      const rows = await dueLow(db, merchantId, now, cursor, limit + 1);
      return page(
        rows,
        limit,
        ({ memberId, currency, balance, lowBelow, wants, toldAt }) => ({
          memberId: encodeId('mem', memberId),
          currency,
          balance: maySee(policy, { total: balance }, { actor, memberId, now }) ? jsonAmount(balance) : null,
          lowBelow: jsonAmount(lowBelow),
          wants,
          toldAt: toldAt?.toISOString() ?? null,
        }),
        ({ memberId }) => encodeId('mem', memberId),
      );
    },
  }),
  readRoute({
    path: '/v1/reminders/ending-memberships',
    tag: 'Memberships',
    summary: 'Whose membership ends within 30 days, the soonest first, and who was told',
    permission: 'members.read',
    query: z.strictObject({ cursor: endPlace.optional(), limit: pageQuery.limit }),
    answer: pageOf(due.extend({ validUntil: instant })),
    async read(db, { query: { cursor = null, limit } }, { merchantId, now }) {
      const rows = await dueMemberships(db, merchantId, spanFrom(now), cursor, limit + 1);
      return page(
        rows,
        limit,
        ({ memberId, validUntil, wants, toldAt }) => ({
          memberId: encodeId('mem', memberId),
          validUntil: validUntil.toISOString(),
          wants,
          toldAt: toldAt?.toISOString() ?? null,
        }),
        ({ memberId, validUntil }) => endCursor(validUntil, memberId),
      );
    },
  }),
];
