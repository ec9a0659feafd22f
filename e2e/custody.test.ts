import { parse } from 'csv-parse/sync';
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

type Printed = {
  readonly id: string;
  readonly cards: readonly { readonly serial: string; readonly code: string }[];
};
type Items<Item> = { readonly items: readonly Item[] };

/** Forty cards that come from the printer, with what is printed on them. */
async function printed(): Promise<Printed> {
  const { items } = (await askAs(house, 'GET', '/v1/card-programs')) as Items<{
    id: string;
    denominations: number[];
  }>;
  const program = items.find(({ denominations }) => denominations.length > 0);
  const order = { programId: program?.id, quantity: 40, faceValue: program?.denominations[0] };
  const { id } = (await askAs(house, 'POST', '/v1/card-batches', order)) as { id: string };
  await house.bench.runJobs('batches.generate');
  const answer = await fetch(`${house.url}/v1/card-batches/${id}/release`, {
    method: 'POST',
    headers: { authorization: `Bearer ${house.demo.apiKey}`, 'content-type': 'application/json' },
    body: '{}',
  });
  return { id, cards: parse(await answer.text(), { columns: true }) };
}

async function scan(page: Page, code: string) {
  await page.locator('#code').fill(code);
  await page.keyboard.press('Enter');
}

test('a box of cards is received at HQ, sent to a store, counted there by its first and last card, and sold only there', async () => {
  const { id, cards } = await printed();
  const at = (n: number) => cards[n - 1] ?? { serial: '', code: '' };
  const { items: stores } = (await askAs(house, 'GET', '/v1/stores')) as Items<{ id: string; name: string }>;
  const [here, elsewhere] = stores;
  const desk = await visit(browser, house, { role: 'manager' });
  const { page } = desk;
  await page.goto('/batches');
  await page.getByRole('link', { name: `…${id.slice(-6)}` }).click();
  await page.getByRole('heading', { name: '保管' }).waitFor();
  await page.getByRole('button', { name: '收进总部' }).click();
  const dialog = page.getByRole('dialog');
  await expectAccessible(page);
  expect(await dialog.getByLabel('最后一张序列号').inputValue()).toBe(at(40).serial);
  await dialog.getByRole('button', { name: '收进总部' }).click();
  await page.getByRole('button', { name: '发往门店' }).click();
  await dialog.getByLabel('门店').click();
  await page.locator('.ant-select-item', { hasText: here?.name ?? 'none' }).click();
  await dialog.getByLabel('最后一张序列号').fill(at(20).serial);
  await picture(page, 'console-custody-send-zh-desk');
  await dialog.getByRole('button', { name: '发往门店' }).click();
  await page.getByRole('button', { name: '撤回' }).waitFor();
  await page.getByLabel('门店只能卖自己保管的卡').click();
  await expect
    .poll(async () => (await askAs(house, 'GET', '/v1/custody-rule')) as object)
    .toEqual({ sellOnlyHeld: true });

  const till = await visit(browser, house, { size: 'phone', role: 'clerk', storeIds: [here?.id ?? ''] });
  await till.page.goto('/counter/sell');
  await scan(till.page, at(3).code);
  await till.page.getByText('本店没有保管这张卡').waitFor();
  await till.page.getByRole('link', { name: '收卡' }).click();
  await till.page.getByText('20 张').waitFor();
  await expectAccessible(till.page);
  await picture(till.page, 'counter-boxes-zh-phone');
  await scan(till.page, at(25).code);
  await till.page.getByText('不在发给本店的卡里').waitFor();
  await scan(till.page, at(1).code);
  await till.page.getByText('扫最后一张卡').waitFor();
  await scan(till.page, at(18).code);
  await till.page.getByText('其中 18 张').waitFor();
  await expectAccessible(till.page);
  await till.page.getByRole('button', { name: '重新扫' }).click();
  await scan(till.page, at(1).code);
  await till.page.getByText('扫最后一张卡').waitFor();
  await scan(till.page, at(20).code);
  await till.page.getByText('首尾都对上了').waitFor();
  await picture(till.page, 'counter-boxes-counted-zh-phone');
  await till.page.getByRole('button', { name: '确认收到 20 张' }).click();
  await till.page.getByRole('heading', { name: '已收下' }).waitFor();
  await expectAccessible(till.page);
  await till.page.getByRole('button', { name: '完成' }).click();
  await till.page.getByRole('heading', { name: '本店保管' }).waitFor();
  await till.page.getByRole('link', { name: '回到售卡' }).click();
  await scan(till.page, at(3).code);
  await till.page.getByRole('button', { name: /已收 .*激活/ }).waitFor();

  const other = await visit(browser, house, {
    ...{ size: 'phone', role: 'clerk', language: 'en' },
    storeIds: [elsewhere?.id ?? ''],
  });
  await other.page.goto('/counter/boxes');
  await other.page.getByText('No cards are on their way here.').waitFor();
  await expectAccessible(other.page);
  await picture(other.page, 'counter-boxes-en-phone');
  await other.page.getByRole('link', { name: 'Back to selling' }).click();
  await scan(other.page, at(3).code);
  await other.page.getByText('The store does not hold this card').waitFor();

  await till.page.goto('/counter/boxes');
  await till.page.getByRole('button', { name: '退回总部' }).click();
  await scan(till.page, at(25).serial);
  await till.page.getByText('不在本店保管的卡里').waitFor();
  await scan(till.page, at(20).serial);
  await till.page.getByText('扫最后一张卡').waitFor();
  await scan(till.page, at(16).code);
  await till.page.getByText('退回其中 5 张').waitFor();
  await expectAccessible(till.page);
  await picture(till.page, 'counter-boxes-return-zh-phone');
  await till.page.getByRole('button', { name: '退回 5 张' }).click();
  await till.page.getByRole('heading', { name: '已退回，等总部收' }).waitFor();
  await till.page.getByRole('button', { name: '完成' }).click();
  await till.page.getByRole('heading', { name: '退回途中' }).waitFor();
  await till.page.getByText(`${at(16).serial} – ${at(20).serial}`).waitFor();
  await expectAccessible(till.page);
  await picture(till.page, 'counter-boxes-returning-zh-phone');
  const english = await visit(browser, house, {
    ...{ role: 'clerk', language: 'en' },
    storeIds: [here?.id ?? ''],
  });
  await english.page.goto('/counter/boxes');
  await english.page.getByRole('button', { name: 'Send back to HQ' }).click();
  await english.page.getByText('Scan the first card', { exact: true }).waitFor();
  await expectAccessible(english.page);
  await picture(english.page, 'counter-boxes-return-en-desk');
  await english.page.getByRole('button', { name: 'Keep them' }).click();
  await english.page.getByRole('heading', { name: 'On their way back' }).waitFor();

  await page.reload();
  await page.getByRole('cell', { name: '门店保管' }).waitFor();
  await page.getByRole('cell', { name: '门店退卡' }).waitFor();
  await page.getByRole('cell', { name: '门店收卡' }).waitFor();
  await expectAccessible(page);
  await picture(page, 'console-custody-zh-desk');
  const phone = await visit(browser, house, { size: 'phone', role: 'manager', language: 'en' });
  await phone.page.goto(`/batches/${id}`);
  await phone.page.getByRole('heading', { name: 'Custody' }).waitFor();
  await phone.page.getByRole('cell', { name: 'With the store' }).waitFor();
  await expectAccessible(phone.page);
  await picture(phone.page, 'console-custody-en-phone');
  for (const { errors, context } of [desk, till, other, phone, english]) {
    expect(errors).toEqual([]);
    await context.close();
  }
});
