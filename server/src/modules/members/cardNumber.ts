import { assert } from '../../kernel/assert.ts';
import { type Refusal, refused } from '../../kernel/outcome.ts';
import type { Random } from '../../kernel/random.ts';
import type { Find } from '../../platform/executor/workingSet.ts';
import { type Member, membersByCardNumber } from './member.ts';

/** What may be printed on a member's card, in capitals. */
export const cardNumberForm = /^[0-9A-Z][0-9A-Z-]{3,31}$/;

/** A number as people type and scanners read it, in the one form it is kept in. */
export const canonicalCardNumber = (text: string): string => text.replaceAll(/\s/g, '').toUpperCase();

const digits = 9;
/** Of a million members one draw in a thousand hits a number that is taken; all of so many never do. */
const draws = 4;

/** Numbers to choose a free one from. They tell neither who came when nor how many members there are. */
export function drawCardNumbers(random: Random): readonly string[] {
  return Array.from({ length: draws }, () => {
    const [a = 0, b = 0, c = 0, d = 0] = random(4);
    const drawn = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
    const number = String(10 ** (digits - 1) + (drawn % (9 * 10 ** (digits - 1))));
    return `${number}${checkDigit(number)}`;
  });
}

/** By Luhn: one digit that is mistyped, or two that are swapped, lead to nobody (but for 09 and 90). */
export function checkDigit(number: string): number {
  const sum = [...number].reverse().reduce((total, digit, place) => {
    const value = (digit.charCodeAt(0) - 48) * (place % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

/** What a member's card is to be numbered: what was said, or the first that is free of those drawn. */
export type CardNumbers = { readonly said?: string | undefined; readonly drawn: readonly string[] };

/** For `needs`: who has these numbers. */
export function numberHolders({ said, drawn }: CardNumbers, find: Find): ReadonlyMap<string, Member> {
  const found = (said === undefined ? drawn : [said]).flatMap((number) => {
    const [holder] = find.all(membersByCardNumber, number);
    return holder ? [[number, holder] as const] : [];
  });
  return new Map(found);
}

/** The number that a new member gets. */
export function numberFor(
  { said, drawn }: CardNumbers,
  holders: ReadonlyMap<string, Member>,
): string | Refusal {
  if (said !== undefined)
    return holders.has(said) ? refused('card_number_taken', { field: 'cardNumber' }) : said;
  const free = drawn.find((number) => !holders.has(number));
  assert(free !== undefined, 'one of several numbers that were drawn is free');
  return free;
}
