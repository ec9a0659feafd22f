import { useWords } from '../../ui/words.ts';
import type { Typed } from './terms.ts';
import { familyWords } from './words.ts';

/** What a relative may pay, as the payer types it. */
export function TermsFields({
  id,
  value,
  onChange,
}: {
  /** What the ids of its fields begin with: a page has several. */
  readonly id: string;
  readonly value: Typed;
  readonly onChange: (value: Typed) => void;
}) {
  const words = useWords(familyWords);
  return (
    <>
      {(['paymentMax', 'dayMax'] as const).map((name) => (
        <div key={name} className="field">
          <label htmlFor={`${id}-${name}`}>{words[name]}</label>
          <input
            id={`${id}-${name}`}
            className="input"
            inputMode="decimal"
            autoComplete="off"
            maxLength={16}
            value={value[name]}
            onChange={({ target }) => onChange({ ...value, [name]: target.value })}
          />
        </div>
      ))}
      <label className="tick">
        <input
          type="checkbox"
          checked={value.withDiscount}
          onChange={() => onChange({ ...value, withDiscount: !value.withDiscount })}
        />
        <span>{words.withDiscount}</span>
      </label>
    </>
  );
}
