import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { isRefused, type Refusal, refused } from '../../../kernel/outcome.ts';
import type { ActivityDraft } from '../../../platform/executor/activity.ts';
import type { Context } from '../../../platform/executor/useCase.ts';
import { type Change, type Find, put } from '../../../platform/executor/workingSet.ts';
import { type Account, type Book, openBook } from '../../ledger/index.ts';
import { type Merchant, merchantById, type Store, storeById } from '../../merchants/index.ts';
import { isTold, lowNews, moneyAnswer, moneyIn, type SpendingRows } from '../../wallets/index.ts';
import { type Plan, planOf, plansIn } from '../plan/plan.ts';
import { feeRows, isPaid, type Payment, payFee, walletFeeRows } from './fee.ts';
import { type Membership, membershipAnswer, membershipById, memberships } from './membership.ts';
import { newestOf } from './payers.ts';

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
  /** Where it is paid out of the member's wallet. */
  readonly wallet?: SpendingRows | undefined;
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
export function changeRows({ membershipId, storeId, payment }: SaleInput, find: Find) {
  const membership = find.one(membershipById, membershipId);
  const wallet = walletFeeRows(membership?.memberId, storeId, payment, find);
  return { ...saleRows(storeId, find), membership, wallet };
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
  readonly activities: readonly ActivityDraft[];
  readonly changes: readonly Change[];
  readonly result: ReturnType<typeof membershipAnswer> & {
    readonly activityId: string;
    /** What is left on the wallet that paid; null: none paid, or it is not told. */
    readonly balance: ReturnType<typeof moneyAnswer> | null;
  };
};

/** Takes the fee, and says what became of the membership; refused unless exactly the fee is paid. */
export function sell(
  rows: Pick<SaleRows, 'accounts' | 'wallet'>,
  sale: Sale,
  payment: Payment | undefined,
  context: Context,
): Sold | Refusal {
  const { plan, due, nth = 0 } = sale;
  const unpaid = isPaid(payment, due);
  if (unpaid) return unpaid;
  const { wallet } = rows;
  const { storeId } = sale.membership;
  const { currency } = plan;
  const accounts = [...rows.accounts, ...(wallet ? [...wallet.lots, ...wallet.settling.accounts] : [])];
  const book = openBook(accounts, context.now);
  const fee = { storeId, currency, tender: payment?.tender ?? '', amount: due };
  const paid = payFee(wallet, fee, payment, book, context);
  if (isRefused(paid)) return paid;
  const postings = book.post(paid.transfers);
  if (isRefused(postings)) return postings;
  const membership = paidFor(sale, wallet ? String(context.seq(nth)) : null);
  const left = wallet && walletAfter(wallet, payment, currency, book, context);
  const result = {
    ...membershipAnswer(membership, plan, context.now),
    activityId: encodeId('act', context.activityId(nth)),
    balance: left?.told ?? null,
  };
  const sold = soldEntry({ ...sale, membership }, payment, result, postings);
  const details = left ? { ...sold.details, balance: left.balance } : sold.details;
  return {
    activities: [{ ...sold, details }, ...(left?.news ?? [])],
    changes: [put(memberships, membership), ...paid.changes, ...book.changes()],
    result,
  };
}

/** The membership with what paid for what is not over of it, now with this sale. */
function paidFor({ membership, due }: Sale, seq: string | null): Sale['membership'] {
  const before = newestOf(membership.payers, membership.paid - due);
  const payers = due === 0n ? before : [...before, { amount: jsonAmount(due), seq }];
  return { ...membership, payers };
}

/** What is on a wallet that has paid, what of it who sold is told, and the news that it has become low. */
function walletAfter(
  wallet: SpendingRows,
  payment: Payment | undefined,
  currency: string,
  book: Book,
  context: Context,
) {
  const before = moneyIn(wallet.lots, currency, context.now);
  const after = moneyIn(
    wallet.lots.map((lot) => book.now(lot)),
    currency,
    context.now,
  );
  const balance = moneyAnswer(after);
  const told = isTold(wallet, payment?.shown, currency, context) ? balance : null;
  return { balance, told, news: lowNews(wallet, before, after, currency) };
}

function soldEntry(
  { type, plan, membership, due, details = {} }: Sale,
  payment: Payment | undefined,
  result: ReturnType<typeof membershipAnswer>,
  postings: ActivityDraft['postings'],
): ActivityDraft {
  return {
    type,
    subjectId: membership.id,
    storeId: membership.storeId,
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
  };
}
