import { useSyncExternalStore } from 'react';
import { refusalWords } from '../api/refusals.ts';

/** The languages that people can choose, the first one first. */
export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

type Text = string | ((...values: never[]) => string);
type Pair = readonly [zh: Text, en: Text];
type Words<Pairs> = {
  readonly [Name in keyof Pairs]: Pairs[Name] extends readonly [infer Zh, infer _En]
    ? Zh extends string
      ? string
      : Zh
    : never;
};
type Defined<Pairs> = { readonly zh: Words<Pairs>; readonly en: Words<Pairs> };

/** The messages of a part of the pages, each as [Chinese, English]; one with values in it is a pair of functions. */
export function defineWords<const Pairs extends Readonly<Record<string, Pair>>>(
  pairs: Pairs,
): Defined<Pairs> {
  const inLanguage = (place: 0 | 1) =>
    // Each name keeps its pair's kind: both of a pair are texts, or functions of the same values.
    Object.fromEntries(Object.entries(pairs).map(([name, pair]) => [name, pair[place]])) as Words<Pairs>;
  return { zh: inLanguage(0), en: inLanguage(1) };
}

const place = 'scrip.language';
const listeners = new Set<() => void>();
let chosen: Language = firstLanguage();
markPage();

function firstLanguage(): Language {
  const wanted = [localStorage.getItem(place), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return wanted.flatMap((word) => languages.filter((one) => one === word))[0] ?? languages[0];
}

function markPage(): void {
  document.documentElement.lang = localeOf(chosen);
}

/** Shows everything in this language from now on, on this device. */
export function chooseLanguage(language: Language): void {
  chosen = language;
  localStorage.setItem(place, language);
  markPage();
  for (const listener of listeners) listener();
}

/** The language that is shown now. */
export function useLanguage(): Language {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => chosen,
  );
}

/** The messages in the language that is shown now. */
export function useWords<Pairs>(words: Defined<Pairs>): Words<Pairs> {
  return words[useLanguage()];
}

/** The language as browsers name it. */
export function localeOf(language: Language): string {
  return language === 'zh' ? 'zh-CN' : 'en';
}

/** What people read when they are refused; an unknown code reads as itself. */
export function refusalText(code: string, language: Language): string {
  return refusalWords[code]?.[language === 'zh' ? 0 : 1] ?? code;
}
