import { expect } from 'vitest';
import { firstOwnerToken } from '../src/operator/owners.ts';
import { type Browser, type BrowserSettings, openBrowser } from './browser.ts';
import type { Client, Reply, TestBench, TestMerchant } from './harness.ts';

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
