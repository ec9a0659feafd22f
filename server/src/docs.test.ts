import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../test/harness.ts';
import { openapiDocument, routesOf } from './api.ts';
import { refusals } from './kernel/refusals.ts';
import { descriptionsInChinese, summariesInChinese, tagsInChinese } from './platform/http/docs/chinese.ts';
import { byTag, type Document } from './platform/http/docs/document.ts';
import { exampleBody } from './platform/http/docs/example.ts';
import { errorsPage, referencePage } from './platform/http/docs/pages.ts';

const openapi = openapiDocument() as Document;
const endpoints = [...byTag(openapi).values()].flat();

let bench: TestBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

/** Every description of a field of a request or an answer. */
function descriptions(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'description' in value && typeof value.description === 'string' ? [value.description] : [];
  return [...own, ...Object.values(value).flatMap(descriptions)];
}

test('every operation, group and field is described in Chinese, and nothing else is', () => {
  expect(new Set(Object.keys(summariesInChinese))).toEqual(
    new Set(endpoints.map(({ operationId }) => operationId)),
  );
  expect(new Set(Object.keys(tagsInChinese))).toEqual(new Set(byTag(openapi).keys()));
  const said = descriptions(
    endpoints.map(({ parameters, requestBody, responses }) => [parameters, requestBody, responses]),
  );
  const ours = new Set(said.filter((text) => text !== 'Done.'));
  expect(new Set(Object.keys(descriptionsInChinese))).toEqual(ours);
});

test('every example body is one that its route takes', () => {
  const routes = routesOf({ ...bench.runtime, poke: () => undefined });
  for (const endpoint of endpoints) {
    const route = routes.find(
      ({ method, path }) => method === endpoint.method && path.replace(/:(\w+)/g, '{$1}') === endpoint.path,
    );
    const parsed = route?.body?.safeParse(exampleBody(endpoint));
    expect(parsed?.error?.issues, endpoint.operationId).toBe(undefined);
  }
});

test.each(['zh', 'en'] as const)('the pages in %s name every operation and every refusal', (language) => {
  const reference = referencePage(openapi, language);
  for (const { operationId } of endpoints) expect(reference).toContain(`<article id="${operationId}">`);
  const errors = errorsPage(language);
  for (const code of Object.keys(refusals)) expect(errors).toContain(`<li id="${code}">`);
  expect(reference + errors).not.toMatch(/undefined|\[object|NaN/);
});

test('the pages speak the language that is asked for, Chinese otherwise, and let nothing foreign in', async () => {
  const get = (url: string, headers: Record<string, string> = {}) => bench.app.inject({ url, headers });
  expect((await get('/docs')).body).toContain('lang="zh-CN"');
  expect((await get('/docs', { 'accept-language': 'en-GB,en;q=0.9' })).body).toContain('<html lang="en"');
  expect((await get('/docs?lang=zh', { 'accept-language': 'en' })).body).toContain('lang="zh-CN"');
  expect((await get('/docs/errors?lang=en')).body).toContain('Refusals');
  for (const path of ['/docs', '/docs/errors', '/docs/style.css', '/docs/script.js']) {
    const answer = await get(path);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    // No other host, no script or style within the page.
    expect(answer.body).not.toMatch(/(src|href)="(https?:)?\/\/|<script>|<style| style=| on\w+="/);
  }
});
