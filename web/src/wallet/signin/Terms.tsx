import { useLanguage, useWords } from '../../ui/words.ts';
import { useMerchant } from '../merchant.ts';
import { signInWords } from './words.ts';

/** The merchant's terms in the language that is read, or in the one that there is. */
export function Terms() {
  const words = useWords(signInWords);
  const { terms } = useMerchant();
  const language = useLanguage();
  const text = terms[language] ?? terms.zh ?? terms.en;
  return (
    <details className="terms">
      <summary>{words.terms}</summary>
      <p>{text ?? words.noTerms}</p>
    </details>
  );
}
