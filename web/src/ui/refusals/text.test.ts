import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { refusalText } from './text.ts';

// Each code has a heading there, which tidy holds to the server's own list in both directions.
const documented = readFileSync(join(import.meta.dirname, '../../../../docs/errors.md'), 'utf8');
const codes = [...documented.matchAll(/^## ([a-z_]+)$/gm)].map(([, code = '']) => code);

test('every refusal that the server can answer is a sentence at the counter, in Chinese and in English', () => {
  expect(codes.length).toBeGreaterThan(200);
  for (const code of codes) {
    expect(refusalText(code, 'zh'), code).toMatch(/\p{Script=Han}.*。$/u);
    expect(refusalText(code, 'en'), code).toMatch(/^[A-Z].*\.$/);
  }
});

test('nobody at a screen is spoken to as a program: of keys of requests, headers or this key', () => {
  const said = codes.flatMap((code) => [refusalText(code, 'zh'), refusalText(code, 'en')]);
  expect(
    said.filter((text) => /Idempotency|idempotency|[Tt]his key|此密钥|同一个键|same key/.test(text)),
  ).toEqual([]);
});
