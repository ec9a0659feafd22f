import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { Icon } from '../icons.tsx';
import { useWords } from '../words.ts';
import { hasNfc, listenForTags } from './nfc.ts';
import { codeBoxWords } from './words.ts';

const Scanner = lazy(() =>
  import('./Scanner.tsx').then(({ Scanner: component }) => ({ default: component })),
);

/** What a customer's phone shows is longer than what is printed on a card. */
const codeMax = 128;
const printedMax = 24;
const groupOf = 6;

type Props = {
  readonly label: string;
  readonly action: string;
  readonly busy: boolean;
  /** What is asked besides, between the box and its button. */
  readonly children?: ReactNode;
  readonly onCode: (code: string) => void;
};

/** The one box for any code: a scanner that types, a thumb that types, the camera, or a tag. */
export function CodeBox({ label, action, busy, children, onCode }: Props) {
  const words = useWords(codeBoxWords);
  const [text, setText] = useState('');
  const [isScanning, setScanning] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => box.current?.focus(), []);
  const take = (code: string) => {
    setScanning(false);
    const trimmed = code.trim().slice(0, codeMax);
    if (trimmed !== '') onCode(trimmed);
  };
  // Where more is asked than the code, what was scanned waits in the box for it.
  const scanned = (code: string) => {
    setScanning(false);
    if (children === undefined) take(code);
    else setText(code.trim().slice(0, codeMax));
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
      {children}
      <button type="submit" className="button main" disabled={busy || text.trim() === ''}>
        {busy ? `${words.looking}…` : action}
      </button>
      <div className="row">
        <button type="button" className="button" onClick={() => setScanning(true)}>
          <Icon name="camera" /> {words.camera}
        </button>
        {hasNfc ? <NfcButton onText={scanned} /> : null}
      </div>
      {isScanning ? (
        <Suspense fallback={null}>
          <Scanner onText={scanned} onClose={() => setScanning(false)} />
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
  if (plain.length > printedMax) return plain;
  return plain.match(new RegExp(`.{1,${groupOf}}`, 'g'))?.join('-') ?? upper;
}

function NfcButton({ onText }: { readonly onText: (text: string) => void }) {
  const words = useWords(codeBoxWords);
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
