import { amountOf, jsonAmount, least } from '../../../kernel/money.ts';
import { type Refusal, refused } from '../../../kernel/outcome.ts';
import { dueOfLine, mayRefund, type PurchaseDetails, type PurchaseReturn } from '../purchase/record.ts';

/** What is to go back: a sum, or pieces of lines. */
export type Wanted = {
  readonly amount: bigint | undefined;
  readonly lines: readonly { readonly line: number; readonly quantity: number }[] | undefined;
};

/** What goes back behind what did before. */
export type Part = { readonly before: bigint; readonly amount: bigint };
export type LineBack = { readonly line: number; readonly quantity: number; readonly amount: number };

/** What goes back, and out of what. */
export type Taking = Part & {
  /** Of all that no bonus bound to goods paid. */
  readonly general: Part;
  /** Of each share that one paid, in the order of the log. */
  readonly bound: readonly Part[];
  readonly lines: readonly LineBack[];
  readonly parts: PurchaseReturn['parts'];
  /** Nothing is left of what was bought. */
  readonly isAll: boolean;
};

type Purchase = {
  readonly details: PurchaseDetails;
  readonly due: bigint;
  readonly back: PurchaseReturn | undefined;
};

/**
 * What some pieces of a line cost, behind those that went back before: what was paid for all of them by the piece, the
 * cents over on the first ones, so that all pieces together are the line to the cent, in whatever order they go back.
 */
export function worthOf(due: bigint, quantity: number, before: number, now: number): bigint {
  const all = BigInt(quantity);
  const upTo = (pieces: bigint) => (due / all) * pieces + least(due % all, pieces);
  return upTo(BigInt(before + now)) - upTo(BigInt(before));
}

/** The sum of what is wanted, by which ceilings and second persons judge it; nothing of what is not there. */
export function sumOfWanted({ details, back }: Purchase, { amount, lines }: Wanted): bigint {
  if (amount !== undefined) return amount;
  return (lines ?? []).reduce((sum, one) => sum + (worthIn(details, back, one) ?? 0n), 0n);
}

function worthIn(
  { lines }: PurchaseDetails,
  back: PurchaseReturn | undefined,
  { line, quantity }: { readonly line: number; readonly quantity: number },
): bigint | undefined {
  const bought = lines[line];
  return bought && worthOf(dueOfLine(bought), bought.quantity, back?.parts.pieces[line] ?? 0, quantity);
}

/** What goes back, or why it does not. */
export function takingOf(purchase: Purchase, wanted: Wanted): Taking | Refusal {
  const { details, due, back } = purchase;
  if ((wanted.amount === undefined) === (wanted.lines === undefined))
    return refused('invalid_request', { field: 'amount', detail: 'Name an amount or lines, and not both.' });
  const unfit = mayTakePieces(purchase, wanted);
  if (unfit) return unfit;
  const amount = sumOfWanted(purchase, wanted);
  const isByLines = wanted.lines !== undefined;
  const unable = mayRefund(back, due, amount, isByLines);
  if (unable) return unable;
  const lines = (wanted.lines ?? []).map((one) => ({
    ...one,
    amount: jsonAmount(worthIn(details, back, one) ?? 0n),
  }));
  const pieces = details.lines.map(
    (_line, n) =>
      (back?.parts.pieces[n] ?? 0) +
      lines.reduce((sum, one) => (one.line === n ? sum + one.quantity : sum), 0),
  );
  const before = back?.returned ?? 0n;
  const { general, bound } = sharedOut(purchase, amount, lines);
  // A line that came to nothing, by a coupon, is not among the money: that it went back its pieces alone can tell.
  const isFreeKept =
    isByLines && details.lines.some((line, n) => dueOfLine(line) === 0n && (pieces[n] ?? 0) < line.quantity);
  return {
    ...{ before, amount, general, bound, lines },
    parts: { pieces, bound: bound.map((one) => jsonAmount(one.before + one.amount)) },
    isAll: before + amount === due && !isFreeKept,
  };
}

function mayTakePieces({ details, back }: Purchase, { lines = [] }: Wanted): Refusal | undefined {
  for (const [n, { line, quantity }] of lines.entries()) {
    const bought = details.lines[line];
    if (!bought)
      return refused('invalid_request', { field: `lines.${n}.line`, detail: 'There is no such line.' });
    const left = bought.quantity - (back?.parts.pieces[line] ?? 0);
    if (quantity > left) {
      const field = `lines.${n}.quantity`;
      return refused('pieces_exceed_purchase', { field, detail: `${left} can still go back.` });
    }
  }
  return undefined;
}

/**
 * What pays for a line alone goes back with it first, so that it never comes to pay for other goods; then what pays for
 * anything; then, where nothing else is left, what is bound to goods that stay.
 */
function sharedOut({ details, due, back }: Purchase, amount: bigint, lines: readonly LineBack[]) {
  const shares = details.bound.map((share, n) => ({
    line: share.line,
    all: amountOf(share.amount),
    before: amountOf(back?.parts.bound[n] ?? 0),
  }));
  const leftOf = new Map(lines.map((one) => [one.line, amountOf(one.amount)]));
  const first = shares.map(({ line, all, before }) => {
    const ofLine = leftOf.get(line) ?? 0n;
    const now = least(ofLine, all - before);
    leftOf.set(line, ofLine - now);
    return now;
  });
  let rest = amount - first.reduce((sum, one) => sum + one, 0n);
  const boundAll = shares.reduce((sum, { all }) => sum + all, 0n);
  const boundBefore = shares.reduce((sum, { before }) => sum + before, 0n);
  const before = (back?.returned ?? 0n) - boundBefore;
  const general = { before, amount: least(rest, due - boundAll - before) };
  rest -= general.amount;
  const bound = shares.map((share, n) => {
    const now = first[n] ?? 0n;
    const more = least(rest, share.all - share.before - now);
    rest -= more;
    return { before: share.before, amount: now + more };
  });
  return { general, bound };
}
