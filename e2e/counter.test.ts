import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, openBrowser, picture, visit } from './browser.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let browser: Browser;

beforeAll(async () => {
  [house, browser] = await Promise.all([openHouse(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await house.bench.close();
});

const sample = (state: string) => {
  const found = house.demo.samples.find((one) => one.state === state);
  if (!found) throw new Error(`the sample merchant has a card that is ${state}`);
  return found;
};

/** Stands at the counter of the first store. */
async function atCounter({ language = 'zh' }: { readonly language?: 'zh' | 'en' } = {}) {
  const visitor = await visit(browser, house, { language, size: 'phone', role: 'clerk' });
  await visitor.page.goto('/counter');
  await visitor.page.locator('button.wide').first().click();
  return visitor;
}

/** A scanner types the code and Enter. */
async function scan(page: Page, code: string) {
  await page.locator('#code').fill(code);
  await page.keyboard.press('Enter');
}

const next = (page: Page) => page.locator('.result-foot .grow').click();

test('a card is scanned, an amount entered and taken in three taps, and the result says what is left', async () => {
  const { page, context, errors } = await atCounter();
  await picture(page, 'counter-box-zh-phone');
  await expectAccessible(page);
  await scan(page, sample('active').code);
  await page.getByText('可用余额').waitFor();
  for (const key of ['3', '5']) await page.getByRole('button', { name: key, exact: true }).click();
  await expectAccessible(page);
  await picture(page, 'counter-amount-zh-phone');
  await page.getByRole('button', { name: '确认收 ¥35.00' }).click();
  await page.getByRole('heading', { name: '收款成功' }).waitFor();
  await expectAccessible(page);
  await picture(page, 'counter-taken-zh-phone');
  await page.getByRole('button', { name: '小票' }).click();
  await page.getByRole('button', { name: '显示二维码' }).click();
  await page.getByRole('img', { name: '显示二维码' }).waitFor();
  await page.getByText('扫码看小票').waitFor();
  await picture(page, 'counter-receipt-zh-phone');
  const drawn = await page.getByRole('img', { name: '显示二维码' }).getAttribute('src');
  expect(drawn).toContain('svg');
  expect(errors).toEqual([]);
  await context.close();
});

test('a card that was used up says when, where and by whom it was used last', async () => {
  const { page, context } = await atCounter();
  await scan(page, sample('used_up').code);
  await page.getByRole('heading', { name: '已用完' }).waitFor();
  await page.getByText('最近一次使用').waitFor();
  await expectAccessible(page);
  await picture(page, 'counter-used-zh-phone');
  await next(page);
  for (const state of ['frozen', 'voided', 'replaced', 'expired']) {
    await scan(page, sample(state).code);
    await page.locator('.result.bad').waitFor();
    await next(page);
  }
  await scan(page, 'AAAAAA-AAAAAA-AAAAAA');
  await page.getByText('卡号有一个字打错了').waitFor();
  await context.close();
});

test('a phone number in the one box shows the member whose it is, or the way to enrol them', async () => {
  const { page, context, errors } = await atCounter();
  const look = async (phone: string) => {
    await page.getByLabel('卡号').fill(phone);
    await page.getByRole('button', { name: '查看' }).click();
  };
  await look('139 0000 9999');
  await page.getByText('没有会员用这个手机号。').waitFor();
  await expectAccessible(page);
  await look('13900000003');
  await page.getByRole('heading', { name: '张伟 Wei' }).waitFor();
  await page.goto('/counter/there-is-no-such-page');
  await page.getByRole('link', { name: '返回' }).click();
  await page.getByRole('heading', { name: '收一张卡' }).waitFor();
  expect(errors).toEqual([]);
  await context.close();
});

test('a payment that is not answered is asked after under the same key, and taken once', async () => {
  const { page, context } = await atCounter({ language: 'en' });
  const card = sample('partially_used');
  const keys: (string | undefined)[] = [];
  const bodies: (string | null)[] = [];
  let isCut = true;
  await page.route('**/v1/redemptions', async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    bodies.push(route.request().postData());
    // The server takes the payment; its answer gets lost.
    const response = await route.fetch();
    await (isCut ? route.abort() : route.fulfill({ response }));
  });
  await scan(page, card.code);
  await page.getByText('Available').waitFor();
  await page.keyboard.type('7');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'No answer' }).waitFor();
  await expectAccessible(page);
  await picture(page, 'counter-unanswered-en-phone');
  isCut = false;
  await page.getByRole('button', { name: 'Ask now' }).click();
  await page.getByRole('heading', { name: 'Taken' }).waitFor();
  expect(new Set(keys).size).toBe(1);
  expect(new Set(bodies).size).toBe(1);
  await context.close();
});

