import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, openBrowser, picture, visit } from './browser.ts';
import { type House, openHouse } from './house.ts';

// What people do all day: sign in with a finger, go anywhere by Ctrl-K, come back to the cards that they look at every morning.

let house: House;
let browser: Browser;
beforeAll(async () => {
  [house, browser] = await Promise.all([openHouse(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await house.bench.close();
});

test('a fingerprint is set up once and signs in from then on, without a password', async () => {
  // A passkey is bound to a name, and an address is none.
  const named = { ...house, url: house.url.replace('127.0.0.1', 'localhost') };
  const { page, context, errors } = await visit(browser, named, { role: 'manager' });
  const device = await context.newCDPSession(page);
  await device.send('WebAuthn.enable');
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  });
  await page.goto('/security');
  await page.getByRole('button', { name: '添加通行密钥' }).click();
  await page.getByLabel('这台设备叫什么').fill('店里的手机');
  await page.getByRole('button', { name: '添加通行密钥' }).last().click();
  await page.getByText('现在就存好').waitFor();
  await page.getByRole('button', { name: '完成' }).click();
  await page.getByText('店里的手机').waitFor();
  await page.getByRole('button', { name: '退出' }).click();
  await page.getByRole('heading', { name: '登录', exact: true }).waitFor();
  await page.getByRole('button', { name: '用指纹、面容或安全密钥登录' }).click();
  await page.getByRole('heading', { name: '登录与安全' }).waitFor();
  expect(errors).toEqual([]);
  await context.close();
});

test('Ctrl-K finds a card by its serial number and a page by its name, by the keyboard alone', async () => {
  const { page, context, errors } = await visit(browser, house);
  await page.goto('/');
  await page.getByRole('heading', { name: '首页' }).waitFor();
  const card = house.demo.samples.find(({ state }) => state === 'active');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: '查找' }).fill(card?.serial ?? '');
  await page.getByRole('option').first().waitFor();
  await expectAccessible(page);
  await picture(page, 'console-finder-zh-desk');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/cards\/card_/);
  // As a scanner types: the end of the line comes before any answer could.
  for (const [typed, where] of [
    ['API 密钥', /\/keys/],
    ['13900000001', /\/members\/mem_/],
    [card?.serial ?? '', /\/cards\/card_/],
  ] as const) {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: '查找' }).fill(typed);
    await page.keyboard.press('Enter');
    await page.waitForURL(where);
  }
  expect(errors).toEqual([]);
  await context.close();
});

test('a filter is saved by a name, shared with all, and opened by somebody else', async () => {
  const { page, context } = await visit(browser, house);
  await page.goto('/cards?state=frozen');
  await page.getByRole('button', { name: '存为常用' }).click();
  await page.getByLabel('这个筛选叫什么').fill('冻结的卡');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: '存为常用' }).last().click();
  await page.getByLabel('这个筛选叫什么').waitFor({ state: 'hidden' });
  await context.close();
  const other = await visit(browser, house, { role: 'manager' });
  await other.page.goto('/cards');
  await other.page.getByRole('button', { name: '常用筛选' }).click();
  await other.page.getByText('冻结的卡').click();
  await other.page.waitForURL(/state=frozen/);
  await other.context.close();
});

test('the site of a shop is named in the settings, and what is no address of a site is refused there', async () => {
  const { page, context } = await visit(browser, house);
  await page.goto('/settings');
  const box = page.getByLabel('可以用查卡组件的网站');
  await box.fill('shop.example/path');
  await box.press('Enter');
  await page.getByRole('button', { name: '保存网站' }).click();
  await page.getByRole('alert').waitFor();
  await page.locator('.ant-select-selection-item-remove').click();
  await box.fill('https://shop.example');
  await box.press('Enter');
  await page.getByRole('button', { name: '保存网站' }).click();
  await page.getByText('已保存').waitFor();
  await page.reload();
  await page.getByText('https://shop.example', { exact: true }).first().waitFor();
  await context.close();
});

test('what is done in the console is seen within a tenth of a second', async () => {
  const { page, context } = await visit(browser, house);
  await page.goto('/cards');
  await page.locator('tbody tr').nth(3).waitFor();
  const rounds: number[] = [];
  // The first time a page is gone to its code is compiled, and a processor that others share is at times half as fast.
  while (rounds.length < roundsMax && !rounds.some((longest) => longest <= quickMs))
    rounds.push(await longestPress(page));
  process.stdout.write(`longest press in the console: ${rounds.map(Math.round).join(', ')} ms of work\n`);
  expect(Math.min(...rounds)).toBeLessThanOrEqual(quickMs);
  await context.close();
});

const roundsMax = 6;
const quickMs = 100;

/**
 * The longest of all that is pressed on the way through the console: from the press to the picture after it, in milliseconds of the
 * processor. By the clock it would be told how busy the machine is, which runs other tests, their browsers and the service at once.
 */
async function longestPress(page: Page): Promise<number> {
  const counters = await page.context().newCDPSession(page);
  await counters.send('Performance.enable', { timeDomain: 'threadTicks' });
  const worked = async () => {
    const { metrics } = await counters.send('Performance.getMetrics');
    return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  };
  let longest = 0;
  const press = async (what: () => Promise<void>) => {
    const before = await worked();
    await what();
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
    longest = Math.max(longest, (await worked()) - before);
  };
  for (const name of ['卡种', '门店', '会员'])
    await press(() => page.getByRole('link', { name, exact: true }).first().click());
  await press(() => page.keyboard.press('Control+k'));
  for (const letter of '卡片')
    await press(() => page.getByRole('combobox', { name: '查找' }).pressSequentially(letter));
  await press(() => page.keyboard.press('Escape'));
  await counters.detach();
  return longest;
}
