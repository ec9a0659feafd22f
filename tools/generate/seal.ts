import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sealedFile, sealOf } from '../tidy/migrations.ts';

/**
 * Seals every migration that is not sealed yet: from then on tidy refuses an edit of it. To be done when the migrations
 * leave this repository for the first time; answers the names that it added.
 */
export function seal(root: string): string[] {
  const file = join(root, sealedFile);
  const list = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const sealed = new Set(list.split('\n').map((line) => line.split('  ')[1]));
  const folder = join(root, 'server', 'migrations');
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql') && !sealed.has(name));
  const lines = names
    .toSorted()
    .map((name) => `${sealOf(readFileSync(join(folder, name), 'utf8'))}  ${name}\n`);
  if (lines.length > 0) writeFileSync(file, list + lines.join(''));
  return names;
}
