/** What differs from run to run in a recipe's output, and the word that stands for it. The first that matches wins. */
const variable: readonly (readonly [word: string, pattern: RegExp])[] = [
  ['url', /https?:\/\/(?:127\.0\.0\.1|localhost):\d+/],
  ['key', /\b(?:sk|pk|scrip)_[A-Za-z0-9_-]{20,}/],
  ['id', /\b[a-z]+(?:_[a-z]+)*_[0-7][0-9a-hjkmnp-tv-z]{25}\b/],
  ['uuid', /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/],
  ['time', /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/],
  ['date', /\b\d{4}-\d\d-\d\d\b/],
  ['pin', /(?<="pin": ?"|\bpin=)\d{8}\b/],
  ['pin', /(?<=^\d+,[0-9A-Z-]{18,24},)\d{8}(?=,)/],
  ['code', /\b[0-9A-HJKMNP-TV-Z]{18}\b|\b[0-9A-HJKMNP-TV-Z]{4,6}(?:-[0-9A-HJKMNP-TV-Z]{2,6}){2,4}\b/],
  ['card number', /(?<="cardNumber": ?")\d{10}\b/],
  ['masked', /[*•]{2,}[0-9A-Z]{2,6}/],
];

const fixed: Readonly<Record<string, string>> = {
  url: 'http://localhost:8080',
  date: '<date>',
  time: '<time>',
};

/**
 * Makes a recipe's output the same on every run: ids, codes, PINs and keys become numbered words in the order in which
 * they first appear (`<card 1>`, `<code 2>`), so that one can still see which is which; times and dates become words.
 */
export function normalise(output: string): string {
  const known = new Map<string, string>();
  const counts = new Map<string, number>();
  const all = new RegExp(variable.map(([, pattern], at) => `(?<g${at}>${pattern.source})`).join('|'), 'gm');
  return output.replace(all, (value, ...rest) => {
    const groups = rest.at(-1) as Record<string, string | undefined>;
    const found = variable.findIndex((_, at) => groups[`g${at}`] !== undefined);
    const word = variable[found]?.[0] ?? 'value';
    const constant = fixed[word];
    if (constant !== undefined) return constant;
    const name = word === 'id' ? value.slice(0, value.lastIndexOf('_')) : word;
    const before = known.get(value);
    if (before !== undefined) return before;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    const stand = `<${name} ${count}>`;
    known.set(value, stand);
    return stand;
  });
}
