import { jsonAmount } from '../../kernel/money.ts';
import { isRefused, type Refusal, refused } from '../../kernel/outcome.ts';
import type { ActivityDraft } from '../../platform/executor/activity.ts';
import type { Context } from '../../platform/executor/useCase.ts';
import type { Change, Find } from '../../platform/executor/workingSet.ts';
import {
  maySpeakFor,
  noteUse,
  type PaymentCode,
  type PaymentCodeUse,
  paymentCodeUseById,
} from '../cards/index.ts';
import type { BoughtLine } from '../catalog/index.ts';
import type { Account, Book, Share, Transfer } from '../ledger/index.ts';
import type { Member } from '../members/index.ts';
import type { Store } from '../merchants/index.ts';
import { acceptedLots, type Due, notAccepted, type Settling, settle } from '../settlement/index.ts';
import type { BonusRule } from './bonus/rule.ts';
import { payingFor } from './bonus/scope.ts';
import { isHidden, type WalletPolicy } from './policy/policy.ts';
import { claimUnproven, type Unproven } from './unproven.ts';
import { isPrincipal, moneyIn, payable, sharesOf, sumOf, type WalletMoney } from './wallet.ts';

/** The rows behind a payment out of a member's wallet. */
export type SpendingRows = {
  readonly member: Member | undefined;
  readonly store: Store | undefined;
  readonly policy: WalletPolicy;
  readonly rules: readonly BonusRule[];
  readonly lots: readonly Account[];
  readonly settling: Settling;
  /** Whether the code that was shown has paid before. */
  readonly codeUse: PaymentCodeUse | undefined;
  /** What was paid without one today. */
  readonly unproven: Unproven | undefined;
};

/** For `needs`: whether a code that a phone shows was used before. */
export const codeUseOf = (shown: PaymentCode | undefined, find: Find): PaymentCodeUse | undefined =>
  shown && find.one(paymentCodeUseById, shown.id);

export type Spending = {
  readonly amount: bigint;
  readonly currency: string;
  /** What the member's phone shows; `own`: it is the member who pays. */
  readonly shown: PaymentCode | undefined | 'own';
  /** Where the amount and the code stand in the request. */
  readonly field: string;
  readonly income?: Due['income'];
  /** What is bought; left out: nothing that stands in a catalog. */
  readonly lines?: readonly BoughtLine[];
};

export type WalletPaid = {
  readonly shares: readonly Share[];
  /** What of it counts as money: not what was given. */
  readonly eligible: bigint;
  readonly transfers: readonly Transfer[];
  readonly changes: readonly Change[];
};

/** Pays a store out of a wallet: by its policy, above its limit only with the member's code, settled as the terms say. */
export function payFromWallet(
  rows: SpendingRows,
  { amount, currency, shown, field, income = 'revenue', lines = [] }: Spending,
  book: Book,
  context: Context,
): WalletPaid | Refusal {
  const { member, store, policy, settling } = rows;
  if (!member || !store) return refused('member_required', { field: 'memberId' });
  const proof = proofOf({ ...rows, member }, amount, shown, context);
  if (isRefused(proof)) return { ...proof, field: `${field}.code` };
  const onIt = payable(
    rows.lots.map((lot) => book.now(lot)),
    currency,
    context.now,
  );
  const isSeen = isTold(rows, shown, currency, context);
  const there = sumOf(onIt);
  const next = 'Ask for less, or top it up.';
  const short = (detail?: string) =>
    refused('insufficient_balance', { field: `${field}.amount`, next, ...(detail && { detail }) });
  if (amount > there) return short(isSeen ? `${there} can be spent of the wallet.` : undefined);
  const lots = payingFor({ storeId: store.id, lines }, onIt, rows.rules);
  const bound = sumOf(lots);
  if (amount > bound) {
    const next = 'Ask for less, and have the rest paid otherwise.';
    const detail = isSeen ? { detail: `${bound} of it pays for this here.` } : {};
    return refused('bonus_out_of_scope', { field: `${field}.amount`, next, ...detail });
  }
  const accepted = acceptedLots(settling, store, lots, context);
  const untaken = notAccepted(accepted, amount);
  if (untaken) return isSeen ? untaken : refused('not_accepted_here', { field: 'storeId' });
  const shares = sharesOf(accepted, amount, policy.spendingOrder);
  if (!shares) return short();
  const due = { storeId: store.id, currency, shares, tender: 'wallet', income };
  return {
    shares,
    eligible: shares.reduce((sum, share) => (isPrincipal(share.account) ? sum + share.amount : sum), 0n),
    transfers: settle(settling, due, book, context),
    changes: proof,
  };
}

/** What is kept of why a payment may be taken: of what goes without the member's code, or that the code was used. */
function proofOf(
  { member, policy: { codeAbove }, unproven, codeUse }: SpendingRows & { readonly member: Member },
  amount: bigint,
  shown: Spending['shown'],
  context: Context,
): readonly Change[] | Refusal {
  if (shown === 'own' || codeAbove === null || !unproven) return [];
  const claimed = claimUnproven(unproven, member.id, amount, codeAbove, context.now);
  if (!isRefused(claimed)) return [claimed];
  if (!shown) return claimed;
  return maySpeakFor(member.id, shown, codeUse, context.now) ?? noteUse(shown, undefined, true, context);
}

/** The most that a wallet pays of something here and now. */
export function mostOf(
  { lots, rules, settling }: Pick<SpendingRows, 'lots' | 'rules' | 'settling'>,
  store: Store,
  { lines, currency, due }: { lines: readonly BoughtLine[]; currency: string; due: bigint },
  context: Context,
): bigint {
  const onIt = payable(lots, currency, context.now);
  const paying = payingFor({ storeId: store.id, lines }, onIt, rules);
  const most = sumOf(acceptedLots(settling, store, paying, context));
  return most < due ? most : due;
}

/** Whether who asks is told what is on a wallet: not where the house shows it only with the member's code, and there is none. */
export function isTold(
  { member, policy, lots, codeUse }: Pick<SpendingRows, 'member' | 'policy' | 'lots' | 'codeUse'>,
  shown: Spending['shown'],
  currency: string,
  { now }: Pick<Context, 'now'>,
): boolean {
  if (shown === 'own' || !isHidden(policy, moneyIn(lots, currency, now))) return true;
  return member !== undefined && maySpeakFor(member.id, shown, codeUse, now) === undefined;
}

/** The news that a wallet has come below the limit of the house; none where it has not, or was there before. */
export function lowNews(
  { member, policy: { lowBelow } }: Pick<SpendingRows, 'member' | 'policy'>,
  before: WalletMoney,
  after: WalletMoney,
  currency: string,
): readonly ActivityDraft[] {
  if (!member || lowBelow === null || before.total < lowBelow || after.total >= lowBelow) return [];
  const details = { balance: jsonAmount(after.total), currency };
  return [{ type: 'wallet.balance_low', subjectId: member.id, details }];
}
