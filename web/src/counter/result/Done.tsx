import { useEffect, useRef, useState } from 'react';
import { Icon } from '../../ui/icons.tsx';
import { useWords } from '../../ui/words.ts';
import type { Entry } from '../till.ts';
import { resultWords } from '../words.ts';
import { Receipt } from './Receipt.tsx';

type Props = {
  readonly title: string;
  readonly figure: string;
  readonly note: string;
  readonly entry: Entry | undefined;
  /** What goes on is called; left out: the next one. */
  readonly nextWord?: string;
  readonly onNext: () => void;
};

/** It worked, readable at arm's length. */
export function Done({ title, figure, note, entry, nextWord, onNext }: Props) {
  const words = useWords(resultWords);
  const [isReceipt, setReceipt] = useState(false);
  const next = useRef<HTMLButtonElement>(null);
  // The scanner's Enter, or a thumb, goes on to the next card.
  useEffect(() => next.current?.focus(), []);
  return (
    <section className="result good" role="status">
      <Icon name="check" size={88} />
      <h1>{title}</h1>
      <p className="result-figure">{figure}</p>
      <p className="result-note">{note}</p>
      <div className="result-foot">
        {entry ? (
          <button type="button" className="button" onClick={() => setReceipt(true)}>
            <Icon name="print" /> {words.receipt}
          </button>
        ) : null}
        <button ref={next} type="button" className="button grow" onClick={onNext}>
          {nextWord ?? words.next}
        </button>
      </div>
      {isReceipt && entry ? <Receipt entry={entry} onClose={() => setReceipt(false)} /> : null}
    </section>
  );
}
