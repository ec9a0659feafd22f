import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const here = join(import.meta.dirname, '..');

/**
 * Makes a temporary tree of the given files (path → text) with the project's packages, for the tests that plant
 * violations; `copied` are files of this project that it takes along. The caller removes it with `uproot`.
 */
export function plant(files: Readonly<Record<string, string>>, copied: readonly string[]): string {
  const root = mkdtempSync(join(tmpdir(), 'scrip-planted-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  for (const path of copied) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    copyFileSync(join(here, path), join(root, path));
  }
  symlinkSync(join(here, 'node_modules'), join(root, 'node_modules'));
  return root;
}

export function uproot(root: string): void {
  rmSync(root, { recursive: true, force: true });
}
