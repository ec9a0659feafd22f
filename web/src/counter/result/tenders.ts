import { tenderWords } from '../../ui/cards/words.ts';
import { useWords } from '../../ui/words.ts';
import { receiptWords } from '../words.ts';

/** By what was paid, as a receipt says it: by what a store takes, and by what a member has here. */
export function useTenders(): Readonly<Record<string, string>> {
  const words = useWords(receiptWords);
  return { ...useWords(tenderWords), wallet: words.byWallet, gift_card: words.byCard, points: words.points };
}
