import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { expect, onTestFailed } from 'vitest';
import type { House } from './house.ts';

const root = join(import.meta.dirname, '..');
const chromiumPath = '/usr/bin/chromium';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export type Language = 'zh' | 'en';
export type Size = 'desk' | 'phone';
const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

/** Debian's Chromium, which is installed where it is missing and may be. */
export async function openBrowser(args: readonly string[] = []): Promise<Browser> {
  if (!existsSync(chromiumPath)) {
    const packages = ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'];
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore' });
    execFileSync('apt-get', packages, {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', ...args] });
}

/** A person at a screen: a browser of their own, and what went wrong in it. */
export type Visitor = {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly errors: readonly string[];
  /** What they sign in with. */
  readonly login: string;
};

type Wishes = {
  readonly language?: Language;
  readonly size?: Size;
  /** As whom; null: nobody is signed in. */
  readonly role?: string | null;
  /** Limited to these stores. */
  readonly storeIds?: readonly string[];
  /** Who lets them in, where it takes a second person. */
  readonly approvedBy?: Visitor;
};

/** Opens a browser for somebody who was invited by the sample merchant's owner and has accepted. */
export async function visit(
  browser: Browser,
  { url, demo }: House,
  { language = 'zh', size = 'desk', role = 'owner', storeIds, approvedBy }: Wishes = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: sizes[size],
    hasTouch: size === 'phone',
    locale: language === 'zh' ? 'zh-CN' : 'en-US',
    timezoneId: 'Asia/Shanghai',
    permissions: ['camera', 'clipboard-write'],
    // A program presses what has just begun to unfold, quicker than any hand; half way through, what it presses moves from under it.
    reducedMotion: 'reduce',
  });
  await context.addInitScript(`localStorage.setItem('scrip.language', '${language}');`);
  if (role !== null) await accept(context, url, await invite(url, demo.apiKey, role, approvedBy, storeIds));
  const login = `staff${logins}@example.com`;
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    // That a request was refused is what many of these tests are about.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      errors.push(`${page.url()}: ${message.text()}`);
  });
  onTestFailed(() => tellWhatStands(page));
  return { page, context, errors, login };
}

/** Says what a page shows when a test has failed on it: where nobody was looking there is no other way to know. */
async function tellWhatStands(page: Page): Promise<void> {
  if (page.isClosed()) return;
  const shown = await page.locator('body').innerText();
  const focused = await page.evaluate('document.activeElement?.outerHTML.slice(0, 200)');
  process.stdout.write(`shown at ${page.url()}, with the focus on ${focused}:\n${shown}\n`);
}

/** A password that is neither short nor guessed. */
export const goodPassword = 'velvet-Orbit-91-lantern';
let logins = 0;

/** Invites somebody with a new login; answers the token of the link. */
export async function invite(
  url: string,
  apiKey: string,
  role: string,
  approvedBy?: Visitor,
  storeIds?: readonly string[],
): Promise<string> {
  logins += 1;
  const answer = await fetch(`${url}/v1/staff/invitations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      login: `staff${logins}@example.com`,
      name: '林小雨 Lin',
      role,
      ...(storeIds === undefined ? {} : { scope: { storeIds } }),
    }),
  });
  const { link, approval } = (await answer.json()) as { link?: string; approval?: { id: string } };
  if (approval && approvedBy) {
    const decided = await approvedBy.context.request.post(`/v1/approvals/${approval.id}/approve`, {
      headers: {
        ...{ 'scrip-client': 'web', origin: url, 'sec-fetch-site': 'same-origin' },
        'idempotency-key': approval.id,
      },
      data: { revision: 1 },
    });
    expect(decided.status(), await decided.text()).toBe(200);
  }
  return link?.split('token=')[1] ?? '';
}

async function accept(context: BrowserContext, url: string, token: string): Promise<void> {
  const answer = await context.request.post('/v1/invitations/accept', {
    headers: { 'scrip-client': 'web', origin: url, 'sec-fetch-site': 'same-origin' },
    data: { token, name: '林小雨 Lin', password: goodPassword },
  });
  expect(answer.status(), await answer.text()).toBe(200);
}

/** Goes to a page as a click in the menu does, without loading the console anew; and waits until all that it asked for is there. */
export async function walk(page: Page, path: string): Promise<void> {
  const before = await page.locator('h1, .ant-result-title').first().elementHandle();
  await page.evaluate(`history.pushState({}, '', ${JSON.stringify(path)})`);
  await before?.waitForElementState('hidden');
  await page.locator('h1, .ant-result-title').first().waitFor();
  await expect.poll(() => page.locator('.ant-skeleton, .ant-spin-spinning').count()).toBe(0);
}

type Finding = {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly target: unknown }[];
};

/** Expects that what stands on the page now breaks no rule of WCAG 2.2 AA that a program can see. */
export async function expectAccessible(page: Page): Promise<void> {
  // A button that is at work is pale as one out of use is, which the rules allow and a program cannot tell.
  await expect.poll(() => page.locator('.ant-btn-loading').count()).toBe(0);
  // Half faded in, everything is pale.
  await page.evaluate(
    `Promise.allSettled(document.getAnimations()
      .filter(({ effect }) => Number.isFinite(effect.getComputedTiming().endTime)).map(({ finished }) => finished))`,
  );
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const found: Finding[] = await asOnePage(page, () =>
    page.evaluate(
      `axe.run(document, { runOnly: ${JSON.stringify(tags)}, resultTypes: ['violations'] }).then((result) => result.violations)`,
    ),
  );
  const said = found.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
  expect(said, page.url()).toEqual([]);
}

/**
 * Does something while a phone's page is seen as a whole: what is half behind the bar at its foot is not too small a target, it
 * is scrolled to.
 */
async function asOnePage<Answer>(page: Page, act: () => Promise<Answer>): Promise<Answer> {
  const size = page.viewportSize();
  const [height, top]: [number, number] = await page.evaluate(
    '[document.documentElement.scrollHeight, window.scrollY]',
  );
  if (size === null || size.width >= sizes.desk.width || height <= size.height) return act();
  await page.setViewportSize({ ...size, height });
  const answer = await act();
  await page.setViewportSize(size);
  await page.evaluate(`window.scrollTo(0, ${top})`);
  return answer;
}

/** Keeps a picture of the page in docs/screens when that was asked for: `npm run screens`. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env.SCRIP_SCREENS !== '1') return;
  const folder = join(root, 'docs', 'screens');
  mkdirSync(folder, { recursive: true });
  await page.waitForTimeout(400);
  // Few colours are on a page: a palette of them is a third of the size, and looks the same.
  await sharp(await page.screenshot())
    .png({ palette: true, effort: 7 })
    .toFile(join(folder, `${name}.png`));
}
