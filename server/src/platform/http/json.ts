/** Text that is not the JSON we take: malformed, or with a number written as no integer is. */
export class BadJson extends Error {}

const maybeNotInteger = /[:[,]\s*-?\d+[.eE]|[:[,]\s*-0(?!\d)|^\s*-?\d+[.eE]/;

/**
 * Parses a request's body. Numbers must be written as integers: 1.5, 1.0, 1e3 and -0 are refused, since a client that
 * sends them computes amounts in floating point.
 */
export function parseStrict(text: string): unknown {
  try {
    // The quick look may be misled by text inside a string; then the slow look decides.
    if (!maybeNotInteger.test(text)) return JSON.parse(text);
    return JSON.parse(text, (_key: string, value: unknown, context?: { source?: string }) => {
      if (typeof value === 'number' && !/^(0|-?[1-9]\d*)$/.test(context?.source ?? '')) {
        throw new BadJson(`numbers are integers here, not ${context?.source ?? value}`);
      }
      return value;
    });
  } catch (error) {
    if (error instanceof BadJson) throw error;
    throw new BadJson('the body is not JSON', { cause: error });
  }
}
