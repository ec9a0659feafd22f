import { type Refusal, refused } from '../../kernel/outcome.ts';
import type { Context, Recorded } from '../../platform/executor/useCase.ts';
import type { Change, Find } from '../../platform/executor/workingSet.ts';
import { type Account, activityByReference, inSpendingOrder, storeAnd } from '../ledger/index.ts';
import { storeById } from '../merchants/index.ts';
import { acceptedLots, notAccepted, settlingRows } from '../settlement/index.ts';
import { alreadyClaimed, type Card, mayPayAt } from './card.ts';
import { freed, lotsOf } from './pay.ts';
import { type Presented, presentedRows, recognise } from './recognise.ts';

/** What a till asks for that wants money of a card, now or reserved. */
export type SpendInput = {
  readonly presented: Presented;
  readonly amount: bigint;
  readonly currency: string;
  readonly storeId: string;
  readonly reference: string;
};

/** The rows behind it. */
export function spendRows(input: SpendInput, find: Find) {
  const presented = presentedRows(input.presented, find);
  const lots = lotsOf((presented.card ?? presented.decoy)?.id, find);
  return {
    presented,
    lots,
    settling: settlingRows(input.storeId, lots.lots, find),
    store: find.one(storeById, input.storeId),
    claimed: find.one(activityByReference, storeAnd(input.storeId, input.reference)),
  };
}

export type Spendable = {
  readonly card: Card;
  readonly lots: readonly Account[];
  /** Those that this store takes, in spending order. */
  readonly payable: readonly Account[];
  /** To be applied before what is then done to the lots. */
  readonly changes: readonly Change[];
};

/** The card and the lots that can pay this at this store; or why they cannot, in check order. */
export function spendable(
  rows: ReturnType<typeof spendRows>,
  { presented, amount, currency, storeId }: SpendInput,
  context: Context,
): Spendable | Refusal | Recorded {
  if (!rows.store) return refused('store_not_found', { field: 'storeId' });
  const recognised = recognise(rows.presented, presented, context, storeId);
  if (!('card' in recognised)) return recognised;
  if (rows.claimed) return alreadyClaimed;
  const { card, version } = recognised;
  const { lots, changes: lapsed } = freed(rows.lots, context);
  const unpayable = mayPayAt(card, version, rows.store, lots, { amount, currency }, context.now);
  if (unpayable) return unpayable;
  const accepted = acceptedLots(rows.settling, rows.store, lots, context);
  const untaken = notAccepted(accepted, amount);
  if (untaken) return untaken;
  return { card, lots, payable: inSpendingOrder(accepted), changes: [...recognised.changes, ...lapsed] };
}
