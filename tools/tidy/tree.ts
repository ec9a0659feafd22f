import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../run.ts';
import { sealedFile } from './migrations.ts';
import type { Tree } from './rule.ts';
import { readSource } from './source.ts';
import { readSqlFile } from './sqlFile.ts';

const bytesMax = 2_000_000;
const textual =
  /(\.(ts|tsx|mjs|cjs|js|json|md|sql|sh|out|yml|yaml|txt|csv|html|css)|\/run|\.editorconfig|\.gitignore)$/;

/** A tree of the given texts, path → text; `sealedBefore` is the list of sealed migrations in the last commit. */
export function treeOf(texts: ReadonlyMap<string, string>, sealedBefore?: string): Tree {
  const paths = [...texts.keys()].toSorted();
  const read = <T>(pattern: RegExp, reader: (path: string, text: string) => T): T[] =>
    paths.filter((path) => pattern.test(path)).map((path) => reader(path, texts.get(path) ?? ''));
  return {
    texts,
    sources: read(/\.(ts|tsx|mjs|cjs|js)$/, readSource),
    migrations: read(/^server\/migrations\/[^/]+\.sql$/, readSqlFile),
    sealedBefore,
  };
}

/** The files of a checkout that git tracks or would track. Throws where there is no git or no file. */
export async function readTree(root: string): Promise<Tree> {
  const listed = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], root);
  if (listed.code !== 0) throw new Error(`git could not list the files: ${listed.errors}`);
  const texts = new Map<string, string>();
  for (const path of new Set(listed.output.split('\0'))) {
    if (!textual.test(path)) continue;
    const about = statSync(join(root, path), { throwIfNoEntry: false });
    if (about?.isFile() && about.size <= bytesMax) texts.set(path, readFileSync(join(root, path), 'utf8'));
  }
  if (texts.size === 0) throw new Error('tidy found no file to look at');
  const sealed = await run('git', ['show', `HEAD:${sealedFile}`], root);
  return treeOf(texts, sealed.code === 0 ? sealed.output : undefined);
}
