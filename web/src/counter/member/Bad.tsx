import { Refused } from '../../api/client.ts';
import { refusalText, useLanguage, useWords } from '../../ui/words.ts';
import { memberWords } from './words.ts';

/** Why something came to nothing, in the words of the shown language. */
export function Bad({ error }: { readonly error: unknown }) {
  const words = useWords(memberWords);
  const language = useLanguage();
  if (error === null || error === undefined) return null;
  return (
    <p className="note bad" role="alert">
      {error instanceof Refused ? refusalText(error.code, language) : words.unanswered}
    </p>
  );
}
