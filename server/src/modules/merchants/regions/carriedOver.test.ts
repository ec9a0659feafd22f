import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { openBench } from '../../../../test/harness.ts';
import { openTill } from '../../../../test/till.ts';

const folder = join(import.meta.dirname, '../../../../migrations');
const migration = join(folder, readdirSync(folder).find((name) => name.endsWith('_regions.sql')) ?? 'none');

test('texts that stood on stores, in scopes, invitations and terms became regions, once each, and nothing that named them changed', async () => {
  const bench = await openBench();
  const till = await openTill(bench);
  const stranger = await bench.merchant();
  const { merchant } = till;
  for (const name of ['东', '西', '南', '北', '中']) await merchant.post('/v1/regions', { code: name, name });
  const stores = { type: 'regions', regions: ['东', '西'] };
  await merchant.patch(`/v1/card-programs/${till.programId}`, { stores });
  await merchant.patch(`/v1/stores/${till.storeId}`, { region: '东' });
  const body = { name: 'x', role: 'clerk', scope: { regions: ['东', '南'] } };
  expect((await merchant.post('/v1/staff', body)).status).toBe(201);
  const login = 'lin@example.com';
  const invitation = { ...body, login, scope: { regions: ['北'] } };
  expect((await merchant.post('/v1/staff/invitations', invitation)).status).toBe(201);
  await stranger.post('/v1/regions', { code: '东', name: '东' });
  await stranger.post('/v1/stores', { code: 'S', name: 'S', region: '东' });
  const owner = new pg.Client({ connectionString: bench.ownerUrl });
  await owner.connect();
  const terms = async () =>
    (await owner.query('select terms::text, md5(row_to_json(v)::text) from programs.version v order by id'))
      .rows;
  const before = await terms();
  await owner.query('alter table merchants.store drop constraint store_region; drop table merchants.region');
  await owner.query(readFileSync(migration, 'utf8'));
  expect(await terms()).toEqual(before);
  await owner.end();

  const listed = async (client: Pick<typeof merchant, 'get'>) =>
    (
      await client.get<{ items: { code: string; name: string; state: string }[] }>('/v1/regions')
    ).body.items.map(({ code, name, state }) => [code, name, state]);
  const asRegion = (text: string) => [text, text, 'active'];
  expect(new Set(await listed(merchant))).toEqual(new Set(['东', '南', '西', '北'].map(asRegion)));
  expect(await listed(stranger)).toEqual([asRegion('东')]);
  await till.paid(await till.card(), 1);
  expect((await merchant.get(`/v1/stores/${till.storeId}`)).body).toMatchObject({ regionName: '东' });
  await bench.close();
});
