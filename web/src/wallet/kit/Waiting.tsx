import { useWords } from '../../ui/words.ts';
import { frameWords } from '../words.ts';
import { Why } from './Why.tsx';

/** What stands in the place of an answer that is not there yet, or does not come. */
export function Waiting({
  error,
  onAgain,
}: {
  readonly error: Error | null;
  readonly onAgain?: () => unknown;
}) {
  const words = useWords(frameWords);
  if (error === null)
    return (
      <div className="ghosts" role="status">
        <span className="unseen">{words.loading}</span>
        <div className="ghost face-size" />
        <div className="ghost" />
        <div className="ghost" />
      </div>
    );
  return (
    <div className="empty">
      <Why error={error} />
      {onAgain ? (
        <button type="button" className="button" onClick={() => onAgain()}>
          {words.again}
        </button>
      ) : null}
    </div>
  );
}
