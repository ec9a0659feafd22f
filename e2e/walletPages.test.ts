import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, openBrowser, picture, visit } from './browser.ts';
import { filmOf } from './film.ts';
import { type House, openHouse } from './house.ts';
import { askAs, holderOf, introduce, sampleOf, slugOf } from './member.ts';

let house: House;
let browser: Browser;
let slug: string;

const folder = mkdtempSync(join(tmpdir(), 'scrip-e2e-'));

beforeAll(async () => {
  house = await openHouse();
  const film = join(folder, 'card.y4m');
  writeFileSync(film, filmOf(sampleOf(house, 'used_up').code));
  // A camera that sees nothing but one card's code.
  browser = await openBrowser([
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  ]);
  slug = await slugOf(house);
  await introduce(house);
});
afterAll(async () => {
  await browser.close();
  await house.bench.close();
  rmSync(folder, { recursive: true });
});

test('every page is accessible in both languages on phone and desk, by its own address', async () => {
  const en = await holderOf(browser, house, {
    phone: '13800138006',
    card: sampleOf(house, 'held'),
    language: 'en',
  });
  const id = en.page.url().split('/').at(-1);
  const pages = [
    '',
    '/look',
    '/add',
    '/balance',
    '/balance/family',
    '/club',
    '/club/code',
    '/points',
    '/points/gifts',
    '/top-up',
    '/gifts',
    '/shop',
    '/me',
    '/me/number',
    '/complaints',
    '/nothing',
    `/cards/${id}`,
    `/cards/${id}/give`,
  ];
  for (const language of ['en', 'zh'] as const) {
    await en.page.evaluate(`localStorage.setItem('scrip.language', '${language}')`);
    await en.context.addInitScript(`localStorage.setItem('scrip.language', '${language}');`);
    for (const [size, width, height] of [
      ['phone', 390, 844],
      ['desk', 1440, 900],
    ] as const) {
      await en.page.setViewportSize({ width, height });
      for (const path of pages) {
        await en.page.goto(`/wallet/${slug}${path}`);
        await en.page.locator('h1').first().waitFor();
        await expect.poll(() => en.page.locator('.ghosts').count()).toBe(0);
        await expectAccessible(en.page);
        const wide = await en.page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
        expect(wide, `${path} is wider than a ${size}`).toBe(false);
        const name = path.replace(`/${id}`, '').replaceAll('/', '-') || '-home';
        if ((size === 'phone') === (language === 'en'))
          await picture(en.page, `wallet${name}-${language}-${size}`);
      }
    }
  }
  await en.page.goto('/wallet/there-is-none');
  await en.page.getByText('这是谁家的卡包？').waitFor();
  await expectAccessible(en.page);
  expect(en.errors).toEqual([]);
  await en.context.close();
});

test('whoever uses the keyboard alone signs in, reads a card and comes back', async () => {
  const { page, context } = await visit(browser, house, { size: 'desk', role: null });
  await page.goto(`/wallet/${slug}/look`);
  await page.locator('#code').waitFor();
  await page.keyboard.type(sampleOf(house, 'used_up').code);
  await page.keyboard.press('Tab');
  await page.keyboard.type(sampleOf(house, 'used_up').pin);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('.face-balance').waitFor();
  await page.getByRole('button', { name: '查另一张' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('code');
  await context.close();
});

test('the camera reads a card into the box, where it waits for its PIN', async () => {
  const { page, context, errors } = await visit(browser, house, { size: 'phone', role: null });
  await page.goto(`/wallet/${slug}/look`);
  await page.getByRole('button', { name: '相机扫码' }).click();
  // A camera takes its time to start.
  const inBox = () => page.locator('#code').inputValue();
  await expect.poll(inBox, { timeout: 20_000 }).toBe(sampleOf(house, 'used_up').code);
  await page.locator('#pin').fill(sampleOf(house, 'used_up').pin);
  await page.keyboard.press('Enter');
  await page.getByText('已用完').waitFor();
  expect(errors).toEqual([]);
  await context.close();
});

test('only where a merchant has passes does a card offer them, and only those', async () => {
  const who = { phone: '13800138007', card: sampleOf(house, 'active'), language: 'en' } as const;
  const { page, context } = await holderOf(browser, house, who);
  expect(await page.getByText(/Add to (Apple|Google) Wallet/).count()).toBe(0);
  const { privateKey: key } = generateKeyPairSync('rsa', {
    modulusLength: 2_048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const google = { issuerId: '3388000000012345678', email: 'p@example.iam.gserviceaccount.com', key };
  await askAs(house, 'POST', '/v1/merchant/pass-keys', { apple: null, google });
  await page.reload();
  await page.getByRole('button', { name: 'Add to Google Wallet' }).waitFor();
  expect(await page.getByText('Add to Apple Wallet').count()).toBe(0);
  await expectAccessible(page);
  await page.route('https://pay.google.com/**', (route) => route.fulfill({ body: 'google' }));
  await page.getByRole('button', { name: 'Add to Google Wallet' }).click();
  await page.waitForURL(/^https:\/\/pay\.google\.com\/gp\/v\/save\//);
  await context.close();
});
