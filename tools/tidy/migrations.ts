import { createHash } from 'node:crypto';
import { type Finding, lineAt, matches, type Rule } from './rule.ts';
import { type Item, readSqlFile, type SqlFile } from './sqlFile.ts';

export const sealedFile = 'server/migrations/sealed.txt';
const schemaFile = 'server/schema.sql';

const pattern = (name: string, searched: RegExp, why: string, fix: string): Rule => ({
  name,
  why,
  fix,
  check: ({ migrations }) => migrations.flatMap(({ path, code }) => matches(path, code, searched)),
});

const merchantFirst: Rule = {
  name: 'keys-start-with-merchant',
  why: 'The schema shards by merchant_id only while every key, unique constraint and reference starts with it.',
  fix: 'put merchant_id first, or say `-- all merchants: why` on the same line',
  check: ({ migrations }) => {
    const owned = new Set(
      migrations.flatMap(({ tables }) =>
        tables.filter((table) => table.items.some(isMerchantColumn)).map(({ name }) => name),
      ),
    );
    return migrations.flatMap((file) => [
      ...file.tables
        .filter(({ name }) => owned.has(name))
        .flatMap(({ items }) =>
          items.flatMap((item) => keyFindings(file, item.at, item.text, item.original)),
        ),
      ...addedKeys(file, owned),
    ]);
  },
};

const isMerchantColumn = ({ text }: Item): boolean => /^"?merchant_id"?\s/.test(text);

/** Unique indexes and constraints that are added to a table after it was created. */
function addedKeys(file: SqlFile, owned: ReadonlySet<string>): Finding[] {
  const added =
    /\b(?:alter\s+table\s+(?:only\s+)?([\w.]+)\s+add\b|create\s+unique\s+index\s+(?:if\s+not\s+exists\s+)?\w*\s*on\s+(?:only\s+)?([\w.]+))[^;]*/g;
  return [...file.code.matchAll(added)].flatMap((match) => {
    const onIndex = match[2] !== undefined;
    if (!owned.has(match[1] ?? match[2] ?? '')) return [];
    const end = file.text.indexOf('\n', match.index + match[0].length);
    const original = file.text.slice(match.index, end === -1 ? undefined : end);
    const text = onIndex
      ? match[0].replace(/^[\s\S]*?\bon\s+(only\s+)?[\w.]+(\s+using\s+\w+)?/, 'unique ')
      : match[0];
    return keyFindings(file, match.index, text, original);
  });
}

