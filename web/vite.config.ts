import { join } from 'node:path';
import { defineConfig } from 'vite';

const page = (name: string) => join(import.meta.dirname, `${name}.html`);

/** One build with an entrance for each face. `npx vite web` serves it while it is being changed, over a running `npm start`. */
export default defineConfig({
  root: import.meta.dirname,
  clearScreen: false,
  server: { host: '127.0.0.1', proxy: { '/v1': 'http://127.0.0.1:8080' } },
  build: {
    // What each of these knows: layers, `:has()`, BarcodeDetector on phones; three years of browsers.
    target: ['chrome111', 'safari16.4', 'firefox114'],
    assetsInlineLimit: 0,
    manifest: true,
    chunkSizeWarningLimit: 2_000,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // Packages mark themselves for servers that render; ours does not.
      onLog: (level, log, next) => log.code === 'MODULE_LEVEL_DIRECTIVE' || next(level, log),
      input: { console: page('index'), counter: page('counter'), wallet: page('wallet') },
    },
  },
});
