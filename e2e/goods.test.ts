import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, openBrowser, picture, visit } from './browser.ts';
import { type House, openHouse } from './house.ts';
import { askAs, postAs } from './member.ts';

let house: House;
let browser: Browser;

beforeAll(async () => {
  [house, browser] = await Promise.all([openHouse(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await house.bench.close();
});

type Id = { readonly id: string };

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('dialog').getByLabel(label, { exact: true }).click();
  await page.locator('.ant-select-item', { hasText: option }).first().click();
}

/** Presses the button that a dialog has for what it does, and waits until it is done. */
async function finish(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

test('goods are put into categories, rules of points are laid down, and a gift for them is stocked and handed over', async () => {
  const { page, context, errors } = await visit(browser, house, { role: 'owner' });
  await page.goto('/products?list=categories');
  await page.getByRole('button', { name: '新增分类' }).click();
  await page.getByRole('dialog').getByLabel('中文名').fill('文创');
  await finish(page, '新增分类');
  await page.getByText('文创').waitFor();
  await page.goto('/products');
  await page.getByRole('button', { name: '新增商品' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('货号').fill('BAG-1');
  await dialog.getByLabel('中文名').fill('帆布袋');
  await choose(page, '分类', '文创');
  await dialog.getByLabel('售价').fill('39');
  await expectAccessible(page);
  await finish(page, '新增商品');
  await page.getByRole('row', { name: /BAG-1.*帆布袋.*文创.*¥39\.00/ }).waitFor();

  await page.goto('/points/new');
  await page.getByRole('button', { name: '加一条' }).click();
  await page.getByLabel('分类').click();
  await page.locator('.ant-select-item', { hasText: '文创' }).click();
  await page.getByLabel('说明').fill('周年庆');
  await picture(page, 'console-points-new-filled-zh-desk');
  await page.getByRole('button', { name: '启用新规则' }).click();
  await page.getByText('现行规则 · 第 2 版').waitFor();
  await page.getByRole('row', { name: /文创.*2 倍/ }).waitFor();

  await page.goto('/gifts');
  await page.getByRole('button', { name: '新增礼品' }).click();
  await dialog.getByLabel('中文名').fill('书签');
  await dialog.getByLabel('所需积分').fill('20');
  await finish(page, '新增礼品');
  const row = page.getByRole('row', { name: /书签/ });
  await row.getByRole('button', { name: '出入库' }).click();
  await choose(page, '门店', '西湖店');
  await dialog.getByLabel('件数').fill('5');
  await dialog.getByLabel('原因').fill('到货');
  await finish(page, '出入库');
  await page.getByRole('row', { name: /书签.*西湖店 West Lake 5/ }).waitFor();
  await picture(page, 'console-gifts-filled-zh-desk');
  await page.goto('/gifts?list=orders&state=waiting');
  await page
    .getByRole('row', { name: /荷塘茶杯/ })
    .getByRole('button', { name: '发放' })
    .click();
  await page.getByText('没有兑换记录。').waitFor();
  expect(errors).toEqual([]);
  await context.close();
});

test('the mark for low balances is set, a top-up is paid back as quoted, and points are corrected', async () => {
  const { items } = (await askAs(house, 'GET', '/v1/stores')) as { items: Id[] };
  const storeId = items[0]?.id ?? '';
  const member = { phone: '13800138301', name: '孙丽', consent: { textVersion: 1 } };
  const { id } = (await postAs(house, '/v1/members', member)) as Id;
  const payment = { tender: 'cash', amount: 4_000, reference: 'G1' };
  await postAs(house, '/v1/wallet-top-ups', { memberId: id, storeId, amount: 4_000, payment });
  await postAs(house, '/v1/purchases', {
    ...{ memberId: id, storeId, reference: 'G2', lines: [{ name: '茶 Tea', price: 1_500 }] },
    tenders: [{ kind: 'wallet', amount: 1_500 }],
  });
  const { page, context, errors } = await visit(browser, house, { language: 'en', size: 'phone' });
  await page.goto('/wallets');
  await page.getByRole('button', { name: 'Wallet rules' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Members are reminded below').fill('50');
  await expectAccessible(page);
  await finish(page, 'Save the rules');
  await page.goto('/reminders?list=low');
  await page.getByText('孙丽').waitFor();
  await page.goto('/wallets');
  await page.getByLabel('Find by phone number').fill('138 0013 8301');
  await page.keyboard.press('Enter');
  await page.getByText('What is left × the part that was paid').waitFor();
  await page.getByRole('button', { name: 'Give back' }).click();
  await dialog.getByLabel('Reason').fill('returned');
  await expectAccessible(page);
  await picture(page, 'console-purchase-refund-en-phone');
  await dialog.getByText('Wallet ¥15.00').waitFor();
  await finish(page, 'Refund');
  await page.getByText('Untouched within seven days: all of it').waitFor();
  await page.getByRole('button', { name: 'Correct points' }).click();
  await dialog.getByLabel('Points', { exact: true }).fill('30');
  await dialog.getByLabel('Reason').fill('birthday');
  await finish(page, 'Correct points');
  await page.getByText('+30').waitFor();
  await page.getByRole('button', { name: 'Pay back ¥40.00' }).click();
  await dialog.getByLabel('Reference of the refund').fill('R1');
  await dialog.getByLabel('Reason').fill('moves away');
  await picture(page, 'console-wallet-refund-en-phone');
  await finish(page, 'Pay back ¥40.00');
  await page.getByText('Nothing can be paid back.').waitFor();
  await page.getByText('Wallet paid back').waitFor();
  expect(errors).toEqual([]);
  await context.close();
});
