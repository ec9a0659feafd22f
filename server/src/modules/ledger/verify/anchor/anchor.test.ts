import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lineFile } from '../../../../platform/files/lines.ts';
import { anchorIn, dueHeads, type Head, type Heads, headsOf, lostOf, type Standing } from './anchor.ts';

const [one, other] = [
  '01900000-0000-7000-8000-000000000001',
  '01900000-0000-7000-8000-000000000002',
] as const;
const at = new Date('2026-11-26T01:00:00Z');
const after = (ms: number) => new Date(at.getTime() + ms);
const hashOf = (seq: bigint) => Buffer.alloc(32, Number(seq % 251n));
const head = (seq: bigint, more: Partial<Head> = {}): Head => ({
  merchantId: one,
  seq,
  hash: hashOf(seq),
  at,
  restored: false,
  ...more,
});
const headsBy = (...heads: readonly Head[]): Heads => new Map(heads.map((h) => [h.merchantId, h]));

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scrip-anchor-'));
  path = join(folder, 'heads.log');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('what was kept is known again, of each merchant the furthest, whoever wrote last', async () => {
  const anchor = anchorIn(lineFile(path));
  expect(await anchor.known()).toEqual(new Map());
  await anchor.keep([head(7n), head(3n, { merchantId: other })]);
  await anchorIn(lineFile(path)).keep([head(6n, { at: after(1) })]);
  expect(await anchor.known()).toEqual(headsBy(head(7n), head(3n, { merchantId: other })));
});

test('what an operator accepted stands before what was known until then, and goes on from there', async () => {
  const anchor = anchorIn(lineFile(path));
  await anchor.keep([head(7n)]);
  await anchor.keep([head(4n, { restored: true })]);
  expect(await anchor.known()).toEqual(headsBy(head(4n, { restored: true })));
  await anchor.keep([head(5n)]);
  expect(await anchor.known()).toEqual(headsBy(head(5n)));
});

const good = `2026-11-26T01:00:00.000Z mer_01j0000000e008000000000001 9 ${'ab'.repeat(32)}`;

test('a line is read as it is written', () => {
  expect(headsOf([good])).toEqual(headsBy(head(9n, { hash: Buffer.alloc(32, 0xab) })));
});

test.each([
  '',
  'heads',
  good.slice(0, -1),
  good.slice(1),
  `${good} `,
  good.replace('T01', 'T25'),
  good.replace('mer_01', 'mer_91'),
  good.replace(' 9 ', ' -9 '),
])('a line that is no head (%s) is passed over', async (line) => {
  const file = lineFile(path);
  await anchorIn(file).keep([head(7n)]);
  await file.append([line]);
  expect(headsOf(await file.read())).toEqual(headsBy(head(7n)));
});

test('a file that has grown is brought down to the last head of each merchant', async () => {
  const file = lineFile(path);
  const anchor = anchorIn(file);
  await anchor.keep([head(1n, { merchantId: other })]);
  await anchor.keep(Array.from({ length: 40_000 }, (_, n) => head(BigInt(n) + 1n)));
  expect(await file.read()).toHaveLength(2);
  expect(await anchor.known()).toEqual(headsBy(head(1n, { merchantId: other }), head(40_000n)));
});

test('a head is due at once, then once a minute where it moved, and the last one whenever that is', () => {
  const marks = new Map([[one, { seq: 9n, hash: hashOf(9n) }]]);
  expect(dueHeads(marks, new Map(), at, false)).toEqual([head(9n)]);
  const kept = headsBy(head(8n));
  expect(dueHeads(marks, kept, after(59_999), false)).toEqual([]);
  expect(dueHeads(marks, kept, after(60_000), false)).toEqual([head(9n, { at: after(60_000) })]);
  expect(dueHeads(marks, kept, after(1), true)).toEqual([head(9n, { at: after(1) })]);
  expect(dueHeads(marks, headsBy(head(9n)), after(3_600_000), true), 'it has not moved').toEqual([]);
  expect(dueHeads(new Map([[one, { seq: 0n, hash: hashOf(0n) }]]), new Map(), at, true)).toEqual([]);
});

test('a log has lost what it was known to have when it is shorter, another one or gone', () => {
  const heads = headsBy(head(7n));
  const has = (lastSeq: bigint | null, hash: Buffer | null): Standing[] => [
    { merchantId: one, lastSeq, isFrozen: false, hash },
  ];
  expect(lostOf(heads, has(7n, hashOf(7n)))).toEqual([]);
  expect(lostOf(heads, has(9n, hashOf(7n)))).toEqual([]);
  const lost = (standing: readonly Standing[]) => lostOf(heads, standing).map(({ finding }) => finding.what);
  expect(lost(has(6n, null))).toEqual([expect.stringContaining('now the log ends at 6')]);
  expect(lost(has(9n, hashOf(8n)))).toEqual([expect.stringContaining('now it is another one')]);
  expect(lost(has(null, null))).toEqual([expect.stringContaining('no such merchant')]);
  expect(lost([])).toEqual([expect.stringContaining('no such merchant')]);
  const nothing = headsBy(head(0n, { restored: true }));
  expect(lostOf(nothing, []), 'nothing was known of it').toEqual([]);
});
