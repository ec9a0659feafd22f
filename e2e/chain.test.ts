import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, openBrowser, visit } from './browser.ts';
import { type House, openHouse } from './house.ts';
import { askAs } from './member.ts';

let house: House;
let browser: Browser;

beforeAll(async () => {
  [house, browser] = await Promise.all([openHouse(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await house.bench.close();
});

/** Chooses in the nth field of this label. */
async function choose(page: Page, label: string, option: string, nth = 0): Promise<void> {
  await page.getByLabel(label, { exact: true }).nth(nth).click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item', { hasText: option }).first().click();
}

test('a card type is made, sold to a member by hand, paused, resumed and given back', async () => {
  const { page, context, errors } = await visit(browser, house);
  await page.goto('/membership-plans/new');
  await page.getByLabel('中文名').fill('季卡');
  await page.locator('label', { hasText: '季卡' }).click();
  await page.getByLabel('售价').fill('99');
  await page.getByLabel('可暂停天数').fill('10');
  await page.getByLabel('优惠', { exact: true }).fill('12.5');
  await page.getByRole('button', { name: '新建卡类型' }).click();
  const row = page.locator('tr', { hasText: '季卡' });
  await row.getByText('8.75 折（优惠 12.5%）').waitFor();
  await row.getByText('3 个月').waitFor();
  const { id } = (await askAs(house, 'POST', '/v1/members', {
    phone: '13800138000',
    name: '林夕',
    consent: { textVersion: 1, marketing: false },
  })) as { id: string };
  await page.goto(`/members/${id}`);
  await page.getByRole('button', { name: '办卡', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await choose(page, '会员卡', '季卡');
  await choose(page, '办理门店', '新天地');
  await dialog.getByText('应收 ¥99.00').waitFor();
  await choose(page, '收款方式', '现金');
  await dialog.getByLabel('收款单号').fill('M-1');
  await dialog.getByRole('button', { name: '办卡' }).click();
  await page.getByText('有效', { exact: true }).waitFor();
  await page.getByRole('button', { name: '暂停', exact: true }).click();
  await dialog.getByRole('button', { name: '暂停' }).click();
  await page.getByText('已暂停', { exact: true }).waitFor();
  await page.getByRole('button', { name: '恢复', exact: true }).click();
  await dialog.getByRole('button', { name: '恢复' }).click();
  await page.getByText('有效', { exact: true }).waitFor();
  await page.getByRole('button', { name: '退卡', exact: true }).click();
  await choose(page, '退款方式', '现金');
  await dialog.getByLabel('退款单号').fill('M-2');
  await dialog.getByLabel('原因').fill('搬家');
  await dialog.getByRole('button', { name: '退卡' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('已退卡').waitFor();
  await expectAccessible(page);
  expect(errors).toEqual([]);
  await context.close();
});

test('tiers, who takes whose cards, and what stores pay each other are laid down by hand', async () => {
  const { page, context, errors } = await visit(browser, house, { role: 'manager' });
  await page.goto('/membership-tiers/edit');
  await page.getByLabel('中文名').fill('金卡');
  await page.getByLabel('代号').fill('gold');
  await page.getByLabel('消费满').first().fill('5000');
  await page.getByLabel('优惠', { exact: true }).fill('10');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('消费满 ¥5,000.00').waitFor();

  await page.goto('/acceptance/edit');
  await choose(page, '受理哪些卡', '只有自己的');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('其他门店受理：只有自己的').waitFor();
  await expect.poll(() => page.locator('.takes-not').count()).toBe(12);

  await page.goto('/settlement-terms/edit');
  await page.getByRole('button', { name: '添加一行' }).first().click();
  await page.getByLabel('本金', { exact: true }).fill('97');
  await page.getByRole('button', { name: '添加一行' }).nth(2).click();
  await page.getByLabel('承担比例').fill('60');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('几方加起来要正好 100%').waitFor();
  await page.getByLabel('承担比例').fill('100');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('97%').waitFor();
  await page.getByText('售卡门店 100%').waitFor();
  await expectAccessible(page);
  expect(errors).toEqual([]);
  await context.close();
});
