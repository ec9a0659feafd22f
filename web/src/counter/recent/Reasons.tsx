import { useWords } from '../../ui/words.ts';
import { recentWords } from './words.ts';

const reasons = ['returned', 'mistake', 'quality'] as const;
export type Reason = (typeof reasons)[number];
type Props = { readonly reason: Reason; readonly onReason: (reason: Reason) => void };

/** Why something goes back. */
export function Reasons({ reason, onReason }: Props) {
  const words = useWords(recentWords);
  return (
    <fieldset className="choices" aria-label={words.reason}>
      {reasons.map((one) => (
        <button
          key={one}
          type="button"
          className="choice"
          aria-pressed={one === reason}
          onClick={() => onReason(one)}
        >
          {words[one]}
        </button>
      ))}
    </fieldset>
  );
}
