import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { type Graph, readImports } from '../imports.ts';
import { moduleStrata } from '../strata.ts';

const file = 'ARCHITECTURE.md';
const start = '<!-- module-map:start -->';
const end = '<!-- module-map:end -->';
const modules = 'server/src/modules/';

/** The module map in ARCHITECTURE.md, between its markers, from the import graph as it is. */
export async function makeModuleMap(root: string): Promise<ReadonlyMap<string, string>> {
  const text = existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '';
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`${file} needs the lines ${start} and ${end}`);
  const map = mapOf(await readImports(root), (path) => readFileSync(join(root, path), 'utf8'));
  return new Map([[file, `${text.slice(0, from)}${start}\n${map}${text.slice(to)}`]]);
}

/** A table of the modules that exist, the highest first, as the house stands. */
export function mapOf(graph: Graph, read: (path: string) => string): string {
  const folders = new Set(graph.modules.map(({ source }) => folderOf(source)));
  const rows = moduleStrata
    .flatMap((names, height) => names.map((name) => ({ name, height: height + 1 })))
    .filter(({ name }) => folders.has(name))
    .toReversed()
    .map(({ name, height }) => {
      const imported = importedBy(graph, name);
      const door = exportsOf(read(`${modules}${name}/index.ts`)).map((word) => `\`${word}\``);
      return `| ${height} | **${name}** | ${door.join(' ')} | ${imported.join(', ') || '–'} |`;
    });
  return [
    '| stratum | module | its door | imports of modules |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function folderOf(path: string): string {
  return path.startsWith(modules) ? (path.slice(modules.length).split('/')[0] ?? '') : '';
}

/** The other modules that a module imports, its tests left out. */
function importedBy(graph: Graph, name: string): string[] {
  const own = graph.modules.filter(({ source }) => folderOf(source) === name && !source.endsWith('.test.ts'));
  const imported = own.flatMap(({ dependencies }) => dependencies.map(({ resolved }) => folderOf(resolved)));
  return [...new Set(imported)].filter((other) => other !== '' && other !== name).toSorted();
}

/** The names that a source exports, values before types, each in alphabetical order. */
function exportsOf(text: string): string[] {
  const tree = ts.createSourceFile('index.ts', text, ts.ScriptTarget.ES2024, true);
  const values = new Set<string>();
  const types = new Set<string>();
  for (const node of tree.statements) {
    if (ts.isExportDeclaration(node) && node.exportClause && ts.isNamedExports(node.exportClause)) {
      for (const { name, isTypeOnly } of node.exportClause.elements) {
        (isTypeOnly || node.isTypeOnly ? types : values).add(name.text);
      }
    }
    const exported =
      ts.canHaveModifiers(node) &&
      ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!exported) continue;
    if (ts.isFunctionDeclaration(node) && node.name) values.add(node.name.text);
    if (ts.isTypeAliasDeclaration(node)) types.add(node.name.text);
    if (ts.isVariableStatement(node)) {
      for (const { name } of node.declarationList.declarations) values.add(name.getText(tree));
    }
  }
  return [...[...values].toSorted(), ...[...types].toSorted()];
}
