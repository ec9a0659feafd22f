import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSimulator, type SimulatedKind, type Simulator } from '../server/test/gateways/simulator.ts';
import { expectAccessible, openBrowser, picture, visit } from './browser.ts';
import { type House, openHouse } from './house.ts';
import { askAs, introduce, signIn, slugOf } from './member.ts';

let house: House;
let browser: Browser;
let simulator: Simulator;
let slug: string;
let merchantId: string;
let storeId: string;

type Id = { readonly id: string };
type Pair = { readonly number: string; readonly password: string };

beforeAll(async () => {
  [house, browser] = await Promise.all([openHouse({ webhookNetworks: '127.0.0.0/8' }), openBrowser()]);
  simulator = await openSimulator(house.bench.runtime.clock);
  slug = await slugOf(house);
  await introduce(house);
  ({ id: merchantId } = (await askAs(house, 'GET', '/v1/merchant')) as Id);
  const { items } = (await askAs(house, 'GET', '/v1/stores')) as { items: Id[] };
  storeId = items[0]?.id ?? '';
});
afterAll(async () => {
  await browser.close();
  await simulator.close();
  await house.bench.close();
});

/** Recharge cards that a store has sold. */
async function rechargeCards(quantity: number): Promise<readonly Pair[]> {
  const post = async (path: string, body: object) => {
    const answer = await fetch(`${house.url}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${house.demo.apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      body: JSON.stringify(body),
    });
    expect(answer.ok, path).toBe(true);
    return answer.text();
  };
  const terms = { name: '春节', quantity, faceValue: 10_000, bonus: 800 };
  const { id } = JSON.parse(await post('/v1/recharge-card-batches', terms)) as Id;
  await house.bench.runJobs('rechargecards.generate');
  const csv = await post(`/v1/recharge-card-batches/${id}/release`, {});
  const payment = { tender: 'cash', amount: 10_000 * quantity, reference: 'R1' };
  const range = { batchId: id, from: 1, to: quantity };
  await post('/v1/recharge-cards/sales', { storeId, payment, range });
  return csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [, number = '', password = ''] = line.split(',');
      return { number, password };
    });
}

async function memberAt(path: string, phone: string, language: 'zh' | 'en' = 'zh') {
  const visitor = await visit(browser, house, { size: 'phone', role: null, language });
  await visitor.page.goto(`/wallet/${slug}${path}`);
  await signIn(visitor.page, house, phone);
  return visitor;
}

async function tryCard(page: Page, { number, password }: Pair) {
  await page.locator('#number').fill(number);
  await page.keyboard.press('Enter');
  await page.locator('#password').fill(password);
  await page.keyboard.press('Enter');
}

test('a recharge card: a wrong password is an invalid card, a right one tops up, and again it is used', async () => {
  const [card] = await rechargeCards(1);
  if (!card) throw new Error('no card was made');
  const { page, context, errors } = await memberAt('/top-up', '13800138101');
  await page.locator('#number').fill(card.number);
  await page.keyboard.press('Enter');
  await page.getByText('¥100.00').waitFor();
  // No payment by phone is taken yet, so none is offered.
  expect(await page.getByRole('button', { name: '在线支付' }).count()).toBe(0);
  await expectAccessible(page);
  await picture(page, 'wallet-recharge-face-zh-phone');
  await page.locator('#password').fill('0000 0000 0000 0000');
  await page.keyboard.press('Enter');
  await page.getByText('无效卡').waitFor();
  await page.locator('#password').fill(card.password);
  await page.keyboard.press('Enter');
  await page.getByText('充值成功').waitFor();
  await page.getByText('¥108.00').waitFor();
  await expectAccessible(page);
  await picture(page, 'wallet-recharged-zh-phone');
  await page.getByRole('button', { name: '再充一张' }).click();
  await tryCard(page, card);
  await page.getByText('已用过').waitFor();
  expect(errors).toEqual([]);
  await context.close();
});

test('the counter tops a member up by a recharge card', async () => {
  const [card] = await rechargeCards(1);
  if (!card) throw new Error('no card was made');
  const phone = '13800138102';
  await askAs(house, 'POST', '/v1/members', { phone, name: '王芳', consent: { textVersion: 2 } }).catch(() =>
    askAs(house, 'POST', '/v1/members', { phone, name: '王芳', consent: { textVersion: 1 } }),
  );
  const { page, context, errors } = await visit(browser, house, { size: 'phone', role: 'clerk' });
  await page.goto('/counter/recharge');
  await page.locator('button.wide').first().click();
  await page.locator('#member-phone').fill(phone);
  await page.keyboard.press('Enter');
  await page.locator('#recharge-number').fill(card.number);
  await page.keyboard.press('Enter');
  await page.locator('#recharge-password').fill(card.password);
  await expectAccessible(page);
  await picture(page, 'counter-recharge-zh-phone');
  await page.keyboard.press('Enter');
  await page.getByText('充值成功').waitFor();
  await expectAccessible(page);
  expect(errors).toEqual([]);
  await context.close();
});

const kinds = [
  ['wechat', '微信支付'],
  ['alipay', '支付宝'],
  ['stripe', 'Stripe'],
  ['bank_card', '银行卡'],
] as const satisfies readonly (readonly [SimulatedKind, string])[];

test('a top-up through each channel waits for its call, and is done when that has come', async () => {
  const channels = new Map<SimulatedKind, string>();
  for (const [kind, name] of kinds) {
    const { credentials } = simulator.channels[kind];
    const places = { baseUrl: simulator.url, publicUrl: house.url };
    const made = await askAs(house, 'POST', '/v1/payment-channels', {
      name,
      storeId,
      credentials,
      ...places,
    });
    channels.set(kind, (made as Id).id);
  }
  const steps = [{ from: 1, bonus: 1_000 }];
  const { id: ruleId } = (await askAs(house, 'POST', '/v1/bonus-rules', { name: '线上充值', steps })) as Id;
  const { page, context, errors } = await memberAt('/top-up', '13800138103');
  for (const [kind, name] of kinds) {
    await page.goto(`/wallet/${slug}/top-up`);
    await page.getByRole('button', { name: '在线支付' }).click();
    await page.getByRole('radio', { name }).check();
    if (kind === 'wechat') {
      await expectAccessible(page);
      await picture(page, 'wallet-top-up-zh-phone');
    }
    await page.getByRole('button', { name: '支付 ¥100.00' }).click();
    await page.getByRole('timer').waitFor();
    if (kind === 'wechat' || kind === 'stripe') {
      await expectAccessible(page);
      await picture(page, `wallet-top-up-${kind}-zh-phone`);
    }
    // A page to go to is the channel's own: going there tells it of the order.
    const link = page.getByRole('link', { name: '去支付' });
    const href = (await link.count()) === 0 ? null : await link.getAttribute('href');
    if (href?.startsWith(simulator.url)) await fetch(href);
    const id = page.url().split('/').at(-1) ?? '';
    simulator.pay(id);
    const { headers, body } = simulator.callback(kind, id);
    const address = `${house.url}/v1/payment-callbacks/${merchantId}/${channels.get(kind)}`;
    const answer = await fetch(address, { method: 'POST', headers, body });
    expect(answer.status, kind).toBe(200);
    await page.getByText('充值成功').waitFor();
  }
  await expectAccessible(page);
  await askAs(house, 'POST', `/v1/bonus-rules/${ruleId}/end`, {});
  expect(errors).toEqual([]);
  await context.close();
});

test('a part of a payment is sent back at the counter by who may, and nobody else is offered it', async () => {
  const at = async (role: string) => {
    const visitor = await visit(browser, house, { size: 'phone', role });
    await visitor.page.goto('/counter/member');
    await visitor.page.locator('button.wide').first().click();
    await visitor.page.locator('#member-phone').fill('13800138103');
    await visitor.page.keyboard.press('Enter');
    await visitor.page.getByRole('button', { name: '退款', exact: true }).click();
    return visitor;
  };
  const other = await at('store_manager');
  await other.page.getByText('由有支付退款权限的人').first().waitFor();
  expect(await other.page.getByRole('button', { name: '原路退' }).count()).toBe(0);
  const { page, context, errors } = await at('manager');
  await page.getByRole('button', { name: '原路退' }).first().waitFor();
  await expectAccessible(page);
  await picture(page, 'counter-refund-orders-zh-phone');
  expect([...errors, ...other.errors]).toEqual([]);
  await Promise.all([context.close(), other.context.close()]);
});

test('the console shows channels, orders and batches, and sends a payment back', async () => {
  const { page, context, errors } = await visit(browser, house);
  for (const [name, path] of [
    ['recharge-batches', '/recharge-card-batches'],
    ['recharge-cards', '/recharge-cards'],
    ['payment-channels', '/payment-channels'],
    ['payments', '/payments'],
  ] as const) {
    await page.goto(path, { waitUntil: 'networkidle' });
    await expectAccessible(page);
    await picture(page, `console-${name}-filled-zh-desk`);
  }
  await page.getByText('已支付').first().click();
  await page.getByRole('button', { name: '退款' }).click();
  await page.getByLabel('原因').fill('顾客要求');
  await expectAccessible(page);
  await picture(page, 'console-payment-refund-zh-desk');
  await page.getByRole('button', { name: '退款' }).last().click();
  await page.getByText('处理中').waitFor();
  await house.bench.runJobs('payments.watch');
  await page.goto('/payments?state=refunded');
  await page.getByText('已退款').first().waitFor();
  expect(errors).toEqual([]);
  await context.close();
});
