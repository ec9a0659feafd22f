import ts from 'typescript';
import { type Finding, lineAt, matches, type Rule, type Tree } from './rule.ts';
import { type Source, walk } from './source.ts';

const inWeb = (path: string): boolean => path.startsWith('web/src/');
const isWords = (path: string): boolean => /(^|\/)words\.ts$/.test(path);
const isGenerated = (path: string): boolean => path.startsWith('web/src/api/');
const chinese = /\p{Script=Han}/u;

type Message = { readonly name: string; readonly at: number; readonly zh: string; readonly en: string };
/** One call of `defineWords`, by the name that it is exported under. */
type Words = { readonly source: Source; readonly name: string; readonly messages: readonly Message[] };

function wordsIn(source: Source): Words[] {
  const found: Words[] = [];
  walk(source.tree, (node) => {
    if (!ts.isVariableDeclaration(node) || !node.initializer || !ts.isCallExpression(node.initializer))
      return;
    const { expression, arguments: parts } = node.initializer;
    const [pairs] = parts;
    if (expression.getText(source.tree) !== 'defineWords' || !pairs || !ts.isObjectLiteralExpression(pairs))
      return;
    const messages = pairs.properties.flatMap((property) => messageOf(property, source));
    found.push({ source, name: node.name.getText(source.tree), messages });
  });
  return found;
}

function messageOf(property: ts.ObjectLiteralElementLike, { tree }: Source): Message[] {
  if (!ts.isPropertyAssignment(property) || !ts.isArrayLiteralExpression(property.initializer)) return [];
  const [zh, en] = property.initializer.elements.map((element) => element.getText(tree));
  const name = property.name.getText(tree).replaceAll("'", '');
  return [{ name, at: property.getStart(tree), zh: zh ?? '', en: en ?? '' }];
}

const allWords = ({ sources }: Tree): Words[] => sources.filter(({ path }) => inWeb(path)).flatMap(wordsIn);

const finding = ({ source }: Words, { at, name }: Message): Finding => ({
  path: source.path,
  line: lineAt(source.text, at),
  what: name,
});

const used: Rule = {
  name: 'messages-are-used',
  why: 'A message that nothing shows is translated for nobody.',
  fix: 'delete it, or show it: `words.name` where `const words = useWords(…)`',
  check: (tree) =>
    allWords(tree).flatMap((words) => {
      const users = tree.sources.filter(
        ({ path, code }) => inWeb(path) && new RegExp(`\\b${words.name}\\b`).test(code),
      );
      // Who indexes the words by what the server says, or lists them, uses them all.
      if (users.some((user) => isIndexed(user, words.name))) return [];
      const text = users.map(({ text: one }) => one).join('\n');
      return words.messages
        .filter(({ name }) => !new RegExp(`\\.${name}\\b|word: '${name}'`).test(text))
        .map((message) => finding(words, message));
    }),
};

/** Whether the words, or what `useWords` makes of them, are looked up by a value or listed. */
function isIndexed({ code }: Source, name: string): boolean {
  const holders = [...code.matchAll(new RegExp(`const (\\w+)(?:: [^=]+)? = useWords\\(${name}\\)`, 'g'))];
  return [name, ...holders.map((match) => match[1] ?? '')].some((holder) =>
    new RegExp(`\\b${holder}\\[(?!language\\])|Object\\.(entries|keys|hasOwn)\\(${holder}\\b`).test(code),
  );
}

const inBothLanguages: Rule = {
  name: 'messages-in-both-languages',
  why: 'Half of our people would read the other half’s language.',
  fix: 'write the Chinese first and the English second',
  check: (tree) =>
    allWords(tree).flatMap((words) =>
      words.messages
        .filter(({ name, zh, en }) => isEmpty(zh) || isEmpty(en) || (!isOwnName(name) && mixed(zh, en)))
        .map((message) => finding(words, message)),
    ),
};

const isEmpty = (text: string): boolean => /^(['"`])\s*\1$/.test(text) || text === '';
/** A language is called by its own name in both. */
const isOwnName = (name: string): boolean => ['otherLanguage', 'chinese', 'english'].includes(name);
const mixed = (zh: string, en: string): boolean => chinese.test(en) || (!chinese.test(zh) && zh !== en);

const onlyInWords: Rule = {
  name: 'text-only-in-words',
  why: 'Text in a page stands there in one language only.',
  fix: 'put it into the words.ts of its folder, in both languages',
  check: ({ sources }) =>
    sources
      .filter(({ path }) => inWeb(path) && !isWords(path) && !isGenerated(path) && !path.endsWith('.test.ts'))
      .flatMap(({ path, text, literals, tree }): Finding[] => {
        const found: Finding[] = [];
        for (const literal of literals)
          if (chinese.test(literal.text))
            found.push({ path, line: lineAt(text, literal.at), what: literal.text });
        walk(tree, (node) => {
          if (
            ts.isJsxText(node) &&
            /\p{L}{2,}/u.test(node.text) &&
            node.text.trim() !== 'Scrip' &&
            !/^Ctrl K$/.test(node.text.trim())
          )
            found.push({ path, line: lineAt(text, node.getStart(tree)), what: node.text.trim() });
        });
        return found;
      }),
};

const noFloats: Rule = {
  name: 'no-floats-for-money',
  why: 'An amount is whole minor units; what is parsed as a float is wrong sooner or later.',
  fix: 'use parseMoney, formatMoney, decimalText or drawnNumber of web/src/ui/money.ts',
  check: ({ sources }) =>
    sources
      .filter(({ path }) => inWeb(path) && path !== 'web/src/ui/money.ts' && !path.endsWith('.test.ts'))
      .flatMap(({ path, code }) =>
        matches(path, code, /\bNumber\(|\b(Number\.)?parse(Int|Float)\b|\.toFixed\(|\/ 100\b|\* 100\b/),
      ),
};

export const webRules: readonly Rule[] = [used, inBothLanguages, onlyInWords, noFloats];
