import { type Refusal, refused } from '../../../kernel/outcome.ts';
import type { Context } from '../../../platform/executor/useCase.ts';
import type { Change, Find } from '../../../platform/executor/workingSet.ts';
import type { PaymentCode } from '../../cards/index.ts';
import { type Account, accountsOf, type Book, ownerAnd, type Transfer } from '../../ledger/index.ts';
import { memberAt } from '../../members/index.ts';
import { storeById } from '../../merchants/index.ts';
import { settlingRows } from '../../settlement/index.ts';
import {
  codeUseOf,
  payFromWallet,
  policyIn,
  rulesIn,
  type SpendingRows,
  unprovenIn,
  walletLots,
} from '../../wallets/index.ts';

export type Payment = {
  readonly tender: string;
  readonly amount: bigint;
  readonly reference?: string | undefined;
  /** Out of a wallet: what the member's phone shows; `own`: it is the member who pays. */
  readonly shown?: PaymentCode | 'own' | undefined;
};

/** What a store took for memberships. */
export const feePurpose = 'membership_fee';
const tenderPurpose = 'tender';
/** The tender that is the member's own wallet. */
export const walletTender = 'wallet';

/** The accounts that a fee moves, taken in or given back. */
export function feeRows(storeId: string, find: Find): readonly Account[] {
  return [
    ...find.all(accountsOf, ownerAnd(storeId, tenderPurpose)),
    ...find.all(accountsOf, ownerAnd(storeId, feePurpose)),
  ];
}

/** For `needs`: what a fee out of a member's wallet is about; undefined where it is paid otherwise. */
export function walletFeeRows(
  memberId: string | undefined,
  storeId: string,
  payment: Payment | undefined,
  find: Find,
): SpendingRows | undefined {
  if (payment?.tender !== walletTender) return undefined;
  const lots = walletLots(memberId, find);
  const { shown } = payment;
  const policy = policyIn(find);
  return {
    member: memberId === undefined ? undefined : memberAt(memberId, find),
    store: find.one(storeById, storeId),
    policy,
    rules: rulesIn(find),
    lots,
    settling: settlingRows(storeId, lots, find),
    codeUse: codeUseOf(shown === 'own' ? undefined : shown, find),
    unproven: shown === 'own' ? undefined : unprovenIn(memberId, policy, find),
  };
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

type FeePaid = { readonly transfers: readonly Transfer[]; readonly changes: readonly Change[] };

/** What moves where a fee is paid, with money or out of the wallet. */
export function payFee(
  wallet: SpendingRows | undefined,
  fee: Fee,
  payment: Payment | undefined,
  book: Book,
  context: Context,
): FeePaid | Refusal {
  if (!wallet || fee.amount === 0n) return { transfers: feeTransfers(book, fee), changes: [] };
  const { amount, currency } = fee;
  const spending = { amount, currency, shown: payment?.shown, field: 'payment', income: feePurpose } as const;
  return payFromWallet(wallet, spending, book, context);
}
