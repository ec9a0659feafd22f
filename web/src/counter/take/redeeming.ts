import { useEffect, useRef, useState } from 'react';
import { type AnswerOf, ask, type BodyOf, newKey, Refused, Unanswered } from '../../api/client.ts';
import { note, setTrace } from '../till.ts';

type Redeemed = AnswerOf<'POST /v1/redemptions'>;

/** One payment: however often it is asked for, it is the same body under the same key. */
export type Attempt = {
  readonly key: string;
  readonly body: BodyOf<'POST /v1/redemptions'>;
  readonly maskedCode: string;
};

export type Outcome =
  | { readonly is: 'sending' }
  | { readonly is: 'unanswered' }
  | { readonly is: 'done'; readonly answer: Redeemed }
  | { readonly is: 'refused'; readonly refusal: Refused };

export function newAttempt(body: Attempt['body'], maskedCode: string): Attempt {
  return { key: newKey(), body, maskedCode };
}

/** How long an answer may take before the clerk is told that there is none, in milliseconds. */
const patienceMs = 8_000;
/** How soon it is asked again, in milliseconds. */
const againMs = 3_000;

/** Carries one attempt out, and goes on asking after it until its outcome is known. It never guesses. */
export function useOutcome(attempt: Attempt): { readonly outcome: Outcome; readonly askNow: () => void } {
  const [outcome, setOutcome] = useState<Outcome>({ is: 'sending' });
  const asking = useRef(false);
  const send = async () => {
    if (asking.current) return;
    asking.current = true;
    const next = await outcomeOf(attempt);
    asking.current = false;
    setOutcome(next);
  };
  const latest = useRef(send);
  latest.current = send;
  useEffect(() => void latest.current(), []);
  const isOpen = outcome.is === 'unanswered';
  useEffect(() => {
    if (!isOpen) return undefined;
    const askAgain = () => void latest.current();
    const timer = setInterval(askAgain, againMs);
    addEventListener('online', askAgain);
    return () => {
      clearInterval(timer);
      removeEventListener('online', askAgain);
    };
  }, [isOpen]);
  return { outcome, askNow: () => void send() };
}

async function outcomeOf({ key, body, maskedCode }: Attempt): Promise<Outcome> {
  const { storeId, amount, currency } = body;
  const reference = body.reference;
  setTrace({ reference, storeId, amount, currency, at: new Date().toISOString() });
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const { body: answer } = await ask('POST /v1/redemptions', { body, idempotencyKey: key }, signal);
    note({
      id: answer.id,
      kind: 'redeem',
      at: answer.createdAt,
      amount: answer.amount,
      currency,
      reference,
      storeId,
      maskedCode,
      balance: answer.balance,
    });
    setTrace(undefined);
    return { is: 'done', answer };
  } catch (error) {
    if (error instanceof Unanswered || (error instanceof Refused && error.status >= 500))
      return { is: 'unanswered' };
    if (!(error instanceof Refused)) throw error;
    setTrace(undefined);
    return { is: 'refused', refusal: error };
  }
}
