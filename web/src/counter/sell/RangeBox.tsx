import { useState } from 'react';
import { useWords } from '../../ui/words.ts';
import { sellWords } from './words.ts';

const serialForm = /^\d{1,15}$/;

/** Two serials, as a scanner or a thumb types them. */
export function RangeBox({
  busy,
  onRange,
}: {
  readonly busy: boolean;
  readonly onRange: (from: bigint, to: bigint) => void;
}) {
  const words = useWords(sellWords);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const isGood = serialForm.test(from) && serialForm.test(to) && BigInt(from) <= BigInt(to);
  const field = (id: string, label: string, text: string, onText: (text: string) => void) => (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input mono"
        inputMode="numeric"
        autoComplete="off"
        value={text}
        onChange={({ target }) => onText(target.value.trim())}
      />
    </div>
  );
  return (
    <form
      className="code-box"
      onSubmit={(event) => {
        event.preventDefault();
        if (isGood) onRange(BigInt(from), BigInt(to));
      }}
    >
      <div className="row">
        {field('range-from', words.from, from, setFrom)}
        {field('range-to', words.to, to, setTo)}
      </div>
      <button type="submit" className="button" disabled={busy || !isGood}>
        {words.find}
      </button>
    </form>
  );
}
