import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, openBrowser, picture, visit } from './browser.ts';
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

test('a region is added, stores are moved into it, and it is renamed; staff and card terms show its new name', async () => {
  const { page, context, errors } = await visit(browser, house);
  await page.goto('/regions');
  await page.getByText('静安寺店 Jing’an Temple').waitFor();
  await page.getByRole('button', { name: '新增区域' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('名称').fill('江浙');
  await dialog.getByRole('button', { name: '新增区域' }).click();
  const row = (name: string) => page.getByRole('row').filter({ hasText: name });
  await row('江浙').getByRole('button', { name: '移入门店' }).click();
  await dialog.getByLabel('选门店').click();
  const option = page.locator('.ant-select-item', { hasText: '西湖店' });
  await option.click();
  await page.locator('.ant-select-item', { hasText: '滨江店' }).click();
  await page.keyboard.press('Escape');
  await expectAccessible(page);
  await picture(page, 'console-regions-place-zh-desk');
  await dialog.getByRole('button', { name: '移入门店' }).click();
  await row('江浙').getByText('西湖店 West Lake, 滨江店 Binjiang').waitFor();
  await row('杭州').getByRole('button', { name: '停用' }).click();
  await row('杭州').getByText('已停用').waitFor();

  await page.goto('/staff');
  await page.getByRole('button', { name: '邀请员工' }).click();
  await dialog.getByLabel('姓名').fill('林晓 Lin Xiao');
  await dialog.getByLabel('邮箱或手机号').fill('lin.xiao@example.com');
  await dialog.getByLabel('区域').click();
  await page.locator('.ant-select-item', { hasText: '江浙' }).click();
  expect(await page.locator('.ant-select-item', { hasText: '杭州' }).count()).toBe(0);
  await page.keyboard.press('Escape');
  await expectAccessible(page);
  await picture(page, 'console-invite-region-zh-desk');
  await dialog.getByRole('button', { name: '邀请员工' }).click();
  await dialog.getByText('只显示这一次').waitFor();

  await page.goto('/regions');
  await row('江浙').getByRole('button', { name: '改名' }).click();
  await dialog.getByLabel('名称').fill('上海');
  await dialog.getByRole('button', { name: '改名' }).click();
  await dialog.getByText('此名称或代码已被另一区域使用').waitFor();
  await dialog.getByLabel('名称').fill('华东二区');
  await dialog.getByRole('button', { name: '改名' }).click();
  await row('华东二区').getByText('滨江店 Binjiang').waitFor();
  await expectAccessible(page);
  await picture(page, 'console-regions-zh-desk');
  await page.goto('/stores');
  await page.getByRole('cell', { name: '华东二区' }).first().waitFor();
  expect(errors).toEqual([]);
  await context.close();
});

test('on a phone, who may only look sees the regions and no button', async () => {
  const { page, context, errors } = await visit(browser, house, {
    ...{ language: 'en', size: 'phone', role: 'auditor' },
  });
  await page.goto('/regions');
  await page.getByText('West Lake').waitFor();
  expect(await page.getByRole('button', { name: 'Add a region' }).count()).toBe(0);
  await expectAccessible(page);
  await picture(page, 'console-regions-en-phone');
  expect(errors).toEqual([]);
  await context.close();
});
