import { activityId, encodeId } from '../../kernel/id.ts';
import { amountOf, jsonAmount } from '../../kernel/money.ts';
import { maskCode } from '../cards/index.ts';

/** An entry of the log with the names that are printed. */
export type ReceiptRow = {
  readonly seq: bigint;
  readonly type: string;
  readonly occurredAt: Date;
  readonly storeId: string | null;
  readonly amount: bigint;
  readonly reference: string | null;
  readonly details: {
    /** On the card, or on the wallet: all that can be spent, and what it is made of. */
    readonly balance?: number | { readonly total: number } | null;
    readonly tender?: string;
    readonly tenders?: readonly { readonly tender: string }[];
    readonly salePrice?: number;
    readonly bonus?: number;
    readonly planName?: { readonly zh: string; readonly en: string };
    readonly lastDay?: string;
  };
  readonly merchantName: string;
  readonly timezone: string;
  readonly storeCode: string | null;
  readonly storeName: string | null;
  /** Of the card; null: it is about none. */
  readonly last4: string | null;
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
  'membership.joined': 'membership',
  'membership.renewed': 'renewal',
  'membership.upgraded': 'upgrade',
  'purchase.made': 'purchase',
  'wallet.topped_up': 'top_up',
} as const;

export const receiptWords = [...new Set(Object.values(receiptKinds))];

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
    maskedCode: row.last4 === null ? null : maskCode(row.last4),
    item: details.planName ?? null,
    validThrough: details.lastDay ?? null,
    currency: row.currency,
    amount: jsonAmount(row.amount),
    paid: details.salePrice ?? null,
    balance: balanceOf(row),
    bonus: details.bonus ?? null,
    tender: details.tender ?? onlyOf(details.tenders)?.tender ?? null,
    reference: row.reference,
  };
}

/** Whether what is left on a wallet stands on it. */
const tellsWallet = ({ type }: Pick<ReceiptRow, 'type'>): boolean =>
  !type.startsWith('card.') && !type.startsWith('hold.');

/** The same receipt without what is left, where the house shows that only with the member's code. */
export function withoutHidden(row: ReceiptRow, above: bigint | null): ReceiptRow {
  const left = balanceOf(row);
  if (!tellsWallet(row) || above === null || left === null || amountOf(left) <= above) return row;
  return { ...row, details: { ...row.details, balance: null } };
}

/** What is left; a card that is sold has on it what it was sold with. */
function balanceOf({ type, amount, details: { balance } }: ReceiptRow): number | null {
  if (typeof balance === 'number') return balance;
  return balance?.total ?? (type === 'card.activated' ? jsonAmount(amount) : null);
}

/** The one there is; undefined where there is none, or more. */
const onlyOf = <Item>(items: readonly Item[] = []): Item | undefined =>
  items.length === 1 ? items[0] : undefined;

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
