import { currencyExponent } from '../../../kernel/money.ts';
import { civilDay, startOfDay, validUntil } from '../../../kernel/time.ts';
import {
  canonicalCardNumber,
  cardNumberForm,
  type Field,
  type Language,
  phoneOf,
  type Values,
} from '../../members/index.ts';
import { type Plan, planNamed } from '../../memberships/index.ts';
import type { Mapping, MemberField } from './fields.ts';
import { birthdayIn, ownValueIn, tagsIn } from './memberProfile.ts';
import { amountIn, type Bad, dayIn, isBad, type ProblemCode, textOf, wordIn, yesOrNo } from './values.ts';

/** A member as a row of a file tells of them. Amounts in minor units. */
export type MemberRow = {
  /** E.164. */
  readonly phone: string;
  /** null: a number is drawn. */
  readonly cardNumber: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly language: Language;
  readonly joinedAt: Date | null;
  readonly principal: bigint;
  readonly bonus: bigint;
  /** Exclusive; null: without end. */
  readonly bonusUntil: Date | null;
  readonly points: bigint;
  readonly membership: MembershipOfRow | null;
  readonly tags: readonly string[];
  /** With the year or without. */
  readonly birthday: string | null;
  /** What stands in the merchant's own fields; undefined: nothing does. */
  readonly fields: Values | undefined;
  /** What they said to advertising, and when; null: nobody knows. */
  readonly marketing: { readonly given: boolean; readonly at: Date } | null;
};

/** What they have of a plan, in its version. Days are `YYYY-MM-DD`, the last is good to its end. */
export type MembershipOfRow = {
  readonly planId: string;
  readonly planVersion: number;
  readonly firstDay: string;
  readonly lastDay: string;
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
  /** Of which memberships may be. */
  readonly plans: readonly Plan[];
  /** The merchant's own fields of members. */
  readonly own: readonly Field[];
};

/** A cell's value, or what is wrong with it put down. */
type Good = <T>(column: number | undefined, value: T | Bad) => T | undefined;

