import { expect } from 'vitest';
import { totpCode } from '../src/modules/signin/factors/totp.ts';
import { firstOwnerToken, ownerLink } from '../src/operator/owners.ts';
import { type Browser, type BrowserSettings, openBrowser } from './browser.ts';
import type { Client, Reply, TestBench, TestMerchant } from './harness.ts';

export { firstOwnerToken, ownerLink };

/** A password that is neither short nor guessed. */
export const goodPassword = 'velvet-Orbit-91-lantern';

/** What somebody may and where, as the API takes it. */
export type TermsSent = Readonly<Record<string, unknown>>;

/** The token in a link. */
export const tokenOf = (link: unknown) => String(link).split('token=')[1] ?? '';

let logins = 0;
/** A login that nobody has yet. */
export const newLogin = () => `staff${logins++}@example.com`;

/** Makes the first owner of a fresh server, who is signed in at the browser. */
export async function welcome(bench: TestBench, browser = openBrowser(bench.app)): Promise<Browser> {
  const reply = await browser.post('/v1/first-owner', {
    token: await firstOwnerToken(bench.runtime),
    name: 'Wang Fang',
    login: 'owner@example.com',
    password: goodPassword,
    merchant: { name: 'East', currency: 'CNY', timezone: 'Asia/Shanghai' },
  });
  expect(reply.status, reply.text).toBe(201);
  return browser;
}

/** Who may invite: a page or a key. */
type Inviter = { post(path: string, body?: unknown): Promise<Reply> };

export type Hired = { readonly browser: Browser; readonly login: string; readonly staffId: string };

/** Invites somebody and accepts for them; they are signed in at a browser of their own. */
export async function hire(
  bench: TestBench,
  by: Inviter | Client | TestMerchant,
  terms: TermsSent,
  { login = newLogin(), ...settings }: BrowserSettings & { readonly login?: string } = {},
): Promise<Hired> {
  const invited = await by.post('/v1/staff/invitations', { login, name: 'Li Na', ...terms });
  expect(invited.status, invited.text).toBe(201);
  const browser = openBrowser(bench.app, settings);
  const accepted = await browser.post('/v1/invitations/accept', {
    token: tokenOf(invited.body.link),
    password: goodPassword,
  });
  expect(accepted.status, accepted.text).toBe(200);
  const { body } = await browser.get<{ staff: { id: string } | null }>('/v1/session');
  return { browser, login, staffId: body.staff?.id ?? '' };
}

/** Signs in at a browser; whatever comes of it. */
export function signIn(browser: Browser, login: string, password = goodPassword): Promise<Reply> {
  return browser.post('/v1/session', { login, password });
}

/** The bytes of a secret as an authenticator app is given it. */
function bytesOf(base32: string): Buffer {
  const bits = [...base32].map((digit) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(digit).toString(2).padStart(5, '0'),
  );
  return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

export type Armed = Hired & { readonly code: () => string; readonly recovery: readonly string[] };

/** Hires somebody who signs in with codes of an authenticator app; its first code is used, and half a minute over. */
export async function arm(
  bench: TestBench,
  by: Client | TestMerchant,
  role: string,
  more: BrowserSettings = {},
): Promise<Armed> {
  const hired = await hire(bench, by, { role }, more);
  const { browser } = hired;
  const { secret, uri } = (await browser.post<{ secret: string; uri: string }>('/v1/session/totp/begin'))
    .body;
  expect(uri).toMatch(/^otpauth:\/\/totp\/Scrip:st\*\*\*%40example\.com\?secret=[A-Z2-7]{32}&issuer=Scrip$/);
  const code = () => totpCode(bytesOf(secret), bench.time.now);
  const confirmed = await browser.post<{ recoveryCodes: string[] }>('/v1/session/totp/confirm', {
    code: code(),
  });
  expect(confirmed.body.recoveryCodes).toHaveLength(10);
  bench.time.now = new Date(bench.time.now.getTime() + 31_000);
  return { ...hired, code, recovery: confirmed.body.recoveryCodes };
}
