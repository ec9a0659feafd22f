import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, openBrowser, picture, visit } from './browser.ts';
import { type House, openHouse } from './house.ts';
import { holderOf, introduce, sampleOf, slugOf } from './member.ts';

let house: House;
let browser: Browser;
let slug: string;

beforeAll(async () => {
  [house, browser] = await Promise.all([openHouse(), openBrowser()]);
  slug = await slugOf(house);
  await introduce(house);
});
afterAll(async () => {
  await browser.close();
  await house.bench.close();
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
    '/gifts',
    '/shop',
    '/me',
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
