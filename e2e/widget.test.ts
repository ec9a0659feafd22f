import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, openBrowser, picture, visit } from './browser.ts';
import { type House, openHouse } from './house.ts';
import { askAs, slugOf } from './member.ts';

let house: House;
let browser: Browser;
let shop: ChildProcess;
let shopUrl: string;

beforeAll(async () => {
  [house, browser] = await Promise.all([openHouse(), openBrowser()]);
  [shop, shopUrl] = await openShop();
});
afterAll(async () => {
  shop.kill();
  await browser.close();
  await house.bench.close();
});

/** The very shop of docs/widget, with a key that may redeem in one store and up to a limit. */
async function openShop(): Promise<[ChildProcess, string]> {
  const stores = (await askAs(house, 'GET', '/v1/stores')) as { items: { id: string; code: string }[] };
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'docs', 'widget', 'shop.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      SCRIP_URL: house.url,
      SCRIP_KEY: house.demo.keys.clerk,
      SCRIP_STORE: stores.items.find(({ code }) => code === 'SH01')?.id,
      SCRIP_MERCHANT: await slugOf(house),
      PORT: '0',
    },
  });
  const [line]: unknown[] = await once(child.stdout, 'data');
  return [child, String(line).trim().replace(/\/$/, '')];
}

const card = () => house.demo.samples.find(({ state }) => state === 'active') ?? { code: '', pin: '' };

test('a site that the merchant has not named cannot look a card up', async () => {
  const { page, context } = await visit(browser, house, { role: null });
  await page.goto(shopUrl);
  await page.getByRole('button', { name: '使用礼品卡' }).click();
  await page.getByLabel('卡号').fill(card().code);
  await page.getByLabel('密码').fill(card().pin);
  await page.keyboard.press('Enter');
  await page.getByText('现在查不了').waitFor();
  await context.close();
});

test('a shop’s own page shows what is on a card and its own server redeems it, with no cookie and no secret in the page', async () => {
  await askAs(house, 'PATCH', '/v1/merchant', { widgetOrigins: [shopUrl] });
  for (const [language, size] of [
    ['zh', 'phone'],
    ['en', 'desk'],
  ] as const) {
    const { page, context, errors } = await visit(browser, house, { role: null, language, size });
    const [open, code, pin, look, use] =
      language === 'zh'
        ? ['使用礼品卡', '卡号', '密码', '查询余额', '用这张卡']
        : ['Redeem a card', 'Code', 'PIN', 'See the balance', 'Use this card'];
    await page.goto(`${shopUrl}/${language}`);
    await page.getByRole('button', { name: open }).click();
    await expectAccessible(page);
    await page.getByLabel(code ?? '').fill('AAAAAA-AAAAAA-AAAAAA');
    await page.getByRole('button', { name: look }).click();
    await page.getByRole('alert').waitFor();
    await expectAccessible(page);
    await page.getByLabel(code ?? '').fill(card().code);
    await page.getByLabel(pin ?? '').fill(card().pin);
    await page.getByRole('button', { name: look }).click();
    await page.getByRole('button', { name: use }).waitFor();
    await expectAccessible(page);
    await picture(page, `widget-card-${language}-${size}`);
    const orders: string[] = [];
    page.on('request', (request) => orders.push(`${request.method()} ${new URL(request.url()).pathname}`));
    await page.getByRole('button', { name: use }).click();
    await expect.poll(() => page.locator('#outcome').textContent()).toBe('已付清 · paid');
    expect(orders, 'the page itself redeems nothing').toEqual(['POST /orders/A1001/gift-card']);
    const text = await page.content();
    for (const secret of Object.values(house.demo.keys)) expect(text).not.toContain(secret);
    expect(await context.cookies()).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
  }
  const { code, pin } = card();
  const found = (await askAs(house, 'POST', '/v1/verifications', { code, pin })) as { balance: number };
  expect(found.balance, 'two clicks on one order paid it once').toBe(20_000 - 3_500);
});

test('closed, the dialog has forgotten what was typed; the keyboard alone opens and closes it', async () => {
  const { page, context } = await visit(browser, house, { role: null });
  await page.goto(shopUrl);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByLabel('卡号').fill('ABCDEF');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByLabel('卡号').isVisible()).toBe(false);
  await page.getByRole('button', { name: '使用礼品卡' }).click();
  expect(await page.getByLabel('卡号').inputValue()).toBe('');
  await context.close();
});
