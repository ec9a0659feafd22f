import { amountMax, jsonAmount } from '../../../kernel/money.ts';
import {
  type Field,
  fieldLengthMax,
  isBirthday,
  tagLengthMax,
  tagsMax,
  type Values,
} from '../../members/index.ts';
import { type Bad, dayIn, isBad, textOf } from './values.ts';

/** Tags as they stand in one cell, with commas or semicolons between; each once. */
export function tagsIn(cell: string): readonly string[] | Bad {
  const tags = new Set<string>();
  for (const part of cell.split(/[,，、;；|]/)) {
    const tag = textOf(part, tagLengthMax);
    if (isBad(tag)) return tag;
    if (tag !== null) tags.add(tag);
  }
  return tags.size > tagsMax ? { bad: 'too_many_tags' } : [...tags];
}

/** A birthday with the year or without, `1990-05-17` or `05-17`; null: nothing stands there. `today`: `YYYY-MM-DD`. */
export function birthdayIn(cell: string, today: string): string | null | Bad {
  const text = cell.normalize('NFKC').trim();
  const [, month = '', day = ''] = /^(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(text) ?? [];
  if (month !== '') {
    const short = `${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    return isBirthday(short) ? short : { bad: 'not_a_birthday' };
  }
  const whole = dayIn(cell);
  if (whole === null) return null;
  if (isBad(whole) || !isBirthday(whole)) return { bad: 'not_a_birthday' };
  return whole > today ? { bad: 'in_the_future' } : whole;
}

/** What stands in a field of the merchant's own, by its kind; null: nothing does. */
export function ownValueIn(cell: string, { kind, choices }: Field): Values[string] | null | Bad {
  const text = textOf(cell, fieldLengthMax);
  if (text === null || isBad(text) || kind === 'text') return text;
  if (kind === 'date') return dayIn(cell);
  if (kind === 'choice') return choices.includes(text) ? text : { bad: 'not_a_choice' };
  // A spreadsheet shows whole numbers with decimals now and then.
  const digits = text.normalize('NFKC').replaceAll(',', '').replace(/\.0+$/, '');
  if (!/^[+-]?\d{1,16}$/.test(digits)) return { bad: 'not_a_whole_number' };
  const number = BigInt(digits.replace('+', ''));
  return number > amountMax || number < -amountMax ? { bad: 'too_large' } : jsonAmount(number);
}
