import { activityId, encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { maskCode } from '../cards/index.ts';

/** An entry of the log with the names that are printed. */
export type ReceiptRow = {
  readonly seq: bigint;
  readonly type: string;
  readonly occurredAt: Date;
  readonly storeId: string | null;
  readonly amount: bigint;
  readonly reference: string | null;
  readonly details: { readonly balance?: number; readonly tender?: string; readonly salePrice?: number };
  readonly merchantName: string;
  readonly timezone: string;
  readonly storeCode: string | null;
  readonly storeName: string | null;
  readonly last4: string;
  readonly currency: string;
  readonly actorName: string | null;
};

/** What there are receipts of, and what each is called. */
const receiptKinds = {
  'card.activated': 'sale',
  'card.captured': 'redemption',
  'card.redeemed': 'redemption',
  'card.refunded': 'refund',
  'card.reloaded': 'reload',
  'card.reversed': 'reversal',
  'hold.placed': 'hold',
} as const;

export const receiptTypes: readonly string[] = Object.keys(receiptKinds);

/** What the paper shows, for whoever has it. Who served is not on it for the public: that is a person's data. */
export function paperOf(row: ReceiptRow) {
  const { storeName, storeCode, details } = row;
  return {
    kind: kindOf(row.type),
    merchantName: row.merchantName,
    store: storeName === null || storeCode === null ? null : { code: storeCode, name: storeName },
    occurredAt: row.occurredAt.toISOString(),
    localTime: localTime(row.occurredAt, row.timezone),
    timezone: row.timezone,
    maskedCode: maskCode(row.last4),
    currency: row.currency,
    amount: jsonAmount(row.amount),
    paid: details.salePrice ?? null,
    // A card that is sold has on it what it was sold with.
    balance: details.balance ?? (row.type === 'card.activated' ? jsonAmount(row.amount) : null),
    tender: details.tender ?? null,
    reference: row.reference,
  };
}

/** The same for the merchant's own people, with who it was, and the word for the public. */
export function receiptOf(row: ReceiptRow, token: string) {
  return {
    id: encodeId('act', activityId(row.occurredAt, row.seq)),
    ...paperOf(row),
    actorName: row.actorName,
    token,
  };
}

function kindOf(type: string) {
  return Object.entries(receiptKinds).find(([known]) => known === type)?.[1] ?? 'redemption';
}

/** As a clock on the wall of the shop shows it: `2026-11-22 12:00:00`. */
function localTime(instant: Date, timeZone: string): string {
  // Swedish dates are ISO 8601.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(
    instant,
  );
}
