import { Refused } from '../../api/client.ts';
import { refusalText, useLanguage, useWords } from '../../ui/words.ts';
import { frameWords } from '../words.ts';

/** Why something was not done, as the server said it; nothing while nothing went wrong. */
export function Why({ error }: { readonly error: Error | null }) {
  const words = useWords(frameWords);
  const language = useLanguage();
  if (error === null) return null;
  return (
    <p className="note bad" role="alert">
      {error instanceof Refused ? refusalText(error.code, language) : words.unanswered}
    </p>
  );
}
