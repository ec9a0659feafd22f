import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Batch, openPress, type Press, rowsOf, uuidOf } from '../../../test/press.ts';
import { releaseBatch } from './releaseBatch.ts';

let press: Press;

beforeAll(async () => {
  press = await openPress();
});
afterAll(async () => {
  expect(press.bench.errors).toStrictEqual([]);
  await press.close();
});

test('of 20 releases at once one gets the codes, under one idempotency key or under twenty', async () => {
  for (const key of ['the-same', undefined]) {
    const batch = await press.order(50);
    await press.bench.runJobs();
    const replies = await Promise.all(Array.from({ length: 20 }, () => press.release(batch, key)));
    const files = replies.filter(({ status }) => status === 200);
    expect(files).toHaveLength(1);
    expect(rowsOf(files[0]?.text ?? '')).toHaveLength(50);
    for (const { status, body } of replies.filter((reply) => !files.includes(reply)))
      expect([status, body.code]).toStrictEqual([409, 'codes_already_released']);
    expect((await press.release(batch, key)).body).toMatchObject({ code: 'codes_already_released' });
    const { rows } = await press.owner.query(
      `select count(*)::int as releases from ledger.activity
       where merchant_id = $1 and type = 'batch.released' and subject_id = $2`,
      [press.shop.merchant.id, uuidOf(batch)],
    );
    expect(rows).toStrictEqual([{ releases: 1 }]);
  }
});

/** All there is in the database's columns of these types, as the owner sees it; bytes as hexadecimal. */
async function everything(types: readonly string[]): Promise<string> {
  const columns = await press.owner.query<{ name: string; table: string }>(
    `select quote_ident(a.attname) as name, c.oid::regclass::text as table from pg_attribute a
     join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
       and n.nspname not in ('pg_catalog', 'information_schema') and a.atttypid::regtype::text = any($1)`,
    [types],
  );
  expect(columns.rows.length).toBeGreaterThan(5);
  const texts: string[] = [];
  for (const { name, table } of columns.rows) {
    const all = `select string_agg(${name}::text, ' ') as all from ${table}`;
    const { rows } = await press.owner.query<{ all: string | null }>(all);
    texts.push(rows[0]?.all ?? '');
  }
  return texts.join(' ');
}

test('no code or PIN is anywhere in the database, and after the release nothing that makes them', async () => {
  const batch = await press.order(20);
  await press.bench.runJobs();
  const dataKey = await press.dataKeyOf(batch);
  const csv = rowsOf((await press.release(batch)).text);
  const text = await everything(['text', 'text[]', 'json', 'jsonb']);
  const bytes = await everything(['bytea']);
  expect(text).toContain(csv[0]?.code?.slice(-4));
  for (const { code = '', pin = '' } of csv) {
    const canonical = code.replaceAll('-', '');
    for (const secret of [code, canonical, pin]) {
      expect(text).not.toContain(secret);
      expect(bytes).not.toContain(Buffer.from(secret).toString('hex'));
    }
  }
  expect(bytes).not.toContain(dataKey.export().toString('hex'));
  await expect(press.dataKeyOf(batch)).rejects.toThrow('the key is gone');
});

test('a key whose release died on the way is destroyed after a while, and then nobody gets the codes', async () => {
  const [kept, dropped, unreleased] = [await press.order(1), await press.order(1), await press.order(1)];
  await press.bench.runJobs();
  // The process dies between the commit and the answer: the command alone.
  const commandOf = (batch: Batch) => ({ batchId: uuidOf(batch) });
  await press.act(releaseBatch, commandOf(dropped));
  press.bench.time.now = new Date(press.bench.time.now.getTime() + 16 * 60_000);
  await press.act(releaseBatch, commandOf(kept));
  await press.bench.runJobs();
  await expect(press.dataKeyOf(dropped)).rejects.toThrow('the key is gone');
  await press.dataKeyOf(kept);
  await press.dataKeyOf(unreleased);
});
