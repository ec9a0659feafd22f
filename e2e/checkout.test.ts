import type { Browser } from 'playwright-core';
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

const phone = '13800138201';

async function atStore(nth: number, language: 'zh' | 'en' = 'zh') {
  const visitor = await visit(browser, house, { size: 'phone', role: 'manager', language });
  await visitor.page.goto('/counter/member');
  await visitor.page.locator('button.wide').nth(nth).click();
  return visitor;
}

test('a clerk enrols, tops up in cash with a bonus, takes a payment in another store, and pays back what is left', async () => {
  const steps = [{ from: 50_000, bonus: 8_000 }];
  await askAs(house, 'POST', '/v1/bonus-rules', { name: '充 500 送 80', steps });
  const here = await atStore(0);
  const { page } = here;
  await page.locator('#member-phone').fill(phone);
  await page.keyboard.press('Enter');
  await page.locator('#member-name').fill('王芳');
  await expectAccessible(page);
  await picture(page, 'counter-enrol-zh-phone');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '王芳' }).waitFor();
  await page.getByRole('button', { name: '充值', exact: true }).click();
  await page.locator('#member-amount').fill('500');
  await page.keyboard.press('Enter');
  await page.getByText('另送 ¥80.00').waitFor();
  await expectAccessible(page);
  await picture(page, 'counter-top-up-zh-phone');
  await page.getByRole('button', { name: '已收 ¥500.00，充值' }).click();
  await page.getByText('充值成功').waitFor();
  await page.locator('.result-foot .grow').click();
  await page.locator('.summary-balance', { hasText: '¥580.00' }).waitFor();
  await here.context.close();

  const there = await atStore(1, 'en');
  await there.page.locator('#member-phone').fill(phone);
  await there.page.keyboard.press('Enter');
  await there.page.locator('#member-amount').fill('120');
  await there.page.keyboard.press('Enter');
  await there.page.getByRole('button', { name: 'Take ¥120.00 from the wallet' }).click();
  await there.page.getByRole('heading', { name: 'Paid' }).waitFor();
  await there.page.locator('.result-foot .grow').click();
  await there.page.locator('.summary-balance', { hasText: '¥460.00' }).waitFor();
  await expectAccessible(there.page);
  await picture(there.page, 'counter-paid-by-wallet-en-phone');
  await there.page.getByRole('button', { name: 'Refund' }).click();
  // 80 of bonus and 40 of principal were spent: 460 of 580 are left, of which 500 were paid.
  await there.page.getByRole('button', { name: 'Pay back ¥396.55' }).waitFor();
  await expectAccessible(there.page);
  await picture(there.page, 'counter-refund-quote-en-phone');
  await there.page.getByRole('button', { name: 'Pay back ¥396.55' }).click();
  await there.page.getByRole('heading', { name: 'Paid back' }).waitFor();
  await there.page.locator('.result-foot .grow').click();
  await there.page.locator('.summary-balance', { hasText: '¥0.00' }).waitFor();

  await there.page.getByRole('link', { name: 'Recent' }).click();
  const bought = there.page.locator('.entries > li', { hasText: 'Member paid' });
  await bought.getByRole('button', { name: 'Refund' }).click();
  await expectAccessible(there.page);
  await there.page.getByRole('button', { name: 'Give back ¥120.00' }).click();
  await there.page.getByRole('heading', { name: 'Back on the wallet' }).waitFor();
  await expectAccessible(there.page);
  await picture(there.page, 'counter-purchase-refunded-en-phone');
  await there.page.locator('.result-foot .grow').click();
  await bought.getByText('Refunded').waitFor();
  await there.page.goto('/counter/member');
  await there.page.locator('#member-phone').fill(phone);
  await there.page.keyboard.press('Enter');
  await there.page.locator('.summary-balance', { hasText: '¥120.00' }).waitFor();
  expect([...here.errors, ...there.errors]).toEqual([]);
  await there.context.close();
});

