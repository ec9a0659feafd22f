import { z } from 'zod';
import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { refused } from '../../kernel/outcome.ts';
import type { Db } from '../../platform/db/statement.ts';
import { page } from '../../platform/http/page.ts';
import { commandRoute, type ReadContext, type Route, readRoute } from '../../platform/http/route.ts';
import {
  amountJson,
  amountOrNone,
  currencyCode,
  idIn,
  idOut,
  instant,
  pageOf,
  pageQuery,
  signedAmount,
  textIn,
} from '../../platform/http/shapes.ts';
import { beyondScope } from '../merchants/index.ts';
import { closeShift } from './closeShift.ts';
import { correctShift } from './correctShift.ts';
import { countShift } from './countShift.ts';
import { openShift } from './openShift.ts';
import {
  type ListedShift,
  listShifts,
  listUnfinished,
  readShift,
  type Taking,
  takingsOf,
} from './reading/store.ts';
import { cash, isOf, shiftAnswer } from './shift.ts';

/** The tender that a recharge card is between its sale and its use. */
const rechargeTender = 'recharge_card';
const tag = 'Shifts';

const reason = textIn(500);
const byId = z.strictObject({ id: idIn('shift') });
const time = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const shiftState = z.enum(['open', 'counted', 'closed']);

const facts = {
  id: idOut('shift'),
  storeId: idOut('store'),
  deviceId: idOut('dev').nullable(),
  state: shiftState,
  currency: currencyCode,
  openingFloat: amountJson,
  openedAt: instant,
  counted: amountJson.nullable(),
  countedAt: instant.nullable(),
  expected: amountJson
    .nullable()
    .meta({ description: 'The float and the cash taken; null until it is told.' }),
  difference: amountJson
    .nullable()
    .meta({ description: 'What was counted, corrections with it, less what was expected.' }),
  corrected: amountJson,
  reason: z.string().nullable(),
  closedAt: instant.nullable(),
};
const shiftShape = z.object(facts);
const named = { openedByName: z.string().nullable(), closedByName: z.string().nullable() };
const listedShift = z.object({ ...facts, ...named });
const unfinished = listedShift.extend({
  own: z.boolean().meta({ description: 'It is of the device that was named, or else of whoever asks.' }),
});
const taking = z.object({ currency: currencyCode, amount: amountJson, count: z.int() });
const tendered = taking.extend({ tender: z.string() });
const report = z.object({
  ...facts,
  ...named,
  takings: z
    .object({
      sold: z.array(tendered),
      reloaded: z.array(tendered),
      toppedUp: z.array(tendered).meta({ description: 'Members’ wallets.' }),
      recharged: z.array(tendered).meta({ description: 'Recharge cards that were sold.' }),
      memberships: z.array(tendered).meta({ description: 'Card types that were sold, renewed or upgraded.' }),
      purchased: z
        .array(tendered)
        .meta({ description: 'Of purchases, what was paid otherwise than by card or wallet.' }),
      returned: z.array(tendered).meta({ description: 'Sales undone, money given back: negative.' }),
      redeemed: z.array(taking),
      refunded: z.array(taking).meta({ description: 'Negative.' }),
      reversed: z.array(taking).meta({ description: 'Negative.' }),
    })
    .nullable()
    .meta({ description: 'null at the counter until the cash was counted.' }),
});

const commands: readonly Route[] = [
  commandRoute({
    path: '/v1/shifts',
    tag,
    summary: 'Open a shift with a float of cash, on a device or of whoever opens it',
    status: 201,
    body: z.strictObject({
      storeId: idIn('store'),
      deviceId: idIn('dev').optional(),
      openingFloat: amountOrNone,
    }),
    answer: shiftShape,
    useCase: openShift,
    input: ({ body: { storeId, deviceId, openingFloat } }) => ({ storeId, deviceId, openingFloat }),
  }),
  commandRoute({
    path: '/v1/shifts/:id/count',
    tag,
    summary: 'Say how much cash is in the drawer, before being told how much should be',
    status: 200,
    params: byId,
    body: z.strictObject({ amount: amountOrNone }),
    answer: shiftShape,
    useCase: countShift,
    input: ({ params, body }) => ({ ...params, ...body }),
  }),
  commandRoute({
    path: '/v1/shifts/:id/close',
    tag,
    summary: 'Close a counted shift; a difference needs a reason',
    status: 200,
    params: byId,
    body: z.strictObject({ reason: reason.optional() }),
    answer: shiftShape,
    useCase: closeShift,
    input: ({ params, body }) => ({ id: params.id, reason: body.reason }),
  }),
  commandRoute({
    path: '/v1/shifts/:id/corrections',
    tag,
    summary: 'Correct the cash of a closed shift, which stays closed',
    status: 201,
    params: byId,
    body: z.strictObject({ amount: signedAmount, reason }),
    answer: shiftShape,
    useCase: correctShift,
    input: ({ params, body }) => ({ ...params, ...body }),
  }),
];

