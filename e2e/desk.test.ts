import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openReceiver } from '../server/test/receiver.ts';
import { expectAccessible, openBrowser, picture, visit } from './browser.ts';
import { type House, openHouse } from './house.ts';
import { askAs, introduce, postAs } from './member.ts';

let house: House;
let browser: Browser;

beforeAll(async () => {
  [house, browser] = await Promise.all([openHouse({ webhookNetworks: '127.0.0.0/8' }), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await house.bench.close();
});

test('an endpoint is added by hand, its secret shown once, and a trial reaches a real receiver', async () => {
  const receiver = await openReceiver();
  const { page, context, errors } = await visit(browser, house);
  await page.goto('/webhooks');
  await page.getByRole('button', { name: '新增通知地址' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('地址').fill(receiver.url);
  await dialog.getByRole('button', { name: '新增通知地址' }).click();
  await dialog.getByText('只显示这一次').waitFor();
  expect(await dialog.locator('.secret code').innerText()).toMatch(/^whsec_/);
  await dialog.getByRole('button', { name: '完成' }).click();
  await page.getByRole('link', { name: receiver.url }).click();
  await page.getByRole('button', { name: '发一条试验' }).click();
  await page.getByText('试验已发出').waitFor();
  await house.bench.runJobs('webhooks.deliver');
  await expect.poll(() => receiver.got.map(({ body }) => body.type)).toContain('webhook.tested');
  await page.locator('tr', { hasText: 'webhook.tested' }).getByText('已送达').waitFor();
  await expectAccessible(page);
  await picture(page, 'console-webhook-zh-desk');
  const before = receiver.got.length;
  await page.getByRole('button', { name: 'webhook.tested' }).click();
  await page.getByRole('button', { name: '重新投递' }).click();
  await expect
    .poll(async () => {
      await house.bench.runJobs('webhooks.deliver');
      return receiver.got.length;
    })
    .toBeGreaterThan(before);
  expect(errors).toEqual([]);
  await context.close();
  await receiver.close();
});

test('home draws what is outstanding, in the range that the address names, and saves picture and figures', async () => {
  await house.bench.runJobs('cards.keepList');
  await house.bench.runJobs('reports.addUp');
  const { page, context, errors } = await visit(browser, house, { role: 'manager' });
  await page.goto('/?days=7');
  const figure = page.locator('figure', { has: page.getByRole('img', { name: /未兑付余额的走势/ }) });
  await figure.locator('svg').waitFor();
  await picture(page, 'console-home-charts-zh-desk');
  const saved = async (name: string) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      figure.getByRole('button', { name }).click(),
    ]);
    return download.suggestedFilename();
  };
  expect(await saved('存为图片')).toBe('outstanding.png');
  expect(await saved('存为 CSV')).toBe('outstanding.csv');
  await figure.getByText('看数字').click();
  expect(await figure.locator('tbody tr').count()).toBe(7);
  await expectAccessible(page);
  expect(errors).toEqual([]);
  await context.close();
});

test('home tells of members and what they hold prepaid, today and over the days, once there are any', async () => {
  const { items } = (await askAs(house, 'GET', '/v1/stores')) as { items: readonly { id: string }[] };
  const storeId = items[0]?.id;
  await introduce(house);
  const person = { phone: '13800138301', name: '王芳', consent: { textVersion: 2 } };
  const { id: memberId } = (await postAs(house, '/v1/members', person)) as { id: string };
  const payment = { tender: 'cash', amount: 123_400, reference: 'T' };
  await postAs(house, '/v1/wallet-top-ups', { memberId, storeId, amount: 123_400, payment });
  const tenders = [{ kind: 'wallet', amount: 5_600 }];
  const lines = [{ name: '茶', price: 5_600 }];
  await postAs(house, '/v1/purchases', { storeId, memberId, reference: 'P', lines, tenders });
  await house.bench.runJobs('reports.addUp');
  const { page, context, errors } = await visit(browser, house, { role: 'manager' });
  await page.goto('/?days=7');
  const tile = (label: string) => page.locator('.tile', { hasText: label });
  await expect.poll(() => tile('储值充值').innerText()).toContain('¥1,234.00');
  expect(await tile('储值消费').innerText()).toContain('¥56.00');
  // What members pay is no redemption of a card.
  expect(await tile('退回卡上').innerText()).toContain('¥0.00');
  for (const name of [/还欠会员多少/, /有多少、来了多少/]) {
    const figure = page.locator('figure', { has: page.getByRole('img', { name }) });
    await figure.locator('svg').waitFor();
    await figure.getByText('看数字').click();
    expect(await figure.locator('tbody tr').count()).toBe(7);
  }
  await picture(page, 'console-home-members-zh-desk');
  await expectAccessible(page);
  await tile('储值消费').click();
  await page.getByRole('heading', { name: '消费单' }).waitFor();
  expect(errors).toEqual([]);
  await context.close();
});

test('a phone becomes a store’s device by the code in the console, and is out once it is revoked', async () => {
  const desk = await visit(browser, house, { role: 'manager' });
  await desk.page.goto('/devices');
  await desk.page.getByRole('button', { name: '登记设备' }).first().click();
  const dialog = desk.page.getByRole('dialog');
  await dialog.getByLabel('门店').click();
  await desk.page.locator('.ant-select-item').first().click();
  await dialog.getByLabel('名称').fill('前台手机');
  await dialog.getByRole('button', { name: '登记设备' }).click();
  const row = desk.page.locator('tr', { hasText: '前台手机' });
  await row.getByRole('button', { name: '配对' }).click();
  await desk.page.getByRole('img', { name: '配对二维码' }).waitFor();
  await picture(desk.page, 'console-device-pairing-zh-desk');
  const address = await desk.page.locator('.secret code').innerText();
  const phone = await visit(browser, house, { size: 'phone', role: null });
  await phone.page.goto(address);
  await phone.page.getByLabel('这台设备叫什么').fill('小米 14');
  await expectAccessible(phone.page);
  await phone.page.getByRole('button', { name: '登记' }).click();
  await phone.page.getByRole('heading', { name: '谁在当班？' }).waitFor();
  await expectAccessible(phone.page);
  await picture(phone.page, 'counter-who-zh-phone');
  await desk.page.goto('/devices');
  const paired = desk.page.locator('tr', { hasText: '小米 14' });
  await paired.getByRole('button', { name: '停用' }).click();
  await desk.page.locator('.ant-popconfirm').getByRole('button', { name: '停用' }).click();
  await paired.getByText('已停用').waitFor();
  await phone.page.goto('/counter');
  await phone.page.locator('input[type="password"]').waitFor();
  await phone.context.close();
  await desk.context.close();
});
