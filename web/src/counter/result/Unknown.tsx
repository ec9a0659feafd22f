import { Icon } from '../../ui/icons.tsx';
import { useWords } from '../../ui/words.ts';
import { resultWords, takeWords } from '../words.ts';

type Props = { readonly amount: string; readonly reference: string; readonly onAsk: () => void };

/** Nobody knows yet; the counter goes on asking, and there is no way on that would be a guess. */
export function Unknown({ amount, reference, onAsk }: Props) {
  const words = useWords(resultWords);
  const take = useWords(takeWords);
  return (
    <section className="result look" role="alert">
      <Icon name="warn" size={88} />
      <h1>{words.unanswered}</h1>
      <p className="result-figure">{amount}</p>
      <p className="result-why">{words.unansweredWhy}</p>
      <p className="result-note">
        {take.reference} <span className="mono">{reference}</span>
      </p>
      <p className="result-note">{words.asking}…</p>
      <div className="result-foot">
        <button type="button" className="button grow" onClick={onAsk}>
          {words.askNow}
        </button>
      </div>
    </section>
  );
}
