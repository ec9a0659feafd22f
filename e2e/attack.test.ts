import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectAsOwner, type Owner } from '../server/test/owner.ts';
import { type OpenApi, operationsOf, requestOf, visitsOf } from '../server/test/samples.ts';
import { openBrowser, visit } from './browser.ts';
import { type House, openHouse } from './house.ts';

// A page on another port of the same machine: to a browser that is the same site, so every cookie goes along.

let house: House;
let browser: Browser;
let evil: Server;
let evilUrl: string;
let eye: Owner;
beforeAll(async () => {
  [house, browser] = await Promise.all([openHouse(), openBrowser()]);
  evil = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>prize</title><iframe name="sink"></iframe>');
  });
  evil.listen(0, '127.0.0.1');
  await once(evil, 'listening');
  evilUrl = `http://127.0.0.1:${(evil.address() as AddressInfo).port}/`;
  eye = await connectAsOwner(house.bench.ownerUrl);
});
afterAll(async () => {
  await browser.close();
  evil.close();
  await eye.close();
  await house.bench.close();
});

/** Counted by the browser: attempts that it let out of the page. */
type Sent = { readonly fetched: number; readonly blocked: number };

const attack = (base: string, requests: readonly object[]) => `(async () => {
  const sent = { fetched: 0, blocked: 0 };
  for (const { method, url, body } of ${JSON.stringify(requests)}) {
    const tries = [
      { method: 'POST', mode: 'no-cors', headers: { 'content-type': 'text/plain' } },
      { method: 'POST', mode: 'no-cors', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      { method, headers: { 'content-type': 'application/json', 'scrip-client': 'web', 'idempotency-key': 'k' } },
    ];
    await Promise.all(tries.map((one) =>
      fetch(${JSON.stringify(base)} + url, { ...one, credentials: 'include', body: JSON.stringify(body ?? {}) })
        .then(() => sent.fetched++, () => sent.blocked++)));
  }
  return sent;
})()`;

test('a page of another site, open beside the console, changes nothing by any unsafe route', async () => {
  const { page, context } = await visit(browser, house);
  await page.goto('/');
  await page.locator('h1').waitFor();
  const answer = await context.request.get('/openapi.json');
  const document = (await answer.json()) as OpenApi;
  const unsafe = [...operationsOf(document), ...visitsOf(document)].filter(({ method }) => method !== 'GET');
  expect(unsafe.length).toBeGreaterThan(100);
  const requests = unsafe.map((operation) => ({ method: operation.method, ...requestOf(operation) }));

  const state = async () =>
    JSON.stringify(
      await eye.rows(
        `select (select jsonb_agg(to_jsonb(j) order by merchant_id) from ledger.journal j) as journal,
           (select jsonb_agg(jsonb_build_array(s.id, s.ended_at)) from signin.session s) as sessions,
           (select count(*) from signin.challenge) as challenges, (select count(*) from notices.notice) as notices`,
      ),
    );
  // What the console itself writes, such as the last use of a session, is not in it.
  const before = await state();
  const cookies = await context.cookies(house.url);
  expect(cookies.length).toBeGreaterThan(0);

  const other = await context.newPage();
  await other.goto(evilUrl);
  let carried = 0;
  house.bench.app.server.on('request', ({ headers }: IncomingMessage) => {
    if (headers.origin === evilUrl.slice(0, -1) && headers.cookie) carried++;
  });
  const sent = (await other.evaluate(attack(house.url, requests))) as Sent;
  // What needs leave was not sent; what needs none was, with the cookies of who is signed in.
  expect(sent.blocked).toBeGreaterThanOrEqual(unsafe.length - 5);
  expect(sent.fetched).toBeGreaterThanOrEqual(unsafe.length);
  expect(carried).toBeGreaterThan(unsafe.length);

  for (const { url } of requests.slice(0, 40))
    await other.evaluate(`(() => {
      const form = document.createElement('form');
      Object.assign(form, { method: 'POST', action: ${JSON.stringify(house.url + url)}, target: 'sink', enctype: 'text/plain' });
      document.body.append(form);
      form.submit();
    })()`);
  await other.waitForLoadState('networkidle');

  expect(await state()).toBe(before);
  expect(await context.cookies(house.url)).toEqual(cookies);
  expect((await context.request.get('/v1/session')).status()).toBe(200);
  await context.close();
}, 120_000);
