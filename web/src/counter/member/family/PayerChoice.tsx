import { useWords } from '../../../ui/words.ts';
import { payerName, type SharedWallet } from './payer.ts';
import { familyWords } from './words.ts';

/** Whose wallet pays, where a member may pay from more than their own. */
export function PayerChoice({
  family,
  chosen,
  onChoose,
}: {
  readonly family: readonly SharedWallet[];
  /** Null: their own. */
  readonly chosen: SharedWallet | null;
  readonly onChoose: (wallet: SharedWallet | null) => void;
}) {
  const words = useWords(familyWords);
  if (family.length === 0) return null;
  return (
    <fieldset className="choices family-choice">
      <legend className="soft">{words.whose}</legend>
      {[null, ...family].map((wallet) => (
        <button
          key={wallet?.id ?? 'own'}
          type="button"
          className="choice"
          aria-pressed={wallet?.id === chosen?.id}
          onClick={() => onChoose(wallet)}
        >
          {wallet === null ? words.own : words.of(payerName(wallet))}
        </button>
      ))}
    </fieldset>
  );
}
