import { currencyExponent } from '../../../kernel/money.ts';
import { startOfDay, validUntil } from '../../../kernel/time.ts';
import { type Language, phoneOf } from '../../members/index.ts';
import type { Mapping, MemberField } from './fields.ts';
import { amountIn, type Bad, dayIn, isBad, type ProblemCode, textOf, wordIn, yesOrNo } from './values.ts';

/** A member as a row of a file tells of them. Amounts in minor units. */
export type MemberRow = {
  /** E.164. */
  readonly phone: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly language: Language;
  readonly joinedAt: Date | null;
  readonly principal: bigint;
  readonly bonus: bigint;
  /** Exclusive; null: without end. */
  readonly bonusUntil: Date | null;
  readonly points: bigint;
  /** What they said to advertising, and when; null: nobody knows. */
  readonly marketing: { readonly given: boolean; readonly at: Date } | null;
};

/** What is wrong with a row, and in which column of the file, counted from 0. */
export type RowProblem = { readonly column: number; readonly code: ProblemCode };

/** What a row is read by. */
export type RowTerms = {
  readonly mapping: Mapping;
  readonly currency: string;
  readonly timezone: string;
  readonly now: Date;
  /** The most that a wallet may hold; null: any amount. */
  readonly balanceMax: bigint | null;
};

const nameLengthMax = 100;
const emailLengthMax = 254;
const emailForm = /^[^\s@"<>()[\],;:\\]+@[^\s@.]+(?:\.[^\s@.]+)+$/;

const languages = {
  zh: ['zh', 'zh-cn', '中文', '汉语', '简体中文', 'chinese'],
  en: ['en', 'en-us', 'en-gb', '英文', '英语', 'english'],
} as const;

/** Reads a row; every problem of it at once, so that a file is put right in one go. */
export function memberRow(cells: readonly string[], terms: RowTerms): MemberRow | readonly RowProblem[] {
  const { mapping, timezone, now, balanceMax } = terms;
  const exponent = currencyExponent(terms.currency) ?? 2;
  const problems: RowProblem[] = [];
  const cell = (field: MemberField): string => cells[mapping[field] ?? -1] ?? '';
  function good<T>(field: MemberField, value: T | Bad): T | undefined {
    if (!isBad(value)) return value;
    problems.push({ column: mapping[field] ?? 0, code: value.bad });
    return undefined;
  }
  const phone = good('phone', phoneIn(cell('phone')));
  const name = good('name', textOf(cell('name'), nameLengthMax)) ?? null;
  const email = good('email', emailIn(cell('email'))) ?? null;
  const language = good('language', wordIn(cell('language'), languages, 'not_a_language')) ?? 'zh';
  const joinedOn = good('joinedAt', dayIn(cell('joinedAt'))) ?? null;
  const joinedAt = joinedOn === null ? null : startOfDay(joinedOn, timezone);
  if (joinedAt !== null && joinedAt > now) good('joinedAt', { bad: 'in_the_future' });
  const principal = good('principal', amountIn(cell('principal'), exponent)) ?? 0n;
  const bonus = good('bonus', amountIn(cell('bonus'), exponent)) ?? 0n;
  const points = good('points', amountIn(cell('points'), 0)) ?? 0n;
  const lastDay = good('bonusUntil', dayIn(cell('bonusUntil'))) ?? null;
  const bonusUntil = lastDay === null ? null : validUntil({ type: 'until', date: lastDay }, now, timezone);
  if (bonusUntil !== null && bonusUntil <= now) good('bonusUntil', { bad: 'in_the_past' });
  if (balanceMax !== null && principal + bonus > balanceMax) {
    good(mapping.principal === undefined ? 'bonus' : 'principal', { bad: 'over_balance_limit' });
  }
  const said = good('marketing', wordIn(cell('marketing'), yesOrNo, 'not_yes_or_no'));
  const saidOn = good('marketingAt', dayIn(cell('marketingAt'))) ?? null;
  const saidAt = saidOn === null ? null : startOfDay(saidOn, timezone);
  if (saidAt !== null && saidAt > now) good('marketingAt', { bad: 'in_the_future' });
  // A consent of which nobody knows when it was given is none.
  if (said === 'yes' && saidAt === null && problems.length === 0)
    good('marketing', { bad: 'consent_undated' });
  if (phone === undefined || problems.length > 0) return problems;
  const marketing = said === undefined || saidAt === null ? null : { given: said === 'yes', at: saidAt };
  return { phone, name, email, language, joinedAt, principal, bonus, bonusUntil, points, marketing };
}

function phoneIn(cell: string): string | Bad {
  // A spreadsheet that took the number for one shows it with decimals.
  const text = cell.trim().replace(/\.0+$/, '');
  return text === '' ? { bad: 'missing' } : (phoneOf(text) ?? { bad: 'not_a_phone' });
}

function emailIn(cell: string): string | null | Bad {
  const text = textOf(cell, emailLengthMax);
  return typeof text === 'string' && !emailForm.test(text) ? { bad: 'not_an_email' } : text;
}
