import { amountOf } from '../../../kernel/money.ts';
import type { Find } from '../../../platform/executor/workingSet.ts';
import { type Account, activityBySeq, type Book, type Transfer } from '../../ledger/index.ts';
import { settledParts, settledRows, takeBack } from '../../settlement/index.ts';
import { lotAfter, walletLots } from '../../wallets/index.ts';
import { feePurpose } from './fee.ts';
import type { Membership } from './membership.ts';
import { newestOf } from './payers.ts';

/** For `needs`: the payments by which a wallet paid for what is not over, and all accounts that they moved. */
export function givingBackRows({ payers, memberId }: Membership, find: Find) {
  const paid = payers.flatMap(({ seq, memberId: whose = memberId }) =>
    seq === null ? [] : [{ seq, whose }],
  );
  // Of a record that went over too, whose lots are closed: what they paid comes back onto those they went into.
  const owners = paid.length === 0 ? [] : [...new Set([memberId, ...paid.map(({ whose }) => whose)])];
  const lots = owners.flatMap((owner) => walletLots(owner, find));
  const payments = paid.flatMap(({ seq }) => {
    const entry = find.one(activityBySeq, seq);
    if (!entry || entry.storeId === null) return [];
    const { storeId, postings } = entry;
    return [{ seq, storeId, postings, accounts: settledRows(storeId, postings, lots, find, feePurpose) }];
  });
  const known = new Map(
    [...lots, ...payments.flatMap(({ accounts }) => accounts)].map((account) => [account.id, account]),
  );
  return { lots, payments, accounts: [...known.values()] };
}

type Draft = { amount: bigint; storeIds: string[]; lots: Account[]; transfers: Transfer[] };

type Back = {
  readonly amount: bigint;
  /** The stores that took it. */
  readonly storeIds: readonly string[];
  readonly lots: readonly Account[];
  readonly transfers: readonly Transfer[];
};

/** What of this much goes back to the lots that paid it: as it was posted, with what others came to owe for it. */
export function backToWallet(
  rows: ReturnType<typeof givingBackRows> | undefined,
  { payers, memberId }: Membership,
  due: bigint,
  book: Book,
): Back {
  const back: Draft = { amount: 0n, storeIds: [], lots: [], transfers: [] };
  for (const { seq, amount } of newestOf(payers, due)) {
    const payment = rows?.payments.find((one) => one.seq === seq);
    if (!rows || !payment) continue;
    const { storeId, postings, accounts } = payment;
    const fees = accounts.find(({ purpose, ownerId }) => purpose === feePurpose && ownerId === storeId);
    const { parts, owed } = takeBack(settledParts(postings, rows.lots, accounts), 0n, amountOf(amount));
    if (!fees) continue;
    back.amount += amountOf(amount);
    back.storeIds.push(storeId);
    for (const part of parts) {
      const to = lotAfter(book, part.lot, memberId);
      back.lots.push(to);
      back.transfers.push({ from: fees, to, amount: part.amount });
    }
    back.transfers.push(...owed);
  }
  return back;
}
