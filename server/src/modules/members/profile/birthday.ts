import { civilDay, daysAfter } from '../../../kernel/time.ts';
import { civilDate } from '../../../platform/http/shapes.ts';
import type { Member } from '../member.ts';

// Of a birthday without its year it is not known whether the year was a leap year.
const anyLeapYear = '2000';
const form = /^(?:(?:19|20)\d{2}-)?(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/** Whether this is a day somebody can be born on: `1990-05-17`, or without the year, `05-17`. */
export function isBirthday(text: string): boolean {
  if (!form.test(text)) return false;
  const day = text.length === 5 ? `${anyLeapYear}-${text}` : text;
  return civilDate.safeParse(day).success;
}

/** By which hashes a member's birthday is known to be on a month and day. */
export type BirthdayHashes = (memberId: string, monthDay: string) => readonly string[];

/** Whether it is a member's birthday; of one on 29 February in other years the day before. */
export function hasBirthday(
  { id, birthdayHash }: Pick<Member, 'id' | 'birthdayHash'>,
  hashes: BirthdayHashes,
  now: Date,
  zone: string,
): boolean {
  if (birthdayHash === null) return false;
  const today = civilDay(now, zone);
  const monthDay = today.slice(5);
  const isShort = monthDay === '02-28' && daysAfter(today, 1).endsWith('03-01');
  return [monthDay, ...(isShort ? ['02-29'] : [])].some((day) => hashes(id, day).includes(birthdayHash));
}
