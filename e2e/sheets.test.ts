import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, openBrowser, picture, visit } from './browser.ts';
import { type House, openHouse } from './house.ts';
import { holderOf, introduce, sampleOf } from './member.ts';

let house: House;
let browser: Browser;

beforeAll(async () => {
  [house, browser] = await Promise.all([openHouse(), openBrowser(['--use-fake-device-for-media-stream'])]);
  await introduce(house);
});
afterAll(async () => {
  await browser.close();
  await house.bench.close();
});

/** Opens a dialog: it can be read by all, has the focus and keeps it, goes with Escape and gives the focus back. */
async function expectGoodDialog(page: Page, opener: Locator, shot?: string): Promise<void> {
  await opener.focus();
  await page.keyboard.press('Enter');
  const dialog = page.locator('dialog:modal');
  await dialog.waitFor();
  await expectAccessible(page);
  if (shot !== undefined) await picture(page, shot);
  const isInside = () => page.evaluate("document.activeElement?.closest('dialog') !== null");
  for (let step = 0; step < 6; step += 1) {
    // Between the last and the first the focus is in the browser's own bar, which is not the page behind either.
    expect(
      (await isInside()) || (await page.evaluate('document.activeElement === document.body')),
      `after ${step} tabs the focus is in the dialog`,
    ).toBe(true);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(() => opener.and(page.locator(':focus')).count()).toBe(1);
}

test.each(['zh', 'en'] as const)(
  'each sheet of the counter is read and left by the keyboard (%s)',
  async (language) => {
    const { page, context, errors } = await visit(browser, house, { language, size: 'phone', role: 'clerk' });
    await page.goto('/counter');
    await page.locator('button.wide').first().click();
    const say = (zh: string, en: string) => (language === 'zh' ? zh : en);
    const press = (name: string) => page.getByRole('button', { name }).first();
    await press(say('相机扫码', 'Scan')).waitFor();
    await expectGoodDialog(page, press(say('相机扫码', 'Scan')));
    await page.locator('#code').fill(sampleOf(house, 'active').code);
    await page.keyboard.press('Enter');
    await page.locator('.summary-balance').waitFor();
    await page.keyboard.type('1');
    await page.keyboard.press('Enter');
    await page.locator('.result.good').waitFor();
    await expectGoodDialog(page, press(say('小票', 'Receipt')), `counter-receipt-sheet-${language}-phone`);
    await page.locator('.result-foot .grow').click();
    await page.getByRole('link', { name: say('最近', 'Recent') }).click();
    await expectGoodDialog(page, press(say('小票', 'Receipt')));
    expect(errors).toEqual([]);
    await context.close();
  },
);

test.each(['zh', 'en'] as const)(
  'each dialog of the wallet is read and left by the keyboard (%s)',
  async (language) => {
    const phone = language === 'zh' ? '13800138101' : '13800138102';
    const card = sampleOf(house, 'active', language === 'zh' ? 0 : 1);
    const { page, context, errors } = await holderOf(browser, house, { phone, card, language });
    const say = (zh: string, en: string) => (language === 'zh' ? zh : en);
    const button = (name: string) => page.getByRole('button', { name }).first();
    await expectGoodDialog(page, button(say('挂失', 'Lost it')), `wallet-freeze-${language}-phone`);
    await expectGoodDialog(
      page,
      button(say('转入储值', 'Move to my balance')),
      `wallet-to-balance-${language}-phone`,
    );
    await page
      .getByRole('link', { name: say('送给朋友', 'Give to a friend') })
      .first()
      .click();
    await page.getByRole('button', { name: say('生成赠送链接', 'Make the link') }).click();
    await page.getByRole('link', { name: say('看我送出的', 'See what I gave') }).click();
    await expectGoodDialog(page, button(say('收回', 'Take back')));
    await page
      .getByRole('link', { name: say('我的', 'Me') })
      .last()
      .click();
    await expectGoodDialog(page, button(say('退出所有设备', 'Sign out everywhere')));
    expect(errors).toEqual([]);
    await context.close();
  },
);
