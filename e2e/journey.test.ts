import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, picture, visit } from './browser.ts';
import { filmOf } from './film.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let browser: Browser;
const folder = mkdtempSync(join(tmpdir(), 'scrip-e2e-'));
const film = join(folder, 'card.y4m');
const scanned = () => house.demo.samples.find(({ state }) => state === 'active');

beforeAll(async () => {
  house = await openHouse();
  writeFileSync(film, filmOf(scanned()?.code ?? ''));
  // A camera that sees nothing but one card's code.
  browser = await openBrowser([
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  ]);
});
afterAll(async () => {
  await browser.close();
  await house.bench.close();
  rmSync(folder, { recursive: true });
});

/** Goes to the counter of the store with this name. */
async function standAt(page: Page, store: string) {
  await page.goto('/counter');
  await page.locator('.bar-button, button.wide').first().waitFor();
  if ((await page.locator('.bar-button').count()) > 0)
    await page.getByRole('button', { name: '换门店' }).click();
  await page.getByRole('button', { name: new RegExp(store) }).click();
}

const next = (page: Page) => page.locator('.result-foot .grow').click();

test('the camera reads a code, by the reader that is served from here, and the card is taken', async () => {
  const { page, context, errors } = await visit(browser, house, { size: 'phone', role: 'clerk' });
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(house.url) && !/^(data|blob):/.test(request.url()))
      foreign.push(request.url());
  });
  await standAt(page, 'SH01');
  await page.getByRole('button', { name: '相机扫码' }).click();
  await page.getByText('可用余额').waitFor();
  await page.getByRole('button', { name: '全付' }).click();
  await page.getByRole('button', { name: /确认收/ }).click();
  await page.getByRole('heading', { name: '收款成功' }).waitFor();
  expect(foreign).toEqual([]);
  expect(errors).toEqual([]);
  await context.close();
});

test('a range is sold in one store, redeemed in another, and settlement says who owes whom', async () => {
  const { page, context } = await visit(browser, house);
  await page.goto('/batches');
  await page.getByRole('button', { name: '制一批卡' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('卡种').click();
  await page.locator('.ant-select-item', { hasText: '实体礼品卡' }).click();
  await dialog.getByLabel('面值').click();
  await page.locator('.ant-select-item', { hasText: '¥100.00' }).click();
  await dialog.getByLabel('张数').fill('1000');
  await dialog.getByRole('button', { name: '制一批卡' }).click();
  await page.locator('tr', { hasText: '1,000' }).waitFor();
  await house.bench.runJobs('batches.generate');
  const row = page.locator('tr', { hasText: '1,000' });
  await row.getByRole('button', { name: '交付卡号' }).click();
  await dialog.getByRole('checkbox').check();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: '交付卡号' }).click(),
  ]);
  const rows: { serial: string; code: string; pin: string }[] = parse(readFileSync(await download.path()), {
    columns: true,
  });
  expect(rows).toHaveLength(1000);
  const [first, , , , , , , , , tenth] = rows;
  const clerk = await visit(browser, house, { size: 'phone', role: 'clerk' });
  await standAt(clerk.page, 'SH01');
  await clerk.page.getByRole('link', { name: '售卡' }).click();
  await clerk.page.getByRole('button', { name: '连号' }).click();
  await clerk.page.getByLabel('起始序列号').fill(first?.serial ?? '');
  await clerk.page.getByLabel('结束序列号').fill(tenth?.serial ?? '');
  await clerk.page.getByRole('button', { name: '查这些卡' }).click();
  await clerk.page.getByRole('button', { name: '微信支付' }).click();
  await picture(clerk.page, 'counter-sell-range-zh-phone');
  await clerk.page.getByRole('button', { name: '已收 ¥1,000.00，激活' }).click();
  await clerk.page.getByText('10 张卡已可用').waitFor();
  await next(clerk.page);
  await standAt(clerk.page, 'HZ02');
  await clerk.page.locator('#code').fill(first?.code ?? '');
  await clerk.page.keyboard.press('Enter');
  await clerk.page.getByText('可用余额').waitFor();
  await clerk.page.keyboard.type('64.2');
  await clerk.page.getByRole('button', { name: '确认收 ¥64.20' }).click();
  await clerk.page.getByText('卡上还剩 ¥35.80').waitFor();
  await clerk.context.close();
  await page.goto('/settlement');
  await page.getByLabel('门店').first().click();
  await page.locator('.ant-select-item', { hasText: '新天地店' }).click();
  const debt = page.locator('tr', { hasText: '滨江店' });
  await debt.waitFor();
  // What it owed before, 68 yuan, and what was redeemed now.
  expect(await debt.innerText()).toContain('¥132.20');
  await picture(page, 'console-settlement-of-store-zh-desk');
  await context.close();
});

test('a lost card is frozen and replaced, and only the new code pays', async () => {
  const { page, context } = await visit(browser, house, { role: 'manager' });
  const lost = house.demo.samples.find(({ state }) => state === 'partially_used');
  await page.goto(`/cards?serial=${lost?.serial}`);
  await page.getByText(lost?.serial ?? '').click();
  await page.getByRole('button', { name: '补卡' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '补卡' }).click();
  const code = await dialog.locator('.secret code').first().innerText();
  await picture(page, 'console-card-replaced-zh-desk');
  await dialog.getByRole('button', { name: '完成' }).click();
  await page.getByText('已换卡').first().waitFor();
  const clerk = await visit(browser, house, { size: 'phone', role: 'clerk' });
  await standAt(clerk.page, 'SH01');
  for (const [typed, seen] of [
    [lost?.code ?? '', '已换卡'],
    [code, '可用余额'],
  ] as const) {
    await clerk.page.locator('#code').fill(typed);
    await clerk.page.keyboard.press('Enter');
    await clerk.page.getByText(seen).first().waitFor();
    if (seen === '已换卡') await next(clerk.page);
  }
  await clerk.context.close();
  await context.close();
});
