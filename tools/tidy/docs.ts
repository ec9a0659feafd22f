import ts from 'typescript';
import { type Finding, isProduct, lineAt, type Rule, type Tree } from './rule.ts';
import { type Source, walk } from './source.ts';

const errorsFile = 'docs/errors.md';
/** Calls whose first argument is a code, and properties that hold one. */
const codeCalls = /^(refused|refuse|problem)$/;
const codeProperties = /^(refused|reason|code)$/;
const codeForm = /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/;

type Use = { readonly path: string; readonly line: number; readonly code: string };

/** The refusal codes that the product writes down where a refusal is made or its type is listed. */
function codesUsed(tree: Tree): Use[] {
  return tree.sources.filter(({ path }) => isProduct(path)).flatMap(codesIn);
}

function codesIn({ path, text, tree }: Source): Use[] {
  const used: Use[] = [];
  const collect = (node: ts.Node, isCode: (value: string) => boolean) =>
    walk(node, (inner) => {
      if (ts.isStringLiteral(inner) && isCode(inner.text)) {
        used.push({ path, line: lineAt(text, inner.getStart(tree)), code: inner.text });
      }
    });
  const anyWord = (value: string) => /^[a-z][a-z0-9_]*$/.test(value);
  walk(tree, (node) => {
    if (ts.isCallExpression(node) && codeCalls.test(node.expression.getText(tree).split('.').at(-1) ?? '')) {
      const first = node.arguments[0];
      if (first !== undefined) for (const value of valuesOf(first)) collect(value, anyWord);
    }
    if (ts.isPropertyAssignment(node) && codeProperties.test(node.name.getText(tree))) {
      const isRefused = node.name.getText(tree) === 'refused';
      for (const value of valuesOf(node.initializer)) {
        collect(value, isRefused ? anyWord : (word) => codeForm.test(word));
      }
    }
    if (
      ts.isTypeAliasDeclaration(node) &&
      /Refusal(Code)?$/.test(node.name.text) &&
      ts.isUnionTypeNode(node.type)
    ) {
      collect(node.type, anyWord);
    }
  });
  return used;
}

/** The literals that an expression can come to: itself, or the arms of a choice. */
function valuesOf(node: ts.Expression): ts.Expression[] {
  if (ts.isConditionalExpression(node)) return [...valuesOf(node.whenTrue), ...valuesOf(node.whenFalse)];
  if (ts.isParenthesizedExpression(node)) return valuesOf(node.expression);
  if (ts.isBinaryExpression(node)) return [...valuesOf(node.left), ...valuesOf(node.right)];
  return ts.isStringLiteral(node) ? [node] : [];
}

function headings(tree: Tree): { line: number; code: string }[] {
  const text = tree.texts.get(errorsFile) ?? '';
  return [...text.matchAll(/^## `?([a-z][a-z0-9_]*)`?\s*$/gm)].map((match) => ({
    line: lineAt(text, match.index),
    code: match[1] ?? '',
  }));
}

const documented: Rule = {
  name: 'refusals-are-documented',
  why: 'A client branches on the code; one that is not written down is not a promise.',
  fix: `give it a heading \`## code\` in ${errorsFile}: what happened, and what to do`,
  check: (tree) => {
    const known = new Set(headings(tree).map(({ code }) => code));
    const missing = codesUsed(tree).filter(({ code }) => !known.has(code));
    return missing
      .filter(({ code }, at) => missing.findIndex((other) => other.code === code) === at)
      .map(({ path, line, code }) => ({ path, line, what: code }));
  },
};

const used: Rule = {
  name: 'documented-refusals-are-used',
  why: 'A documented code that nothing answers is a promise nobody keeps.',
  fix: 'delete the heading, or make the refusal',
  check: (tree) => {
    const literals = tree.sources.filter(({ path }) => isProduct(path)).flatMap((source) => source.literals);
    const written = new Set(literals.map(({ text }) => text));
    return headings(tree)
      .filter(({ code }) => !written.has(code))
      .map(({ line, code }) => ({ path: errorsFile, line, what: code }));
  },
};

const oneHeading: Rule = {
  name: 'one-heading-a-refusal',
  why: 'Two headings of one code say two things.',
  fix: 'merge them',
  check: (tree) => {
    const all = headings(tree);
    return all
      .filter(({ code }, at) => all.findIndex((other) => other.code === code) !== at)
      .map(({ line, code }) => ({ path: errorsFile, line, what: code }));
  },
};

const enforced: Rule = {
  name: 'adr-names-its-check',
  why: 'A decision that nothing enforces is a wish.',
  fix: 'end the ADR with a paragraph `Enforced by: …` that names the test or check',
  check: ({ texts }) =>
    [...texts].flatMap(([path, text]): Finding[] => {
      if (!/^docs\/adr\/\d{4}-[^/]+\.md$/.test(path)) return [];
      const last =
        text
          .trimEnd()
          .split(/\n\s*\n/)
          .at(-1) ?? '';
      if (/^Enforced by: \S/.test(last)) return [];
      return [{ path, line: text.trimEnd().split('\n').length, what: last.slice(0, 40) }];
    }),
};

export const docRules: readonly Rule[] = [documented, used, oneHeading, enforced];
