import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

type Encoding = 'br' | 'gzip';
type Asset = {
  readonly type: string;
  readonly bytes: Buffer;
  readonly encoded: Readonly<Record<Encoding, Buffer | undefined>>;
};

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  json: 'application/json; charset=utf-8',
  webmanifest: 'application/manifest+json; charset=utf-8',
  wasm: 'application/wasm',
};

/** The entrance at an address: the console stands for all that is not another's. */
const entrances = [
  { page: 'counter.html', path: /^\/counter(\/|$)/ },
  { page: 'wallet.html', path: /^\/wallet(\/|$)/ },
  { page: 'index.html', path: /^\// },
];

const policyWith = (styles: string, scripts: string): string =>
  [
    "default-src 'none'",
    `script-src ${scripts}`,
    `style-src ${styles}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

// The console's components write their styles into the page; where codes are scanned, the reader is WebAssembly.
const policies: Readonly<Record<string, string>> = {
  'index.html': policyWith("'self' 'unsafe-inline'", "'self'"),
  'counter.html': policyWith("'self'", "'self' 'wasm-unsafe-eval'"),
  'wallet.html': policyWith("'self'", "'self' 'wasm-unsafe-eval'"),
};

/** Of what a browser can do for a page, what ours use. */
const abilities =
  'camera=(self), publickey-credentials-get=(self), publickey-credentials-create=(self), ' +
  'clipboard-write=(self), microphone=(), geolocation=(), payment=(), usb=()';

/**
 * Serves the built pages out of memory: hashed files for ever, pages never kept. Addresses that are no file are the
 * entrance's own, so that a link into a page works. Without a build there are no pages, and the API is as it is.
 */
export function addWeb(app: FastifyInstance, folder: URL): void {
  const assets = readAssets(fileURLToPath(folder));
  if (!assets.has('index.html')) return;
  app.get('/*', (request, reply) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    const asset = assets.get(path.slice(1));
    if (asset && !path.endsWith('.html')) return sendFile(request, reply, asset, path);
    if (isApi(path) || !wantsPage(request)) return reply.callNotFound();
    const page = entrances.find((entrance) => entrance.path.test(path))?.page ?? 'index.html';
    const found = assets.get(page);
    return found ? sendPage(request, reply, found, page) : reply.callNotFound();
  });
}

/** What stays the API's: an address there that is none is answered to a program, whoever asks. */
function isApi(path: string): boolean {
  return /^\/(v1|docs|assets)(\/|$)|^\/(openapi\.json|healthz|readyz|metrics)$/.test(path);
}

function wantsPage({ headers }: FastifyRequest): boolean {
  return (headers.accept ?? '').includes('text/html');
}

function readAssets(folder: string): ReadonlyMap<string, Asset> {
  if (!existsSync(folder)) return new Map();
  // What begins with a dot is the build's own note.
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => !name.startsWith('.'),
  );
  const contentOf = (name: string) => (names.includes(name) ? readFileSync(join(folder, name)) : undefined);
  return new Map(
    names.flatMap((name): [string, Asset][] => {
      const type = types[name.split('.').at(-1) ?? ''];
      const bytes = type === undefined ? undefined : contentOf(name);
      if (type === undefined || bytes === undefined) return [];
      const encoded = { br: contentOf(`${name}.br`), gzip: contentOf(`${name}.gz`) };
      return [[name.replaceAll('\\', '/'), { type, bytes, encoded }]];
    }),
  );
}

function sendFile(request: FastifyRequest, reply: FastifyReply, asset: Asset, path: string): FastifyReply {
  const isHashed = path.startsWith('/assets/');
  reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  // The worker stands in the counter's folder and looks after its address without the slash, too.
  if (path === '/counter/worker.js') reply.header('service-worker-allowed', '/counter');
  if (path !== widget) return send(request, reply, asset);
  // Pages of other sites include this one, and may ask that it is what they have seen before.
  reply
    .header('cache-control', 'public, max-age=3600')
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin');
  return send(request, reply, asset);
}

/** The one script that is for pages of other sites. */
const widget = '/widget/v1.js';

function sendPage(request: FastifyRequest, reply: FastifyReply, asset: Asset, page: string): FastifyReply {
  reply
    .header('cache-control', 'no-store')
    .header('content-security-policy', policies[page])
    .header('permissions-policy', abilities)
    .header('cross-origin-opener-policy', 'same-origin')
    .header('x-frame-options', 'DENY');
  return send(request, reply, asset);
}

function send(request: FastifyRequest, reply: FastifyReply, asset: Asset): FastifyReply {
  const accepted = String(request.headers['accept-encoding'] ?? '');
  const encoding = (['br', 'gzip'] as const).find(
    (one) => new RegExp(`\\b${one}\\b(?!;q=0(\\.0*)?(,|$))`).test(accepted) && asset.encoded[one],
  );
  if (encoding) reply.header('content-encoding', encoding);
  if (!reply.hasHeader('cross-origin-resource-policy'))
    reply.header('cross-origin-resource-policy', 'same-origin');
  return reply
    .type(asset.type)
    .header('vary', 'Accept-Encoding')
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'no-referrer')
    .send((encoding && asset.encoded[encoding]) ?? asset.bytes);
}
