import { useWords } from '../../ui/words.ts';
import { memberWords } from './words.ts';

/** An amount of money, typed. */
export function AmountField({
  label,
  value,
  onChange,
}: {
  /** Left out: it is the amount, and no other. */
  readonly label?: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}) {
  const words = useWords(memberWords);
  return (
    <div className="field">
      <label htmlFor="member-amount">{label ?? words.amount}</label>
      <input
        id="member-amount"
        className="input"
        inputMode="decimal"
        autoComplete="off"
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  );
}
