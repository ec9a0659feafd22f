import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, openBrowser, visit, walk } from './browser.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let browser: Browser;

beforeAll(async () => {
  [house, browser] = await Promise.all([openHouse(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await house.bench.close();
});

type Dialogs = readonly (readonly [path: string, ...buttons: string[]])[];

/** Each dialog of the lists and forms of the console, with what opens it: most on a desk in Chinese, some on a phone in English. */
const onDesk: Dialogs = [
  ['/batches', '制一批卡'],
  ['/members', '自定义字段', '登记会员'],
  ['/bonus-rules', '停止'],
  ['/gifts', '新增礼品', '出入库', '修改'],
  ['/products', '新增商品', '修改'],
  ['/payment-channels', '添加渠道'],
  ['/stores', '新增门店', '修改', '新增法人'],
  ['/regions', '新增区域', '移入门店', '改名'],
  ['/devices', '登记设备'],
  ['/staff', '邀请员工', '修改', '限额', '重设密码'],
  ['/roles', '新建角色'],
  ['/keys', '新建密钥'],
  ['/products?list=categories', '新增分类', '下级分类', '改名'],
  ['/webhooks', '新增通知地址'],
  ['/security', '启用验证器', '添加通行密钥', '修改密码'],
];
const onPhone: Dialogs = [
  ['/imports', 'Send a file in'],
  ['/settlement-periods', 'Draw up a period', 'Change'],
  ['/recharge-card-batches', 'Make a batch'],
  ['/wallets', 'Wallet rules'],
  ['/store-accounts', 'Open an account'],
];

const dialogIn = (page: Page) =>
  page.locator('.ant-modal-wrap:visible [role=dialog], .ant-drawer [role=dialog]:visible');

/** Presses a button: the dialog that opens can be read by all, has the focus, goes with Escape and gives the focus back. */
async function expectGoodDialog(page: Page, path: string, name: string): Promise<void> {
  const said = `${path} ${name}`;
  const button = page.locator('main button:visible:enabled').filter({ hasText: name }).first();
  await button.click();
  await dialogIn(page).first().waitFor();
  await expectAccessible(page);
  const inside = "document.activeElement?.closest('[role=dialog], .ant-modal-wrap, .ant-drawer') !== null";
  await expect.poll(() => page.evaluate(inside), { message: `${said}: the focus goes in` }).toBe(true);
  await page.keyboard.press('Escape');
  await expect.poll(() => dialogIn(page).count(), { message: `${said}: Escape closes it` }).toBe(0);
  const focused = () => page.evaluate<string>("document.activeElement?.textContent ?? ''");
  await expect.poll(focused, { message: `${said}: the focus comes back` }).toContain(name);
}

test.each([
  ['zh', 'desk', onDesk],
  ['en', 'phone', onPhone],
] as const)(
  'every dialog of the console can be read by all and is left by the keyboard (%s, %s)',
  async (language, size, dialogs) => {
    const { page, context, errors } = await visit(browser, house, { language, size });
    await page.goto('/settings', { waitUntil: 'load' });
    for (const [path, ...buttons] of dialogs) {
      await walk(page, path);
      for (const name of buttons) await expectGoodDialog(page, path, name);
    }
    expect(errors).toEqual([]);
    await context.close();
  },
);

test.each(['reduce', 'no-preference'] as const)(
  'Escape closes an open list first, and the dialog as soon as something was picked from it (motion: %s)',
  async (reducedMotion) => {
    const { page, context, errors } = await visit(browser, house);
    await page.emulateMedia({ reducedMotion });
    await page.goto('/stores', { waitUntil: 'load' });
    const option = (name: string) => page.locator('.ant-select-item-option:visible', { hasText: name });
    const open = async () => {
      await page.getByRole('button', { name: '修改' }).first().click();
      await dialogIn(page).getByLabel('区域').click();
      await option('上海').waitFor();
    };
    await open();
    await page.keyboard.press('Escape');
    await expect.poll(() => option('上海').count()).toBe(0);
    expect(await dialogIn(page).count()).toBe(1);
    await page.keyboard.press('Escape');
    await expect.poll(() => dialogIn(page).count()).toBe(0);
    for (const waitMs of [0, 1_000]) {
      await open();
      await option('杭州').click();
      await page.waitForTimeout(waitMs);
      await page.keyboard.press('Escape');
      await expect.poll(() => dialogIn(page).count(), { message: `after ${waitMs} ms` }).toBe(0);
    }
    expect(errors).toEqual([]);
    await context.close();
  },
);

test.each(['desk', 'phone'] as const)(
  'a form that is not filled in shows the first thing that is missing, and puts the focus there (%s)',
  async (size) => {
    const { page, context, errors } = await visit(browser, house, { size });
    await page.goto('/bonus-rules/new');
    await page.locator('form').getByRole('button', { name: '新建赠送规则' }).click();
    const missing = page.locator('.ant-form-item-explain-error').first();
    await missing.waitFor();
    const isSeen = async () => ((await missing.boundingBox())?.y ?? -1) > 0;
    await expect.poll(isSeen).toBe(true);
    await expect.poll(() => page.evaluate<string>("document.activeElement?.id ?? ''")).toBe('name');
    expect(errors).toEqual([]);
    await context.close();
  },
);
