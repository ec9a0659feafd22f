import { allocate, least } from '../../../kernel/money.ts';
import { isRefused, type Refusal, refused } from '../../../kernel/outcome.ts';
import type { Context } from '../../../platform/executor/useCase.ts';
import type { Book } from '../../ledger/index.ts';
import { maySee } from '../hidden.ts';
import { moneyIn } from '../wallet.ts';
import type { RefundQuote } from './quote.ts';
import { quoteIn, type RefundRows } from './rows.ts';
import { type Off, type TakenOff, takeOff } from './takeOff.ts';

type Asked = { readonly amount: bigint; readonly usedAtListPrice: bigint | undefined };
export type Unloaded = TakenOff & { readonly off: Off };

/**
 * Takes off a wallet what of a top-up goes with an amount that is paid back for it: all that is left of it with all that is
 * quoted, and a part with a part, so that in however many parts it comes to the same.
 */
export function unload(rows: RefundRows, asked: Asked, book: Book, context: Context): Unloaded | Refusal {
  const { now, actor } = context;
  const { amount } = asked;
  const quote = quoteIn(rows, asked.usedAtListPrice, now);
  if (isRefused(quote)) return quote;
  const { topUp, rule, refund } = quote;
  const money = moneyIn(rows.lots, topUp.currency, now);
  const isSeen = maySee(rows.policy, money, { actor, memberId: topUp.memberId, now });
  if (amount > refund) {
    return refused('refund_exceeds_quote', {
      field: 'amount',
      ...(isSeen && { detail: `By its rule (${rule}) it is ${refund}.` }),
    });
  }
  if (rule === 'time' && amount < refund) {
    return refused('refund_quote_changed', {
      field: 'amount',
      next: 'What is paid back by time goes back whole: quote again, and refund what is quoted.',
    });
  }
  const off = { ...partOf(quote, amount), refunded: amount };
  return { ...takeOff(topUp, off, rows, book, context), off };
}

/** What leaves the wallet with a part of what is quoted: what stays is quoted at what was not paid back. */
function partOf({ topUp, rule, principal, bonus, bonusParts, lapsed, refund }: RefundQuote, amount: bigint) {
  const left = principal + bonus;
  const ever = topUp.principal + topUp.bonus - topUp.lapsedBonus - lapsed;
  const rest = refund - amount;
  const stays = rule === 'list_price' ? upward(left * rest, refund) : upward(rest * ever, topUp.paid);
  const [ofPrincipal = 0n, ofBonus = 0n] = stays >= left ? [] : allocate(left - stays, [principal, bonus]);
  let due = ofBonus;
  const parts = bonusParts.map((there) => {
    const part = least(there, due);
    due -= part;
    return part;
  });
  return { principal: ofPrincipal, bonus: parts };
}

const upward = (dividend: bigint, divisor: bigint): bigint => (dividend + divisor - 1n) / divisor;

/** Puts back on a wallet exactly what was taken off it. */
export function putBack(
  rows: RefundRows,
  { principal, bonus, refunded }: Off,
  couponIds: readonly string[],
  book: Book,
  context: Context,
): TakenOff | undefined {
  if (!rows.topUp) return undefined;
  const back = {
    principal: -principal,
    bonus: bonus.map((part) => -part),
    refunded: -refunded,
    couponsAgain: couponIds,
  };
  return takeOff(rows.topUp, back, rows, book, context);
}
