import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, openBrowser, picture, visit } from './browser.ts';
import { type House, openHouse } from './house.ts';
import { askAs, introduce, sampleOf, signIn, slugOf } from './member.ts';

let house: House;
let browser: Browser;
let slug: string;

type Id = { readonly id: string };

beforeAll(async () => {
  [house, browser] = await Promise.all([openHouse(), openBrowser()]);
  slug = await slugOf(house);
  await introduce(house);
  await layDown();
});
afterAll(async () => {
  await browser.close();
  await house.bench.close();
});

/** Two card types, tiers, points, and a gift of which the first store has two. */
async function layDown() {
  const plan = (zh: string, en: string, months: number, price: number, ppm: number) =>
    askAs(house, 'POST', '/v1/membership-plans', {
      name: { zh, en },
      span: { count: months, unit: 'months' },
      price,
      discount: { ppm, walletPpm: ppm + 30_000 },
    });
  await plan('月卡', 'Month card', 1, 3_000, 50_000);
  await plan('年卡', 'Year card', 12, 19_900, 120_000);
  const tier = (code: string, zh: string, en: string, spend: number, ppm: number) => ({
    ...{ code, name: { zh, en }, discount: { ppm }, entry: { spend } },
  });
  const tiers = [
    tier('silver', '银卡', 'Silver', 50_000, 20_000),
    tier('gold', '金卡', 'Gold', 200_000, 50_000),
  ];
  await askAs(house, 'POST', '/v1/membership-tiers', { period: { count: 1, unit: 'years' }, tiers });
  const ends = { with: 'year', later: 1 };
  await askAs(house, 'POST', '/v1/points-schemes', { earn: { points: 1, amount: 100 }, ends });
  const { items } = (await askAs(house, 'GET', '/v1/stores')) as { items: Id[] };
  const gift = { name: { zh: '马克杯', en: 'Mug' }, points: 80 };
  const { id } = (await askAs(house, 'POST', '/v1/gift-items', gift)) as Id;
  const stock = { storeId: items[0]?.id, pieces: 2, reason: 'delivery' };
  await post(`/v1/gift-items/${id}/stock`, stock);
}

