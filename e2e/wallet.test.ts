import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, openBrowser, picture, visit } from './browser.ts';
import { type House, openHouse } from './house.ts';
import {
  askAs,
  type Card,
  giveCard,
  holderOf,
  introduce,
  lastCode,
  sampleOf,
  signIn,
  slugOf,
} from './member.ts';

let house: House;
let browser: Browser;
let slug: string;

beforeAll(async () => {
  [house, browser] = await Promise.all([openHouse(), openBrowser()]);
  slug = await slugOf(house);
  await introduce(house);
});
afterAll(async () => {
  await browser.close();
  await house.bench.close();
});

const nobody = { size: 'phone', role: null } as const;
const sample = (state: string, n?: number) => sampleOf(house, state, n);
const holder = (phone: string, card: Card, language?: 'zh' | 'en') =>
  holderOf(browser, house, { phone, card, language: language ?? 'zh' });

test('a paper card shows its balance and history by code and PIN, without an account', async () => {
  const { page, context, errors } = await visit(browser, house, nobody);
  await page.goto(`/wallet/${slug}`);
  await page.getByText('荷塘茶社').first().waitFor();
  await expectAccessible(page);
  await picture(page, 'wallet-welcome-zh-phone');
  await page.getByRole('link', { name: '不登录，查一张卡' }).click();
  await giveCard(page, { code: sample('partially_used').code, pin: '000000' });
  await page.getByText('卡码或密码无法识别').waitFor();
  await expectAccessible(page);
  await giveCard(page, sample('partially_used'));
  await page.locator('.face-balance').waitFor();
  await page.getByText('付款', { exact: true }).first().waitFor();
  await page.getByText('长期有效').waitFor();
  await expectAccessible(page);
  await picture(page, 'wallet-paper-card-zh-phone');
  expect(errors).toEqual([]);
  expect(await context.cookies()).toEqual([]);
  await context.close();
});

test('a payment code is taken at the counter once; the second time it is refused, and the phone says what was paid', async () => {
  const { page, context, errors } = await visit(browser, house, nobody);
  await page.goto(`/wallet/${slug}`);
  await page.locator('#phone').fill('13800138001');
  await page.keyboard.press('Enter');
  await page.locator('#one-time').waitFor();
  await page.locator('#one-time').fill(await lastCode(house));
  expect(await page.getByRole('button', { name: '登录' }).isDisabled(), 'not before the terms').toBe(true);
  const offers = page.getByRole('checkbox', { name: /优惠消息/ });
  expect(await offers.isChecked(), 'advertising is a choice of its own').toBe(false);
  await page.getByRole('checkbox', { name: /服务条款/ }).check();
  await expectAccessible(page);
  await picture(page, 'wallet-sign-in-zh-phone');
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByText('卡包里还没有卡').waitFor();
  await expectAccessible(page);
  await picture(page, 'wallet-empty-zh-phone');
  await page.getByRole('link', { name: '添加一张卡' }).click();
  await giveCard(page, sample('active'));
  await page.getByRole('link', { name: '付款码' }).waitFor();
  await expectAccessible(page);
  await picture(page, 'wallet-card-zh-phone');
  const answered = page.waitForResponse('**/payment-code');
  await page.getByRole('link', { name: '付款码' }).click();
  const { code } = (await (await answered).json()) as { code: string };
  await page.getByRole('img', { name: '付款二维码' }).waitFor();
  await page.getByText(/\d+ 秒后换新码/).waitFor();
  await expectAccessible(page);
  await picture(page, 'wallet-pay-zh-phone');
  const clerk = await visit(browser, house, { size: 'phone', role: 'clerk' });
  await clerk.page.goto('/counter');
  await clerk.page.locator('button.wide').first().click();
  await clerk.page.locator('#code').fill(code);
  await clerk.page.keyboard.press('Enter');
  await clerk.page.getByText('可用余额').waitFor();
  await clerk.page.keyboard.type('35');
  await clerk.page.keyboard.press('Enter');
  await clerk.page.getByRole('heading', { name: '收款成功' }).waitFor();
  await page.getByText('刚刚').waitFor();
  await page.getByText('-¥35.00').waitFor();
  await expectAccessible(page);
  await picture(page, 'wallet-paid-zh-phone');
  await clerk.page.locator('.result-foot .grow').click();
  await clerk.page.locator('#code').fill(code);
  await clerk.page.keyboard.press('Enter');
  await clerk.page.getByText('此付款码已使用。').waitFor();
  await picture(clerk.page, 'counter-payment-code-used-zh-phone');
  expect(errors).toEqual([]);
  await clerk.context.close();
  await context.close();
});

