import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, openBrowser, picture, visit } from './browser.ts';
import { type House, openHouse } from './house.ts';
import { askAs, introduce, lastCode, signIn, slugOf } from './member.ts';

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

const changeCode = () => lastCode(house, 'phone_change_code');

async function enrol(phone: string): Promise<string> {
  const made = await askAs(house, 'POST', '/v1/members', {
    phone,
    name: '陈晨',
    consent: { textVersion: 2 },
  });
  return (made as { id: string }).id;
}

test('a member takes another number in the wallet, stays in, and signs in by it from then on', async () => {
  const { page, context, errors } = await visit(browser, house, { size: 'phone', role: null });
  await page.goto(`/wallet/${slug}/me`);
  await signIn(page, house, '13800138401');
  await page.getByRole('link', { name: '更换手机号' }).click();
  await page.locator('#new-phone').fill('13800138402');
  await page.keyboard.press('Enter');
  await page.locator('#new-code').waitFor();
  await page.locator('#new-code').fill(await changeCode());
  await expectAccessible(page);
  await picture(page, 'wallet-number-zh-phone');
  await page.keyboard.press('Enter');
  await page.getByText('手机号已换成 138****8402').waitFor();
  await expectAccessible(page);
  await page.getByRole('link', { name: '返回' }).last().click();
  await page.getByText('138****8402').waitFor();
  expect(errors).toEqual([]);
  await context.close();
});

test('in the console a number is changed by the code that the member reads out; a wrong one says so', async () => {
  const id = await enrol('13800138403');
  for (const [language, button, send, number] of [
    ['zh', '更换手机号', '发送验证码', '13800138404'],
    ['en', 'Change number', 'Send a code', '13800138405'],
  ] as const) {
    const { page, context, errors } = await visit(browser, house, { language });
    await page.goto(`/members/${id}`);
    await page.getByRole('button', { name: button }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('#phone').fill(number);
    await dialog.getByRole('button', { name: send }).click();
    await dialog.locator('.ant-form-item-extra').waitFor();
    const code = await changeCode();
    await dialog.locator('#code').fill(code === '000000' ? '000001' : '000000');
    await dialog.getByRole('button', { name: button }).click();
    await dialog.getByRole('alert').first().waitFor();
    await expectAccessible(page);
    await picture(page, `console-number-${language}-desk`);
    await dialog.locator('#code').fill(code);
    await dialog.getByRole('button', { name: button }).click();
    await dialog.waitFor({ state: 'detached' });
    await page
      .getByText(`138****${number.slice(-4)}`)
      .first()
      .waitFor();
    expect(errors).toEqual([]);
    await context.close();
  }
});

test('the counter changes a number with the member before it, where whoever stands there may', async () => {
  await enrol('13800138406');
  const { page, context, errors } = await visit(browser, house, { size: 'phone', role: 'store_manager' });
  await page.goto('/counter/member');
  await page.locator('button.wide').first().click();
  await page.locator('#member-phone').fill('13800138406');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '换号' }).click();
  await page.locator('#new-phone').fill('13800138407');
  await page.keyboard.press('Enter');
  await page.locator('#new-code').waitFor();
  await page.locator('#new-code').fill(await changeCode());
  await expectAccessible(page);
  await picture(page, 'counter-number-zh-phone');
  await page.keyboard.press('Enter');
  await page.getByText('手机号已更换').waitFor();
  await page.getByText('138****8407').waitFor();
  await expectAccessible(page);
  expect(errors).toEqual([]);
  await context.close();
});
