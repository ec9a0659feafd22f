import ts from 'typescript';
import { type Finding, isProduct, isTest, lineAt, type Rule, type Tree } from './rule.ts';
import { walk } from './source.ts';

const errorsFile = 'docs/errors.md';
/** The closed list of refusals: the keys of `refusals`, and of what it is put together from. */
const listFile = 'server/src/kernel/refusals.ts';
const isList = (path: string): boolean => /^server\/src\/kernel\/\w*[rR]efusals\.ts$/.test(path);

type Code = { readonly path: string; readonly line: number; readonly code: string };

function listed(tree: Tree): Code[] {
  const codes: Code[] = [];
  for (const source of tree.sources.filter(({ path }) => isList(path))) {
    walk(source.tree, (node) => {
      if (!ts.isPropertyAssignment(node) || !isTopOfList(node.parent)) return;
      codes.push({
        path: source.path,
        line: lineAt(source.text, node.name.getStart(source.tree)),
        code: node.name.getText(source.tree),
      });
    });
  }
  return codes;
}

function isTopOfList(object: ts.Node): boolean {
  let holder = object.parent;
  while (ts.isAsExpression(holder) || ts.isSatisfiesExpression(holder)) holder = holder.parent;
  return (
    ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name) && /refusals$/i.test(holder.name.text)
  );
}

function headings(tree: Tree): Code[] {
  const text = tree.texts.get(errorsFile) ?? '';
  return [...text.matchAll(/^## `?([a-z][a-z0-9_]*)`?[ \t]*$/gm)].map((match) => ({
    path: errorsFile,
    line: lineAt(text, match.index),
    code: match[1] ?? '',
  }));
}

/** Every string in the files that `reads` picks, the list itself left out. */
function literalsIn(tree: Tree, reads: (path: string) => boolean): Set<string> {
  const picked = tree.sources.filter(({ path }) => reads(path) && !isList(path));
  return new Set(picked.flatMap(({ literals }) => literals.map(({ text }) => text)));
}

const findings = (codes: readonly Code[]): Finding[] =>
  codes.map(({ path, line, code }) => ({ path, line, what: code }));

const documented: Rule = {
  name: 'refusals-are-documented',
  why: 'A client branches on the code; one that is not written down is not a promise.',
  fix: `give it a heading \`## code\` in ${errorsFile}: what happened, and what to do`,
  check: (tree) => {
    const known = new Set(headings(tree).map(({ code }) => code));
    return findings(listed(tree).filter(({ code }) => !known.has(code)));
  },
};

const existing: Rule = {
  name: 'documented-refusals-exist',
  why: 'A documented code that nothing answers is a promise nobody keeps.',
  fix: `delete the heading, or list the code in ${listFile}`,
  check: (tree) => {
    const known = new Set(listed(tree).map(({ code }) => code));
    return findings(headings(tree).filter(({ code }) => !known.has(code)));
  },
};

const oneHeading: Rule = {
  name: 'one-heading-a-refusal',
  why: 'Two headings of one code say two things.',
  fix: 'merge them',
  check: (tree) => {
    const all = headings(tree);
    return findings(all.filter(({ code }, at) => all.findIndex((other) => other.code === code) !== at));
  },
};

const made: Rule = {
  name: 'refusals-are-made',
  why: 'A code that nothing answers misleads whoever reads the list.',
  fix: 'delete it from the list, or make the refusal',
  check: (tree) => {
    const written = literalsIn(tree, isProduct);
    return findings(listed(tree).filter(({ code }) => !written.has(code)));
  },
};

const tested: Rule = {
  name: 'refusals-are-tested',
  why: 'A guard that no test sees is the one that gets lost.',
  fix: 'write the test that is refused with this code',
  check: (tree) => {
    const written = literalsIn(tree, (path) => path.startsWith('server/') && isTest(path));
    return findings(listed(tree).filter(({ code }) => !written.has(code)));
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

const oneNumber: Rule = {
  name: 'one-number-an-adr',
  why: 'A decision is cited by its number; two of one number are one that nobody can cite.',
  fix: 'give the later one the next free number, and follow its references',
  check: ({ texts }) => {
    const numbered = [...texts.keys()].filter((path) => /^docs\/adr\/\d{4}-/.test(path)).toSorted();
    const numberOf = (path: string) => path.slice('docs/adr/'.length, 'docs/adr/0000'.length);
    return numbered
      .filter((path, at) => numberOf(numbered[at - 1] ?? '') === numberOf(path))
      .map((path) => ({ path, line: 1, what: numberOf(path) }));
  },
};

const explained: Rule = {
  name: 'public-functions-are-explained',
  why: 'Who calls it should not have to read it: what it promises, in which unit, and when it throws.',
  fix: 'give it a comment `/** … */` of a sentence or two',
  check: (tree) =>
    tree.sources
      .filter(({ path }) => isProduct(path))
      .flatMap(({ path, text, tree: file }) =>
        file.statements
          .filter(ts.isFunctionDeclaration)
          .filter((node) => node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
          .filter((node) => isPublic(tree, path, node.name?.text ?? ''))
          .filter((node) => !text.slice(node.getFullStart(), node.getStart(file)).includes('/**'))
          .map((node) => ({ path, line: lineAt(text, node.getStart(file)), what: node.name?.text ?? '' })),
      ),
};

/** Whether an exported function is for others: inside a module only what its door names is. */
function isPublic({ texts }: Tree, path: string, name: string): boolean {
  const module = /^server\/src\/modules\/[^/]+\//.exec(path)?.[0];
  if (module === undefined || path === `${module}index.ts`) return true;
  return new RegExp(`\\b${name}\\b`).test(texts.get(`${module}index.ts`) ?? '');
}

export const docRules: readonly Rule[] = [
  explained,
  documented,
  existing,
  oneHeading,
  made,
  tested,
  enforced,
  oneNumber,
];
