import { useWords } from '../../ui/words.ts';
import type { Dividend } from './terms.ts';
import { dividendStateWords } from './words.ts';

const tones = {
  counting: 'mark',
  counted: 'mark look',
  approved: 'mark good',
  paid: 'mark good',
  cancelled: 'mark',
} as const;

/** How far a dividend is. */
export function DividendState({ state }: Pick<Dividend, 'state'>) {
  const words = useWords(dividendStateWords);
  return <span className={tones[state]}>{words[state]}</span>;
}
