import { writeXlsx } from 'hucre/xlsx';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, openBrowser, picture, visit } from './browser.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let browser: Browser;

beforeAll(async () => {
  [house, browser] = await Promise.all([openHouse(), openBrowser()]);
});
afterAll(async () => {
  expect(house.bench.errors).toEqual([]);
  await browser.close();
  await house.bench.close();
});

const csvType = 'text/csv';
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
type Sent = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

/** Sends a file in, and has it read: the page shows its columns by itself. */
async function sendIn(page: Page, file: Sent, words: { add: string; kind: string; check: string }) {
  await page.goto('/imports');
  await page.getByRole('button', { name: words.add }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(words.kind).click();
  await dialog.locator('input[type=file]').setInputFiles(file);
  await dialog.getByRole('button', { name: words.add }).click();
  await page.waitForURL(/\/imports\/imp_/);
  await house.bench.runJobs('imports.read');
  await page.getByRole('button', { name: words.check }).waitFor();
}

test('members with their balances come out of a CSV: columns, what is not good, sums, carried out, taken back', async () => {
  const { page, context, errors } = await visit(browser, house);
  const lines = [
    '会员手机号,姓名,办卡日,储值余额,赠送余额,积分,备注',
    '13911110001,林夕,2023-05-01,"1,234.50",100,320,老客',
    '13911110002,王五,2024/2/29,88,0,0,',
    '1391111000,少一位,2024-01-01,10,,,',
    '13911110003,赵六,昨天,abc,,,',
  ];
  const buffer = Buffer.from(lines.join('\r\n'));
  const words = { add: '上传文件', kind: '会员与余额', check: '检查文件' };
  await sendIn(page, { name: '老系统会员.csv', mimeType: csvType, buffer }, words);
  await page.getByLabel('导入为 · 办卡日').click();
  await page.locator('.ant-select-item', { hasText: '入会日期' }).click();
  await expectAccessible(page);
  await picture(page, 'console-import-columns-zh-desk');
  await page.getByRole('button', { name: '检查文件' }).click();
  await page.getByText('正在逐行检查').waitFor();
  await house.bench.runJobs('imports.check');
  await page.getByText('不是手机号').waitFor();
  await page.getByText('¥1,322.50').waitFor();
  await expectAccessible(page);
  await picture(page, 'console-import-found-zh-desk');

  await page.getByRole('button', { name: '导入 2 行' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '导入' }).click();
  await dialog.getByText('请确认略过不合格的行').waitFor();
  await dialog.getByLabel('略过不合格的 2 行').check();
  await dialog.getByRole('button', { name: '导入' }).click();
  await page.getByText('正在导入').waitFor();
  await house.bench.runJobs('imports.apply');
  await page.getByText('已导入').waitFor();
  await page.getByRole('link', { name: '查看会员' }).first().click();
  await page.getByText('林夕').first().waitFor();
  await page.goBack();

  await page.getByRole('button', { name: '撤销这次导入' }).click();
  await page.getByRole('dialog').getByLabel('原因').fill('传错了文件');
  await page.getByRole('dialog').getByRole('button', { name: '撤销这次导入' }).click();
  await page.getByText('正在撤销').waitFor();
  await house.bench.runJobs('imports.reverse');
  await page.getByText('已撤销').waitFor();
  await page.getByRole('cell', { name: '撤下' }).first().waitFor();
  await expectAccessible(page);
  await picture(page, 'console-import-reversed-zh-desk');
  expect(errors).toEqual([]);
  await context.close();
});

test('goods come out of a workbook, on a phone and in English; a file that is none says what to do', async () => {
  const { page, context, errors } = await visit(browser, house, { language: 'en', size: 'phone' });
  const rows = [
    ['SKU', 'Product name', 'English name', 'Price'],
    ['G-1', '铁观音', 'Tieguanyin', 128.5],
    ['G-2', '普洱', null, 99],
  ];
  const file = await writeXlsx({ sheets: [{ name: 'Goods', rows }] });
  const words = { add: 'Send a file in', kind: 'Goods', check: 'Look through the file' };
  const sent = { name: 'goods.xlsx', mimeType: xlsxType, buffer: Buffer.from(file) };
  await sendIn(page, sent, words);
  await page.getByRole('button', { name: words.check }).click();
  await page.getByText('Nothing is changed').waitFor();
  await house.bench.runJobs('imports.check');
  await page.getByText('Every row can be imported.').waitFor();
  await expectAccessible(page);
  await picture(page, 'console-import-found-en-phone');
  await page.getByRole('button', { name: 'Apply 2 rows' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();
  await page.getByText('Rows are being carried out').waitFor();
  await house.bench.runJobs('imports.apply');
  await page.getByText('Each row').waitFor();

  await page.goto('/imports');
  await page.getByText('goods.xlsx').waitFor();
  await page.getByRole('button', { name: words.add }).first().click();
  const dialog = page.getByRole('dialog');
  const wrong = { name: 'old.xlsx', mimeType: xlsxType, buffer: Buffer.from('PK nothing') };
  await dialog.locator('input[type=file]').setInputFiles(wrong);
  await dialog.getByRole('button', { name: words.add }).click();
  await page.waitForURL(/\/imports\/imp_/);
  await house.bench.runJobs('imports.read');
  await page.getByText('The file cannot be read').waitFor();
  expect(errors).toEqual([]);
  await context.close();
});
