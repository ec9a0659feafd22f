import { type ReactNode, useEffect, useRef } from 'react';
import { Icon } from '../../ui/icons.tsx';
import { useWords } from '../../ui/words.ts';
import { counterWords, resultWords } from '../words.ts';

type Props = {
  readonly title: string;
  readonly why: string;
  readonly onNext: () => void;
  readonly onBack?: (() => void) | undefined;
  readonly children?: ReactNode;
};

/** It did not, and why, readable at arm's length. */
export function Stop({ title, why, onNext, onBack, children }: Props) {
  const words = useWords(resultWords);
  const frame = useWords(counterWords);
  const next = useRef<HTMLButtonElement>(null);
  useEffect(() => next.current?.focus(), []);
  return (
    <section className="result bad" role="alert">
      <Icon name="cross" size={88} />
      <h1>{title}</h1>
      <p className="result-why">{why}</p>
      {children}
      <div className="result-foot">
        {onBack ? (
          <button type="button" className="button" onClick={onBack}>
            {frame.back}
          </button>
        ) : null}
        <button ref={next} type="button" className="button grow" onClick={onNext}>
          {words.next}
        </button>
      </div>
    </section>
  );
}
