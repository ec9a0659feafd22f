import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { seededRandom } from '../../kernel/random.ts';
import type { KeyRing } from '../../platform/config/keys.ts';
import { recoveryCode, typedRecoveryCode } from './factors/recovery.ts';
import { totpCode, totpStep, totpText } from './factors/totp.ts';
import { personKeys } from './keys.ts';
import { loginOf, maskedLogin } from './login.ts';
import { passwords } from './password.ts';
import { unfitPassword } from './passwordRules.ts';

const random = seededRandom(3);
const ring = (...versions: number[]): KeyRing => ({
  current: versions.at(-1) ?? 1,
  keys: new Map(versions.map((version) => [version, Buffer.from(seededRandom(version)(32))])),
});

test('codes are those of RFC 6238, in their last six digits', () => {
  const secret = Buffer.from('12345678901234567890');
  const vectors: readonly (readonly [number, string])[] = [
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ];
  for (const [seconds, code] of vectors) expect(totpCode(secret, new Date(seconds * 1_000))).toBe(code);
  expect(totpText(secret)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
});

test('a code is good a step before and after its time, and never at or before the last one taken', () => {
  const secret = Buffer.from('12345678901234567890');
  const code = totpCode(secret, new Date(1_000_000_000_000));
  const at = (seconds: number, after = 0n) =>
    totpStep(secret, code, new Date(1_000_000_000_000 + seconds * 1_000), after);
  const step = at(0);
  expect([at(-30), at(29), at(39)]).toEqual([step, step, step]);
  expect([at(-51), at(70)]).toEqual([undefined, undefined]);
  expect(at(0, (step ?? 0n) - 1n)).toBe(step);
  expect(at(0, step)).toBeUndefined();
});

test('a recovery code is fifty random bits, and is found however it is typed', () => {
  const code = recoveryCode(random(10));
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
  expect(
    typedRecoveryCode(code.toLowerCase().replace('-', '').replaceAll('0', 'o').replaceAll('1', 'l')),
  ).toBe(code);
  for (const typed of ['', '12345', '123456', `${code}A`, 'UUUUU-UUUUU'])
    expect(typedRecoveryCode(typed)).toBeUndefined();
});

test.each([
  ['Li.Na@Example.COM ', 'li.na@example.com', 'li***@example.com'],
  ['a@b.cn', 'a@b.cn', 'a***@b.cn'],
  ['李娜@例子.公司', '李娜@例子.公司', '李***@例子.公司'],
  ['13812345678', '+8613812345678', '138****5678'],
  ['138 1234-5678', '+8613812345678', '138****5678'],
  ['+86 138 1234 5678', '+8613812345678', '138****5678'],
  ['１３８１２３４５６７８', '+8613812345678', '138****5678'],
  ['+49 (30) 901820', '+4930901820', '+49****1820'],
])('%s is found as %s and shown as %s', (typed, text, masked) => {
  const login = loginOf(typed);
  expect(login?.text).toBe(text);
  expect(login && maskedLogin(login)).toBe(masked);
});

test.each([
  '',
  ' ',
  'abc',
  '12345678901',
  '+0123456789',
  'a@',
  '@b.cn',
  'a@b@c.cn',
  'a b@c.cn',
  `${'a'.repeat(65)}@b.cn`,
])('%j is no login', (typed) => {
  expect(loginOf(typed)).toBeUndefined();
});

test('a password is matched after its key was renewed, never without it, and however it is composed', async () => {
  const before = passwords(personKeys({ seal: ring(1) }));
  const kept = await before.hash('pässword ﬁne', random);
  expect(kept).toMatch(/^argon2id\$m=19456,t=2,p=1,keyid=1\$[\w-]{22}\$[\w-]{43}$/);
  const text = String(kept);
  const renewed = passwords(personKeys({ seal: ring(1, 2) }));
  expect(await renewed.matches('pa\u0308ssword fine', text)).toBe(true);
  expect(await renewed.matches('password fine', text)).toBe(false);
  expect(await renewed.matches('pässword ﬁne', undefined)).toBe(false);
  const stranger = passwords(personKeys({ seal: { current: 1, keys: new Map([[1, randomBytes(32)]]) } }));
  expect(await stranger.matches('pässword ﬁne', text)).toBe(false);
});

test('passwords are looked at a few at a time, and beyond that turned away', async () => {
  const own = passwords(personKeys({ seal: ring(1) }));
  const answers = await Promise.all(Array.from({ length: 80 }, () => own.matches('x', undefined)));
  expect(answers.filter((answer) => answer === false)).toHaveLength(62);
  expect(answers.filter((answer) => answer !== false)).toHaveLength(18);
  expect(await own.matches('x', undefined)).toBe(false);
});

test('a login that was hashed under an older key is still found', () => {
  const [old] = personKeys({ seal: ring(1) }).loginHashes('a@b.cn');
  const [current, older] = personKeys({ seal: ring(1, 2) }).loginHashes('a@b.cn');
  expect(older).toEqual(old);
  expect(current).not.toEqual(old);
});

test('long passphrases and random characters are taken, in any script', async () => {
  for (const good of [
    'correct horse battery staple',
    'Tk9#vLq2xw7p',
    '夏天的风吹过山岗又去了海边',
    'x'.repeat(2) + randomBytes(40).toString('hex'),
  ])
    expect(await unfitPassword(good, ['li@example.com', 'Li Na']), good).toBeUndefined();
});
