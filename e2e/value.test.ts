import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, openBrowser, picture, type Visitor, visit } from './browser.ts';
import { type House, openHouse } from './house.ts';
import { introduce, postAs, signIn, slugOf } from './member.ts';

let house: House;
let browser: Browser;
let storeName: string;
let memberIds: string[];
let days: { readonly first: string; readonly last: string };

type Id = { readonly id: string };
const people = [
  ['13800138201', '王芳'],
  ['13800138202', '李娜'],
  ['13800138203', '张伟'],
] as const;

beforeAll(async () => {
  [house, browser] = await Promise.all([openHouse(), openBrowser()]);
  const answer = await fetch(`${house.url}/v1/stores`, {
    headers: { authorization: `Bearer ${house.demo.apiKey}` },
  });
  const [store] = ((await answer.json()) as { items: (Id & { name: string })[] }).items;
  storeName = store?.name ?? '';
  const storeId = store?.id ?? '';
  await postAs(house, '/v1/product-categories', {
    name: { zh: '节令点心', en: 'Seasonal cakes' },
    parentId: null,
  });
  await introduce(house);
  memberIds = [];
  for (const [place, [phone, name]] of people.entries()) {
    const consent = { textVersion: 2 };
    const { id } = (await postAs(house, '/v1/members', { phone, name, consent })) as Id;
    memberIds.push(id);
    const payment = { tender: 'cash', amount: 100_000, reference: `T${place}` };
    await postAs(house, '/v1/wallet-top-ups', { memberId: id, storeId, amount: 100_000, payment });
    const amount = 10_000 * (place + 1);
    await postAs(house, '/v1/purchases', {
      ...{ storeId, memberId: id, reference: `P${place}` },
      lines: [{ name: '茶', price: amount }],
      tenders: [{ kind: 'wallet', amount }],
    });
  }
  const day = (at: Date) => at.toISOString().slice(0, 10);
  const began = house.bench.runtime.clock();
  // The purchases are of a period that is over.
  house.later(2 * 24 * 60);
  days = {
    first: day(new Date(began.getTime() - 86_400_000)),
    last: day(new Date(began.getTime() + 86_400_000)),
  };
});
afterAll(async () => {
  await browser.close();
  await house.bench.close();
});

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('dialog').getByLabel(label, { exact: true }).click();
  await page.locator('.ant-select-item', { hasText: option }).first().click();
}

