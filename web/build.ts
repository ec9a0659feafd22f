import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build, type InlineConfig } from 'vite';

const compressible = /\.(html|js|css|svg|json|webmanifest|wasm)$/;
/** The best two levels of brotli take seconds longer and save a hundredth. */
const brotliLevel = 9;

/**
 * Builds the entrances into `folder`, each text beside its gzip and brotli, and puts it there when it is whole.
 */
async function buildWeb(folder: string): Promise<void> {
  const made = `${folder}.${process.pid}`;
  await build({
    configFile: join(import.meta.dirname, 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: made, emptyOutDir: true, reportCompressedSize: false },
  });
  await build(widgetIn(made));
  const names = readdirSync(made, { recursive: true, encoding: 'utf8' }).filter((name) =>
    compressible.test(name),
  );
  await Promise.all(names.map((name) => compress(join(made, name))));
  if (existsSync(folder)) renameSync(folder, `${made}.old`);
  renameSync(made, folder);
  rmSync(`${made}.old`, { recursive: true, force: true });
}

/** What other sites include: one plain script that brings nothing along and loads nothing after it. */
function widgetIn(folder: string): InlineConfig {
  return {
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir: folder,
      emptyOutDir: false,
      copyPublicDir: false,
      reportCompressedSize: false,
      target: ['chrome111', 'safari16.4', 'firefox114'],
      lib: {
        entry: join(import.meta.dirname, 'src', 'widget', 'main.ts'),
        formats: ['iife'],
        name: 'scripWidget',
        fileName: () => 'widget/v1.js',
      },
    },
  };
}

async function compress(path: string): Promise<void> {
  const bytes = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: brotliLevel };
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(bytes, { params }),
    promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
  ]);
  writeFileSync(`${path}.br`, br);
  writeFileSync(`${path}.gz`, gz);
}

await buildWeb(join(import.meta.dirname, 'dist'));
