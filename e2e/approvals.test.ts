import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, openBrowser, picture, visit } from './browser.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let browser: Browser;

beforeAll(async () => {
  [house, browser] = await Promise.all([openHouse({ fourEyes: true }), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await house.bench.close();
});

/** Two people of whom either can be the second one of the other; owners are invited while there is only one. */
async function twoPeople() {
  const one = await visit(browser, house, { role: 'finance' });
  const other = await visit(browser, house, { role: 'finance', size: 'phone', language: 'en' });
  return { one, other };
}

/** Asks for ten yuan off a card on its page; answers the address of the approval that it waits for. */
async function askForLess(page: Page, serial: string): Promise<string> {
  await page.goto(`/cards?serial=${serial}`);
  await page.getByText(serial).click();
  await page.getByRole('button', { name: '调账', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('金额').fill('-10');
  await dialog.getByLabel('原因').fill('多充 loaded too much');
  await dialog.getByRole('button', { name: '调账' }).click();
  await dialog.getByText('等第二个人批准').waitFor();
  await picture(page, 'console-waiting-zh-desk');
  return (await dialog.getByRole('link', { name: '查看这项审批' }).getAttribute('href')) ?? '';
}

test('what one person asked for waits, and happens exactly as shown once a second one approves it', async () => {
  const { one, other } = await twoPeople();
  const card = house.demo.samples.find(({ state }) => state === 'active');
  const address = await askForLess(one.page, card?.serial ?? '');
  await one.page.goto(address);
  await one.page.getByText('这是您自己申请的').waitFor();
  expect(await one.page.getByRole('button', { name: '批准并执行' }).count()).toBe(0);
  await other.page.goto(address);
  await other.page.getByText('What will happen once approved').waitFor();
  // Whose balance it is, and in words: nothing that only the server understands.
  await other.page.getByRole('link', { name: card?.serial ?? '', exact: true }).waitFor();
  expect(await other.page.locator('main').innerText()).not.toMatch(/\bprincipal\b|\bopen\b|\bnow\b|_/);
  await expectAccessible(other.page);
  await picture(other.page, 'console-approval-en-phone');
  await other.page.getByRole('button', { name: 'Approve and carry out' }).click();
  const dialog = other.page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Approve and carry out' }).click();
  await other.page.getByText('Approved and done').waitFor();
  await one.page.goto(`/cards?serial=${card?.serial}`);
  await one.page.getByText(card?.serial ?? '').click();
  await one.page.getByText('原因: 多充 loaded too much').waitFor();
  expect([...one.errors, ...other.errors]).toEqual([]);
  await one.context.close();
  await other.context.close();
});

test('a second person sees in the menu that something waits, rejects it with a reason, and nothing happens', async () => {
  const { one, other } = await twoPeople();
  const card = house.demo.samples.find(({ state }) => state === 'partially_used');
  const address = await askForLess(one.page, card?.serial ?? '');
  await other.page.setViewportSize({ width: 1440, height: 900 });
  await other.page.goto('/approvals');
  await other.page.locator('.badge', { hasText: '1' }).waitFor();
  await picture(other.page, 'console-approvals-waiting-en-desk');
  await other.page.goto(address);
  await other.page.getByRole('button', { name: 'Reject' }).click();
  const dialog = other.page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('no such mistake');
  await dialog.getByRole('button', { name: 'Reject' }).click();
  await other.page.getByText('no such mistake').waitFor();
  await one.page.goto(address);
  await one.page.getByText('已驳回').first().waitFor();
  await one.context.close();
  await other.context.close();
});

test('codes are handed out to who asked for them, once a second person has let them', async () => {
  const one = await visit(browser, house, { role: 'owner' });
  const other = await visit(browser, house, { role: 'owner', approvedBy: one });
  await one.page.goto('/batches');
  await one.page.getByRole('button', { name: '制一批卡' }).click();
  const dialog = one.page.getByRole('dialog');
  await dialog.getByLabel('卡种').click();
  await one.page.locator('.ant-select-item', { hasText: '实体礼品卡' }).click();
  await dialog.getByLabel('面值').click();
  await one.page.locator('.ant-select-item', { hasText: '¥100.00' }).click();
  await dialog.getByLabel('张数').fill('7');
  await dialog.getByRole('button', { name: '制一批卡' }).click();
  const row = one.page.locator('tr', { hasText: '交付卡号' });
  await house.bench.runJobs('batches.generate');
  await row.getByRole('button', { name: '交付卡号' }).first().click();
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: '交付卡号' }).click();
  await dialog.getByText('等第二个人批准').waitFor();
  const address = await dialog.getByRole('link', { name: '查看这项审批' }).getAttribute('href');
  await other.page.goto(address ?? '');
  await other.page.getByRole('button', { name: '批准并执行' }).click();
  await other.page.getByRole('dialog').getByRole('button', { name: '批准并执行' }).click();
  await other.page.getByText('已批准，待取用').waitFor();
  await one.page.goto('/batches');
  await row.getByRole('button', { name: '交付卡号' }).first().click();
  await dialog.getByRole('checkbox').check();
  const [download] = await Promise.all([
    one.page.waitForEvent('download'),
    dialog.getByRole('button', { name: '交付卡号' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^batch_.*\.csv$/);
  expect([...one.errors, ...other.errors]).toEqual([]);
  await one.context.close();
  await other.context.close();
});
