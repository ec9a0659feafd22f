import { useState } from 'react';
import type { BodyOf } from '../../api/client.ts';
import { CodeBox } from '../../ui/phone/CodeBox.tsx';
import { useWords } from '../../ui/words.ts';
import { Why } from '../kit/Why.tsx';
import { lookWords } from './words.ts';

type Given = BodyOf<'POST /v1/wallet/{slug}/look'>;

type Props = {
  readonly action: string;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly onGiven: (given: Given) => void;
};

/** The one box for a card's code, and the PIN under its scratch-off. Neither is kept. */
export function CodeAndPin({ action, busy, error, onGiven }: Props) {
  const words = useWords(lookWords);
  const [pin, setPin] = useState('');
  return (
    <>
      <CodeBox
        label={words.code}
        action={action}
        busy={busy}
        onCode={(code) => onGiven(pin === '' ? { code } : { code, pin })}
      >
        <div className="field">
          <label htmlFor="pin">{words.pin}</label>
          <input
            id="pin"
            className="input code-input"
            value={pin}
            inputMode="numeric"
            autoComplete="off"
            maxLength={16}
            onChange={({ target }) => setPin(target.value.replaceAll(/\D/g, ''))}
          />
        </div>
      </CodeBox>
      <Why error={error} />
    </>
  );
}