test('a basket of scanned goods is paid by points and the wallet, and what is left of it in cash', async () => {
  const product = (sku: string, zh: string, price: number) =>
    askAs(house, 'POST', '/v1/products', { sku, name: { zh, en: sku }, price });
  await product('6901234567892', '龙井茶 50 克', 6_000);
  await product('CAKE-1', '桂花糕礼盒装', 4_500);
  await product('CAKE-2', '绿豆糕', 4_000);
  const scheme = { earn: { points: 1, amount: 100 }, spend: { points: 10, worth: 100, billPpm: 500_000 } };
  await askAs(house, 'POST', '/v1/points-schemes', { ...scheme, pendingDays: 0 });
  const { page, context, errors } = await atStore(0);
  await page.locator('#member-phone').fill('13800138202');
  await page.keyboard.press('Enter');
  await page.locator('#member-name').fill('陈静');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '陈静' }).waitFor();
  await page.getByRole('button', { name: '收款', exact: true }).click();

  // Nothing is on the wallet yet: goods and a sum that is in no catalog are paid in cash, and points come of it.
  await page.locator('#member-goods').fill('6901234567892');
  await page.keyboard.press('Enter');
  await page.getByText('龙井茶 50 克').waitFor();
  await page.locator('#member-goods').fill('糕');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '绿豆糕' }).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: '桂花糕礼盒装' }).click();
  await page.getByRole('button', { name: '加一件 桂花糕礼盒装' }).click();
  await page.locator('#member-amount').fill('50');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '已收现金 ¥200.00' }).waitFor();
  await expectAccessible(page);
  await picture(page, 'counter-basket-zh-phone');
  await page.getByRole('button', { name: '已收现金 ¥200.00' }).click();
  await page.getByText('得 200 积分').waitFor();
  await page.locator('.result-foot .grow').click();

  await page.getByRole('button', { name: '充值', exact: true }).click();
  await page.locator('#member-amount').fill('30');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '已收 ¥30.00，充值' }).click();
  await page.getByText('充值成功').waitFor();
  await page.locator('.result-foot .grow').click();

  await page.getByRole('button', { name: '收款', exact: true }).click();
  await page.locator('#member-goods').fill('6901234567892');
  await page.keyboard.press('Enter');
  await page.getByText('龙井茶 50 克').waitFor();
  await page.getByRole('button', { name: '收款', exact: true }).last().click();
  await page.getByRole('button', { name: '已收现金 ¥30.00' }).waitFor();
  await page.getByRole('button', { name: '200 积分抵 ¥20.00' }).click();
  await page.getByRole('button', { name: '已收现金 ¥10.00' }).waitFor();
  await page.getByRole('button', { name: '银行卡' }).click();
  await expectAccessible(page);
  await picture(page, 'counter-pay-in-parts-zh-phone');
  await page.getByRole('button', { name: '已收银行卡 ¥10.00' }).click();
  await page.getByRole('heading', { name: '收款成功' }).waitFor();
  await page.getByText('余额 ¥0.00').waitFor();
  await page.getByRole('button', { name: '小票' }).click();
  await page.getByText('¥20.00').waitFor();
  await picture(page, 'counter-receipt-of-parts-zh-phone');
  await page.keyboard.press('Escape');
  await page.locator('.result-foot .grow').click();

  // Of the basket one box goes back, for what the server says that it comes to.
  await page.getByRole('link', { name: '最近' }).click();
  const basket = page.locator('.entries > li', { hasText: '¥200.00' });
  await basket.getByRole('button', { name: '退款' }).click();
  await page.getByRole('heading', { name: '退哪些商品' }).waitFor();
  await expect(page.getByRole('button', { name: '选要退的商品' }).isDisabled()).resolves.toBe(true);
  await page.getByRole('button', { name: '桂花糕礼盒装 多退一件' }).click();
  await page.getByRole('button', { name: '退 ¥45.00' }).waitFor();
  await expectAccessible(page);
  await picture(page, 'counter-goods-back-zh-phone');
  await page.getByRole('button', { name: '退 ¥45.00' }).click();
  await page.locator('.result-foot .grow').click();
  await basket.getByRole('button', { name: '退款' }).click();
  await page.getByText('已退 1').waitFor();
  await page.getByRole('button', { name: '改按金额退' }).click();
  await page.getByText('退多少').waitFor();
  expect(errors).toEqual([]);
  await context.close();
});