function keyFindings({ path, text: whole }: SqlFile, at: number, text: string, original: string): Finding[] {
  if (/--\s*all merchants:[ \t]*\S/.test(original)) return [];
  const finding = (what: string): Finding => ({ path, line: lineAt(whole, at), what });
  const lists = [
    ...text.matchAll(
      /\b(primary\s+key|unique|foreign\s+key|references\s+[\w.]+)(?:\s+nulls\s+(?:not\s+)?distinct)?\s*\(\s*"?(\w+)/g,
    ),
  ];
  const wrong = lists
    .filter((match) => match[2] !== 'merchant_id')
    .map((match) => finding(`${match[1]} (${match[2]}, …)`));
  const column = /^"?(\w+)"?\s+/.exec(text)?.[1] ?? '';
  const onColumn = /\b(primary\s+key|unique|references)\b(?!\s*(?:nulls\s+(?:not\s+)?distinct\s*)?\()/.exec(
    text,
  );
  const isConstraint = /^(constraint|primary|unique|foreign|check|exclude|alter|create)$/.test(column);
  if (!isConstraint && onColumn !== null && column !== 'merchant_id')
    wrong.push(finding(`${column} … ${onColumn[0]}`));
  return wrong.slice(0, 1);
}

const sealed: Rule = {
  name: 'sealed-migrations-stay',
  why: 'A migration that ran anywhere is history; a database that has the old one will never see the edit.',
  fix: 'restore it and write a new migration (sealed.txt lists those that are out; `npm run generate -- --seal` adds to it)',
  check: ({ texts, sealedBefore }) => {
    const list = texts.get(sealedFile);
    if (list === undefined) {
      return sealedBefore === undefined ? [] : [{ path: sealedFile, line: 1, what: 'the list was removed' }];
    }
    const lines = list.split('\n').filter((line) => line !== '');
    const lost = (sealedBefore ?? '')
      .split('\n')
      .filter((line) => line !== '' && !lines.includes(line))
      .map((line) => ({ path: sealedFile, line: 1, what: `the line was removed: ${line}` }));
    return [...lost, ...lines.flatMap((line, at) => brokenSeal(texts, line, at + 1))];
  },
};

function brokenSeal(texts: ReadonlyMap<string, string>, line: string, number: number): Finding[] {
  const [digest, name] = line.split('  ');
  const path = `server/migrations/${name}`;
  const text = texts.get(path);
  if (text === undefined) return [{ path: sealedFile, line: number, what: `${name} is gone` }];
  return sealOf(text) === digest ? [] : [{ path, line: 1, what: 'edited after it was sealed' }];
}

/** The digest of a migration, in the form that `sha256sum --check` reads. */
export function sealOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const numbering: Rule = {
  name: 'migrations-are-numbered',
  why: 'Their names are their order, on every machine.',
  fix: 'name it NNNN_what_it_adds.sql with the next free number',
  check: ({ migrations }) =>
    migrations.flatMap(({ path }, at): Finding[] => {
      const number = /\/(\d{4})_[a-z0-9_]+\.sql$/.exec(path)?.[1];
      const expected = String(at + 1).padStart(4, '0');
      return number === expected ? [] : [{ path, line: 1, what: `number ${expected} expected` }];
    }),
};

/** Over the generated schema rather than the migrations, which may guard tables by a function. */
const guarded: Rule = {
  name: 'tables-are-guarded',
  why: 'Row-level security is the second net under every forgotten `where merchant_id = $1`.',
  fix: 'call platform.guard_by_merchant for it in its migration, then npm run generate; a table without merchant_id belongs to platform, or is guarded by platform.guard_beyond_merchants (persons: ADR 0017)',
  check: ({ texts }) => {
    const text = texts.get(schemaFile) ?? '';
    return readSqlFile(schemaFile, text).tables.flatMap(({ name, items }): Finding[] => {
      const line = lineAt(text, text.indexOf(`create table ${name} (`));
      const isOfMerchant = items.some(isMerchantColumn);
      const policyName = isOfMerchant ? 'one_merchant' : 'all_merchants';
      const policy = new RegExp(`^create policy ${policyName} on ${name.replace('.', '\\.')} `, 'm').test(
        text,
      );
      if (!isOfMerchant && !policy) {
        return name.startsWith('platform.')
          ? []
          : [{ path: schemaFile, line, what: `${name} has no merchant_id` }];
      }
      const secured = [
        `alter table ${name} enable row level security;`,
        `alter table ${name} force row level security;`,
      ];
      const missing = secured.filter((statement) => !text.includes(statement));
      if (!policy) missing.push(`create policy … on ${name}`);
      return missing.map((what) => ({ path: schemaFile, line, what: `without ${what}` })).slice(0, 1);
    });
  },
};

export const migrationRules: readonly Rule[] = [
  guarded,
  pattern(
    'no-triggers',
    /\bcreate\s+(or\s+replace\s+)?(constraint\s+|event\s+)?trigger\b/,
    'Distributed tables refuse triggers, and nobody sees them run.',
    'make it a constraint, a privilege, or a check in the executor',
  ),
  pattern(
    'no-float-columns',
    /(?<=[\w\])]\s+|::)(real|double\s+precision|float[48]?|money)\b(?=\s*(\[\])?\s*(,|\)|\(|;|$|not\b|null\b|default\b|check\b|generated\b))/m,
    'Money that passes through a float is wrong sooner or later.',
    'use bigint minor units, or an exact numeric for a rate',
  ),
  merchantFirst,
  numbering,
  sealed,
];
