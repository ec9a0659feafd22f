import { useWords } from '../../ui/words.ts';
import { acceptanceWords } from './words.ts';

type Version = { readonly number: number; readonly validFrom: string };
export type Standing = 'inForce' | 'upcoming' | 'past';

/** Which of these versions, the newest first, holds now, is to come, or was replaced. */
export function standingsOf(versions: readonly Version[]): ReadonlyMap<number, Standing> {
  const now = Date.now();
  const begun = versions.filter(({ validFrom }) => Date.parse(validFrom) <= now);
  // The latest to have begun holds; of several that began together the last to be made.
  const [holds] = begun.toSorted(
    (a, b) => Date.parse(b.validFrom) - Date.parse(a.validFrom) || b.number - a.number,
  );
  return new Map(
    versions.map((version) => {
      if (version === holds) return [version.number, 'inForce'] as const;
      return [version.number, begun.includes(version) ? 'past' : 'upcoming'] as const;
    }),
  );
}

const tones = { inForce: 'good', upcoming: 'look', past: 'quiet' } as const;

/** Whether a version holds. */
export function StandingMark({ standing }: { readonly standing: Standing }) {
  const words = useWords(acceptanceWords);
  return <span className={`mark ${tones[standing]}`}>{words[standing]}</span>;
}
