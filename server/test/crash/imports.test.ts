import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Shop } from '../shop.ts';
import { openShopAt, untilReady } from './client.ts';
import { clear, command, newPlace, ownerUrl, type Place, type Process, serve } from './service.ts';

const rows = 4_000;
/** At how many rows that are done the service is killed; each time it goes on from there. */
const blows = [600, 2_200];
/** It takes a few seconds; the rest is for a machine that is busy with other things. */
const patienceMs = 180_000;

let place: Place;
let service: Process;
let shop: Shop;

beforeAll(async () => {
  place = await newPlace();
  service = await serve(place);
  shop = await openShopAt(place);
}, patienceMs);
afterAll(() => clear(place));

/** Members with a card, a tag and a birthday each, whose sums are known. */
function fileOf(): string {
  const lines = ['手机号,姓名,入会日期,余额,赠送余额,积分,卡种,到期日期,生日,标签'];
  for (let n = 0; n < rows; n++) {
    const card = '年卡,2040-12-31,1990-05-17,常客';
    lines.push(`1390001${String(n).padStart(4, '0')},会员${n},2024-01-31,${n}.25,0.5,${n},${card}`);
  }
  return lines.join('\n');
}
const principal = rows * 25 + (100 * rows * (rows - 1)) / 2;
const bonus = rows * 50;
const points = (rows * (rows - 1)) / 2;

type Import = {
  readonly id: string;
  readonly state: string;
  readonly done: number;
  readonly became: object;
  readonly takenBack: object;
};

async function untilState(id: string, isThere: (one: Import) => boolean): Promise<Import> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    const { body } = await shop.merchant.get<Import>(`/v1/imports/${id}`);
    if (isThere(body)) return body;
    if (performance.now() > giveUpAt) throw new Error(`the import stands still: ${JSON.stringify(body)}`);
    await pause(3);
  }
}
const become = (id: string, state: string) => untilState(id, (one) => one.state === state);

/** What the database says, which a killed service leaves running. */
async function asked<Found extends pg.QueryResultRow>(text: string): Promise<Found[]> {
  const client = new pg.Client({ connectionString: ownerUrl(place) });
  await client.connect();
  try {
    return (await client.query<Found>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Kills the service once so many rows are done, finds it in the middle, and starts it again. */
async function killAt(id: string, state: string, done: number): Promise<void> {
  await untilState(id, (one) => one.state === state && one.done >= done);
  service.kill('SIGKILL');
  expect((await service.ended).signal).toBe('SIGKILL');
  const blocks = await asked<{ state: string; n: number }>(
    'select state, count(*)::int as n from imports.block group by state order by state',
  );
  expect(blocks, 'some blocks are done and some are not').toHaveLength(2);
  service = await serve(place);
  await untilReady(place);
}

async function sums() {
  const [found] = await asked<Record<string, string>>(
    `select (select count(*) from members.member where state = 'active') as members,
       (select count(*) from memberships.membership where cancelled_at is null) as cards,
       (select count(*) from imports.row) as rows,
       (select count(distinct subject_id) from imports.row) as subjects,
       (select coalesce(sum(balance), 0) from ledger.account where purpose = 'opening_balance') as opening,
       (select coalesce(sum(balance), 0) from ledger.account where purpose = 'points_issue' and detail = 'imported') as points`,
  );
  return found;
}

async function expectSound(): Promise<void> {
  const books = await shop.merchant.get('/v1/ledger/trial-balance');
  expect(books.body).toMatchObject({ balanced: true });
  const { code, said } = await command(place, 'verify', '--json');
  expect(code, said).toBe(0);
  expect(JSON.parse(said)).toMatchObject({ holds: true });
}

test(
  'an import whose service is killed while rows are carried out, and while they are taken back, does each row once',
  async () => {
    const planned = await shop.merchant.post('/v1/membership-plans', {
      name: { zh: '年卡', en: 'Year card' },
      span: { count: 12, unit: 'months' },
      price: 100,
      discount: { ppm: 0 },
    });
    expect(planned.status, planned.text).toBe(201);
    const response = await fetch(`${place.url}/v1/imports?kind=members&fileName=members.csv`, {
      method: 'POST',
      headers: { authorization: `Bearer ${shop.merchant.apiKey}`, 'content-type': 'text/csv' },
      body: fileOf(),
    });
    expect(response.status).toBe(201);
    const { id }: Import = JSON.parse(await response.text());
    await become(id, 'read');
    await shop.merchant.post(`/v1/imports/${id}/check`, {});
    await become(id, 'checked');

    await shop.merchant.post(`/v1/imports/${id}/apply`, {});
    for (const done of blows) await killAt(id, 'applying', done);
    const applied = await become(id, 'applied');
    expect(applied.became).toEqual({
      created: rows,
      updated: 0,
      skipped: 0,
      refused: 0,
      principal,
      bonus,
      points,
    });
    const whole = String(rows);
    expect(await sums()).toEqual({
      ...{ members: whole, cards: whole, rows: whole, subjects: whole },
      ...{ opening: String(-principal - bonus), points: String(-points) },
    });
    await expectSound();

    await shop.merchant.post(`/v1/imports/${id}/reverse`, { reason: 'wrong file' });
    for (const done of blows) await killAt(id, 'reversing', done);
    const reversed = await become(id, 'reversed');
    expect(reversed.takenBack).toMatchObject({ withdrawn: rows, kept: 0, principal, bonus, points });
    expect(await sums()).toEqual({
      ...{ members: '0', cards: '0', rows: whole, subjects: whole, opening: '0', points: '0' },
    });
    await expectSound();
  },
  2 * patienceMs,
);
