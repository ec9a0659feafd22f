import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, openBrowser, picture, visit } from './browser.ts';
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

type Statement = { readonly id: string; readonly storeId: string | null; readonly name: string | null };
const pathOf = ({ id }: Statement) => `/settlement-periods/statements/${id}`;

/** Presses a button of the page, and then the one of the dialog that it opens. */
async function does(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
}

/** The statements of stores in the only period. */
async function statements(): Promise<readonly [Statement, Statement, ...Statement[]]> {
  const { items } = (await askAs(house, 'GET', '/v1/settlement-statements')) as { items: Statement[] };
  const [one, other, ...rest] = items.filter(({ storeId }) => storeId !== null);
  if (!one || !other) throw new Error('two stores of the sample merchant have something to settle');
  return [one, other, ...rest];
}

test('a period is drawn up, confirmed by one store and disputed by another, corrected by two people, closed, netted and paid', async () => {
  const desk = await visit(browser, house, { role: 'finance' });
  const second = await visit(browser, house, { role: 'finance' });
  await desk.page.goto('/settlement-periods');
  await does(desk.page, '出本期结算单');
  await desk.page.getByRole('link', { name: '第 1 期' }).click();
  await desk.page.getByText('合计为零').waitFor();
  await expectAccessible(desk.page);
  await picture(desk.page, 'console-settlement-period-zh-desk');
  const [first, other, ...rest] = await statements();

  const manager = await visit(browser, house, { role: 'store_manager', storeIds: [first.storeId ?? ''] });
  await manager.page.goto('/');
  await manager.page.getByText('1 张结算单等您确认或提出异议').waitFor();
  await expectAccessible(manager.page);
  await picture(manager.page, 'console-home-statement-waits-zh-desk');
  await manager.page.getByRole('link', { name: `${first.name} 第 1 期` }).click();
  await does(manager.page, '确认无误');
  await manager.page.getByText('已确认').waitFor();
  await manager.page.getByTitle('1 张结算单等您答复').waitFor({ state: 'hidden' });
  const elsewhere = await visit(browser, house, {
    ...{ role: 'store_manager', storeIds: [other.storeId ?? ''] },
    ...{ language: 'en', size: 'phone' },
  });
  await elsewhere.page.goto(pathOf(other));
  await elsewhere.page.getByRole('button', { name: 'Dispute', exact: true }).click();
  const dialog = elsewhere.page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('two are missing\nof the third');
  await dialog.getByRole('button', { name: 'Dispute' }).click();
  await elsewhere.page.getByText('two are missing of the third').waitFor();
  await dialog.waitFor({ state: 'hidden' });
  await expectAccessible(elsewhere.page);
  await picture(elsewhere.page, 'console-statement-disputed-en-phone');

  await desk.page.reload();
  await desk.page.getByText('暂时不能结账').waitFor();
  expect(await desk.page.getByRole('button', { name: '结账', exact: true }).count()).toBe(0);
  await desk.page.getByRole('link', { name: other.name ?? '' }).click();
  await desk.page.getByRole('button', { name: '记调整' }).click();
  const adjusting = desk.page.getByRole('dialog');
  await adjusting.getByLabel('对方', { exact: true }).click();
  await desk.page.locator('.ant-select-item', { hasText: '总部' }).click();
  await adjusting.getByLabel('对方多欠多少').fill('25.50');
  await adjusting.getByLabel('原因').fill('补两笔 two found');
  await adjusting.getByRole('button', { name: '记调整' }).click();
  const link = adjusting.getByRole('link', { name: '查看这项审批' });
  await second.page.goto((await link.getAttribute('href')) ?? '');
  await does(second.page, '批准并执行');
  await second.page.getByText('已批准并执行').waitFor();
  await elsewhere.page.reload();
  await elsewhere.page.getByText('two found').waitFor();
  await does(elsewhere.page, 'Confirm');
  await elsewhere.page.getByText('Confirmed').waitFor();
  for (const { id } of rest) await askAs(house, 'POST', `/v1/settlement-statements/${id}/confirm`);

  await desk.page.goto('/settlement-periods');
  await desk.page.getByRole('link', { name: '第 1 期' }).click();
  await does(desk.page, '结账');
  await does(desk.page, '轧差');
  await desk.page.getByText('轧差完成').waitFor();
  await desk.page.getByRole('dialog').getByRole('link', { name: '看收付' }).click();
  const due = desk.page.locator('tr', { hasText: '待付' });
  await due.first().getByRole('button', { name: '标记已付' }).click();
  await desk.page.getByRole('dialog').getByLabel('转账单号').fill('B-2027-01');
  await desk.page.getByRole('dialog').getByRole('button', { name: '标记已付' }).click();
  await desk.page.locator('tr', { hasText: 'B-2027-01' }).getByText('已付').waitFor();
  await expectAccessible(desk.page);
  await picture(desk.page, 'console-settlement-payments-zh-desk');
  for (const one of [desk, second, manager, elsewhere]) {
    expect(one.errors).toEqual([]);
    await one.context.close();
  }
});

test('a figure of a statement leads to what is behind it, and the statement is taken home as a file', async () => {
  const { page, context, errors } = await visit(browser, house, { role: 'auditor', language: 'en' });
  const [first] = await statements();
  await page.goto(pathOf(first));
  await page.locator('#postings tbody tr.ant-table-row').first().waitFor();
  // What happened has a name there, whatever it was: a purchase and a top-up as well.
  expect(await page.locator('#postings tbody').innerText()).not.toMatch(/\b[a-z_]+\.[a-z_]+\b/);
  await page.locator('.figure-link').first().click();
  await expect.poll(() => page.url()).toContain('column=');
  await page.locator('#postings tbody tr.ant-table-row').first().waitFor();
  await page.getByRole('button', { name: 'Download' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'PDF' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^settlement-1-\w+\.pdf$/);
  expect(errors).toEqual([]);
  await context.close();
});

test('how often statements are drawn is chosen with a view of the next end, on a phone too', async () => {
  const desk = await visit(browser, house, { role: 'finance' });
  await desk.page.goto('/settlement-periods');
  await desk.page.getByText('手动').waitFor();
  await desk.page.getByRole('button', { name: '更改' }).click();
  const dialog = desk.page.getByRole('dialog');
  await dialog.getByText('不会自动截止').waitFor();
  await dialog.getByText('每月（月末止）').click();
  await dialog.getByText('下一期截止').waitFor();
  await expectAccessible(desk.page);
  await picture(desk.page, 'console-settlement-plan-zh-desk');
  await dialog.getByRole('button', { name: '保存' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await desk.page.getByText('每月（月末止） · 下一期截止').waitFor();
  const phone = await visit(browser, house, { role: 'store_manager', language: 'en', size: 'phone' });
  await phone.page.goto('/settlement-periods');
  await phone.page.getByText('Monthly, through its last day').waitFor();
  expect(await phone.page.getByRole('button', { name: 'Change' }).count()).toBe(0);
  await expectAccessible(phone.page);
  await picture(phone.page, 'console-settlement-periods-en-phone');
  for (const one of [desk, phone]) {
    expect(one.errors).toEqual([]);
    await one.context.close();
  }
});