test('a manager lays down a bonus, sees what it gives before and after, and it is given with the next top-up', async () => {
  const { page, context, errors } = await visit(browser, house, { role: 'manager' });
  await page.goto('/bonus-rules/new');
  await page.getByLabel('名称').fill('充 500 送 80');
  await page.getByLabel('充满').fill('500');
  await page.getByLabel('送', { exact: true }).fill('80');
  await page.getByLabel('分几期').fill('2');
  await page.getByLabel('只用于这些类目').click();
  await page.locator('.ant-select-item', { hasText: '节令点心' }).click();
  await page.keyboard.press('Escape');
  await page.getByText('充 ¥500.00 → 送 ¥80.00').waitFor();
  await page.getByText('¥40.00，立即可用').waitFor();
  await expectAccessible(page);
  await picture(page, 'console-bonus-rule-zh-desk');
  await page.getByRole('button', { name: '新建赠送规则' }).click();
  await page.getByText('满 ¥500.00 送 ¥80.00').waitFor();
  await page.getByText('只付节令点心').waitFor();
  await picture(page, 'console-bonus-rules-zh-desk');
  await page.goto(`/wallets/${memberIds[0]}`);
  await page.getByRole('button', { name: '充值', exact: true }).click();
  await choose(page, '门店', storeName);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('金额').fill('500');
  await dialog.getByLabel('收款单号').fill('T9');
  await dialog.getByText('另送 ¥80.00').waitFor();
  await picture(page, 'console-top-up-zh-desk');
  await dialog.getByRole('button', { name: '充值', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('¥1,440.00').first().waitFor();
  await page.getByText('只付节令点心').first().waitFor();
  await page.getByText('余额 × 实付比例').first().waitFor();
  await page.getByText('七天内未动用，全额退').waitFor();
  await expectAccessible(page);
  await picture(page, 'console-wallet-zh-desk');
  const own = await visit(browser, house, { size: 'phone', role: null });
  await own.page.goto(`/wallet/${await slugOf(house)}/balance`);
  await signIn(own.page, house, people[0][0]);
  await own.page.getByText('仅限购买节令点心').first().waitFor();
  await expectAccessible(own.page);
  await picture(own.page, 'wallet-bonus-scope-zh-phone');
  // At the counter nobody says what goods it is for: what is bound to some does not pay.
  const till = await visit(browser, house, { size: 'phone', role: 'clerk', language: 'en' });
  await till.page.goto('/counter/member');
  await till.page.locator('button.wide').first().click();
  await till.page.locator('#member-phone').fill(people[0][0]);
  await till.page.keyboard.press('Enter');
  await till.page.locator('#member-amount').fill('1410');
  await till.page.keyboard.press('Enter');
  await till.page.getByText('at most ¥1,400.00 pays for this').waitFor();
  await expectAccessible(till.page);
  await picture(till.page, 'counter-bonus-scope-en-phone');
  expect([...errors, ...own.errors, ...till.errors]).toEqual([]);
  await Promise.all([context.close(), own.context.close(), till.context.close()]);
});

/** Fills in a dividend of a tenth of 600 that members share by what they paid from their wallets; answers its address. */
async function countDividend({ page }: Visitor): Promise<string> {
  await page.goto('/dividends/new');
  await page.getByLabel('名称').fill('十一月分红');
  await page.getByLabel('第一天').fill(days.first);
  await page.getByLabel('最后一天').fill(days.last);
  await page.getByText('利润的百分比').click();
  await page.getByLabel('本期利润').fill('1000');
  await page.getByLabel('百分比', { exact: true }).fill('10');
  await page.getByRole('button', { name: '计算' }).click();
  await page.waitForURL(/\/dividends\/div_/);
  await house.bench.runJobs('dividends.count');
  await page.getByText('已算出，待提交').waitFor();
  return page.url();
}

test('a dividend is seen to the cent, approved by a second person, and credited within half a minute', async () => {
  const manager = await visit(browser, house, { role: 'manager' });
  const second = await visit(browser, house, { role: 'finance', size: 'phone', language: 'en' });
  const address = await countDividend(manager);
  const { page } = manager;
  for (const share of ['¥16.67', '¥33.33', '¥50.00']) await page.getByText(share, { exact: true }).waitFor();
  await expectAccessible(page);
  await picture(page, 'console-dividend-zh-desk');
  await page.getByRole('button', { name: '提交批准' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '提交批准' }).click();
  await dialog.getByText('等第二个人批准').waitFor();
  await dialog.getByRole('button', { name: '完成' }).click();
  await page.getByText('待第二人批准').waitFor();

  await second.page.goto('/approvals');
  await second.page.getByRole('link', { name: 'Paying a dividend' }).click();
  await second.page.getByText('See who gets how much').waitFor();
  await expectAccessible(second.page);
  await picture(second.page, 'console-dividend-approval-en-phone');
  const approvedAt = Date.now();
  await second.page.getByRole('button', { name: 'Approve and carry out' }).click();
  await second.page.getByRole('dialog').getByRole('button', { name: 'Approve and carry out' }).click();
  await second.page.getByText('Approved and done').waitFor();
  await house.bench.runJobs('dividends.pay');
  await page.goto(address);
  await page.getByText('已入账 3 / 3 人').waitFor();
  expect(Date.now() - approvedAt).toBeLessThan(30_000);
  await picture(page, 'console-dividend-paid-zh-desk');
  // Who may see dividends and not members is told whom by the end of the id, and no name or number.
  await second.page.goto(new URL(address).pathname);
  await second.page.getByText(`…${memberIds[2]?.slice(-6)}`).waitFor();
  expect(await second.page.getByText('****').count()).toBe(0);
  await page.getByText('****').first().waitFor();
  await page.goto(`/wallets/${memberIds[2]}`);
  await page.getByText('发放分红').waitFor();
  await page.getByText('¥50.00', { exact: true }).first().waitFor();
  expect([...manager.errors, ...second.errors]).toEqual([]);
  await manager.context.close();
  await second.context.close();
});
