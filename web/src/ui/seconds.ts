import { useEffect, useState } from 'react';

/** Whole seconds until a moment of this device's clock, counted down. */
export function useSecondsUntil(at: number): number {
  const left = () => Math.max(0, Math.ceil((at - Date.now()) / 1_000));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(Math.max(0, Math.ceil((at - Date.now()) / 1_000))), 500);
    return () => clearInterval(timer);
  }, [at]);
  return seconds;
}
