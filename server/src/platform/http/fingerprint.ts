import { hash } from 'node:crypto';
import type { Parsed } from './route.ts';

/**
 * Keyed, because the request may hold what is guessable to who can read the database. It is only ever compared with
 * another of these, so a plain hash behind a secret does; an HMAC would cost three times as much.
 */
export function fingerprintsOf(keys: readonly string[], name: string, parsed: Parsed): Buffer[] {
  const text = JSON.stringify(inWords(parsed));
  return keys.map((key) => hash('sha256', `${key}|${name}|${text}`, 'buffer'));
}

/** The same with amounts as text, which JSON has no form for; a replacer would be called for each member. */
function inWords(value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(inWords);
  const members: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) members[name] = inWords(member);
  return members;
}
