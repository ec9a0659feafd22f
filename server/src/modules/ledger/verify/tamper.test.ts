import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { openShop, type Shop } from '../../../../test/shop.ts';
import { keysOf } from '../../../platform/config/keys.ts';
import { lineFile } from '../../../platform/files/lines.ts';
import { anchorIn, headsOf } from './anchor/anchor.ts';
import { verifierJob } from './jobs.ts';

let bench: TestBench;
let shop: Shop;
let owner: pg.Client;
let folder: string;

const tables = ['journal', 'verification', 'activity', 'account', 'posting', 'hold'];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'scrip-heads-'));
  bench = await openBench();
  shop = await openShop(bench);
  await makeHistory();
  await watch();
  expect(bench.errors).toEqual([]);
  owner = new pg.Client({ connectionString: bench.ownerUrl });
  await owner.connect();
  // A superuser's session in which no constraint between tables is in the way: the worst there is.
  await owner.query('set session_replication_role = replica');
  await owner.query('create schema kept');
  for (const name of tables) await owner.query(`create table kept.${name} as select * from ledger.${name}`);
});
afterAll(async () => {
  await owner.end();
  await bench.close();
  rmSync(folder, { recursive: true });
});

afterEach(putBack);

async function makeHistory(): Promise<void> {
  const { merchant, storeId, otherStoreId } = shop;
  for (const [n, card] of (await shop.sell(8, 10_000)).entries()) {
    const { code, pin } = card;
    const at = { code, pin, currency: 'CNY', storeId: n % 2 === 0 ? storeId : otherStoreId };
    const paid = await merchant.post('/v1/redemptions', { ...at, amount: 1_000 + n, reference: `T${n}` });
    await merchant.post(`/v1/redemptions/${paid.body.id}/refunds`, { amount: 100 + n, reason: 'returned' });
    await merchant.post('/v1/holds', { ...at, amount: 500 + n, reference: `H${n}` });
  }
}

const parts = () => ({
  ...bench.runtime,
  anchor: undefined,
  chainKeys: keysOf(bench.runtime.keys.chain),
});

/** Has a fresh verifier look at everything. */
async function watch(): Promise<void> {
  const job = verifierJob({
    ...bench.runtime,
    anchor: undefined,
    chainKeys: keysOf(bench.runtime.keys.chain),
  });
  await job.run(new AbortController().signal);
}

async function frozenReason(): Promise<string | null> {
  const { rows } = await owner.query('select frozen_reason from ledger.journal where merchant_id = $1', [
    shop.merchant.id,
  ]);
  return rows[0]?.frozen_reason;
}

async function putBack(): Promise<void> {
  await owner.query(`truncate ${tables.map((name) => `ledger.${name}`).join(', ')}`);
  for (const name of tables) await owner.query(`insert into ledger.${name} select * from kept.${name}`);
}

/** A row drawn by lot, the same for the same seed. */
const any = (table: string, key: string, where = 'true') =>
  `(select ${key} from ledger.${table} where ${where} order by md5(${key}::text || 'SEED') limit 1)`;
const entry = any('activity', 'seq');
const posted = any('activity', 'seq', 'exists (select 1 from ledger.posting p where p.activity_seq = seq)');
const account = any('account', 'id', 'postings > 0');
const setEntry = (what: string, where = `seq = ${entry}`) =>
  `update ledger.activity set ${what} where ${where}`;
const setPosting = (what: string) =>
  `update ledger.posting set ${what} where (activity_seq, line) = (${posted}, 1)`;
const setAccount = (what: string) => `update ledger.account set ${what} where id = ${account}`;
const setHold = (what: string) => `update ledger.hold set ${what} where id = ${any('hold', 'id')}`;
const flipped = (column: string) => `${column} = set_byte(${column}, 3, get_byte(${column}, 3) # 1)`;

