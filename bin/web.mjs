// Runs on Node 20 before anything else does: plain JavaScript, nothing imported but Node itself.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the pages are made of, besides the packages that the lock file names. */
const sources = ['src', 'public', 'index.html', 'counter.html', 'wallet.html', 'vite.config.ts', 'build.ts'];

/** A word for the pages as they would be built now; it changes with any of their sources or packages. */
export function webStamp(root) {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const name of sources) {
    const at = join(root, 'web', name);
    if (!existsSync(at)) continue;
    const inside = name.includes('.') ? [''] : readdirSync(at, { recursive: true, withFileTypes: true });
    const paths =
      inside[0] === ''
        ? [at]
        : inside.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
    for (const path of paths.sort()) hash.update(`${path.slice(root.length)}\0`).update(readFileSync(path));
  }
  return hash.digest('hex');
}

/** Whether the built pages are those of `stamp`. */
export function webIsBuilt(root, stamp) {
  const file = join(root, 'web', 'dist', '.stamp');
  return existsSync(file) && readFileSync(file, 'utf8') === stamp;
}

/** Builds the pages with this Node; answers what went wrong, or nothing. */
export function buildWeb(root, node, stamp) {
  const { status, stderr, error } = spawnSync(node, [join(root, 'web', 'build.ts')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (status !== 0) return stderr || String(error ?? status);
  writeFileSync(join(root, 'web', 'dist', '.stamp'), stamp);
  return undefined;
}
