import { amountOf, jsonAmount } from '../../../kernel/money.ts';

/** A part of what was paid for what is not over, in JSON values. */
export type Payer = {
  readonly amount: number;
  /** The entry of the log by which a wallet paid it; null: it was paid with money. */
  readonly seq: string | null;
  /** Whose wallet that was, where it was another record of the same person; left out: the member’s own. */
  readonly memberId?: string;
};

/** What is left of these once only so much is not used up: the oldest is used up first. */
export function newestOf(payers: readonly Payer[], unused: bigint): readonly Payer[] {
  const left: Payer[] = [];
  let rest = unused;
  for (const payer of payers.toReversed()) {
    const paid = amountOf(payer.amount);
    const part = paid < rest ? paid : rest;
    rest -= part;
    if (part > 0n) left.unshift({ ...payer, amount: jsonAmount(part) });
  }
  return left;
}

/** The same for another record of the same person, once this member's is part of it. */
export function paidBefore(payers: readonly Payer[], memberId: string): readonly Payer[] {
  return payers.map((payer) =>
    payer.seq === null || payer.memberId !== undefined ? payer : { ...payer, memberId },
  );
}

/** All that paid for what is not used up; what nobody tells of was money, and is the oldest. */
export function wholeOf(payers: readonly Payer[], unused: bigint): readonly Payer[] {
  const known = newestOf(payers, unused);
  const untold = unused - known.reduce((sum, { amount }) => sum + amountOf(amount), 0n);
  return untold === 0n ? known : [{ amount: jsonAmount(untold), seq: null }, ...known];
}

/** What of this much that is not used up came out of wallets. */
export function fromWallet(payers: readonly Payer[], unused: bigint): bigint {
  return newestOf(payers, unused).reduce(
    (sum, { seq, amount }) => (seq === null ? sum : sum + amountOf(amount)),
    0n,
  );
}
