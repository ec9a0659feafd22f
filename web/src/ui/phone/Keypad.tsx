import { useEffect } from 'react';
import { Icon } from '../icons.tsx';
import { useWords } from '../words.ts';
import { keypadWords } from './words.ts';

type Props = {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onEnter: () => void;
  /** How many digits may stand behind the point; 0: there is no point. */
  readonly decimals: number;
  readonly digitsMax?: number;
};

/** Digits for a thumb, and for the keyboard of a till. */
export function Keypad({ text, onText, onEnter, decimals, digitsMax = 12 }: Props) {
  const words = useWords(keypadWords);
  const press = (key: string) => onText(typed(text, key, decimals, digitsMax));
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return;
      if (/^[\d.]$/.test(event.key)) press(event.key);
      else if (event.key === 'Backspace') press('erase');
      else if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) onEnter();
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  });
  return (
    <div className="keypad">
      {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((key) => (
        <button key={key} type="button" onClick={() => press(key)}>
          {key}
        </button>
      ))}
      {decimals > 0 ? (
        <button type="button" aria-label={words.point} onClick={() => press('.')}>
          .
        </button>
      ) : (
        <span />
      )}
      <button type="button" onClick={() => press('0')}>
        0
      </button>
      <button type="button" aria-label={words.erase} onClick={() => press('erase')}>
        <Icon name="backspace" size={28} />
      </button>
    </div>
  );
}

/** The text after a key: never more decimals than the currency has, never two points, no needless zero in front. */
function typed(text: string, key: string, decimals: number, digitsMax: number): string {
  if (key === 'erase') return text.slice(0, -1);
  if (key === '.') return text.includes('.') || decimals === 0 ? text : `${text === '' ? '0' : text}.`;
  const [, fraction] = text.split('.');
  if (fraction !== undefined && fraction.length >= decimals) return text;
  if (text.replace('.', '').length >= digitsMax) return text;
  return decimals > 0 && text === '0' ? key : text + key;
}
