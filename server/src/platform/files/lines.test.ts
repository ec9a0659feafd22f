import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lineFile } from './lines.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scrip-lines-'));
  path = join(folder, 'heads.log');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a file that is not there has no lines; what is added is read again, by its owner alone', async () => {
  const file = lineFile(path);
  expect(await file.read()).toEqual([]);
  expect(await file.bytes()).toBe(0);
  await file.append([]);
  expect(readdirSync(folder)).toEqual([]);
  await file.append(['one', 'two']);
  await lineFile(path).append(['three']);
  expect(await file.read()).toEqual(['one', 'two', 'three']);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('what a crash cut short is no line, and takes none with it', async () => {
  const file = lineFile(path);
  await file.append(['one']);
  appendFileSync(path, 'tw');
  expect(await file.read()).toEqual(['one']);
  await file.append(['three']);
  expect(readFileSync(path, 'utf8')).toBe('one\ntw\nthree\n');
});

test('replaced it has the new lines alone, and others add to those', async () => {
  const file = lineFile(path);
  const other = lineFile(path);
  await other.append(['one', 'two']);
  await file.replace(['two']);
  await other.append(['three']);
  expect(await file.read()).toEqual(['two', 'three']);
  expect(readdirSync(folder)).toEqual(['heads.log']);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});