test('a payment code is renewed by itself, and without a network there is none', async () => {
  const { page, context } = await holder('13800138002', sample('partially_used'), 'en');
  const codes: string[] = [];
  page.on('response', async (response) => {
    if (response.url().endsWith('/payment-code') && response.ok())
      codes.push(((await response.json()) as { code: string }).code);
  });
  await page.clock.install();
  await page.getByRole('link', { name: 'Pay', exact: true }).click();
  await page.getByRole('img', { name: 'Payment code as a QR code' }).waitFor();
  await page.clock.runFor(31_000);
  await expect.poll(() => new Set(codes).size).toBe(2);
  await context.setOffline(true);
  await page.getByText('No network: the code cannot be renewed').waitFor();
  await page.clock.runFor(40_000);
  await expect.poll(() => page.getByRole('img', { name: 'Payment code as a QR code' }).count()).toBe(0);
  await expectAccessible(page);
  await picture(page, 'wallet-pay-offline-en-phone');
  await context.setOffline(false);
  await page.clock.runFor(3_000);
  await page.getByRole('img', { name: 'Payment code as a QR code' }).waitFor();
  await context.close();
});

test('a card is offered by link, taken back, offered again, and claimed by a friend; then it is lost and stopped', async () => {
  const giver = await holder('13800138003', sample('active', 1));
  const link = async () => {
    await giver.page.getByRole('link', { name: '送给朋友' }).click();
    await giver.page.getByRole('button', { name: '3 天' }).click();
    await giver.page.getByRole('button', { name: '生成赠送链接' }).click();
    return giver.page.getByRole('textbox', { name: '赠送链接' }).inputValue();
  };
  const first = await link();
  await expectAccessible(giver.page);
  await picture(giver.page, 'wallet-give-zh-phone');
  await giver.page.getByRole('button', { name: '复制链接' }).click();
  await giver.page.getByRole('button', { name: '已复制' }).waitFor();
  await giver.page.getByRole('link', { name: '看我送出的' }).click();
  await giver.page.getByText('等待领取').waitFor();
  await expectAccessible(giver.page);
  await picture(giver.page, 'wallet-gifts-zh-phone');
  await giver.page.getByRole('button', { name: '收回' }).click();
  await giver.page.locator('dialog').getByRole('button', { name: '收回' }).click();
  await giver.page.getByText('已收回').waitFor();
  await giver.page.getByRole('link', { name: '我的卡' }).click();
  await giver.page.locator('.card-link').click();
  const second = await link();
  expect(second).not.toBe(first);

  const friend = await visit(browser, house, { ...nobody, language: 'en' });
  await friend.page.goto(second);
  await friend.page.getByText('Somebody is giving you a card').waitFor();
  await expectAccessible(friend.page);
  await picture(friend.page, 'wallet-claim-invited-en-phone');
  await signIn(friend.page, house, '13800138004');
  await friend.page.getByRole('button', { name: 'Accept' }).waitFor();
  await expectAccessible(friend.page);
  await picture(friend.page, 'wallet-claim-en-phone');
  await friend.page.getByRole('button', { name: 'Accept' }).click();
  await friend.page.getByRole('link', { name: 'Pay', exact: true }).waitFor();
  expect(friend.page.url(), 'the token stands in no address any more').not.toContain('#');
  await friend.page.goto(first);
  await friend.page.getByText('This gift has been claimed, taken back or has ended').waitFor();
  await expectAccessible(friend.page);
  await giver.page.goto(`/wallet/${slug}/gifts`);
  await giver.page.getByText('已领取').waitFor();

  await friend.page.goto(`/wallet/${slug}`);
  await friend.page.locator('.card-link').click();
  await friend.page.getByRole('button', { name: 'Lost it' }).click();
  await friend.page.getByText('You cannot undo it here').waitFor();
  await expectAccessible(friend.page);
  await picture(friend.page, 'wallet-freeze-en-phone');
  await friend.page.locator('dialog').getByRole('button', { name: 'Lost it' }).click();
  await friend.page.getByText('This card is stopped').waitFor();
  expect(await friend.page.getByRole('button', { name: 'Pay' }).isDisabled()).toBe(true);
  await friend.page.getByText('The card is frozen.').first().waitFor();
  await friend.page.getByRole('link', { name: 'Call 021-5555 0101' }).waitFor();
  await expectAccessible(friend.page);
  await picture(friend.page, 'wallet-frozen-en-phone');
  expect([...giver.errors, ...friend.errors]).toEqual([]);
  await giver.context.close();
  await friend.context.close();
});

