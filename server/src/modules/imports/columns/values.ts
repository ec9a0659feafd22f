import { z } from 'zod';
import { amountMax } from '../../../kernel/money.ts';

/** Why what stands in a cell cannot be imported. */
export const problemCodes = [
  'missing',
  'too_long',
  'not_a_phone',
  'not_a_card_number',
  'card_number_taken',
  'not_an_email',
  'not_a_language',
  'not_a_day',
  'in_the_future',
  'in_the_past',
  'not_an_amount',
  'negative',
  'too_many_decimals',
  'too_large',
  'over_balance_limit',
  'not_yes_or_no',
  'consent_undated',
  'no_such_plan',
  'plan_not_clear',
  'end_before_start',
  'has_membership',
  'not_a_birthday',
  'too_many_tags',
  'not_a_whole_number',
  'not_a_choice',
  'no_such_field',
  'no_such_category',
  'not_a_state',
  'twice_in_file',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** A cell that is not good. */
export type Bad = { readonly bad: ProblemCode };

/** Tells a bad cell from what a good one says. */
export function isBad(value: unknown): value is Bad {
  return typeof value === 'object' && value !== null && 'bad' in value;
}

const bad = (code: ProblemCode): Bad => ({ bad: code });

/** Text as it is kept: trimmed, on one line; null: nothing stands there. */
export function textOf(cell: string, lengthMax: number): string | null | Bad {
  const text = cell.replaceAll(/[\p{Cc}\p{Cs}]+/gu, ' ').trim();
  if (text.length > lengthMax) return bad('too_long');
  return text === '' ? null : text;
}

const currencySigns = /^(?:cny|rmb|[¥￥$€£])|元$/gi;

/** An amount in major units as minor units; nothing stands for nothing. Thousands may be parted by commas. */
export function amountIn(cell: string, exponent: number): bigint | Bad {
  const text = cell.normalize('NFKC').replaceAll(/\s/g, '').replaceAll(currencySigns, '');
  if (text === '' || text === '-') return 0n;
  if (!/^[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?$/.test(text)) return bad('not_an_amount');
  const [whole = '', decimals = ''] = text.replaceAll(',', '').replace(/^[+-]/, '').split('.');
  const exact = decimals.replace(/0+$/, '');
  if (exact.length > exponent) return bad('too_many_decimals');
  if (whole.length > 16) return bad('too_large');
  const amount = BigInt(whole + exact.padEnd(exponent, '0'));
  if (text.startsWith('-') && amount > 0n) return bad('negative');
  return amount > amountMax ? bad('too_large') : amount;
}

/** A day `YYYY-MM-DD`, as it is written here and there; null: nothing stands there. */
export function dayIn(cell: string): string | null | Bad {
  const text = cell.normalize('NFKC').trim();
  if (text === '') return null;
  const found =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?$/.exec(text);
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  const [, year = '', month = '', day = ''] = found ?? compact ?? [];
  if (year === '') return bad('not_a_day');
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(written) ? written : bad('not_a_day');
}

const isoDay = z.iso.date();

const isDay = (text: string): boolean => text >= '1900' && isoDay.safeParse(text).success;

/** One of some words, by what people write for each; undefined: nothing stands there. */
export function wordIn<Word extends string>(
  cell: string,
  words: Readonly<Record<Word, readonly string[]>>,
  otherwise: ProblemCode,
): Word | undefined | Bad {
  const text = cell.normalize('NFKC').trim().toLowerCase();
  if (text === '') return undefined;
  for (const word in words) if (words[word].includes(text)) return word;
  return bad(otherwise);
}

/** What people write for yes and no. */
export const yesOrNo = {
  yes: ['是', '有', '同意', '接受', 'y', 'yes', 'true', '1', '√'],
  no: ['否', '无', '不同意', '拒绝', 'n', 'no', 'false', '0', '×'],
} as const;
