import { chmodSync, copyFileSync, cpSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openShopAt } from '../../test/crash/client.ts';
import {
  command,
  newPlace,
  ownerUrl,
  type Place,
  type Process,
  serve,
  start,
} from '../../test/crash/service.ts';
import { openBench } from '../../test/harness.ts';
import type { CardInHand, Shop } from '../../test/shop.ts';
import { runCommand } from './command.ts';

/** Databases are made and servers started and stopped here, on a machine that may be busy with other tests. */
const patienceMs = 240_000;

let place: Place;
let elsewhere: Place;
let service: Process | undefined;
let shop: Shop;
let card: CardInHand;
let backupFile: string;

beforeAll(async () => {
  place = await newPlace();
  elsewhere = await newPlace();
  backupFile = `${place.dataDir}.backup`;
  service = await serve(place);
  shop = await openShopAt(place);
  const [sold] = await shop.sell(1, 10_000);
  if (!sold) throw new Error('no card');
  card = sold;
}, patienceMs);
afterAll(async () => {
  await stop();
  for (const path of [place.dataDir, elsewhere.dataDir, backupFile])
    rmSync(path, { recursive: true, force: true });
});

async function stop(): Promise<void> {
  service?.kill('SIGTERM');
  await service?.ended;
  service = undefined;
}

const pay = (amount: number, reference: string) =>
  shop.merchant.post('/v1/redemptions', {
    code: card.code,
    pin: card.pin,
    amount,
    currency: 'CNY',
    storeId: shop.storeId,
    reference,
  });

async function asOwner(at: Place, sql: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl(at) });
  await owner.connect();
  try {
    await owner.query(sql);
  } finally {
    await owner.end();
  }
}

test(
  'verify ends with 3 and freezes where the books do not hold; only once they hold again they can be unfrozen',
  async () => {
    const merchant = shop.merchant.merchantId;
    const clean = await command(place, 'verify', '--json');
    expect(clean).toMatchObject({ code: 0 });
    expect(JSON.parse(clean.said)).toMatchObject({
      holds: true,
      merchants: [{ merchantId: merchant, findings: [] }],
    });

    await asOwner(place, `update ledger.account set balance = balance + 1 where purpose = 'card'`);
    const broken = await command(place, 'verify', '--merchant', merchant);
    expect(broken.code, broken.said).toBe(3);
    expect(broken.said).toContain('account_balance');
    expect(broken.said).toContain('assets_balanced');
    expect((await pay(100, 'V1')).body).toMatchObject({ code: 'ledger_frozen' });
    const early = await command(place, 'unfreeze-ledger', '--merchant', merchant, '--reason', 'hope');
    expect(early).toMatchObject({ code: 3, said: expect.stringContaining('stays frozen') });

    await asOwner(place, `update ledger.account set balance = balance - 1 where purpose = 'card'`);
    const lifted = await command(
      place,
      'unfreeze-ledger',
      '--merchant',
      merchant,
      '--reason',
      'put back by hand',
    );
    expect(lifted.code, lifted.said).toBe(0);
    expect((await pay(100, 'V1')).status).toBe(201);
    const last = await command(place, 'verify');
    expect(last).toMatchObject({ code: 0, said: expect.stringContaining('The books hold.') });
  },
  patienceMs,
);

test(
  'what was acknowledged before a backup is there after its restore, and nothing is served before that is accepted',
  async () => {
    expect((await pay(1_000, 'B1')).status).toBe(201);
    const before = await shop.balanceOf(card);
    const copied = await command(place, 'backup', backupFile);
    expect(copied.code, copied.said).toBe(0);
    expect(copied.said).toContain(join(place.dataDir, 'keys.json'));
    expect((await pay(500, 'B2')).status).toBe(201);
    expect(await command(place, 'backup', backupFile)).toMatchObject({
      code: 1,
      said: expect.stringContaining('exists'),
    });
    await stop();

    const restored = await command(elsewhere, 'restore', backupFile);
    expect(restored.code, restored.said).toBe(0);
    expect(restored.said).toContain('put the key file back');
    const keyless = await command(elsewhere, 'serve');
    expect(keyless).toMatchObject({ code: 1, said: expect.stringContaining('key file that is not there') });
    expect(existsSync(join(elsewhere.dataDir, 'keys.json')), 'no fresh keys were made').toBe(false);

    copyFileSync(join(place.dataDir, 'keys.json'), join(elsewhere.dataDir, 'keys.json'));
    const refusing = await command(elsewhere, 'serve');
    expect(refusing).toMatchObject({ code: 1, said: expect.stringContaining('--accept-restore') });
    expect((await command(elsewhere, 'work')).code).toBe(1);
    // The shop's tills speak to the address of the first service, where the restored one now answers.
    const moved = { ...elsewhere, port: place.port, url: place.url };
    service = await start(moved, 'serve --accept-restore', 'Scrip is up on');
    expect(await shop.balanceOf(card)).toBe(before);
    expect((await pay(500, 'B2')).status, 'the lost redemption can be entered again').toBe(201);
    await stop();

    service = await serve(moved);
    expect((await command(moved, 'verify')).code).toBe(0);
    await asOwner(
      moved,
      `do $$ begin assert (select count(*) = 1 from ledger.activity where type = 'service.restored'); end $$`,
    );
    await stop();
  },
  patienceMs,
);

