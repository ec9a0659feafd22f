import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refuseUnrouted } from './refuse.ts';
import { addWeb } from './web.ts';

let folder: string;
let app: FastifyInstance;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scrip-web-'));
  mkdirSync(join(folder, 'assets'));
  mkdirSync(join(folder, 'counter'));
  mkdirSync(join(folder, 'widget'));
  const files = {
    'index.html': 'console',
    'counter.html': 'counter',
    'wallet.html': 'wallet',
    'widget/v1.js': 'widget',
    'icon.svg': '<svg/>',
    'assets/console-a1.js': 'plain',
    'assets/console-a1.js.br': 'as brotli',
    'assets/console-a1.js.gz': 'as gzip',
    'counter/worker.js': 'worker',
    '.stamp': 'not for the public',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  app = fastify();
  refuseUnrouted(app);
  addWeb(app, pathToFileURL(`${folder}/`));
  app.get('/v1/stores', () => 'stores');
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

const html = { accept: 'text/html,*/*' };
const get = (url: string, headers: Record<string, string> = html) =>
  app.inject({ method: 'GET', url, headers });

test('every address of an entrance opens it, so that a link into a page works', async () => {
  for (const url of ['/', '/cards', '/cards/card_1?x=1', '/counterfeit'])
    expect((await get(url)).body).toBe('console');
  for (const url of ['/counter', '/counter/', '/counter/sell']) expect((await get(url)).body).toBe('counter');
  for (const url of ['/wallet', '/wallet/lotus', '/wallet/lotus/cards/card_1/pay'])
    expect((await get(url)).body).toBe('wallet');
});

test('a page runs no script but its own, is framed by nobody and kept by nothing', async () => {
  const { headers } = await get('/');
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
  });
  expect(headers['permissions-policy']).toContain('camera=(self)');
  for (const url of ['/counter', '/wallet/lotus']) {
    const policy = String((await get(url)).headers['content-security-policy']);
    expect(policy).toContain("style-src 'self';");
    expect(policy).not.toContain('unsafe-inline');
  }
});

test('the widget is for pages of other sites; nothing else of ours is', async () => {
  const { headers, body } = await get('/widget/v1.js', {});
  expect(body).toBe('widget');
  expect(headers).toMatchObject({
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
    'cache-control': 'public, max-age=3600',
  });
  for (const url of ['/assets/console-a1.js', '/icon.svg', '/wallet/lotus']) {
    const other = (await get(url)).headers;
    expect(other['cross-origin-resource-policy']).toBe('same-origin');
    expect(other['access-control-allow-origin']).toBeUndefined();
  }
});

test('a hashed file is kept for ever, in the smallest form that the browser takes', async () => {
  const url = '/assets/console-a1.js';
  const both = await get(url, { 'accept-encoding': 'gzip, deflate, br' });
  expect([both.body, both.headers['content-encoding']]).toEqual(['as brotli', 'br']);
  expect(both.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(both.headers['content-type']).toContain('text/javascript');
  expect((await get(url, { 'accept-encoding': 'gzip' })).body).toBe('as gzip');
  expect((await get(url, { 'accept-encoding': 'br;q=0, gzip;q=0' })).body).toBe('plain');
  expect((await get(url, {})).body).toBe('plain');
  expect((await get('/icon.svg')).headers['cache-control']).toBe('no-cache');
});

test('the worker of the counter may look after its address, and nothing else', async () => {
  expect((await get('/counter/worker.js')).headers['service-worker-allowed']).toBe('/counter');
});

test('what is no page is answered as before, and no file beside the pages is given out', async () => {
  for (const url of ['/v1/nothing', '/docs/nothing', '/assets/nothing.js', '/v1'])
    expect((await get(url)).json()).toMatchObject({ code: 'route_not_found' });
  expect((await get('/nothing', { accept: 'application/json' })).statusCode).toBe(404);
  expect((await app.inject({ method: 'POST', url: '/nothing' })).statusCode).toBe(404);
  expect((await app.inject({ method: 'POST', url: '/v1/stores' })).json()).toMatchObject({
    code: 'method_not_allowed',
  });
  for (const url of ['/.stamp', '/../web.ts', '/assets/../.stamp', '/%2e%2e/web.ts', '/.vite/manifest.json'])
    expect((await get(url, { accept: '*/*' })).statusCode).toBe(404);
});

test('without a build there are no pages, and the rest is as it is', async () => {
  const bare = fastify();
  refuseUnrouted(bare);
  addWeb(bare, pathToFileURL(join(folder, 'nowhere/')));
  expect((await bare.inject({ method: 'GET', url: '/', headers: html })).statusCode).toBe(404);
  await bare.close();
});
