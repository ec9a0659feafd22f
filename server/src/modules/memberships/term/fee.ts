import { type Refusal, refused } from '../../../kernel/outcome.ts';
import type { Find } from '../../../platform/executor/workingSet.ts';
import { type Account, accountsOf, type Book, ownerAnd, type Transfer } from '../../ledger/index.ts';

export type Payment = { readonly tender: string; readonly amount: bigint; readonly reference: string };

/** What a store took for memberships. */
const feePurpose = 'membership_fee';
const tenderPurpose = 'tender';

/** The accounts that a fee moves, taken in or given back. */
export function feeRows(storeId: string, find: Find): readonly Account[] {
  return [
    ...find.all(accountsOf, ownerAnd(storeId, tenderPurpose)),
    ...find.all(accountsOf, ownerAnd(storeId, feePurpose)),
  ];
}

/** Refused unless exactly this is paid; of what costs nothing nothing need be said. */
export function isPaid(payment: Payment | undefined, due: bigint): Refusal | undefined {
  if ((payment?.amount ?? 0n) === due) return undefined;
  return refused('payment_mismatch', { field: 'payment.amount', detail: `It costs ${due}.` });
}

type Fee = {
  readonly storeId: string;
  readonly currency: string;
  readonly tender: string;
  readonly amount: bigint;
};

/** The transfer by which a store takes a fee, or, where the amount is negative, gives it back; none for nothing. */
export function feeTransfers(
  book: Book,
  { storeId, currency: asset, tender, amount }: Fee,
): readonly Transfer[] {
  if (amount === 0n) return [];
  const drawer = book.account({ ownerId: storeId, purpose: tenderPurpose, detail: tender, asset });
  const fees = book.account({ ownerId: storeId, purpose: feePurpose, asset });
  return amount > 0n ? [{ from: drawer, to: fees, amount }] : [{ from: fees, to: drawer, amount: -amount }];
}