const nameLengthMax = 100;
const emailLengthMax = 254;
const emailForm = /^[^\s@"<>()[\],;:\\]+@[^\s@.]+(?:\.[^\s@.]+)+$/;

const languages = {
  zh: ['zh', 'zh-cn', '中文', '汉语', '简体中文', 'chinese'],
  en: ['en', 'en-us', 'en-gb', '英文', '英语', 'english'],
} as const;

/** Reads a row; every problem of it at once, so that a file is put right in one go. */
export function memberRow(cells: readonly string[], terms: RowTerms): MemberRow | readonly RowProblem[] {
  const { mapping, timezone, now } = terms;
  const problems: RowProblem[] = [];
  const cell: CellOf = (field) => cells[mapping[field] ?? -1] ?? '';
  const good: Good = (column, value) => {
    if (!isBad(value)) return value;
    problems.push({ column: column ?? 0, code: value.bad });
    return undefined;
  };
  const phone = good(mapping.phone, phoneIn(cell('phone')));
  const cardNumber = good(mapping.cardNumber, cardNumberIn(cell('cardNumber'))) ?? null;
  const name = good(mapping.name, textOf(cell('name'), nameLengthMax)) ?? null;
  const email = good(mapping.email, emailIn(cell('email'))) ?? null;
  const language = good(mapping.language, wordIn(cell('language'), languages, 'not_a_language')) ?? 'zh';
  const joinedOn = good(mapping.joinedAt, dayIn(cell('joinedAt'))) ?? null;
  const joinedAt = joinedOn === null ? null : startOfDay(joinedOn, timezone);
  if (joinedAt !== null && joinedAt > now) good(mapping.joinedAt, { bad: 'in_the_future' });
  const worth = worthIn(cell, good, terms);
  const membership = membershipIn(cell, good, terms, joinedOn);
  const tags = good(mapping.tags, tagsIn(cell('tags'))) ?? [];
  const birthday = good(mapping.birthday, birthdayIn(cell('birthday'), civilDay(now, timezone))) ?? null;
  const fields = ownIn(cells, good, terms);
  const marketing = marketingIn(cell, good, terms, () => problems.length === 0);
  if (phone === undefined || problems.length > 0) return problems;
  const kept = { tags, birthday, fields, marketing };
  return { phone, cardNumber, name, email, language, joinedAt, ...worth, membership, ...kept };
}

type CellOf = (field: MemberField) => string;

/** What a row puts on a wallet and into a purse. */
function worthIn(cell: CellOf, good: Good, { mapping, currency, timezone, now, balanceMax }: RowTerms) {
  const exponent = currencyExponent(currency) ?? 2;
  const principal = good(mapping.principal, amountIn(cell('principal'), exponent)) ?? 0n;
  const bonus = good(mapping.bonus, amountIn(cell('bonus'), exponent)) ?? 0n;
  const points = good(mapping.points, amountIn(cell('points'), 0)) ?? 0n;
  const lastDay = good(mapping.bonusUntil, dayIn(cell('bonusUntil'))) ?? null;
  const bonusUntil = lastDay === null ? null : validUntil({ type: 'until', date: lastDay }, now, timezone);
  if (bonusUntil !== null && bonusUntil <= now) good(mapping.bonusUntil, { bad: 'in_the_past' });
  if (balanceMax !== null && principal + bonus > balanceMax) {
    good(mapping.principal ?? mapping.bonus, { bad: 'over_balance_limit' });
  }
  return { principal, bonus, bonusUntil, points };
}

/** What they have of a plan: from when they joined, to an end of its own, which may be over. */
function membershipIn(
  cell: CellOf,
  good: Good,
  { mapping, timezone, now, plans }: RowTerms,
  joinedOn: string | null,
): MembershipOfRow | null {
  const name = cell('plan').trim();
  const said = good(mapping.planUntil, dayIn(cell('planUntil')));
  if (name === '') {
    if (said != null) good(mapping.plan ?? mapping.planUntil, { bad: 'missing' });
    return null;
  }
  const plan = planNamed(plans, name);
  if (plan === 'unknown') good(mapping.plan, { bad: 'no_such_plan' });
  if (plan === 'ambiguous') good(mapping.plan, { bad: 'plan_not_clear' });
  if (said === null) good(mapping.planUntil ?? mapping.plan, { bad: 'missing' });
  if (typeof plan === 'string' || said == null) return null;
  if (joinedOn !== null && said < joinedOn) good(mapping.planUntil, { bad: 'end_before_start' });
  const today = civilDay(now, timezone);
  const firstDay = joinedOn ?? (said < today ? said : today);
  return { planId: plan.id, planVersion: plan.version, firstDay, lastDay: said };
}

/** What stands in the merchant's own fields, each by its kind. */
function ownIn(cells: readonly string[], good: Good, { mapping, own }: RowTerms): Values | undefined {
  const values: Record<string, Values[string]> = {};
  for (const [key, column] of Object.entries(mapping.fields ?? {})) {
    const field = own.find((one) => one.key === key);
    const value = good(column, field ? ownValueIn(cells[column] ?? '', field) : { bad: 'no_such_field' });
    if (value != null) values[key] = value;
  }
  return Object.keys(values).length === 0 ? undefined : values;
}

/** What they said to advertising. `isWhole`: nothing is wrong with the row so far. */
function marketingIn(
  cell: CellOf,
  good: Good,
  { mapping, timezone, now }: RowTerms,
  isWhole: () => boolean,
): MemberRow['marketing'] {
  const said = good(mapping.marketing, wordIn(cell('marketing'), yesOrNo, 'not_yes_or_no'));
  const saidOn = good(mapping.marketingAt, dayIn(cell('marketingAt'))) ?? null;
  const saidAt = saidOn === null ? null : startOfDay(saidOn, timezone);
  if (saidAt !== null && saidAt > now) good(mapping.marketingAt, { bad: 'in_the_future' });
  // A consent of which nobody knows when it was given is none.
  if (said === 'yes' && saidAt === null && isWhole()) good(mapping.marketing, { bad: 'consent_undated' });
  return said === undefined || saidAt === null ? null : { given: said === 'yes', at: saidAt };
}

function phoneIn(cell: string): string | Bad {
  // A spreadsheet that took the number for one shows it with decimals.
  const text = cell.trim().replace(/\.0+$/, '');
  return text === '' ? { bad: 'missing' } : (phoneOf(text) ?? { bad: 'not_a_phone' });
}

function cardNumberIn(cell: string): string | null | Bad {
  // A spreadsheet that took the number for one shows it with decimals.
  const text = canonicalCardNumber(cell.replace(/\.0+$/, ''));
  if (text === '') return null;
  return cardNumberForm.test(text) ? text : { bad: 'not_a_card_number' };
}

function emailIn(cell: string): string | null | Bad {
  const text = textOf(cell, emailLengthMax);
  return typeof text === 'string' && !emailForm.test(text) ? { bad: 'not_an_email' } : text;
}
