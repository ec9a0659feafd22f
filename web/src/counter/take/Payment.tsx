import { useEffect, useState } from 'react';
import { formatMoney } from '../../ui/money.ts';
import { Keypad } from '../../ui/phone/Keypad.tsx';
import { signal } from '../../ui/phone/signals.ts';
import { localeOf, refusalText, useLanguage, useWords } from '../../ui/words.ts';
import { Done } from '../result/Done.tsx';
import { Stop } from '../result/Stop.tsx';
import { Unknown } from '../result/Unknown.tsx';
import { useTill } from '../till.ts';
import { counterWords, resultWords, takeWords } from '../words.ts';
import { type Attempt, useOutcome } from './redeeming.ts';

type Props = {
  readonly attempt: Attempt;
  /** Tries again with the PIN that was asked for. */
  readonly onPin: (pin: string) => void;
  readonly onBack: () => void;
  readonly onDone: () => void;
};

const signals = { done: 'good', refused: 'bad', unanswered: 'look', sending: undefined } as const;

/** One payment under way, until it is known how it went. */
export function Payment({ attempt, onPin, onBack, onDone }: Props) {
  const words = useWords(takeWords);
  const results = useWords(resultWords);
  const language = useLanguage();
  const { outcome, askNow } = useOutcome(attempt);
  const { entries } = useTill();
  useEffect(() => {
    const kind = signals[outcome.is];
    if (kind) signal(kind);
  }, [outcome.is]);
  const { amount, currency } = attempt.body;
  const text = formatMoney(amount, currency, localeOf(language));
  if (outcome.is === 'sending') return <p className="sending">{words.sending}…</p>;
  if (outcome.is === 'unanswered')
    return <Unknown amount={text} reference={attempt.body.reference} onAsk={askNow} />;
  if (outcome.is === 'refused') {
    const { code } = outcome.refusal;
    if (code === 'pin_required' || code === 'pin_wrong')
      return <Pin wrong={code === 'pin_wrong'} onPin={onPin} onBack={onBack} />;
    return <Stop title={results.refused} why={refusalText(code, language)} onNext={onDone} onBack={onBack} />;
  }
  const { answer } = outcome;
  return (
    <Done
      title={results.taken}
      figure={text}
      note={results.left(formatMoney(answer.balance, currency, localeOf(language)))}
      entry={entries.find(({ id }) => id === answer.id)}
      onNext={onDone}
    />
  );
}

const pinMax = 16;

type PinProps = {
  readonly wrong: boolean;
  readonly onPin: (pin: string) => void;
  readonly onBack: () => void;
};

function Pin({ wrong, onPin, onBack }: PinProps) {
  const words = useWords(takeWords);
  const frame = useWords(counterWords);
  const language = useLanguage();
  const [pin, setPin] = useState('');
  const confirm = () => {
    if (pin !== '') onPin(pin);
  };
  return (
    <div className="amount-page">
      <h1>{words.pin}</h1>
      {wrong ? (
        <p className="note bad" role="alert">
          {refusalText('pin_wrong', language)}
        </p>
      ) : null}
      <output className="amount-figure pin-figure" aria-live="polite" aria-label={`${pin.length}`}>
        {'•'.repeat(pin.length)}
      </output>
      <Keypad text={pin} onText={setPin} onEnter={confirm} decimals={0} digitsMax={pinMax} />
      <div className="row foot">
        <button type="button" className="button" onClick={onBack}>
          {frame.back}
        </button>
        <button type="button" className="button main grow" disabled={pin === ''} onClick={confirm}>
          {words.pinConfirm}
        </button>
      </div>
    </div>
  );
}
