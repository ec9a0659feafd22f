import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, openBrowser, picture, visit, walk } from './browser.ts';
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

const pages = [
  ['home', '/'],
  ['first-steps', '/first-steps'],
  ['cards', '/cards'],
  ['batches', '/batches'],
  ['members', '/members'],
  ['wallets', '/wallets'],
  ['bonus-rules', '/bonus-rules'],
  ['bonus-rule-new', '/bonus-rules/new'],
  ['reminders', '/reminders'],
  ['low-wallets', '/reminders?list=low'],
  ['imports', '/imports'],
  ['ending-memberships', '/reminders?list=memberships'],
  ['coupons', '/coupons'],
  ['coupons-given', '/coupons?list=given'],
  ['coupon-new', '/coupons/new'],
  ['points', '/points'],
  ['points-new', '/points/new'],
  ['gifts', '/gifts'],
  ['gift-orders', '/gifts?list=orders'],
  ['products', '/products'],
  ['categories', '/products?list=categories'],
  ['dividends', '/dividends'],
  ['dividend-new', '/dividends/new'],
  ['membership-plans', '/membership-plans'],
  ['membership-plan-new', '/membership-plans/new'],
  ['membership-tiers', '/membership-tiers'],
  ['membership-tiers-edit', '/membership-tiers/edit'],
  ['settlement-periods', '/settlement-periods'],
  ['settlement-payments', '/settlement-payments'],
  ['acceptance', '/acceptance'],
  ['acceptance-edit', '/acceptance/edit'],
  ['settlement-terms', '/settlement-terms'],
  ['settlement-terms-edit', '/settlement-terms/edit'],
  ['day-closes', '/day-closes'],
  ['programs', '/programs'],
  ['program-new', '/programs/new'],
  ['approvals', '/approvals'],
  ['approval-policy', '/approvals/policy'],
  ['redemptions', '/redemptions'],
  ['refunds', '/redemptions?list=refunds'],
  ['purchases', '/purchases'],
  ['recharge-cards', '/recharge-cards'],
  ['recharge-batches', '/recharge-card-batches'],
  ['payments', '/payments'],
  ['differences', '/payments?list=differences'],
  ['payment-channels', '/payment-channels'],
  ['store-accounts', '/store-accounts'],
  ['settlement', '/settlement'],
  ['shifts', '/shifts'],
  ['ledger', '/ledger'],
  ['stores', '/stores'],
  ['regions', '/regions'],
  ['devices', '/devices'],
  ['staff', '/staff'],
  ['roles', '/roles'],
  ['keys', '/keys'],
  ['webhooks', '/webhooks'],
  ['audit', '/audit'],
  ['security', '/security'],
  ['settings', '/settings'],
  ['missing', '/there-is-no-such-page'],
] as const;

test.each([
  ['zh', 'desk'],
  ['en', 'desk'],
  ['zh', 'phone'],
  ['en', 'phone'],
] as const)(
  'every page of the console is accessible and without errors (%s, %s)',
  async (language, size) => {
    const { page, context, errors } = await visit(browser, house, { language, size });
    await page.goto('/ledger', { waitUntil: 'load' });
    for (const [name, path] of pages) {
      // Two lists of one page are walked to from elsewhere: where the page stays, nothing tells when the list has changed.
      if (path.includes('?')) await walk(page, '/ledger');
      await walk(page, path);
      await expectAccessible(page);
      if ((language === 'zh') === (size === 'desk'))
        await picture(page, `console-${name}-${language}-${size}`);
      const width = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(width, `${path} is wider than the screen`).toBeLessThanOrEqual(0);
    }
    expect(errors).toEqual([]);
    await context.close();
  },
  240_000,
);

test('one card shows its balance, its history, what may be done and why the rest may not', async () => {
  const { page, context, errors } = await visit(browser, house);
  const sample = house.demo.samples.find(({ state }) => state === 'partially_used');
  await page.goto(`/cards?serial=${sample?.serial}`);
  await page.getByText(sample?.serial ?? '').click();
  await page.getByRole('heading', { name: `卡 ${sample?.serial}` }).waitFor();
  await page.getByText('卡并未冻结。').waitFor();
  await expectAccessible(page);
  await picture(page, 'console-card-zh-desk');
  await page.getByRole('button', { name: '冻结', exact: true }).click();
  await page.getByLabel('原因').fill('挂失 reported lost');
  await expectAccessible(page);
  await picture(page, 'console-card-freeze-zh-desk');
  await page.getByRole('dialog').getByRole('button', { name: '冻结' }).click();
  await page.getByText('已冻结').first().waitFor();
  await page.getByText('原因: 挂失 reported lost').waitFor();
  expect(errors).toEqual([]);
  await context.close();
});

test('a program, a batch and its codes are made and handed out by hand, the codes once', async () => {
  const { page, context, errors } = await visit(browser, house);
  await page.goto('/programs/new');
  await page.getByLabel('中文名').fill('春节卡');
  await page.getByLabel('面值', { exact: true }).fill('100, 200');
  await page.getByText('¥100.00').waitFor();
  await page.getByRole('button', { name: '新建卡种' }).click();
  await page.getByText('春节卡').first().waitFor();
  await page.goto('/batches');
  await page.getByRole('button', { name: '制一批卡' }).click();
  await page.getByRole('dialog').getByLabel('卡种').click();
  await page.locator('.ant-select-item', { hasText: '春节卡' }).click();
  await page.getByRole('dialog').getByLabel('面值').click();
  await page.locator('.ant-select-item', { hasText: '¥200.00' }).click();
  await page.getByRole('dialog').getByLabel('张数').fill('10');
  await page.getByRole('dialog').getByRole('button', { name: '制一批卡' }).click();
  const row = page.locator('tr', { hasText: '春节卡' });
  await row.waitFor();
  await house.bench.runJobs('batches.generate');
  await row.getByRole('button', { name: '交付卡号' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '交付卡号' }).click();
  await dialog.getByText('请先勾选').waitFor();
  await dialog.getByRole('checkbox').check();
  await picture(page, 'console-release-zh-desk');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: '交付卡号' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^batch_.*\.csv$/);
  await dialog.getByRole('button', { name: '完成' }).click();
  await expect.poll(() => row.getByRole('button', { name: '交付卡号' }).count()).toBe(0);
  expect(errors).toEqual([]);
  await context.close();
});

test('an auditor is shown what there is and none of the buttons that would be refused', async () => {
  const { page, context } = await visit(browser, house, { language: 'en', role: 'auditor' });
  await page.goto('/programs');
  await page.getByText('Gift card').first().waitFor();
  expect(await page.getByRole('button', { name: 'New program' }).count()).toBe(0);
  await page.goto('/programs/new');
  await page.getByText('You may not see this page').waitFor();
  // Which permission is wanting is said in words.
  await page.getByText('Make, change and retire card programs.').waitFor();
  await expectAccessible(page);
  await picture(page, 'console-no-permission-en-desk');
  await context.close();
});
