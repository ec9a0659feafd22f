import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, openBrowser, picture, visit } from './browser.ts';
import { type House, openHouse } from './house.ts';
import { askAs, introduce, postAs } from './member.ts';

let house: House;
let browser: Browser;
let storeId: string;
beforeAll(async () => {
  [house, browser] = await Promise.all([openHouse({ fourEyes: true }), openBrowser()]);
  await introduce(house);
  const { items } = (await askAs(house, 'GET', '/v1/stores')) as { items: { id: string }[] };
  storeId = items[0]?.id ?? '';
  const terms = { steps: [{ from: 30_000, bonus: 5_000 }], instalments: 2, name: '充 300 送 50' };
  const validity = { type: 'after', count: 90, unit: 'days' };
  await askAs(house, 'POST', '/v1/bonus-rules', { ...terms, validity });
});
afterAll(async () => {
  await browser.close();
  await house.bench.close();
});

async function enrolled(phone: string, name: string, amount: number, more: object = {}): Promise<string> {
  const body = { phone, name, consent: { textVersion: 2 }, ...more };
  const { id } = (await askAs(house, 'POST', '/v1/members', body)) as { id: string };
  const payment = { tender: 'cash', amount, reference: `T-${phone}` };
  await postAs(house, '/v1/wallet-top-ups', { memberId: id, storeId, amount, payment });
  return id;
}

test('a manager sees what merging two members does, a second one approves exactly that, and the old page says where they went', async () => {
  const from = await enrolled('13800138501', '陈晨', 30_000, { tags: ['熟客'], birthday: '05-17' });
  const into = await enrolled('13800138502', '陈晨', 10_000, { tags: ['团购'] });
  const one = await visit(browser, house, { role: 'manager' });
  const other = await visit(browser, house, { role: 'manager', size: 'phone', language: 'en' });
  const { page } = one;
  await page.goto(`/members/${from}`);
  await page.getByRole('button', { name: '合并到…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '合并', exact: true }).click();
  await dialog.getByText('请先查看会发生什么').waitFor();
  await dialog.locator('#phone').fill('13800138599');
  await dialog.getByRole('button', { name: '查看会发生什么' }).click();
  await dialog.getByText('没有会员用这个手机号').waitFor();
  await dialog.locator('#phone').fill('13800138502');
  await page.keyboard.press('Enter');
  await dialog.getByText('逐笔转移').waitFor();
  await expectAccessible(page);
  await picture(page, 'console-merge-zh-desk');
  await page.setViewportSize({ width: 390, height: 844 });
  await picture(page, 'console-merge-zh-phone');
  await page.setViewportSize({ width: 1440, height: 900 });
  await dialog.getByRole('button', { name: '合并', exact: true }).click();
  await dialog.getByText('等第二个人批准').waitFor();
  const address = (await dialog.getByRole('link', { name: '查看这项审批' }).getAttribute('href')) ?? '';

  await other.page.goto(address);
  await other.page.getByText('What will happen once approved').waitFor();
  await other.page.getByText('Members merged').first().waitFor();
  await expectAccessible(other.page);
  await picture(other.page, 'console-merge-approval-en-phone');
  await other.page.setViewportSize({ width: 1440, height: 900 });
  await picture(other.page, 'console-merge-approval-en-desk');
  await other.page.getByRole('button', { name: 'Approve and carry out' }).click();
  await other.page.getByRole('dialog').getByRole('button', { name: 'Approve and carry out' }).click();
  await other.page.getByText('Approved and done').waitFor();

  await page.goto(`/members/${from}`);
  await page.getByText('此会员已合并').waitFor();
  await expectAccessible(page);
  await picture(page, 'console-merged-zh-desk');
  await page.getByRole('link', { name: '打开留下的会员' }).click();
  await page.waitForURL(`**/members/${into}`);
  await page.getByText('¥425.00').first().waitFor();
  await page.getByText('熟客').first().waitFor();
  expect([...one.errors, ...other.errors]).toEqual([]);
  await one.context.close();
  await other.context.close();
});

test('what forbids it is said before anybody asks, in English too', async () => {
  const from = await enrolled('13800138511', 'Ann', 1_000);
  await enrolled('13800138512', 'Ann', 2_000);
  const { items } = (await askAs(house, 'GET', '/v1/stores')) as { items: { id: string }[] };
  const plan = async (name: string, price: number) => {
    const terms = {
      name: { zh: name, en: name },
      span: { count: 1, unit: 'months' },
      discount: { ppm: 100_000 },
    };
    const made = await askAs(house, 'POST', '/v1/membership-plans', { ...terms, price });
    return (made as { id: string }).id;
  };
  for (const [phone, name, price] of [
    ['13800138511', 'Month', 3_000],
    ['13800138512', 'Gold', 9_000],
  ] as const) {
    const payment = { tender: 'cash', amount: price, reference: 'M' };
    const member = { phone, consent: { textVersion: 2 } };
    const planId = await plan(name, price);
    await postAs(house, '/v1/memberships', { member, planId, storeId: items[0]?.id, payment });
  }
  const { page, context, errors } = await visit(browser, house, { role: 'manager', language: 'en' });
  await page.goto(`/members/${from}`);
  await page.getByRole('button', { name: 'Merge into…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('#phone').fill('13800138512');
  await dialog.getByRole('button', { name: 'See what will happen' }).click();
  await dialog.getByText('This cannot be done now').waitFor();
  await expectAccessible(page);
  await picture(page, 'console-merge-against-en-desk');
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
  await dialog.getByText('See what will happen first').waitFor();
  expect(errors).toEqual([]);
  await context.close();
});