test('a payment that was open when the page was closed is undone by its reference', async () => {
  const { page, context } = await atCounter({ language: 'en' });
  await page.route('**/v1/redemptions', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await scan(page, sample('active').code);
  await page.getByText('Available').waitFor();
  await page.keyboard.type('9');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'No answer' }).waitFor();
  await page.unroute('**/v1/redemptions');
  await page.goto('/counter');
  await page.getByText('The page was closed before').waitFor();
  await picture(page, 'counter-left-behind-en-phone');
  await page.getByRole('button', { name: 'Undo that payment' }).click();
  await expect.poll(() => page.getByText('The page was closed before').count()).toBe(0);
  const kept = await page.evaluate("localStorage.getItem('scrip.till')");
  expect(kept).not.toContain(sample('active').code.slice(0, 6));
  await context.close();
});

test('without a network the counter opens, says so, and takes nothing', async () => {
  const { page, context } = await atCounter();
  await scan(page, sample('active').code);
  await page.getByText('可用余额').waitFor();
  await context.setOffline(true);
  await page.getByText('没有网络').waitFor();
  await page.getByRole('button', { name: '全付' }).click();
  expect(await page.getByRole('button', { name: /确认收/ }).isDisabled()).toBe(true);
  await picture(page, 'counter-offline-zh-phone');
  await context.setOffline(false);
  await expect.poll(() => page.getByRole('button', { name: /确认收/ }).isDisabled()).toBe(false);
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  await expect
    .poll(() => page.evaluate("caches.match('/counter').then((kept) => kept !== undefined)"))
    .toBe(true);
  const kept: string[] = await page.evaluate(
    "caches.open('scrip-counter-1').then((cache) => cache.keys()).then((all) => all.map(({ url }) => new URL(url).pathname))",
  );
  expect(kept.filter((path) => path !== '/counter' && !path.startsWith('/assets/'))).toEqual([]);
  await context.setOffline(true);
  await page.reload();
  await page.getByText('连不上服务器').waitFor();
  await context.close();
});

test('a payment is refunded in part and another undone from the last ten', async () => {
  const { page, context } = await atCounter();
  for (const amount of ['12', '8']) {
    await scan(page, sample('active').code);
    await page.getByText('可用余额').waitFor();
    await page.keyboard.type(amount);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '收款成功' }).waitFor();
    await next(page);
  }
  await page.getByRole('link', { name: '最近' }).click();
  await expectAccessible(page);
  await picture(page, 'counter-recent-zh-phone');
  await page.getByRole('button', { name: '整笔撤销' }).first().click();
  await page.getByRole('button', { name: '整笔撤销' }).click();
  await page.getByRole('heading', { name: '已撤销' }).waitFor();
  await next(page);
  await page.getByRole('button', { name: '退款', exact: true }).first().click();
  await expectAccessible(page);
  await page.getByRole('button', { name: '退 ¥12.00' }).click();
  await page.getByRole('heading', { name: '已退回卡上' }).waitFor();
  await context.close();
});

test('a card is sold for cash, and the shift is counted before it says what should be there', async () => {
  const { page, context, errors } = await atCounter();
  await page.getByRole('link', { name: '班次' }).click();
  await page.getByRole('heading', { name: '开班：抽屉里有多少现金？' }).waitFor();
  await page.keyboard.type('100');
  await page.getByRole('button', { name: '开班' }).click();
  await page.getByRole('link', { name: '售卡' }).click();
  await scan(page, sample('printed').code);
  await page.getByRole('button', { name: /已收 .*激活/ }).waitFor();
  await expectAccessible(page);
  await picture(page, 'counter-sell-zh-phone');
  await page.getByRole('button', { name: /已收 .*激活/ }).click();
  await page.getByRole('heading', { name: '售卡成功' }).waitFor();
  await next(page);
  await page.getByRole('link', { name: '班次' }).click();
  await page.getByText('当班中').waitFor();
  await expectAccessible(page);
  await picture(page, 'counter-shift-zh-phone');
  expect(await page.getByText('应有现金').count()).toBe(0);
  await page.getByRole('button', { name: '点款' }).click();
  await page.getByRole('heading', { name: '抽屉里现在有多少现金？' }).waitFor();
  await page.keyboard.type('290');
  await page.getByRole('button', { name: '就是这么多' }).click();
  await page.getByText('应有现金').waitFor();
  await page.getByText('¥300.00').waitFor();
  await expectAccessible(page);
  await picture(page, 'counter-shift-counted-zh-phone');
  // The page may be closed between counting and closing.
  await page.reload();
  await page.getByRole('button', { name: '交班' }).click();
  await page.locator('.note.bad').waitFor();
  await page.getByLabel('为什么对不上').fill('找错零钱');
  await page.getByRole('button', { name: '交班' }).click();
  await page.getByText('已交班').waitFor();
  expect(errors).toEqual([]);
  await context.close();
});
