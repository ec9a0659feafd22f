import type { RefusalCode } from './refusals.ts';

export type { RefusalCode };

/** An expected "no": a value, never thrown. A refused command leaves nothing behind. */
export type Refusal = {
  readonly refused: RefusalCode;
  /** One sentence for a person, about this very case. */
  readonly detail?: string;
  /** Path of the input field at fault, such as `validity.count`. */
  readonly field?: string;
  /** What the caller can do about it. */
  readonly next?: string;
};

/** Makes a refusal. */
export function refused(code: RefusalCode, more: Omit<Refusal, 'refused'> = {}): Refusal {
  return { refused: code, ...more };
}

/** Tells a refusal from any other result. */
export function isRefused(outcome: unknown): outcome is Refusal {
  return (
    typeof outcome === 'object' &&
    outcome !== null &&
    'refused' in outcome &&
    typeof outcome.refused === 'string'
  );
}
