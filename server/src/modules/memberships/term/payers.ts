import { amountOf, jsonAmount } from '../../../kernel/money.ts';

/** A part of what was paid for what is not over, in JSON values. */
export type Payer = {
  readonly amount: number;
  /** The entry of the log by which a wallet paid it; null: it was paid with money. */
  readonly seq: string | null;
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

/** What of this much that is not used up came out of wallets. */
export function fromWallet(payers: readonly Payer[], unused: bigint): bigint {
  return newestOf(payers, unused).reduce(
    (sum, { seq, amount }) => (seq === null ? sum : sum + amountOf(amount)),
    0n,
  );
}
