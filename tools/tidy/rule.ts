import type { Source } from './source.ts';
import type { SqlFile } from './sqlFile.ts';

/** What tidy looks at: the project's text files, read once. */
export type Tree = {
  /** Every text file by its path from the root, with forward slashes. */
  readonly texts: ReadonlyMap<string, string>;
  /** The TypeScript and JavaScript among them. */
  readonly sources: readonly Source[];
  /** server/migrations/*.sql in order. */
  readonly migrations: readonly SqlFile[];
  /** server/migrations/sealed.txt as the last commit has it; undefined when there is no commit or no such file. */
  readonly sealedBefore: string | undefined;
};

export type Finding = { readonly path: string; readonly line: number; readonly what: string };

/** One rule of the house. */
export type Rule = {
  readonly name: string;
  readonly why: string;
  /** What to write instead. */
  readonly fix: string;
  readonly check: (tree: Tree) => readonly Finding[];
};

/** The line, from 1, on which the character at `offset` stands. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

/** A finding for every match of `pattern` in `searched`, which stands in for the file's text offset by offset. */
export function matches(path: string, searched: string, pattern: RegExp): Finding[] {
  return [...searched.matchAll(new RegExp(pattern.source, `g${pattern.flags.replace('g', '')}`))].map(
    (match) => ({ path, line: lineAt(searched, match.index), what: match[0].trim().replace(/\s+/g, ' ') }),
  );
}

export const isTest = (path: string): boolean => path.endsWith('.test.ts') || path.startsWith('server/test/');
export const inModules = (path: string): boolean => path.startsWith('server/src/modules/');
export const inKernel = (path: string): boolean => path.startsWith('server/src/kernel/');
export const inPlatform = (path: string): boolean => path.startsWith('server/src/platform/');
/** Files that meet the outside: the rest of a module, and all of the kernel, are rule files. */
export const isEdge = (path: string): boolean => /\/(store|routes|jobs)\.ts$/.test(path);
export const isProduct = (path: string): boolean => path.startsWith('server/src/') && !isTest(path);
