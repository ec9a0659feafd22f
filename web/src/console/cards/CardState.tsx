import { cardStateWords, type CardState as State, toneOf } from '../../ui/cards/words.ts';
import { useWords } from '../../ui/words.ts';

/** A card's state as a mark: the word says it, the colour only helps. */
export function CardState({ state }: { readonly state: State }) {
  const words = useWords(cardStateWords);
  return <span className={`mark ${toneOf(state)}`}>{words[state]}</span>;
}
