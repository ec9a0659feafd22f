import { useState } from 'react';
import { type AnswerOf, type Ask, ask, type OperationName, Unanswered } from '../../api/client.ts';
import { signal } from '../../ui/phone/signals.ts';
import { useAttempt } from './attempt.ts';

/**
 * Does something once. Nothing that is shown is read anew before it is said to be done: what can be done next would else
 * stand for a moment where a thumb may tap a second time.
 */
export function useOnce<Name extends OperationName>(name: Name, kind: Parameters<typeof useAttempt>[0]) {
  const { key, reference, renew, failed } = useAttempt(kind);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = async (parts: Ask<Name>, onDone: (answer: AnswerOf<Name>) => void) => {
    setBusy(true);
    setError(null);
    try {
      const { body } = await ask(name, { ...parts, idempotencyKey: key });
      signal('good');
      renew();
      onDone(body);
    } catch (problem) {
      setError(problem);
      failed(problem);
    } finally {
      setBusy(false);
    }
  };
  return {
    reference,
    isBusy,
    error,
    /** Another thing is wanted; not as long as it is unknown whether the last one was done. */
    renew() {
      if (!(error instanceof Unanswered)) renew();
    },
    run: (parts: Ask<Name>, onDone: (answer: AnswerOf<Name>) => void) => void run(parts, onDone),
  };
}
