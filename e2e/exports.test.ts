import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, picture, visit } from './browser.ts';
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

/** More than the console gathers by itself. */
const many = 2_600;

test('a list too long for the browser is taken out whole by the server, with the filter of its page', async () => {
  const { items } = (await askAs(house, 'GET', '/v1/card-programs')) as {
    items: { id: string; denominations: number[] }[];
  };
  const program = items.find(({ denominations }) => denominations.length > 0);
  const { id } = (await askAs(house, 'POST', '/v1/card-batches', {
    ...{ programId: program?.id, quantity: many, faceValue: program?.denominations[0] },
  })) as { id: string };
  await house.bench.runJobs('batches.generate');
  await house.bench.runJobs('cards.keepList');
  const { page, context, errors } = await visit(browser, house);
  await page.goto(`/cards?batchId=${id}`);
  await page.locator('tbody tr').nth(3).waitFor();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.getByRole('button', { name: '导出' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: /CSV/ }).click(),
  ]);
  await page.locator('.ant-message-notice').first().waitFor();
  await picture(page, 'console-export-long-zh-desk');
  const rows: Record<string, string>[] = parse(readFileSync(await download.path()), {
    columns: true,
    bom: true,
  });
  expect(rows).toHaveLength(many);
  expect(asked).toContain('/v1/exports/lists');
  expect(asked.filter((path) => path.startsWith('/v1/exports/'))).toEqual(['/v1/exports/lists']);
  expect(errors).toEqual([]);
  await context.close();
});