const readings: readonly Route[] = [
  readRoute({
    path: '/v1/shifts',
    tag,
    summary: 'List shifts, the newest first',
    permission: 'shifts.read',
    query: z.strictObject({
      cursor: idIn('shift').optional(),
      limit: pageQuery.limit,
      storeId: idIn('store').optional(),
      deviceId: idIn('dev').optional(),
      state: shiftState.optional(),
      from: time.optional(),
      to: time.optional(),
    }),
    answer: pageOf(listedShift),
    async read(db, { query }, { merchantId, actor }) {
      const rows = await listShifts(db, merchantId, {
        before: query.cursor ?? null,
        storeIds: actor.storeIds === null ? null : [...actor.storeIds],
        storeId: query.storeId ?? null,
        deviceId: query.deviceId ?? null,
        state: query.state ?? null,
        from: query.from ?? null,
        to: query.to ?? null,
        limit: query.limit + 1,
      });
      return page(rows, query.limit, listedAnswer, ({ id }) => encodeId('shift', id));
    },
  }),
  readRoute({
    path: '/v1/shifts/:id/report',
    tag,
    summary: 'What a shift took, by tender, for whoever looks after the store',
    permission: 'shifts.read',
    params: byId,
    answer: report,
    read: (db, { params }, context) => reportOf(db, params.id, context, true),
  }),
  readRoute({
    path: '/v1/counter/shifts',
    tag,
    summary: 'Shifts of a store that are still to be counted or closed; what they took is not told',
    permission: 'shifts.work',
    query: z.strictObject({
      storeId: idIn('store'),
      deviceId: idIn('dev').optional(),
      cursor: idIn('shift').optional(),
      limit: pageQuery.limit,
    }),
    answer: pageOf(unfinished),
    async read(db, { query: { storeId, deviceId, cursor, limit } }, { merchantId, actor }) {
      const beyond = beyondScope(actor, [storeId]);
      if (beyond) return beyond;
      const rows = await listUnfinished(db, merchantId, storeId, cursor ?? null, limit + 1);
      const shown = (shift: ListedShift) => ({
        ...listedAnswer(shift),
        own: isOf(shift, deviceId ?? null, actor.id),
      });
      return page(rows, limit, shown, ({ id }) => encodeId('shift', id));
    },
  }),
  readRoute({
    path: '/v1/counter/shifts/:id',
    tag,
    summary: 'A shift as it is shown at the counter: what it took, once its cash was counted',
    permission: 'shifts.work',
    params: byId,
    answer: report,
    read: (db, { params }, context) => reportOf(db, params.id, context, false),
  }),
];

/** Time at the counter and what it took. */
export const shiftRoutes: readonly Route[] = [...commands, ...readings];

async function reportOf(db: Db, id: string, { merchantId, actor }: ReadContext, always: boolean) {
  const shift = await readShift(db, merchantId, id);
  if (!shift) return refused('shift_not_found');
  const beyond = beyondScope(actor, [shift.storeId]);
  if (beyond) return beyond;
  if (!always && shift.state === 'open') return { ...listedAnswer(shift), takings: null };
  const takings = await takingsOf(db, merchantId, id);
  const taken = takings
    .filter(
      ({ purpose, tender, currency }) =>
        purpose === 'tender' && tender === cash && currency === shift.currency,
    )
    .reduce((sum, { amount }) => sum + amount, 0n);
  const expected = shift.expected ?? shift.openingFloat + taken;
  return { ...listedAnswer({ ...shift, expected }), takings: grouped(takings) };
}

function listedAnswer(shift: ListedShift) {
  const { openedByName, closedByName } = shift;
  return { ...shiftAnswer(shift), openedByName, closedByName };
}

function grouped(takings: readonly Taking[]) {
  const tenders = (...types: readonly string[]) => {
    const sums = new Map<string, Taking>();
    for (const one of takings) {
      // What is owed for a recharge card until it is used is in no drawer.
      if (one.purpose !== 'tender' || one.tender === rechargeTender || !types.includes(one.type)) continue;
      const name = `${one.tender}|${one.currency}`;
      const sum = sums.get(name) ?? { ...one, amount: 0n, count: 0 };
      sums.set(name, { ...one, amount: sum.amount + one.amount, count: sum.count + one.count });
    }
    return [...sums.values()].map(({ tender, ...one }) => ({ tender, ...amounts(one) }));
  };
  const revenues = (...types: readonly string[]) => {
    const sums = new Map<string, { currency: string; amount: bigint; count: number }>();
    for (const { currency, amount, count, type, purpose } of takings) {
      if (purpose !== 'revenue' || !types.includes(type)) continue;
      const sum = sums.get(currency) ?? { currency, amount: 0n, count: 0 };
      sums.set(currency, { currency, amount: sum.amount + amount, count: sum.count + count });
    }
    return [...sums.values()].map(amounts);
  };
  return {
    sold: tenders('card.activated'),
    reloaded: tenders('card.reloaded'),
    toppedUp: tenders('wallet.topped_up'),
    recharged: tenders('recharge_card.sold'),
    memberships: tenders('membership.joined', 'membership.renewed', 'membership.upgraded'),
    purchased: tenders('purchase.made'),
    returned: tenders('card.deactivated', 'wallet.refunded', 'membership.cancelled', 'purchase.refunded'),
    redeemed: revenues('card.redeemed', 'card.captured'),
    refunded: revenues('card.refunded'),
    reversed: revenues('card.reversed'),
  };
}

function amounts({ currency, amount, count }: Pick<Taking, 'currency' | 'amount' | 'count'>) {
  return { currency, amount: jsonAmount(amount), count };
}
