import { useWords } from '../words.ts';
import { heldWords, tenderWords } from './words.ts';

/** Names what is paid with; a tender of the merchant's own keeps its word. */
export function useTenderName(): (tender: string) => string {
  const names: Readonly<Record<string, string>> = { ...useWords(tenderWords), ...useWords(heldWords) };
  return (tender) => names[tender] ?? tender;
}
