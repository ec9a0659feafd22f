import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, visit, walk } from './browser.ts';
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
  ['/wallets', 'wallets.read', [['储值规则', 'wallets.rules']]],
  ['/bonus-rules', 'wallets.read', [['新建赠送规则', 'wallets.rules']]],
  ['/bonus-rules/new', 'wallets.rules', []],
  ['/coupons', 'coupons.read', [['新建券模板', 'coupons.manage']]],
  ['/coupons/new', 'coupons.manage', []],
  ['/reminders', 'wallets.read', []],
  ['/points', 'points.read', []],
  ['/points/new', 'points.rules', [['启用新规则', 'points.rules']]],
  ['/gifts', 'catalog.read', [['新增礼品', 'catalog.write']]],
  ['/products', 'catalog.read', [['新增商品', 'catalog.write']]],
  ['/dividends', 'dividends.read', []],
  ['/dividends/new', 'dividends.write', [['计算', 'dividends.write']]],
  ['/membership-plans', 'members.read', [['新建卡类型', 'memberships.plans']]],
  ['/membership-plans/new', 'memberships.plans', []],
  ['/membership-tiers', 'members.read', [['设定等级', 'memberships.plans']]],
  ['/membership-tiers/edit', 'memberships.plans', []],
  ['/settlement-periods', 'settlement.read', [['出本期结算单', 'settlement.close']]],
  ['/settlement-payments', 'settlement.read', []],
  ['/acceptance', 'settlement.read', [['修改通用规则', 'settlement.terms']]],
  ['/acceptance/edit', 'settlement.terms', []],
  ['/settlement-terms', 'settlement.read', [['修改规则', 'settlement.terms']]],
  ['/settlement-terms/edit', 'settlement.terms', []],
  ['/day-closes', 'shifts.read', []],
  ['/imports', 'imports.read', [['上传文件', 'imports.write']]],
  ['/complaints', 'members.read', []],
  ['/redemptions', 'cards.read', []],
  ['/purchases', 'checkout.read', []],
  ['/settlement', 'settlement.read', []],
  ['/shifts', 'shifts.read', []],
  ['/ledger', 'ledger.read', []],
  ['/stores', 'stores.read', [['新增门店', 'stores.write']]],
  ['/regions', 'stores.read', [['新增区域', 'stores.write']]],
  ['/devices', 'stores.read', [['登记设备', 'stores.write']]],
  ['/staff', 'people.read', [['邀请员工', 'people.write']]],
  ['/roles', 'people.read', [['新建角色', 'people.write']]],
  ['/keys', 'people.read', [['新建密钥', 'people.write']]],
  ['/webhooks', 'webhooks.read', [['新增通知地址', 'webhooks.write']]],
  ['/audit', 'audit.read', []],
  ['/settings', 'merchant.read', [['选一张图片', 'settings.write']]],
] as const;

async function shown(what: Locator, isMeant: boolean, message: string): Promise<void> {
  await expect.poll(async () => (await what.count()) > 0, { message }).toBe(isMeant);
}

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
    await page.goto('/security', { waitUntil: 'load' });
    for (const [path, by, buttons] of pages) {
      await walk(page, path);
      const isMeant = permissions.includes(by);
      await shown(page.locator('h1'), isMeant, `${role}: ${path}`);
      for (const [name, takes] of buttons) {
        const button = page.getByRole('button', { name, exact: true });
        await shown(button, isMeant && permissions.includes(takes), `${role}: ${name} on ${path}`);
      }
    }
    expect(refused).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
  },
  120_000,
);
