import { useState } from 'react';
import { newKey, Unanswered } from '../../api/client.ts';
import { signal } from '../../ui/phone/signals.ts';
import { newReference } from '../till.ts';

type Kind = Parameters<typeof newReference>[0];
type Attempt = { readonly key: string; readonly reference: string };

const fresh = (kind: Kind): Attempt => ({ key: newKey(), reference: newReference(kind, new Date()) });

/** One attempt at one thing: the same key and reference until its outcome is known. */
export function useAttempt(kind: Kind) {
  const [attempt, setAttempt] = useState(() => fresh(kind));
  return {
    ...attempt,
    /** It is done, or another thing is wanted: what comes is a new one. */
    renew: () => setAttempt(fresh(kind)),
    /** It came to nothing; without an answer it may have happened, and is asked again as it was. */
    failed(error: unknown) {
      signal('bad');
      if (!(error instanceof Unanswered)) setAttempt((before) => ({ ...before, key: newKey() }));
    },
  };
}
