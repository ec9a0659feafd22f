import { refusalWords } from '../../api/refusals.ts';
import type { Language } from '../messages.ts';
import { refusalsForPeople } from './words.ts';

/** What people read when they are refused; an unknown code reads as itself. */
export function refusalText(code: string, language: Language): string {
  const forPeople: Readonly<Record<string, string>> = refusalsForPeople[language];
  if (Object.hasOwn(refusalsForPeople[language], code)) return forPeople[code] ?? code;
  return refusalWords[code]?.[language === 'zh' ? 0 : 1] ?? code;
}
