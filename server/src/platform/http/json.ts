import { isUtf8 } from 'node:buffer';

/** Text that is not the JSON we take: malformed, with a number written as no integer is, or with a member twice. */
export class BadJson extends Error {}

const maybeNotInteger = /(?:^|[:[,])\s*(?:-?\d+[.eE]|-0(?!\d))/;

/** Deeper than anything that a schema here describes. */
const depthMax = 20;

/**
 * Parses a request's body. Numbers must be written as integers: 1.5, 1.0, 1e3 and -0 are refused, since a client that
 * sends them computes amounts in floating point. A member that is there twice is refused, since whoever checked the
 * request on its way here may have read the other one. Throws `BadJson`.
 */
export function parseStrict(bytes: Buffer): unknown {
  // Decoding would put U+FFFD for what is no UTF-8, and make one text of two.
  if (!isUtf8(bytes)) throw new BadJson('the body is not UTF-8');
  const text = bytes.toString('utf8');
  const value = parse(text);
  // Each member has a colon. More colons than members: some stand inside strings, or a member was there twice.
  if (colonsIn(text) !== membersIn(value, 0)) refuseTwice(text);
  return value;
}

function parse(text: string): unknown {
  try {
    // The quick look may be misled by text inside a string; then the slow look decides.
    if (!maybeNotInteger.test(text)) return JSON.parse(text);
    return JSON.parse(text, (_key: string, value: unknown, context?: { source?: string }) => {
      if (typeof value === 'number' && !/^(0|-?[1-9]\d*)$/.test(context?.source ?? '')) {
        throw new BadJson(`numbers are integers here, not ${context?.source?.slice(0, 40) ?? value}`);
      }
      return value;
    });
  } catch (error) {
    if (error instanceof BadJson) throw error;
    throw new BadJson('the body is not JSON', { cause: error });
  }
}

function colonsIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) count++;
  return count;
}

function membersIn(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth >= depthMax) throw new BadJson(`the body is nested deeper than ${depthMax} levels`);
  const within = Object.values(value);
  let count = Array.isArray(value) ? 0 : within.length;
  for (const one of within) count += membersIn(one, depth + 1);
  return count;
}

/** Throws where an object of this JSON text names a member twice. */
function refuseTwice(text: string): void {
  const open: Set<string>[] = [];
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (/^\s*:/.test(text.slice(index + token.length, index + token.length + 64))) {
      const name = String(parse(token));
      const names = open.at(-1);
      if (names?.has(name)) throw new BadJson(`the member ${name.slice(0, 40)} is there twice`);
      names?.add(name);
    }
  }
}
