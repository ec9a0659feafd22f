import type { Refusal } from '../../kernel/outcome.ts';
import { refusals } from '../../kernel/refusals.ts';

export const problemType = 'application/problem+json; charset=utf-8';

/** A refusal as an RFC 9457 problem document; the same refusal gives the same bytes. */
export function problemOf(refusal: Refusal): { readonly status: number; readonly body: string } {
  const { status, title } = refusals[refusal.refused];
  const { refused: code, detail, field, next } = refusal;
  return {
    status,
    body: JSON.stringify({ type: `/docs/errors#${code}`, title, status, code, detail, field, next }),
  };
}
