import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

type Chunk = { readonly file: string; readonly imports?: readonly string[] };
type Manifest = Readonly<Record<string, Chunk>>;

/** What an entrance may load before it can be used, in bytes of gzipped script, with the page that it opens on. */
const budgets = [
  { entrance: 'index.html', opensOn: ['src/console/home/HomePage.tsx'], bytesMax: 450_000 },
  { entrance: 'counter.html', opensOn: [], bytesMax: 180_000 },
  { entrance: 'wallet.html', opensOn: [], bytesMax: 180_000 },
];

/** What a shop's page loads of ours, as it is and not compressed. */
const widgetBytesMax = 15_000;

/** What `npm start` builds the pages with: plain JavaScript, which brings no types along. */
type Builder = {
  webStamp(root: string): string;
  webIsBuilt(root: string, stamp: string): boolean;
  buildWeb(root: string, node: string, stamp: string): string | undefined;
};

/** Builds the pages where they are missing or stale; answers what went wrong, or nothing. Not while somebody serves them. */
export async function ensureBuilt(root: string): Promise<string | undefined> {
  const builder = (await import(pathToFileURL(join(root, 'bin', 'web.mjs')).href)) as Builder;
  const stamp = builder.webStamp(root);
  return builder.webIsBuilt(root, stamp) ? undefined : builder.buildWeb(root, process.execPath, stamp);
}

/** Says which entrance loads too much; empty when none does. */
export async function overBudget(root: string): Promise<string> {
  const said = await ensureBuilt(root);
  if (said !== undefined) return `the pages could not be built: ${said}`;
  const dist = join(root, 'web', 'dist');
  const path = join(dist, '.vite', 'manifest.json');
  if (!existsSync(path)) return 'the build left no manifest';
  // The bundler's own note of what it wrote.
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  const widget = statSync(join(dist, 'widget', 'v1.js')).size;
  const fat = widget > widgetBytesMax ? [`widget/v1.js is ${widget} bytes, at most ${widgetBytesMax}`] : [];
  return budgets
    .flatMap(({ entrance, opensOn, bytesMax }) => {
      const files = filesOf(manifest, [entrance, ...opensOn]);
      const bytes = files.reduce((sum, file) => sum + statSync(join(dist, `${file}.gz`)).size, 0);
      return bytes > bytesMax ? [`web/${entrance} loads ${bytes} bytes of script, at most ${bytesMax}`] : [];
    })
    .concat(fat)
    .join('\n');
}

/** Every file that these chunks import, directly or through others. */
function filesOf(manifest: Manifest, names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const chunk = manifest[name];
    if (seen.has(name)) continue;
    if (chunk === undefined) throw new Error(`the build has no ${name}`);
    seen.add(name);
    waiting.push(...(chunk.imports ?? []));
  }
  return [...seen].flatMap((name) => manifest[name]?.file ?? []).filter((file) => file.endsWith('.js'));
}
