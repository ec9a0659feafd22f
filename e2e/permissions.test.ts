import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, visit } from './browser.ts';
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

const roles = ['owner', 'manager', 'finance', 'marketing', 'store_manager', 'clerk', 'auditor'] as const;

/** Every page, with the permission that it is for, and what can be pressed on it with the permission that takes. */
const pages = [
  ['/', 'merchant.read', []],
  ['/approvals', 'merchant.read', [['审批规则', 'approvals.read']]],
  ['/approvals/policy', 'approvals.read', [['保存规则', 'people.write']]],
  ['/cards?state=active', 'cards.read', [['对筛选出的卡批量操作', 'cards.bulk']]],
  ['/batches', 'batches.read', [['制一批卡', 'batches.write']]],
  ['/programs', 'programs.read', [['新建卡种', 'programs.write']]],
  ['/members', 'members.read', [['登记会员', 'members.write']]],
  ['/redemptions', 'cards.read', []],
  ['/redemptions?list=refunds', 'cards.read', []],
  ['/settlement', 'settlement.read', []],
  ['/shifts', 'shifts.read', []],
  ['/ledger', 'ledger.read', []],
  ['/stores', 'stores.read', [['新增门店', 'stores.write']]],
  ['/devices', 'stores.read', [['登记设备', 'stores.write']]],
  ['/staff', 'people.read', [['邀请员工', 'people.write']]],
  ['/roles', 'people.read', [['新建角色', 'people.write']]],
  ['/keys', 'people.read', [['新建密钥', 'people.write']]],
  ['/webhooks', 'webhooks.read', [['新增通知地址', 'webhooks.write']]],
  ['/audit', 'audit.read', []],
  ['/security', 'merchant.read', []],
  ['/settings', 'merchant.read', [['选一张图片', 'settings.write']]],
] as const;

test.each(roles)(
  'whoever is %s is shown the pages and buttons that the server allows, and asks for nothing that it refuses',
  async (role) => {
    const { page, context, errors } = await visit(browser, house, { role });
    const refused: string[] = [];
    page.on('response', (response) => {
      if (response.status() === 403) refused.push(`${page.url()}: ${response.url()}`);
    });
    const answer = await context.request.get('/v1/session');
    const { permissions } = (await answer.json()) as { permissions: readonly string[] };
    expect(permissions.length).toBeGreaterThan(0);
    for (const [path, by, buttons] of pages) {
      await page.goto(path, { waitUntil: 'load' });
      await page.locator('h1, .ant-result-title').first().waitFor();
      // Everything that the page asks for has been answered.
      await expect.poll(() => page.locator('.ant-skeleton, .ant-spin-spinning').count()).toBe(0);
      const isShown = (await page.locator('h1').count()) > 0;
      expect(isShown, `${role} sees ${path}`).toBe(permissions.includes(by));
      for (const [name, takes] of buttons) {
        const isMeant = permissions.includes(by) && permissions.includes(takes);
        const button = page.getByRole('button', { name, exact: true });
        await expect
          .poll(async () => (await button.count()) > 0, { message: `${role}: ${name} on ${path}` })
          .toBe(isMeant);
      }
    }
    expect(refused).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
  },
  120_000,
);
