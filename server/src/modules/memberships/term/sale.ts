import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { isRefused, type Refusal, refused } from '../../../kernel/outcome.ts';
import type { ActivityDraft } from '../../../platform/executor/activity.ts';
import type { Context } from '../../../platform/executor/useCase.ts';
import { type Change, type Find, put } from '../../../platform/executor/workingSet.ts';
import { type Account, openBook } from '../../ledger/index.ts';
import { type Merchant, merchantById, type Store, storeById } from '../../merchants/index.ts';
import { type Plan, planOf, plansIn } from '../plan/plan.ts';
import { feeRows, feeTransfers, isPaid, type Payment } from './fee.ts';
import { type Membership, membershipAnswer, membershipById, memberships } from './membership.ts';

/** What is said of a change to a membership: which, where it is made, and what is paid for it. */
export type SaleInput = {
  readonly membershipId: string;
  readonly storeId: string;
  readonly payment?: Payment | undefined;
};

export type SaleRows = {
  readonly merchant: Merchant | undefined;
  readonly store: Store | undefined;
  readonly plans: readonly Plan[];
  readonly accounts: readonly Account[];
};

/** For `needs`: what selling anything to do with memberships at a store is about. */
export function saleRows(storeId: string, find: Find): SaleRows {
  return {
    merchant: find.one(merchantById, find.merchantId),
    store: find.one(storeById, storeId),
    plans: plansIn(find),
    accounts: feeRows(storeId, find),
  };
}

/** The same with the membership that is there already. */
export function changeRows({ membershipId, storeId }: SaleInput, find: Find) {
  return { ...saleRows(storeId, find), membership: find.one(membershipById, membershipId) };
}

export type Known = {
  readonly merchant: Merchant;
  readonly membership: Membership;
  /** In the version that was bought. */
  readonly plan: Plan;
};

/** Why nothing is sold at this store, in check order; undefined if it may be. */
export function mayDealAt({ merchant, store }: SaleRows): Refusal | undefined {
  if (!store || !merchant) return refused('store_not_found', { field: 'storeId' });
  return store.state === 'open' ? undefined : refused('store_closed', { field: 'storeId' });
}

/** The membership with what it stands on, at a store that is open; refused in check order. */
export function knownAt(rows: ReturnType<typeof changeRows>): Known | Refusal {
  const closed = mayDealAt(rows);
  if (closed) return closed;
  const { merchant, membership, plans } = rows;
  const plan = membership && planOf(plans, membership.planId, membership.planVersion);
  if (!membership || !plan || !merchant) return refused('membership_not_found');
  return { merchant, membership, plan };
}

export type Sale = {
  readonly type: 'membership.joined' | 'membership.renewed' | 'membership.upgraded';
  readonly plan: Plan;
  /** As it is afterwards, paid for at this store. */
  readonly membership: Membership & { readonly storeId: string };
  readonly due: bigint;
  /** Which of the entries that the decision writes it is; left out: the first. */
  readonly nth?: number;
  readonly details?: Readonly<Record<string, unknown>>;
};

export type Sold = {
  readonly activity: ActivityDraft;
  readonly changes: readonly Change[];
  readonly result: ReturnType<typeof membershipAnswer> & { readonly activityId: string };
};

/** Takes the fee, and says what became of the membership; refused unless exactly the fee is paid. */
export function sell(
  rows: Pick<SaleRows, 'accounts'>,
  { type, plan, membership, due, nth = 0, details = {} }: Sale,
  payment: Payment | undefined,
  { now, activityId }: Context,
): Sold | Refusal {
  const unpaid = isPaid(payment, due);
  if (unpaid) return unpaid;
  const { storeId } = membership;
  const book = openBook(rows.accounts, now);
  const fee = { storeId, currency: plan.currency, tender: payment?.tender ?? '', amount: due };
  const postings = book.post(feeTransfers(book, fee));
  if (isRefused(postings)) return postings;
  const entry = encodeId('act', activityId(nth));
  const result = { ...membershipAnswer(membership, plan, now), activityId: entry };
  return {
    activity: {
      type,
      subjectId: membership.id,
      storeId,
      amount: due,
      details: {
        memberId: result.memberId,
        planId: result.plan.id,
        planVersion: plan.version,
        planName: plan.name,
        price: jsonAmount(plan.price),
        currency: plan.currency,
        firstDay: membership.firstDay,
        lastDay: membership.lastDay,
        ...(payment && { tender: payment.tender, paymentReference: payment.reference }),
        ...details,
      },
      postings,
    },
    changes: [put(memberships, membership), ...book.changes()],
    result,
  };
}