test(
  'a database that was turned back behind the service is found at its next start, until the operator accepts it',
  async () => {
    const data = join(place.dataDir, 'postgres');
    const unfreeze = ['unfreeze-ledger', '--merchant', shop.merchant.merchantId, '--reason', 'from a copy'];
    service = await serve(place);
    expect((await pay(300, 'R1')).status).toBe(201);
    await stop();
    expect(statSync(join(place.dataDir, 'heads.log')).mode & 0o777).toBe(0o600);
    cpSync(data, `${data}-copy`, { recursive: true });
    chmodSync(`${data}-copy`, 0o700);
    service = await serve(place);
    expect((await pay(200, 'R2')).status).toBe(201);
    await stop();

    rmSync(data, { recursive: true });
    renameSync(`${data}-copy`, data);
    for (const entrance of ['serve', 'work']) {
      const refusing = await command(place, entrance);
      expect(refusing, refusing.said).toMatchObject({
        code: 1,
        said: expect.stringContaining('turned back'),
      });
      expect(refusing.said).toContain(shop.merchant.merchantId);
    }
    const verified = await command(place, 'verify');
    expect(verified, verified.said).toMatchObject({ code: 3, said: expect.stringContaining('log_head') });
    // Frozen it cannot be spent from again, and so need not keep others from theirs.
    service = await serve(place);
    expect((await pay(200, 'R2')).body).toMatchObject({ code: 'ledger_frozen' });
    await stop();
    expect((await command(place, ...unfreeze)).code, 'it has still lost what it had').toBe(3);

    service = await start(place, 'serve --accept-restore', 'Scrip is up on');
    expect((await command(place, ...unfreeze)).code).toBe(0);
    expect((await pay(200, 'R2')).status, 'the lost redemption can be entered again').toBe(201);
    await stop();
    service = await serve(place);
    expect((await command(place, 'verify')).code).toBe(0);
    await stop();
  },
  patienceMs,
);

test(
  'a database that another one was put in the place of is found, and accepted only by word',
  async () => {
    rmSync(join(place.dataDir, 'postgres'), { recursive: true });
    const refusing = await command(place, 'serve');
    expect(refusing).toMatchObject({ code: 1, said: expect.stringContaining('there is no such merchant') });
    const verified = await command(place, 'verify', '--json');
    expect(verified.code, verified.said).toBe(3);
    expect(JSON.parse(verified.said)).toMatchObject({
      holds: false,
      merchants: [],
      gone: [{ merchantId: shop.merchant.merchantId }],
    });
    const one = await command(place, 'verify', '--merchant', shop.merchant.merchantId);
    expect(one).toMatchObject({ code: 3, said: expect.stringContaining('IS GONE') });
    service = await start(place, 'serve --accept-restore', 'Scrip is up on');
    await stop();
    service = await serve(place);
    expect((await command(place, 'verify')).code).toBe(0);
    await stop();
  },
  patienceMs,
);

test('of a server that the operator brought no copies are made', async () => {
  const env = { DATABASE_URL: 'postgres://localhost/none', SCRIP_DATA_DIR: elsewhere.dataDir };
  expect(await runCommand(['backup', backupFile], env)).toBe(2);
  expect(await runCommand(['restore', backupFile], env)).toBe(2);
  expect(await runCommand(['backup'], {})).toBe(2);
});

test('over a server that may forget what it has confirmed, neither the service nor its jobs start', async () => {
  const bench = await openBench();
  try {
    // The tests' own server runs with fsync off, which is just what must not be trusted with money.
    const env = { DATABASE_URL: bench.ownerUrl, SCRIP_KEY_FILE: inject('keyFile'), PORT: '0' };
    expect(await runCommand(['serve'], env)).toBe(1);
    expect(await runCommand(['work'], env)).toBe(1);
  } finally {
    await bench.close();
  }
});
