import type { Account, Book, Transfer } from '../../ledger/index.ts';
import { clearing, clearingKind, partyIn } from '../../settlement/index.ts';
import type { Outstanding } from './payment.ts';

/** What one party is owed by another (negative: owes), in one currency. */
type Pair = {
  readonly ownerId: string;
  readonly counterpartId: string;
  readonly currency: string;
  readonly amount: bigint;
};

const keyOf = ({ ownerId, counterpartId, currency }: Omit<Pair, 'amount'>) =>
  `${ownerId}|${counterpartId}|${currency}`;

/** What each pair owes at the end of a period, less what was netted and paid until now. */
export function openPairs(
  outstanding: readonly Outstanding[],
  accounts: readonly Account[],
): readonly Pair[] {
  const pairs = new Map<string, Pair>();
  const add = (pair: Pair) => {
    const key = keyOf(pair);
    pairs.set(key, { ...pair, amount: pair.amount + (pairs.get(key)?.amount ?? 0n) });
  };
  for (const { ownerId, counterpartId, currency, amount } of outstanding) {
    add({ ownerId, counterpartId, currency, amount });
  }
  for (const { ownerId, detail, asset, balance } of accounts) {
    const kind = clearingKind(detail);
    if (kind !== 'netting' && kind !== 'payment') continue;
    add({ ownerId, counterpartId: partyIn(detail), currency: asset, amount: balance });
  }
  return [...pairs.values()];
}

/** Moves what pairs owe each other to what each owes the merchant, or is owed by it. */
export function nettingTransfers(
  pairs: readonly Pair[],
  book: Book,
  merchantId: string,
): readonly Transfer[] {
  const transfers: Transfer[] = [];
  const sums = new Map<string, Omit<Pair, 'counterpartId'>>();
  for (const { ownerId, counterpartId, currency, amount } of pairs) {
    if (ownerId === merchantId || counterpartId === merchantId) continue;
    const key = `${ownerId}|${currency}`;
    sums.set(key, { ownerId, currency, amount: (sums.get(key)?.amount ?? 0n) + amount });
    // Each pair is seen from both sides; the one that is owed turns it back.
    if (amount <= 0n) continue;
    transfers.push(
      clearing(book, { debtor: ownerId, creditor: counterpartId, asset: currency, amount, kind: 'netting' }),
    );
  }
  for (const { ownerId, currency, amount } of sums.values()) {
    if (amount === 0n) continue;
    const [debtor, creditor] = amount > 0n ? [merchantId, ownerId] : [ownerId, merchantId];
    const size = amount > 0n ? amount : -amount;
    transfers.push(clearing(book, { debtor, creditor, asset: currency, amount: size, kind: 'netting' }));
  }
  return transfers;
}

/** What is to be paid between each party and the merchant once the pairs were netted. */
export function duesOf(pairs: readonly Pair[], merchantId: string) {
  const sums = new Map<string, Omit<Pair, 'counterpartId'>>();
  for (const { ownerId, currency, amount } of pairs) {
    if (ownerId === merchantId) continue;
    const key = `${ownerId}|${currency}`;
    sums.set(key, { ownerId, currency, amount: (sums.get(key)?.amount ?? 0n) + amount });
  }
  return [...sums.values()]
    .filter(({ amount }) => amount !== 0n)
    .map(({ ownerId, currency, amount }) =>
      amount > 0n
        ? { payerId: merchantId, payeeId: ownerId, currency, amount }
        : { payerId: ownerId, payeeId: merchantId, currency, amount: -amount },
    );
}
