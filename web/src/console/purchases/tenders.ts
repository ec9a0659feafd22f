import { tenderWords } from '../../ui/cards/words.ts';
import { useWords } from '../../ui/words.ts';
import { purchaseWords } from './words.ts';

/** What pays is called; a tender of the merchant's own keeps its word. */
export function useTenderName(): (tender: string) => string {
  const { wallet, giftCard, points } = useWords(purchaseWords);
  const words: Readonly<Record<string, string>> = {
    ...useWords(tenderWords),
    ...{ wallet, gift_card: giftCard, points },
  };
  return (tender) => words[tender] ?? tender;
}
