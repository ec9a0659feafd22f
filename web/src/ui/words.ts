import { useSyncExternalStore } from 'react';
import { type Defined, type Language, languages, type Words } from './messages.ts';

export { defineWords, type Language } from './messages.ts';
export { refusalText } from './refusals/text.ts';

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