const corruptions: Readonly<Record<string, string>> = {
  'a byte of an entry hash': setEntry(flipped('hash')),
  'the hash of the last entry': setEntry(flipped('hash'), 'seq = (select max(seq) from ledger.activity)'),
  'a byte of a fingerprint': setEntry(
    flipped('fingerprint'),
    `seq = ${any('activity', 'seq', 'fingerprint is not null')}`,
  ),
  'a digit in the details': setEntry(
    `details = replace(details, '1', '2')`,
    `seq = ${any('activity', 'seq', `details like '%1%'`)}`,
  ),
  'a space in the details': setEntry(
    `details = details || ' '`,
    `seq = ${any('activity', 'seq', 'details is not null')}`,
  ),
  'details taken away': setEntry('details = null', `seq = ${any('activity', 'seq', 'details is not null')}`),
  'an answer that was given': setEntry(
    `result = replace(result, 'a', 'b')`,
    `seq = ${any('activity', 'seq', 'result is not null')}`,
  ),
  'the amount of an entry': setEntry(
    'amount = amount + 1',
    `seq = ${any('activity', 'seq', 'amount is not null')}`,
  ),
  'an amount where there was none': setEntry(
    'amount = 5',
    `seq = ${any('activity', 'seq', 'amount is null')}`,
  ),
  'the time by an hour': setEntry(`occurred_at = occurred_at - interval '1 hour'`),
  'the time by a microsecond': setEntry(`occurred_at = occurred_at + interval '1 microsecond'`),
  'the time to no time': setEntry(`occurred_at = 'infinity'`),
  'who did it': setEntry('actor_id = gen_random_uuid()'),
  'where it was': setEntry('store_id = gen_random_uuid()'),
  'what it happened to': setEntry('subject_id = gen_random_uuid()'),
  'its type': setEntry(`type = type || 'd'`),
  'its reference': setEntry(`reference = 'X' || coalesce(reference, '')`),
  'what it relates to': setEntry('related_seq = coalesce(related_seq, 0) + 1'),
  'its idempotency key': setEntry(`idempotency_key = 'X' || coalesce(idempotency_key, '')`),
  'an entry cut out of the middle': `delete from ledger.activity where seq = ${any('activity', 'seq', 'seq > 3')}`,
  'an entry cut out with its postings': `with gone as (delete from ledger.activity where seq = ${posted} returning seq)
    delete from ledger.posting where activity_seq in (select seq from gone)`,
  'the first entry': 'delete from ledger.activity where seq = 1',
  'the tail': 'delete from ledger.activity where seq > (select max(seq) - 3 from ledger.activity)',
  'the tail, and the head put on what is left': `with gone as (
      delete from ledger.activity where seq > (select max(seq) - 2 from ledger.activity) returning seq)
    update ledger.journal j set seq = a.seq, hash = a.hash from ledger.activity a
    where a.seq = (select min(seq) - 1 from gone)`,
  everything: 'delete from ledger.activity',
  'two entries swapped': `update ledger.activity a set type = b.type, details = b.details, amount = b.amount, result = b.result,
      subject_id = b.subject_id from ledger.activity b
    where (a.seq = 5 and b.seq = 9) or (a.seq = 9 and b.seq = 5)`,
  'an entry added after the head': `insert into ledger.activity (merchant_id, seq, type, occurred_at, actor_id, hash)
    select merchant_id, seq + 1, 'card.adjusted', now(), actor_id, hash from ledger.activity order by seq desc limit 1`,
  'the head moved on': 'update ledger.journal set seq = seq + 1',
  'the hash of the head': `update ledger.journal set ${flipped('hash')}`,
  'how far it was verified': 'update ledger.verification set seq = seq + 7',
  'the amount of a posting': setPosting('amount = amount + 1'),
  'the balance after a posting': setPosting('balance_after = balance_after + 1'),
  'the account of a posting': setPosting(`account_id = gen_random_uuid(), account_seq = 1`),
  'the place of a posting': setPosting('account_seq = account_seq + 1000'),
  'a posting taken out': `delete from ledger.posting where (activity_seq, line) = (${posted}, 1)`,
  'a posting added to an entry': `insert into ledger.posting (merchant_id, activity_seq, line, account_id, account_seq, amount, balance_after)
    select merchant_id, ${posted}, 9, id, postings + 1, 700, balance + 700 from ledger.account where id = ${account}`,
  'a posting of an entry to come': `insert into ledger.posting (merchant_id, activity_seq, line, account_id, account_seq, amount, balance_after)
    select merchant_id, 100000, 1, id, postings + 1, 700, balance + 700 from ledger.account where id = ${account}`,
  'money that came from nowhere, with all that belongs to it': `with more as (
      insert into ledger.posting (merchant_id, activity_seq, line, account_id, account_seq, amount, balance_after)
      select merchant_id, ${posted}, 9, id, postings + 1, 700, balance + 700 from ledger.account where id = ${account}
      returning account_id)
    update ledger.account set balance = balance + 700, postings = postings + 1 where id in (select account_id from more)`,
  'two postings exchanged between accounts': `update ledger.posting a set amount = b.amount, balance_after = b.balance_after
    from ledger.posting b where a.activity_seq = ${posted} and b.activity_seq = a.activity_seq and b.line <> a.line
      and b.line <= 2 and a.line <= 2`,
  'the balance of an account': setAccount('balance = balance + 1'),
  'money moved from one account to another': `update ledger.account set balance = balance + case when id = ${account} then 5 else -5 end
    where id = ${account} or id = (select id from ledger.account where id <> ${account} order by id limit 1)`,
  'what an account holds back': setAccount('held = held + 1'),
  'how many postings an account counts': setAccount('postings = postings + 1'),
  'the owner of an account': setAccount('owner_id = gen_random_uuid()'),
  'two accounts exchanged between owners': `update ledger.account a set owner_id = b.owner_id, detail = b.detail || ' '
    from ledger.account b where a.id = ${any('account', 'id', `purpose = 'card'`)} and b.id <> a.id and b.purpose = 'card'`,
  'what an account is for': setAccount(`purpose = 'gift'`),
  'how far an account may sink': setAccount('floor = coalesce(floor, 0) - 1000000'),
  'how far an account may rise': setAccount('ceiling = 900000000000'),
  'the asset of an account': setAccount(`asset = 'EUR'`),
  'an account taken out': `delete from ledger.account where id = ${account}`,
  'the amount of a hold': setHold('amount = amount + 1'),
  'the parts of a hold': setHold(`parts = '[]'`),
  'parts that are none': setHold(`parts = '{"accountId": 7}'`),
  'a hold let go of on the side': setHold(`state = 'released', ended_seq = seq + 1`),
  'a hold ended by nothing': setHold(`state = 'captured', captured = amount, ended_seq = 99999`),
  'a hold taken out': `delete from ledger.hold where id = ${any('hold', 'id')}`,
};

