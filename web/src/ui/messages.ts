/** The languages that people can choose, the first one first. */
export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

type Text = string | ((...values: never[]) => string);
type Pair = readonly [zh: Text, en: Text];
export type Words<Pairs> = {
  readonly [Name in keyof Pairs]: Pairs[Name] extends readonly [infer Zh, infer _En]
    ? Zh extends string
      ? string
      : Zh
    : never;
};
export type Defined<Pairs> = { readonly zh: Words<Pairs>; readonly en: Words<Pairs> };

/** The messages of a part of the pages, each as [Chinese, English]; one with values in it is a pair of functions. */
export function defineWords<const Pairs extends Readonly<Record<string, Pair>>>(
  pairs: Pairs,
): Defined<Pairs> {
  const inLanguage = (place: 0 | 1) =>
    // Each name keeps its pair's kind: both of a pair are texts, or functions of the same values.
    Object.fromEntries(Object.entries(pairs).map(([name, pair]) => [name, pair[place]])) as Words<Pairs>;
  return { zh: inLanguage(0), en: inLanguage(1) };
}
