import { moduleNames } from '../strata.ts';
import { type Finding, inModules, inPlatform, isProduct, lineAt, type Rule, type Tree } from './rule.ts';
import type { Literal, Source } from './source.ts';
import { sqlCode } from './sqlFile.ts';

/** A string that is an SQL statement or a part of one that names a table. */
type Sql = { readonly path: string; readonly line: number; readonly text: string; readonly code: string };

const schemas = [...moduleNames, 'platform'];
const lead = '(?:--[^\\n]*\\n|\\s)*';
const table = '(\\w+\\.\\w+|\\w+\\s*\\(|\\$\\{)';
const statementShape = new RegExp(
  `^${lead}(with\\s+(recursive\\s+)?\\w+(\\s*\\([^)]*\\))?\\s+as\\b|select\\b[\\s\\S]*\\b(from|into)\\s+${table}|insert\\s+into\\s|update\\s+${table}[\\s\\S]*\\sset\\s|delete\\s+from\\s|copy\\s+${table}|truncate\\s+${table}|lock\\s+table\\s)`,
  'i',
);
const named = new RegExp(
  `\\b(?:from|join|into|update|only|table|copy|truncate|using|exists|references)\\s+"?(${schemas.join('|')})"?\\.\\s*"?(\\w+)|\\b(${schemas.join('|')})\\.(\\w+)\\s*\\(`,
  'g',
);

/** Statements and fragments in a source; comments in the SQL stay in `text` and are blank in `code`. */
function sqlIn({ path, text, literals }: Source): Sql[] {
  return literals.filter(isSql).map((literal) => ({
    path,
    line: lineAt(text, literal.at),
    text: literal.text,
    code: sqlCode(literal.text),
  }));
}

function isSql({ text }: Literal): boolean {
  return statementShape.test(text) || [...sqlCode(text).matchAll(named)].length > 0;
}

const moduleOf = (path: string): string | undefined => /^server\/src\/modules\/([^/]+)\//.exec(path)?.[1];
const isStore = (path: string): boolean => inModules(path) && path.endsWith('/store.ts');

const productSql = (tree: Tree): Sql[] => tree.sources.filter(({ path }) => isProduct(path)).flatMap(sqlIn);

const onlyInStores: Rule = {
  name: 'sql-only-in-store',
  why: 'Who looks for the SQL of a module opens one file.',
  fix: 'put the statement into the store.ts of the module whose tables it names',
  check: (tree) =>
    productSql(tree)
      .filter(({ path, text }) => !isStore(path) && !inPlatform(path) && statementShape.test(text))
      .map(({ path, line, text }) => ({ path, line, what: start(text) })),
};

const ownSchema: Rule = {
  name: 'sql-names-its-own-schema',
  why: "A module's tables are its own; who reads them past it cannot be seen when they change.",
  fix: 'call the other module by its door, or read a view that it publishes as `<schema>.<name>_view`',
  check: (tree) =>
    productSql(tree).flatMap((sql) => {
      const own = moduleOf(sql.path) ?? (inPlatform(sql.path) ? 'platform' : undefined);
      if (own === undefined) return [];
      return [...sql.code.matchAll(named)].flatMap((match): Finding[] => {
        const schema = match[1] ?? match[3] ?? '';
        const relation = match[2] ?? match[4] ?? '';
        if (schema === own || (own !== 'platform' && relation.endsWith('_view'))) return [];
        const line = sql.line + sql.code.slice(0, match.index).split('\n').length - 1;
        return [{ path: sql.path, line, what: `${own} names ${schema}.${relation}` }];
      });
    }),
};

const namesMerchant: Rule = {
  name: 'sql-names-the-merchant',
  why: 'Row-level security is the second net; the statement itself is the first, and it shards by merchant_id.',
  fix: 'compare merchant_id in `where` or `on` (or list it in the insert), or say `-- all merchants: why` in the statement',
  check: (tree) =>
    productSql(tree)
      .filter(
        ({ path, text }) =>
          isStore(path) && statementShape.test(text) && !/--\s*all merchants:[ \t]*\S/.test(text),
      )
      .filter(({ text, code }) => !boundToMerchant(text, code))
      .map(({ path, line, text }) => ({ path, line, what: start(text) })),
};

/** Whether merchant_id (or an interpolated part named after the merchant) is compared, or inserted. */
function boundToMerchant(text: string, code: string): boolean {
  const asked = /merchant_?id|\$\{[^}]*merchant[^}]*\}/i;
  if (/^\s*insert\s/.test(code)) return asked.test(code) || asked.test(text);
  const condition = code.search(/\b(where|on|using)\b/);
  return condition !== -1 && asked.test(text.slice(condition));
}

const explicitColumns: Rule = {
  name: 'sql-names-its-columns',
  why: '`*` hands out whatever a later migration adds.',
  fix: 'list the columns',
  check: (tree) => [
    ...productSql(tree).flatMap((sql) => starsIn(sql.path, sql.line, sql.code)),
    ...tree.migrations.flatMap(({ path, code }) => starsIn(path, 1, code)),
  ],
};

/** Stars in a select list. They are fine over a function or a sub-select, whose columns the same text names. */
function starsIn(path: string, firstLine: number, code: string): Finding[] {
  const stars = /\b(?:select|returning)\s+(?:distinct\s+)?\*(?!\s*from\s*\()|[,\s](\w+)\.\*/g;
  return [...code.matchAll(stars)]
    .filter((match) => match[1] === undefined || !new RegExp(`\\)\\s*(as\\s+)?${match[1]}\\b`).test(code))
    .map((match) => ({
      path,
      line: firstLine + lineAt(code, match.index + match[0].search(/\S/)) - 1,
      what: match[0].trim(),
    }));
}

const transactions: Rule = {
  name: 'no-begin-outside-executor',
  why: 'One wrapper runs every write: batches, replays and retries live there.',
  fix: 'write a use case and submit it to the executor, or use read() and writeAside() of platform/db',
  check: ({ sources }) =>
    sources
      .filter(({ path }) => isProduct(path) && !/^server\/src\/platform\/(executor|db)\//.test(path))
      .flatMap(({ path, text, literals }) =>
        literals
          .filter((literal) =>
            /^\s*(begin|commit|rollback|start\s+transaction|savepoint\s+\w+)(\s+(isolation|read|work|transaction|to)\b[\s\S]*)?\s*;?\s*$/i.test(
              literal.text,
            ),
          )
          .map((literal) => ({ path, line: lineAt(text, literal.at), what: literal.text.trim() })),
      ),
};

/** The first words of a statement, enough to find it. */
function start(text: string): string {
  return `${text.trim().replace(/\s+/g, ' ').slice(0, 60)}…`;
}

export const sqlRules: readonly Rule[] = [
  onlyInStores,
  ownSchema,
  namesMerchant,
  explicitColumns,
  transactions,
];
