import { Refused } from '../api/client.ts';
import { refusalText, useLanguage, useWords } from '../ui/words.ts';
import { resultWords } from './words.ts';

/** Why it did not happen, where it was asked. */
export function WhyNot({ error }: { readonly error: Error | null }) {
  const language = useLanguage();
  const results = useWords(resultWords);
  if (error === null) return null;
  return (
    <p className="note bad" role="alert">
      {error instanceof Refused ? refusalText(error.code, language) : results.unanswered}
    </p>
  );
}