test.each(Object.entries(corruptions))('%s is noticed, and the ledger is frozen', async (_what, sql) => {
  for (const seed of ['a', 'b']) {
    const logged = bench.errors.length;
    const changed = await owner.query(sql.replaceAll('SEED', seed));
    expect(changed.rowCount, 'the corruption must change something').toBeGreaterThan(0);
    await watch();
    expect(await frozenReason()).toEqual(expect.any(String));
    expect(bench.errors, 'once').toHaveLength(logged + 1);
    await putBack();
    await watch();
    expect(await frozenReason(), 'put back, the books hold').toBe(null);
  }
});

test('a log that is rolled back with everything that goes with it is noticed by who has seen it longer', async () => {
  const job = verifierJob({
    ...bench.runtime,
    anchor: undefined,
    chainKeys: keysOf(bench.runtime.keys.chain),
  });
  const signal = new AbortController().signal;
  await job.run(signal);
  await shop.sell(1, 5_000);
  await job.run(signal);
  expect(await frozenReason()).toBe(null);
  // To the last cent as it was before: nothing in the database gives it away.
  await putBack();
  await watch();
  expect(await frozenReason()).toBe(null);
  bench.time.now = new Date(bench.time.now.getTime() + 60_000);
  await job.run(signal);
  await job.run(signal);
  expect(await frozenReason()).toContain('log_head');
});

test('a log that was rolled back while no verifier ran is noticed by the next one, from what stands outside the database', async () => {
  const path = join(folder, 'heads.log');
  const service = () => verifierJob({ ...parts(), anchor: anchorIn(lineFile(path)) });
  const first = service();
  await first.run(new AbortController().signal);
  const [kept] = headsOf(await lineFile(path).read()).values();
  await shop.sell(1, 5_000);
  await first.atStop?.();
  const [last] = headsOf(await lineFile(path).read()).values();
  expect(kept?.seq, 'the last head, less than a minute after the one before').toBeLessThan(last?.seq ?? 0n);
  await service().run(new AbortController().signal);
  expect(await frozenReason()).toBe(null);

  await putBack();
  await watch();
  expect(await frozenReason(), 'nothing in the database gives it away').toBe(null);
  await service().run(new AbortController().signal);
  expect(await frozenReason()).toContain(
    `log_head: entry ${kept?.seq}: is the last, but the log was at ${last?.seq}`,
  );

  // Another history of the same length is no better.
  await putBack();
  await shop.sell(5, 5_000);
  await service().run(new AbortController().signal);
  expect(await frozenReason()).toContain(`log_chain: entry ${last?.seq}: was verified before`);
});

test('on a frozen ledger nothing moves, reading goes on, and other merchants do not notice', async () => {
  const [card] = await shop.sell(1, 5_000);
  const other = await openShop(bench);
  await owner.query(
    `update ledger.account set balance = balance + 1 where id = (select account_id from ledger.posting
    where merchant_id = $1 order by activity_seq desc limit 1)`,
    [shop.merchant.id],
  );
  await watch();
  const { merchant, storeId } = shop;
  const paid = await merchant.post('/v1/redemptions', {
    code: card?.code,
    pin: card?.pin,
    amount: 100,
    currency: 'CNY',
    storeId,
    reference: 'F1',
  });
  expect(paid.status).toBe(503);
  expect(paid.body).toMatchObject({ code: 'ledger_frozen' });
  expect((await merchant.get(`/v1/cards/${card?.id}`)).status).toBe(200);
  expect(await other.sell(1)).toHaveLength(1);
});
