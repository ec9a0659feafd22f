import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, openBrowser, picture, visit } from './browser.ts';
import { type House, openHouse } from './house.ts';
import { askAs, introduce, postAs, signIn, slugOf } from './member.ts';

let house: House;
let browser: Browser;
let slug: string;
let storeId: string;
let memberId: string;

type Id = { readonly id: string };
const phone = '13800138601';

beforeAll(async () => {
  [house, browser] = await Promise.all([openHouse(), openBrowser()]);
  slug = await slugOf(house);
  await introduce(house);
  const { items } = (await askAs(house, 'GET', '/v1/stores')) as { items: Id[] };
  storeId = items[0]?.id ?? '';
  const name = { zh: '年卡', en: 'Year card' };
  const terms = { span: { count: 12, unit: 'months' }, price: 19_900, discount: { ppm: 120_000 } };
  const plan = (await askAs(house, 'POST', '/v1/membership-plans', { name, ...terms })) as Id;
  const member = { phone, name: '陈晨', consent: { textVersion: 2 } };
  const payment = { tender: 'cash', amount: 19_900, reference: 'E2E' };
  const body = { member, planId: plan.id, storeId, payment };
  memberId = ((await postAs(house, '/v1/memberships', body)) as { memberId: string }).memberId;
});
afterAll(async () => {
  await browser.close();
  await house.bench.close();
});

async function topUp(amount: number) {
  const payment = { tender: 'cash', amount, reference: 'E2E' };
  await postAs(house, '/v1/wallet-top-ups', { memberId, storeId, amount, payment });
}

/** Stands at the counter of the first store, before the member. */
async function atCounter() {
  const visitor = await visit(browser, house, { size: 'phone', role: 'clerk' });
  await visitor.page.goto('/counter/member');
  await visitor.page.locator('button.wide').first().click();
  await find(visitor.page);
  return visitor;
}

async function find(page: Page) {
  await page.locator('#member-phone').fill(phone);
  await page.keyboard.press('Enter');
}

test('a card is renewed out of the wallet: at the counter, by the member, and given back onto it in the console', async () => {
  const { page, context, errors } = await atCounter();
  await page.getByRole('button', { name: '会员卡', exact: true }).click();
  await page.getByRole('button', { name: '储值', exact: true }).click();
  await page.getByText('余额不足').waitFor();
  await expectAccessible(page);
  await topUp(69_800);
  await page.getByRole('button', { name: '换一位' }).click();
  await find(page);
  await page.getByRole('button', { name: '会员卡', exact: true }).click();
  await page.getByRole('button', { name: '储值', exact: true }).click();
  await page.getByText('余额 ¥698.00').waitFor();
  await expectAccessible(page);
  await picture(page, 'counter-renew-by-wallet-zh-phone');
  await page.getByRole('button', { name: '用余额付 ¥199.00，续费' }).click();
  await page.getByRole('heading', { name: '续费成功' }).waitFor();
  await page.getByText('余额 ¥499.00').waitFor();
  await picture(page, 'counter-renewed-by-wallet-zh-phone');
  const own = await visit(browser, house, { size: 'phone', role: null });
  await own.page.goto(`/wallet/${slug}/club`);
  await signIn(own.page, house, phone);
  await own.page.getByRole('button', { name: '用余额续费' }).click();
  await own.page.getByText('可用余额 ¥499.00').waitFor();
  await expectAccessible(own.page);
  await picture(own.page, 'wallet-renew-own-zh-phone');
  await own.page.locator('dialog').getByRole('button', { name: '用余额续费' }).click();
  await own.page.getByText('已续费').waitFor();
  await expectAccessible(own.page);
  await own.page.goto(`/wallet/${slug}/balance`);
  await own.page.getByText('会员续费').first().waitFor();
  const desk = await visit(browser, house, { role: 'owner' });
  await desk.page.goto(`/members/${memberId}`);
  await desk.page.getByRole('button', { name: '续费', exact: true }).click();
  const dialog = desk.page.locator('.ant-modal');
  await dialog.locator('#tender').click();
  await desk.page.getByTitle('储值', { exact: true }).click();
  await dialog.getByText('会员码').waitFor();
  await picture(desk.page, 'console-renew-by-wallet-zh-desk');
  await dialog.getByRole('button', { name: '取消', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await desk.page.getByRole('button', { name: '退卡', exact: true }).click();
  await dialog.getByText('退回储值 ¥398.00').waitFor();
  await expectAccessible(desk.page);
  await picture(desk.page, 'console-cancel-to-wallet-zh-desk');
  expect([...errors, ...own.errors, ...desk.errors]).toEqual([]);
  await Promise.all([context.close(), own.context.close(), desk.context.close()]);
});

test('a rule gives points with a top-up: laid down in the console, told at the counter, and taken back with a refund', async () => {
  const desk = await visit(browser, house, { role: 'owner' });
  await desk.page.goto('/bonus-rules/new');
  await desk.page.getByLabel('名称').fill('充 500 送 200 积分');
  await desk.page.getByLabel('充满').fill('500');
  await desk.page.getByLabel('送的方式').click();
  await desk.page.locator('.ant-select-item', { hasText: /^积分$/ }).click();
  await desk.page.getByLabel('送（积分）').fill('200');
  await desk.page.getByText('充 ¥500.00 → 送 200 积分').waitFor();
  await expectAccessible(desk.page);
  await picture(desk.page, 'console-bonus-points-zh-desk');
  await desk.page.getByRole('button', { name: '新建赠送规则' }).click();
  await desk.page.getByText('满 ¥500.00 送 200 积分').waitFor();
  const { page, context, errors } = await atCounter();
  await page.getByRole('button', { name: '充值', exact: true }).click();
  await page.locator('#member-amount').fill('500');
  await page.keyboard.press('Enter');
  await page.getByText('送 200 积分').waitFor();
  await picture(page, 'counter-top-up-points-zh-phone');
  await page.getByRole('button', { name: '已收 ¥500.00，充值' }).click();
  await page.getByText('送 200 积分').waitFor();
  await expectAccessible(page);
  await desk.page.goto(`/wallets/${memberId}`);
  await desk.page
    .getByRole('button', { name: /¥500\.00/ })
    .first()
    .click();
  await desk.page.getByText('一并收回 200 积分').waitFor();
  await expectAccessible(desk.page);
  await picture(desk.page, 'console-refund-points-zh-desk');
  expect([...errors, ...desk.errors]).toEqual([]);
  await Promise.all([context.close(), desk.context.close()]);
});