/** Asks what moves value, under a key of its own. */
async function post(path: string, body: object) {
  const answer = await fetch(`${house.url}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${house.demo.apiKey}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    },
    body: JSON.stringify(body),
  });
  expect(answer.ok, await answer.text()).toBe(true);
}

const phone = '13800138301';

/** Stands at the counter of the first store, before the member. */
async function atCounter(language: 'zh' | 'en' = 'zh') {
  const visitor = await visit(browser, house, { size: 'phone', role: 'clerk', language });
  await visitor.page.goto('/counter/member');
  await visitor.page.locator('button.wide').first().click();
  await find(visitor.page);
  return visitor;
}

async function find(page: Page) {
  await page.locator('#member-phone').fill(phone);
  await page.keyboard.press('Enter');
}

/** The wallet of a member, who signs in. */
async function wallet(number: string, language: 'zh' | 'en' = 'zh') {
  const visitor = await visit(browser, house, { size: 'phone', role: null, language });
  await visitor.page.goto(`/wallet/${slug}/club`);
  await signIn(visitor.page, house, number);
  return visitor;
}

const back = (page: Page) => page.locator('.result-foot .grow').click();

test('a clerk enrols by phone number, sells a year card and tops up; the receipt says how long it is good', async () => {
  const { page, context, errors } = await atCounter();
  await page.locator('#member-name').fill('陈晨');
  await page.getByText('更多资料').click();
  await page.locator('#member-card').fill('vip-0001');
  await expectAccessible(page);
  await picture(page, 'counter-enrol-zh-phone');
  await page.getByRole('button', { name: '顾客已同意条款，登记' }).click();
  await page.getByRole('heading', { name: '陈晨' }).waitFor();
  await page.getByText('VIP-0001').waitFor();
  await page.getByRole('button', { name: /年卡/ }).click();
  await page.getByText('当天结束').waitFor();
  await expectAccessible(page);
  await picture(page, 'counter-sell-membership-zh-phone');
  await page.getByRole('button', { name: '已收 ¥199.00，办卡' }).click();
  await page.getByRole('heading', { name: '办卡成功' }).waitFor();
  await page.getByRole('button', { name: '小票' }).click();
  await page.getByText('办理会员卡').waitFor();
  await expectAccessible(page);
  await picture(page, 'counter-membership-receipt-zh-phone');
  await page.getByRole('button', { name: '关闭' }).click();
  await back(page);
  await page.locator('.member-card', { hasText: '年卡 有效至' }).waitFor();
  await page.getByRole('button', { name: '充值', exact: true }).click();
  await page.locator('#member-amount').fill('200');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '已收 ¥200.00，充值' }).click();
  await back(page);
  await page.getByRole('button', { name: '收款', exact: true }).click();
  await page.locator('#member-amount').fill('100');
  await page.keyboard.press('Enter');
  // 15 % off, since all is paid out of the wallet.
  await page.getByRole('button', { name: '用余额付 ¥85.00' }).click();
  await page.getByText('得 85 积分').waitFor();
  await expectAccessible(page);
  await back(page);
  expect(errors).toEqual([]);
  await context.close();
});

test('the member sees the card, its discount and its last day, what is prepaid, and takes a gift for points', async () => {
  const { page, context, errors } = await wallet(phone);
  await page.getByText('年卡').waitFor();
  await page.getByText('8.8折').waitFor();
  await page.getByText(/有效至 .* 当天结束/).waitFor();
  await page.getByText(/距离银卡/).waitFor();
  await expectAccessible(page);
  await picture(page, 'wallet-club-zh-phone');
  await page.goto(`/wallet/${slug}/balance`);
  await page.getByText('¥115.00').first().waitFor();
  await page.getByText('-¥85.00').waitFor();
  await expectAccessible(page);
  await picture(page, 'wallet-balance-zh-phone');
  await page.goto(`/wallet/${slug}/points`);
  await page.getByText('+85').waitFor();
  await expectAccessible(page);
  await page.goto(`/wallet/${slug}/points/gifts`);
  await page.getByRole('button', { name: '兑换' }).click();
  await expectAccessible(page);
  await picture(page, 'wallet-take-gift-zh-phone');
  await page.locator('dialog').getByRole('button', { name: '兑换' }).click();
  await page.getByText('待领取').waitFor();
  await expectAccessible(page);
  expect(errors).toEqual([]);
  await context.close();
});

test('the counter hands the gift over, renews the card, and offers nothing that the server would refuse', async () => {
  const { page, context, errors } = await atCounter('en');
  await page.getByRole('button', { name: 'Gifts', exact: true }).click();
  await page.getByRole('button', { name: 'Handed over' }).waitFor();
  // 85 points less 80: too few for another.
  await page.getByText('75 points short').waitFor();
  await expectAccessible(page);
  await picture(page, 'counter-gifts-en-phone');
  await page.getByRole('button', { name: 'Handed over' }).click();
  await page.getByRole('heading', { name: 'Handed over' }).waitFor();
  await back(page);
  await page.getByRole('button', { name: 'Card', exact: true }).click();
  await expect.poll(() => page.getByRole('button', { name: 'New card' }).count()).toBe(0);
  await page.getByRole('button', { name: '¥199.00 received: renew it' }).waitFor();
  await expectAccessible(page);
  await picture(page, 'counter-renew-en-phone');
  await page.getByRole('button', { name: '¥199.00 received: renew it' }).click();
  await page.getByRole('heading', { name: 'Renewed' }).waitFor();
  expect(errors).toEqual([]);
  await context.close();
});

test('the counter knows a member by the code on their phone, which also shows a balance that is hidden', async () => {
  await askAs(house, 'PATCH', '/v1/wallet-policy', { codeAbove: 1_000 });
  // Of one number another sign-in code is sent after a minute.
  house.later(2);
  const member = await wallet(phone);
  const answered = member.page.waitForResponse('**/member-code');
  await member.page.getByRole('link', { name: '出示会员码' }).click();
  const { code } = (await (await answered).json()) as { code: string };
  await member.page.getByRole('img', { name: '会员二维码' }).waitFor();
  await expectAccessible(member.page);
  await picture(member.page, 'wallet-member-code-zh-phone');
  const { page, context, errors } = await atCounter();
  await page.getByText('余额较高').waitFor();
  // The balance is what is hidden; which card it is, how long it is good and what it takes off is not.
  await page.getByText('VIP-0001').waitFor();
  await page.locator('.member-card', { hasText: '年卡 有效至' }).waitFor();
  expect(await page.locator('.member-parts').innerText()).not.toMatch(/本金|积分/);
  await expectAccessible(page);
  await picture(page, 'counter-hidden-balance-zh-phone');
  await page.locator('#member-code').fill(code.replace(/.$/, code.endsWith('0') ? '1' : '0'));
  await page.keyboard.press('Enter');
  await page.getByText('这个码已失效').waitFor();
  await expectAccessible(page);
  await page.locator('#member-code').fill(code);
  await page.keyboard.press('Enter');
  await page.locator('.summary-balance', { hasText: '¥115.00' }).waitFor();
  await page.getByRole('button', { name: '换一位' }).click();
  await page.locator('#member-phone').fill('vip-0002');
  await page.keyboard.press('Enter');
  await page.getByText('没有会员用这个手机号或卡号').waitFor();
  await page.locator('#member-phone').fill('vip-0001');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '陈晨' }).waitFor();
  await page.getByRole('button', { name: '换一位' }).click();
  await page.locator('#member-phone').fill(code);
  await page.keyboard.press('Enter');
  await page.locator('.summary-balance', { hasText: '¥115.00' }).waitFor();
  // Whoever shows it where cards are taken is known there too.
  await page.getByRole('link', { name: '收款' }).click();
  await page.locator('#code').fill(code);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '陈晨' }).waitFor();
  // Their code pays once; then it is as if nobody had shown it.
  await page.locator('#member-amount').fill('20');
  await page.keyboard.press('Enter');
  await page.locator('.due').waitFor();
  await page.locator('button.main.wide').click();
  await page.getByRole('heading', { name: '收款成功' }).waitFor();
  await page.getByRole('button', { name: '返回会员' }).click();
  await page.getByText('余额较高').waitFor();
  await page.locator('#member-amount').fill('20');
  await page.locator('#member-amount').press('Enter');
  await page.locator('.due').waitFor();
  await page.locator('.due ~ button.main.wide').click();
  await page.getByText('超过限额须出示会员本人的会员码').waitFor();
  await expectAccessible(page);
  expect([...errors, ...member.errors]).toEqual([]);
  await context.close();
  await member.context.close();
});

test('a gift card goes onto the balance by its code and PIN, and out of the wallet with one tap', async () => {
  const { page, context, errors } = await wallet('13800138302', 'en');
  await page.goto(`/wallet/${slug}/top-up`);
  await page.getByRole('button', { name: 'Gift card' }).click();
  const card = sampleOf(house, 'active');
  await page.locator('#code').fill(card.code);
  await page.locator('#pin').fill(card.pin);
  await expectAccessible(page);
  await picture(page, 'wallet-load-gift-card-en-phone');
  await page.keyboard.press('Enter');
  await page.getByText('Topped up').waitFor();
  await page.goto(`/wallet/${slug}/add`);
  const other = sampleOf(house, 'active', 1);
  await page.locator('#code').fill(other.code);
  await page.locator('#pin').fill(other.pin);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Move to my balance' }).click();
  await expectAccessible(page);
  await page.locator('dialog').getByRole('button', { name: 'Move to my balance' }).click();
  await page.getByText('From a gift card').nth(1).waitFor();
  await expectAccessible(page);
  expect(errors).toEqual([]);
  await context.close();
});

test('whoever may not use a page of the counter is told so, and shown where they can go', async () => {
  const { page, context, errors } = await visit(browser, house, { size: 'phone', role: 'marketing' });
  await page.goto('/counter');
  await page.locator('button.wide').first().click();
  await page.getByRole('heading', { name: '这一页您还不能用' }).waitFor();
  expect(await page.locator('nav.tabs a').allTextContents()).toEqual(['会员', '最近']);
  await expectAccessible(page);
  await picture(page, 'counter-no-permission-zh-phone');
  await page.getByRole('link', { name: '去「会员」' }).click();
  await page.getByRole('heading', { name: '会员' }).waitFor();
  expect(errors).toEqual([]);
  await context.close();
});
