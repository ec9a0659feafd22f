import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, openBrowser, picture, visit } from './browser.ts';
import { type House, openHouse } from './house.ts';
import { askAs, introduce, signIn, slugOf } from './member.ts';

let house: House;
let browser: Browser;
let memberId: string;
const phone = '13800138301';
type Id = { readonly id: string };

beforeAll(async () => {
  [house, browser] = await Promise.all([openHouse(), openBrowser()]);
  await introduce(house);
  const consent = { textVersion: 2 };
  ({ id: memberId } = (await askAs(house, 'POST', '/v1/members', { phone, name: '赵敏', consent }).catch(() =>
    askAs(house, 'POST', '/v1/members', { phone, name: '赵敏', consent: { textVersion: 1 } }),
  )) as Id);
});
afterAll(async () => {
  await browser.close();
  await house.bench.close();
});

test('a template is laid down with what a member will see, and a coupon of it is given on a member’s page', async () => {
  const { page, context, errors } = await visit(browser, house);
  await page.goto('/coupons', { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: '新建券模板' }).first().click();
  await page.getByLabel('名称').fill('满百减二十');
  await page.getByLabel('减多少').fill('20');
  await page.getByLabel('使用门槛').fill('100');
  await page.getByText('满 ¥100.00 减 ¥20.00').waitFor();
  await expectAccessible(page);
  await picture(page, 'console-coupon-new-zh-desk');
  await page.getByRole('button', { name: '新建券模板' }).click();
  await page.getByText('满百减二十').waitFor();
  await askAs(house, 'POST', '/v1/coupon-templates', {
    ...{ name: '八折券', off: { type: 'percent', ppm: 200_000, most: 5_000 }, minimum: 20_000 },
    validity: { type: 'after', count: 30, unit: 'days' },
    issueMax: 500,
  });
  await page.goto(`/members/${memberId}`, { waitUntil: 'networkidle' });
  for (const name of ['满百减二十', '八折券']) {
    await page.getByRole('button', { name: '发券' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox').click();
    await page.locator('.ant-select-item-option', { hasText: name }).click();
    await dialog.getByLabel('几张').fill('2');
    await dialog.getByLabel('原因').fill('生日');
    await dialog.getByRole('button', { name: '发券' }).click();
    await dialog.waitFor({ state: 'hidden' });
  }
  await page.locator('.quotes li', { hasText: '八折券' }).nth(1).waitFor();
  await expectAccessible(page);
  await picture(page, 'console-member-coupons-zh-desk');
  await page
    .locator('.quotes li', { hasText: '八折券' })
    .first()
    .getByRole('button', { name: '收回' })
    .click();
  await page.getByLabel('原因').fill('发多了');
  await page.getByRole('dialog').getByRole('button', { name: '收回' }).click();
  await page.getByText('已收回').waitFor();
  expect(errors).toEqual([]);
  await context.close();
});

test('a rule of bonus gives coupons with a top-up, and the counter says so before the money is taken', async () => {
  const { page, context, errors } = await visit(browser, house);
  await page.goto('/bonus-rules/new', { waitUntil: 'networkidle' });
  await page.getByLabel('名称').fill('充五百送券');
  await page.getByLabel('充满').fill('500');
  await page.getByLabel('送的方式').click();
  await page.locator('.ant-select-item-option', { hasText: '优惠券' }).click();
  await page.getByLabel('送哪种券').click();
  await page.locator('.ant-select-item-option', { hasText: '八折券' }).click();
  await page.getByLabel('几张').fill('3');
  await page.getByText('充 ¥500.00 → 送 「八折券」3 张').waitFor();
  await expectAccessible(page);
  await picture(page, 'console-bonus-coupons-zh-desk');
  await page.getByRole('button', { name: '新建赠送规则' }).click();
  await page.getByText('满 ¥500.00 送 「八折券」3 张').waitFor();
  const till = await visit(browser, house, { size: 'phone', role: 'clerk' });
  await till.page.goto('/counter/member');
  await till.page.locator('button.wide').first().click();
  await till.page.locator('#member-phone').fill(phone);
  await till.page.keyboard.press('Enter');
  await till.page.getByRole('button', { name: '充值', exact: true }).click();
  await till.page.locator('#member-amount').fill('500');
  await till.page.keyboard.press('Enter');
  await till.page.getByText('送「八折券」3 张').waitFor();
  await expectAccessible(till.page);
  expect([...errors, ...till.errors]).toEqual([]);
  await Promise.all([context.close(), till.context.close()]);
});

test('the counter is told what each coupon takes off, or what is missing, and the member pays that much less', async () => {
  const { page, context, errors } = await visit(browser, house, { size: 'phone', role: 'clerk' });
  await page.goto('/counter/member');
  await page.locator('button.wide').first().click();
  await page.locator('#member-phone').fill(phone);
  await page.keyboard.press('Enter');
  await page.locator('#member-amount').fill('120');
  await page.keyboard.press('Enter');
  await page.getByText('还差 ¥80.00').waitFor();
  await page.getByRole('button', { name: '满百减二十' }).first().click();
  await page.getByRole('button', { name: '已收现金 ¥100.00' }).waitFor();
  await expectAccessible(page);
  await picture(page, 'counter-coupon-zh-phone');
  await page.getByRole('button', { name: '已收现金 ¥100.00' }).click();
  await page.getByRole('heading', { name: '收款成功' }).waitFor();
  expect(errors).toEqual([]);
  await context.close();
});

test('the member sees what each is worth, how long, and what became of it; the console lists them', async () => {
  const slug = await slugOf(house);
  const own = await visit(browser, house, { size: 'phone', role: null, language: 'en' });
  await own.page.goto(`/wallet/${slug}/coupons`);
  await signIn(own.page, house, phone);
  await own.page.getByText('¥20.00 off from ¥100.00').first().waitFor();
  await own.page.getByText('Used').waitFor();
  await own.page.getByText('20% off · from ¥200.00 · ¥50.00 off at most').first().waitFor();
  await expectAccessible(own.page);
  await picture(own.page, 'wallet-coupons-en-phone');
  const { page, context, errors } = await visit(browser, house, { language: 'en' });
  await page.goto('/coupons', { waitUntil: 'networkidle' });
  await page.getByText('1 used · 1 not').waitFor();
  await expectAccessible(page);
  await picture(page, 'console-coupons-en-desk');
  await page.goto('/coupons?list=given', { waitUntil: 'networkidle' });
  await page.getByText('Withdrawn').first().waitFor();
  await expectAccessible(page);
  await picture(page, 'console-coupons-given-en-desk');
  await page.goto(`/coupons?list=given&memberId=${memberId}`, { waitUntil: 'networkidle' });
  await page.getByRole('combobox', { name: 'Template' }).click();
  await page.locator('.ant-select-item-option', { hasText: '八折券' }).click();
  await page.getByRole('cell', { name: '满百减二十' }).first().waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Only one member' }).waitFor();
  await page.goto('/coupons?list=given&couponState=used', { waitUntil: 'networkidle' });
  await page.getByRole('link', { name: 'See the purchase' }).click();
  await page.getByRole('heading', { name: /^Purchase / }).waitFor();
  await page.getByText('满百减二十').waitFor();
  await page.goto('/coupons', { waitUntil: 'networkidle' });
  const row = page.getByRole('row', { name: '满百减二十' });
  await row.getByRole('button', { name: 'End' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End' }).click();
  await row.getByText('Ended').waitFor();
  expect([...own.errors, ...errors]).toEqual([]);
  await Promise.all([own.context.close(), context.close()]);
});
