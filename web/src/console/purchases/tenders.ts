import { tenderWords } from '../../ui/cards/words.ts';
import { defineWords, useWords } from '../../ui/words.ts';

const ownWords = defineWords({
  wallet: ['储值', 'Wallet'],
  gift_card: ['礼品卡', 'Gift card'],
  points: ['积分', 'Points'],
});

/** What pays is called; a tender of the merchant's own keeps its word. */
export function useTenderName(): (tender: string) => string {
  const words: Readonly<Record<string, string>> = { ...useWords(tenderWords), ...useWords(ownWords) };
  return (tender) => words[tender] ?? tender;
}
