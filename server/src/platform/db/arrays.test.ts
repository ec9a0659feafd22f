import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { bytesArray, instantArray, plainArray, textArray } from './arrays.ts';

const client = new pg.Client({ connectionString: inject('adminUrl') });
beforeAll(() => client.connect());
afterAll(() => client.end());

async function roundTrip<T>(type: string, text: string): Promise<T[]> {
  const { rows } = await client.query<{ back: T[] }>(`select $1::${type}[] as back`, [text]);
  return rows[0]?.back ?? [];
}

test('PostgreSQL reads back what was written, whatever the texts are', async () => {
  const texts = fc.array(
    fc.option(fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0') && text.isWellFormed())),
  );
  await fc.assert(
    fc.asyncProperty(texts, async (values) => {
      expect(await roundTrip('text', textArray(values))).toEqual(values);
    }),
  );
  expect(await roundTrip('text', textArray(['NULL', '', ' ', '{a,b}', '"', '\\', '字']))).toEqual([
    'NULL',
    '',
    ' ',
    '{a,b}',
    '"',
    '\\',
    '字',
  ]);
});

test('PostgreSQL reads back numbers, bytes and instants', async () => {
  expect(await roundTrip('int', plainArray([1, null, -3]))).toEqual([1, null, -3]);
  expect(await roundTrip('int8', plainArray([9_007_199_254_740_993n]))).toEqual(['9007199254740993']);
  expect(await roundTrip('int', plainArray([]))).toEqual([]);
  const bytes = [Buffer.from([0, 92, 34, 255]), null, Buffer.alloc(0)];
  expect(await roundTrip('bytea', bytesArray(bytes))).toEqual(bytes);
  const instants = [new Date('2026-11-22T04:00:00.123Z'), null, new Date('9999-12-30T00:00:00Z')];
  expect(await roundTrip('timestamptz', instantArray(instants))).toEqual(instants);
});
