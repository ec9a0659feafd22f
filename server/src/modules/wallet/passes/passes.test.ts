import { execFileSync } from 'node:child_process';
import { createPublicKey, createVerify, hash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { openTill, rowsOf, type Till } from '../../../../test/till.ts';
import { peopleOf, type TestHolder } from '../../../../test/wallet.ts';

let bench: TestBench;
let till: Till;
let holder: TestHolder;
let folder: string;
beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench);
  holder = await peopleOf(bench, till, '1331').holder();
  folder = mkdtempSync(join(tmpdir(), 'scrip-passes-'));
  openssl('req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 3650 -subj /CN=WWDR');
  openssl(
    'req -newkey rsa:2048 -nodes -keyout own.key -out own.csr -subj /CN=pass.com.example.card/OU=ABCDE12345',
  );
  openssl('x509 -req -in own.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out own.pem -days 3650');
  openssl('genrsa -out google.key 2048');
  openssl('rsa -in google.key -pubout -out google.pub');
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  expect(bench.errors).toEqual([]);
  await bench.close();
});

function openssl(args: string): string {
  return execFileSync('openssl', args.split(' '), { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
}
const pem = (name: string) => readFileSync(join(folder, name), 'utf8');

const apple = () => ({
  passTypeId: 'pass.com.example.card',
  teamId: 'ABCDE12345',
  certificate: pem('own.pem'),
  key: pem('own.key'),
  wwdr: pem('ca.pem'),
});
const google = () => ({
  issuerId: '3388000000012345678',
  email: 'p@example.iam.gserviceaccount.com',
  key: pem('google.key'),
});
const set = (keys: object) => till.merchant.post('/v1/merchant/pass-keys', keys);
const asked = (maker: string) =>
  holder.phone.get<{ url: string; code: string }>(`/cards/${holder.card.id}/${maker}-pass`);

/** The files of a zip, by its central directory. */
function unzipped(zip: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  for (let n = zip.readUInt16LE(end + 10); n > 0; n--) {
    const method = zip.readUInt16LE(at + 10);
    const size = zip.readUInt32LE(at + 20);
    const name = zip.readUInt16LE(at + 28);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const data = zip.subarray(start, start + size);
    files.set(zip.toString('utf8', at + 46, at + 46 + name), method === 0 ? data : inflateRawSync(data));
    at += 46 + name + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

test('without certificates there are no passes', async () => {
  for (const maker of ['apple', 'google']) expect((await asked(maker)).body.code).toBe('passes_not_set');
  expect((await holder.phone.get('')).body).toMatchObject({ passes: { apple: false, google: false } });
});

test('what does not belong together is refused at its field, and kept nowhere', async () => {
  const wrong: [string, object][] = [
    ['apple.certificate', { ...apple(), certificate: 'none' }],
    ['apple.wwdr', { ...apple(), wwdr: pem('own.pem') }],
    ['apple.key', { ...apple(), key: pem('ca.key') }],
    ['apple.teamId', { ...apple(), teamId: 'abc' }],
  ];
  for (const [field, given] of wrong)
    await till.refuses('invalid_request', () => set({ apple: given, google: null }), { field });
  await till.refuses('invalid_request', () => set({ apple: null, google: { ...google(), key: 'x' } }), {
    field: 'google.key',
  });
  expect(await rowsOf(bench, 'select 1 as hit from wallet.pass_issuer')).toEqual([]);
});

test('an Apple pass is signed so that openssl verifies it, and shows the balance and no code', async () => {
  expect((await set({ apple: apple(), google: google() })).status).toBe(200);
  expect((await holder.phone.get('')).body).toMatchObject({ passes: { apple: true, google: true } });
  const url = `/v1/wallet/${holder.phone.slug}/cards/${holder.card.id}/apple-pass`;
  const reply = await bench.app.inject({ url, headers: { cookie: holder.phone.cookie ?? '' } });
  expect(reply.statusCode, reply.body).toBe(200);
  expect(reply.headers['content-type']).toBe('application/vnd.apple.pkpass');
  const files = unzipped(reply.rawPayload);
  for (const [name, data] of files) if (name !== 'signature') writeFileSync(join(folder, name), data);
  writeFileSync(join(folder, 'signature'), files.get('signature') ?? '');
  openssl(
    'smime -verify -inform DER -in signature -content manifest.json -CAfile ca.pem -purpose any -binary -out out',
  );
  const manifest: Record<string, string> = JSON.parse(String(files.get('manifest.json')));
  for (const [name, digest] of Object.entries(manifest))
    expect(hash('sha1', files.get(name) ?? '', 'hex'), name).toBe(digest);
  const pass = String(files.get('pass.json'));
  expect(JSON.parse(pass)).toMatchObject({
    passTypeIdentifier: 'pass.com.example.card',
    serialNumber: holder.card.id,
    storeCard: { primaryFields: [{ value: '¥100.00' }] },
  });
  expect(pass).not.toContain(holder.card.code.slice(0, 13));
  expect(pass).not.toContain(holder.card.pin);
});

test('a Google pass is a link whose signature the key verifies', async () => {
  const { body } = await asked('google');
  expect(body.url).toMatch(/^https:\/\/pay\.google\.com\/gp\/v\/save\/[\w-]+\.[\w-]+\.[\w-]+$/);
  const [head, claims, signature = ''] = body.url
    .slice('https://pay.google.com/gp/v/save/'.length)
    .split('.');
  const verified = createVerify('RSA-SHA256')
    .update(`${head}.${claims}`)
    .verify(createPublicKey(pem('google.pub')), Buffer.from(signature, 'base64url'));
  expect(verified).toBe(true);
  expect(JSON.parse(Buffer.from(claims ?? '', 'base64url').toString('utf8'))).toMatchObject({
    iss: 'p@example.iam.gserviceaccount.com',
    aud: 'google',
    typ: 'savetowallet',
    payload: {
      giftCardObjects: [{ state: 'ACTIVE', balance: { micros: '100000000', currencyCode: 'CNY' } }],
    },
  });
});

test('keys stand nowhere in clear, and go when they are taken away', async () => {
  const words = ['PRIVATE KEY', 'gserviceaccount', 'ABCDE12345'].map((text) => `%${text}%`);
  for (const table of ['wallet.pass_issuer', 'ledger.activity'])
    expect(
      await rowsOf(bench, `select 1 as hit from ${table} t where t::text like any ($1)`, [words]),
    ).toEqual([]);
  expect((await set({ apple: null, google: null })).body).toEqual({ appleUntil: null, google: false });
  for (const maker of ['apple', 'google']) expect((await asked(maker)).body.code).toBe('passes_not_set');
});

test('who may not change the merchant sets no keys, and another’s card gives no pass', async () => {
  const clerk = await till.key({ role: 'clerk' });
  const denied = await clerk.post('/v1/merchant/pass-keys', { apple: null, google: null });
  expect(denied.body.code).toBe('permission_denied');
  const foreign = await till.card();
  expect((await holder.phone.get(`/cards/${foreign.id}/apple-pass`)).body.code).toBe('card_not_found');
});
