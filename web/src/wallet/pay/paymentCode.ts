import { useEffect, useRef, useState } from 'react';
import { ask } from '../../api/client.ts';

export type Shown = { readonly code: string; readonly nextAt: number; readonly endsAt: number };

const tickMs = 250;
/** How soon it is asked again where no answer came, in milliseconds. */
const againMs = 2_000;

/** A code of a card, or of the member alone. */
function askFor(slug: string, id: string | undefined, signal: AbortSignal) {
  return id === undefined
    ? ask('POST /v1/wallet/{slug}/member-code', { params: { slug }, body: {} }, signal)
    : ask('POST /v1/wallet/{slug}/cards/{id}/payment-code', { params: { slug, id }, body: {} }, signal);
}

/**
 * A payment code that is renewed before it is too old, by the clock of this device alone: how long it lasts is what the
 * server said, and when it came is known here. Nothing is shown past its end, nor after something happened to the card
 * (`usedBy`), which has used it up.
 */
export function usePaymentCode(slug: string, id: string | undefined, usedBy: string | undefined) {
  const [shown, setShown] = useState<Shown>();
  const [error, setError] = useState<Error | null>(null);
  const [now, setNow] = useState(Date.now);
  const dueAt = useRef(0);
  const asking = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever happened to the card asks for a new one.
  useEffect(() => {
    const stop = new AbortController();
    const renew = async () => {
      asking.current = true;
      const askedAt = Date.now();
      try {
        const { body } = await askFor(slug, id, stop.signal);
        const nextAt = askedAt + body.nextIn * 1_000;
        setShown({ code: body.code, nextAt, endsAt: nextAt + graceMs });
        setError(null);
        dueAt.current = nextAt;
      } catch (cause) {
        if (stop.signal.aborted) return;
        setError(cause instanceof Error ? cause : new Error(String(cause)));
        dueAt.current = Date.now() + againMs;
      } finally {
        asking.current = false;
      }
    };
    const tick = () => {
      setNow(Date.now());
      if (!asking.current && document.visibilityState === 'visible' && Date.now() >= dueAt.current)
        void renew();
    };
    const soon = () => {
      dueAt.current = 0;
      tick();
    };
    tick();
    const timer = setInterval(tick, tickMs);
    addEventListener('online', soon);
    return () => {
      stop.abort();
      asking.current = false;
      dueAt.current = 0;
      clearInterval(timer);
      removeEventListener('online', soon);
    };
  }, [slug, id, usedBy]);
  const isGood = shown !== undefined && now < shown.endsAt;
  const secondsLeft = shown ? Math.max(0, Math.ceil((shown.nextAt - now) / 1_000)) : 0;
  return { code: isGood ? shown.code : undefined, secondsLeft, error };
}

/** A till takes a code for a moment longer than it is shown; by then the next one is here, or none is. */
const graceMs = 5_000;
