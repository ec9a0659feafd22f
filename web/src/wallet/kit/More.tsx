import { useWords } from '../../ui/words.ts';
import { frameWords } from '../words.ts';

/** Asks for the next page of a list; nothing where there is none. */
export function More({
  more,
  isBusy,
}: {
  readonly more: (() => void) | undefined;
  readonly isBusy: boolean;
}) {
  const words = useWords(frameWords);
  if (!more) return null;
  return (
    <button type="button" className="button wide" disabled={isBusy} onClick={more}>
      {words.more}
    </button>
  );
}
