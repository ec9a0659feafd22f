import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Icon } from '../../ui/icons.tsx';
import { hasNfc, listenForTags } from '../../ui/phone/nfc.ts';
import { useWords } from '../../ui/words.ts';
import { takeWords } from '../words.ts';

const Scanner = lazy(() =>
  import('../../ui/phone/Scanner.tsx').then(({ Scanner: component }) => ({ default: component })),
);

const codeMax = 64;
const groupOf = 6;

type Props = {
  readonly label: string;
  readonly action: string;
  readonly busy: boolean;
  readonly onCode: (code: string) => void;
};

/** The one box for any code: a scanner that types, a thumb that types, the camera, or a tag. */
export function CodeBox({ label, action, busy, onCode }: Props) {
  const words = useWords(takeWords);
  const [text, setText] = useState('');
  const [isScanning, setScanning] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => box.current?.focus(), []);
  const take = (code: string) => {
    setScanning(false);
    const trimmed = code.trim().slice(0, codeMax);
    if (trimmed !== '') onCode(trimmed);
  };
  return (
    <form
      className="code-box"
      onSubmit={(event) => {
        event.preventDefault();
        take(text);
      }}
    >
      <div className="field">
        <label htmlFor="code">{label}</label>
        <input
          id="code"
          ref={box}
          className="input code-input"
          value={text}
          placeholder={words.codeHint}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={codeMax}
          enterKeyHint="go"
          onChange={({ target }) => setText(grouped(target.value, text))}
        />
      </div>
      <button type="submit" className="button main" disabled={busy || text.trim() === ''}>
        {busy ? `${words.looking}…` : action}
      </button>
      <div className="row">
        <button type="button" className="button" onClick={() => setScanning(true)}>
          <Icon name="camera" /> {words.camera}
        </button>
        {hasNfc ? <NfcButton onText={take} /> : null}
      </div>
      {isScanning ? (
        <Suspense fallback={null}>
          <Scanner onText={take} onClose={() => setScanning(false)} />
        </Suspense>
      ) : null}
    </form>
  );
}

/** What is typed at the end is shown in groups, as it is printed; who corrects in the middle is left alone. */
function grouped(next: string, before: string): string {
  const upper = next.toUpperCase();
  const plain = upper.replaceAll(/[\s-]/g, '');
  if (next.length < before.length || !/^[0-9A-Z]+$/.test(plain)) return upper;
  return plain.match(new RegExp(`.{1,${groupOf}}`, 'g'))?.join('-') ?? upper;
}

function NfcButton({ onText }: { readonly onText: (text: string) => void }) {
  const words = useWords(takeWords);
  const [listening, setListening] = useState<AbortController>();
  useEffect(() => () => listening?.abort(), [listening]);
  const listen = () => {
    const control = new AbortController();
    setListening(control);
    void listenForTags(control.signal, onText).catch(() => setListening(undefined));
  };
  return (
    <button type="button" className="button" aria-pressed={listening !== undefined} onClick={listen}>
      <Icon name="nfc" /> {listening ? words.nfcOn : words.nfc}
    </button>
  );
}