test('terms that change while somebody signs in are shown and asked anew', async () => {
  const { page, context } = await visit(browser, house, nobody);
  await page.goto(`/wallet/${slug}/me`);
  await page.locator('#phone').fill('13800138008');
  await page.keyboard.press('Enter');
  await page.locator('#one-time').waitFor();
  await askAs(house, 'PATCH', '/v1/merchant', { terms: { zh: '新的条款：每次限用一张。' } });
  await page.locator('#one-time').fill(await lastCode(house));
  await page.getByRole('checkbox', { name: /服务条款/ }).check();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByRole('checkbox', { name: /服务条款/ }).isChecked()).toBe(false);
  await page.getByText('查看条款').click();
  await page.getByText('新的条款').waitFor();
  await page.getByRole('checkbox', { name: /服务条款/ }).check();
  await page.keyboard.press('Enter');
  await page.getByText('138****8008').waitFor();
  await context.close();
});

test('reminders are switched, a complaint is answered, and signing out everywhere ends the other phone too', async () => {
  const phone = '13800138005';
  const first = await visit(browser, house, nobody);
  await first.page.goto(`/wallet/${slug}/me`);
  await signIn(first.page, house, phone);
  await first.page.getByText('138****8005').waitFor();
  await first.page.getByRole('checkbox', { name: '余额不多时' }).click();
  await expect.poll(() => first.page.getByRole('checkbox', { name: '余额不多时' }).isChecked()).toBe(false);
  await first.page.reload();
  await first.page.getByRole('checkbox', { name: '余额不多时' }).waitFor();
  expect(await first.page.getByRole('checkbox', { name: '余额不多时' }).isChecked()).toBe(false);
  expect(await first.page.getByRole('checkbox', { name: '卡快到期时' }).isChecked()).toBe(true);
  await expectAccessible(first.page);
  await picture(first.page, 'wallet-me-zh-phone');
  await first.page.getByRole('link', { name: '意见和投诉' }).click();
  await first.page.locator('#complaint').fill('店员说卡不能用');
  await first.page.getByRole('button', { name: '提交' }).click();
  await first.page.getByText('等待答复').waitFor();
  const desk = await visit(browser, house, { role: 'manager' });
  await desk.page.goto('/complaints?state=open');
  await desk.page.getByText('店员说卡不能用').waitFor();
  await expectAccessible(desk.page);
  await picture(desk.page, 'console-complaints-zh-desk');
  await desk.page.getByRole('button', { name: '答复' }).click();
  await desk.page.getByRole('textbox', { name: '答复' }).fill('已经查过，可以用了。');
  await expectAccessible(desk.page);
  await desk.page.getByRole('button', { name: '答复' }).last().click();
  await desk.page.getByText('没有投诉。').waitFor();
  await desk.context.close();
  await first.page.reload();
  await first.page.getByText('已经查过，可以用了。').waitFor();
  await expectAccessible(first.page);
  await picture(first.page, 'wallet-complaints-zh-phone');
  house.later(2);
  const second = await visit(browser, house, nobody);
  await second.page.goto(`/wallet/${slug}/me`);
  await signIn(second.page, house, phone);
  await second.page.getByRole('button', { name: '退出所有设备' }).click();
  await second.page.locator('dialog').getByRole('button', { name: '退出所有设备' }).click();
  await second.page.locator('#phone').waitFor();
  await first.page.goto(`/wallet/${slug}/me`);
  await first.page.locator('#phone').waitFor();
  await first.context.close();
  await second.context.close();
});
