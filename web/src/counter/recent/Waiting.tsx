import { Icon } from '../../ui/icons.tsx';
import { waitingWords } from '../../ui/waiting/words.ts';
import { useWords } from '../../ui/words.ts';
import { resultWords } from '../words.ts';

/** It takes a second person, who does it at the desk. */
export function Waiting({ onDone }: { readonly onDone: () => void }) {
  const words = useWords(waitingWords);
  const results = useWords(resultWords);
  return (
    <section className="result look" role="status">
      <Icon name="clock" size={88} />
      <h1>{words.title}</h1>
      <p className="result-why">{words.why}</p>
      <p>
        <a href="/approvals?mine=true">{words.look}</a>
      </p>
      <div className="result-foot">
        <button type="button" className="button grow" onClick={onDone}>
          {results.next}
        </button>
      </div>
    </section>
  );
}
