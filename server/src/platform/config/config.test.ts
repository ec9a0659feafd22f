import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { loadKeys } from './keys.ts';
import { readSettings } from './settings.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function keyFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'scrip-keys-'));
  folders.push(folder);
  return join(folder, 'keys.json');
}

describe('settings', () => {
  test('an empty environment has defaults for all', () => {
    expect(readSettings({ PORT: '', HOST: ' ' })).toEqual({
      port: 8080,
      host: '127.0.0.1',
      dataDir: join(process.cwd(), 'data'),
      databaseUrl: undefined,
      keyFile: join(process.cwd(), 'data', 'keys.json'),
      channels: {},
      headsFile: join(process.cwd(), 'data', 'heads.log'),
    });
  });

  test('proxies that are trusted are addresses and networks', () => {
    const { trustedProxies } = readSettings({ SCRIP_TRUSTED_PROXIES: '10.0.0.0/8, ::1' });
    expect(trustedProxies).toBe('10.0.0.0/8,::1');
  });

  test('the key file follows the data folder unless it has a place of its own', () => {
    expect(readSettings({ SCRIP_DATA_DIR: '/srv/scrip' }).keyFile).toBe('/srv/scrip/keys.json');
    expect(readSettings({ SCRIP_DATA_DIR: '/srv/scrip', SCRIP_KEY_FILE: '/etc/scrip.json' }).keyFile).toBe(
      '/etc/scrip.json',
    );
  });

  test.each([
    [{ SCRIP_TRUSTED_PROXIES: 'proxy.example' }, /^SCRIP_TRUSTED_PROXIES must be/],
    [{ SCRIP_TRUSTED_PROXIES: '10.0.0.0/33' }, /^SCRIP_TRUSTED_PROXIES must be/],
    [{ SCRIP_TRUSTED_PROXIES: '::1/129' }, /^SCRIP_TRUSTED_PROXIES must be/],
    [{ SCRIP_TRUSTED_PROXIES: '10.0.0.1,' }, /^SCRIP_TRUSTED_PROXIES must be/],
    [{ PORT: '80a' }, /^PORT must be/],
    [{ PORT: '65536' }, /^PORT must be/],
    [{ PORT: '-1' }, /^PORT must be/],
    [{ HOST: 'http://x' }, /^HOST must be/],
    [{ DATABASE_URL: 'mysql://me:secret@x/y' }, /^DATABASE_URL must start with/],
    [{ DATABASE_URL: 'postgres://me:secret@x' }, /^DATABASE_URL must name a database/],
    [{ SCRIP_SMTP_URL: 'http://me:secret@x' }, /^SCRIP_SMTP_URL must be/],
    [{ SCRIP_SMTP_URL: 'smtp://me:secret@x' }, /^SCRIP_SMTP_FROM must be/],
    [{ SCRIP_TRUSTED_PROXIES: '10.0.0.0/8, anybody' }, /^SCRIP_TRUSTED_PROXIES must be/],
    [{ SCRIP_SMS_URL: 'ftp://secret' }, /^SCRIP_SMS_URL must be/],
    [{ SCRIP_WECHAT_URL: 'https://x', SCRIP_WECHAT_SECRET: 'secret' }, /^SCRIP_WECHAT_SECRET must be/],
  ])('%j is refused by name', (env, message) => {
    expect(() => readSettings(env)).toThrow(message);
    expect(() => readSettings(env)).not.toThrow(/secret/);
  });
});

describe('the key file', () => {
  test('is made once, for its owner alone, and read ever after', () => {
    const path = keyFile();
    const made = loadKeys(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(loadKeys(path)).toEqual(made);
    expect(readdirSync(join(path, '..'))).toEqual(['keys.json']);
    const { databasePassword, appPassword, ...named } = made;
    const rings = Object.values(named).map(({ current, keys }) => keys.get(current));
    expect(new Set(rings.map((key) => key?.toString('hex'))).size).toBe(7);
    expect(rings.every((key) => key?.length === 32)).toBe(true);
  });

  test('made by several processes at once has the same keys for all', async () => {
    const path = keyFile();
    const module = JSON.stringify(new URL('./keys.ts', import.meta.url).href);
    const code = `const { loadKeys } = await import(${module}); console.log(loadKeys(${JSON.stringify(path)}).appPassword);`;
    const passwords = await Promise.all(
      [1, 2, 3, 4].map(async () => {
        const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        return String((await once(child.stdout, 'data'))[0]);
      }),
    );
    expect(new Set(passwords).size).toBe(1);
  });

  test('of an earlier version is given the keys it lacks, once, and keeps what it has', () => {
    const path = keyFile();
    const { personal, lookup, payment } = loadKeys(path);
    const { personal: _p, lookup: _l, payment: _m, ...old } = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify(old), { mode: 0o600 });
    const added = loadKeys(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject(old);
    const current = [added.personal, added.lookup, added.payment, added.seal].map((ring) =>
      ring.keys.get(1)?.toString('hex'),
    );
    expect(new Set(current).size).toBe(4);
    expect([personal, lookup, payment]).not.toContainEqual(added.personal);
    // Another process that had read the old file comes to the same keys.
    writeFileSync(path, JSON.stringify(old), { mode: 0o600 });
    expect(loadKeys(path)).toEqual(added);
    expect(readdirSync(join(path, '..'))).toEqual(['keys.json']);
  });

  test('that others may read is refused', () => {
    const path = keyFile();
    loadKeys(path);
    chmodSync(path, 0o640);
    expect(() => loadKeys(path)).toThrow(/mode 0640/);
  });

  test.each([
    ['a short key', (file: string) => file.replace(/[0-9a-f]{64}/, 'abcd'), /32 bytes/],
    [
      'a key that is not random',
      (file: string) => file.replace(/[0-9a-f]{64}/, 'ab'.repeat(32)),
      /not random enough/,
    ],
    [
      'a current version without a key',
      (file: string) => file.replace('"current": 1', '"current": 2'),
      /current version/,
    ],
    ['another format', (file: string) => file.replace('"version": 1', '"version": 2'), /version/],
    [
      'a short password',
      (file: string) => file.replace(/("appPassword": )"[^"]+"/, '$1"admin"'),
      /appPassword must be/,
    ],
    ['no JSON', () => 'appPassword=hunter2', /is not JSON/],
  ])('with %s is refused, and the message holds no secret', (_, spoil, message) => {
    const path = keyFile();
    loadKeys(path);
    writeFileSync(path, spoil(readFileSync(path, 'utf8')));
    expect(() => loadKeys(path)).toThrow(message);
    expect(() => loadKeys(path)).not.toThrow(/hunter2|admin|abab/);
  });
});
