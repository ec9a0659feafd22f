import { z } from 'zod';
import { assert } from '../../kernel/assert.ts';
import { refused } from '../../kernel/outcome.ts';
import type { Pool } from '../../platform/db/connection.ts';
import { read } from '../../platform/db/read.ts';
import type { Db } from '../../platform/db/statement.ts';
import { lookUp } from '../../platform/executor/lookUp.ts';
import { type Route, readRoute, visitRoute } from '../../platform/http/route.ts';
import { amountJson, currencyCode, idIn, idOut, instant } from '../../platform/http/shapes.ts';
import { policyIn, walletsSql } from '../wallets/index.ts';
import { paperOf, type ReceiptRow, receiptOf, receiptWords, withoutHidden } from './receipt.ts';
import { readReceipt } from './store.ts';
import { activityIn, tokenOf } from './token.ts';

const tag = 'Receipts';

/** A receipt as its paper has it: whoever finds it reads no balance that the house shows only with the member's code. */
async function seen(db: Db, merchantId: string, row: ReceiptRow): Promise<ReceiptRow> {
  const { codeAbove } = await lookUp(walletsSql, db, merchantId, policyIn);
  return withoutHidden(row, codeAbove);
}

const paper = {
  kind: z.enum(receiptWords),
  merchantName: z.string(),
  store: z.object({ code: z.string(), name: z.string() }).nullable(),
  occurredAt: instant,
  localTime: z.string().meta({ description: 'In the zone of the merchant: 2026-11-22 12:00:00.' }),
  timezone: z.string(),
  maskedCode: z.string().nullable().meta({ description: 'null: it is about no card.' }),
  item: z
    .object({ zh: z.string(), en: z.string() })
    .nullable()
    .meta({ description: 'The card type that a member bought, renewed or came to.' }),
  validThrough: z.iso.date().nullable().meta({ description: 'The last day of it.' }),
  currency: currencyCode,
  amount: amountJson,
  paid: amountJson.nullable().meta({ description: 'Of a sale: what was paid for the card.' }),
  balance: amountJson.nullable().meta({ description: 'What was on the card, or the wallet, after it.' }),
  bonus: amountJson.nullable().meta({ description: 'Of a top-up: what was given with it.' }),
  tender: z.string().nullable(),
  reference: z.string().nullable(),
};

export type ReceiptRouteParts = {
  readonly readers: Pool;
  /** Those that a word on paper may be made with, the one in use first. */
  readonly keys: () => readonly Uint8Array[];
};

/** Receipts, for printing and for the QR code on them. */
export function receiptRoutes({ readers, keys }: ReceiptRouteParts): readonly Route[] {
  return [
    readRoute({
      path: '/v1/receipts/:id',
      tag,
      summary: 'What is printed about a sale, a payment, a refund, a top-up, a membership or a hold',
      permission: 'cards.read',
      params: z.strictObject({
        id: idIn('act').meta({
          description: 'Of the activity; red_…, ref_… and rev_… are the same with act_ in front.',
        }),
      }),
      answer: z.object({
        id: idOut('act'),
        ...paper,
        actorName: z.string().nullable(),
        token: z.string().meta({ description: 'For the public address of this receipt: in a QR code, say.' }),
      }),
      async read(db, { params }, { merchantId, actor }) {
        const read = await readReceipt(db, merchantId, params.id);
        const row = read && (await seen(db, merchantId, read));
        if (!row) return refused('receipt_not_found');
        const isInScope =
          actor.storeIds === null || (row.storeId !== null && actor.storeIds.has(row.storeId));
        if (!isInScope) return refused('store_out_of_scope');
        const [key] = keys();
        assert(key !== undefined, 'a key ring has its current key');
        return receiptOf(row, tokenOf(key, { merchantId, activityId: params.id }));
      },
    }),
    visitRoute({
      method: 'GET',
      path: '/v1/public/:merchantId/receipts/:token',
      tag,
      summary: 'A receipt as its paper shows it, for whoever has the word on it',
      access: 'anyone',
      params: z.strictObject({ merchantId: idIn('mer'), token: z.string().regex(/^[\w-]{43}$/) }),
      answer: z.object(paper),
      async visit({ params: { merchantId, token } }) {
        const activityId = activityIn(keys(), merchantId, token);
        const row =
          activityId &&
          (await read(readers, merchantId, async (db) => {
            const found = await readReceipt(db, merchantId, activityId);
            return found && seen(db, merchantId, found);
          }));
        return row ? { body: paperOf(row) } : refused('receipt_not_found');
      },
    }),
  ];
}
