import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, openBrowser, picture, visit } from './browser.ts';
import { type House, openHouse } from './house.ts';
import { askAs, postAs } from './member.ts';

let house: House;
let browser: Browser;
let memberId: string;
let purchaseId: string;

type Id = { readonly id: string };
const reference = 'PUR-2071';

beforeAll(async () => {
  [house, browser] = await Promise.all([openHouse(), openBrowser()]);
  const { items } = (await askAs(house, 'GET', '/v1/stores')) as { items: Id[] };
  const storeId = items[0]?.id ?? '';
  const member = { phone: '13800138611', name: '陈晨', consent: { textVersion: 1 } };
  memberId = ((await postAs(house, '/v1/members', member)) as Id).id;
  const payment = { tender: 'cash', amount: 50_000, reference: 'E2E' };
  await postAs(house, '/v1/wallet-top-ups', { memberId, storeId, amount: 50_000, payment });
  const sell = (named: string, lines: object[], tenders: object[]) =>
    postAs(house, '/v1/purchases', { storeId, memberId, reference: named, lines, tenders });
  const tea = { name: '龙井茶', price: 4_000, quantity: 3 };
  const cup = { name: '青瓷杯', price: 8_800 };
  const card = { kind: 'money', tender: 'bank_card', amount: 800, reference: 'POS-88121' };
  const made = await sell(reference, [tea, cup], [{ kind: 'wallet', amount: 20_000 }, card]);
  purchaseId = (made as Id).id;
  await sell('PUR-2072', [cup], [{ kind: 'wallet', amount: 8_800 }]);
});
afterAll(async () => {
  await browser.close();
  await house.bench.close();
});

test('a purchase is found by its reference, told whole, and a part of it given back', async () => {
  const { page, context, errors } = await visit(browser, house);
  await page.goto('/purchases');
  await page.getByText('PUR-2072').waitFor();
  await expectAccessible(page);
  await page.getByLabel('单号', { exact: true }).fill(reference);
  await page.keyboard.press('Enter');
  await page.getByText('PUR-2072').waitFor({ state: 'detached' });
  await page.getByText(reference).click();
  await page.getByRole('heading', { name: `消费 ${reference}` }).waitFor();
  await page.getByText('青瓷杯').waitFor();
  await page.getByText('POS-88121').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: '退款' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('退几件：龙井茶').fill('1');
  await dialog.getByRole('status').getByText('¥40.00').waitFor();
  await dialog.getByText('银行卡').waitFor();
  await page.locator('#reason').fill('少了一盒');
  await expectAccessible(page);
  await picture(page, 'console-purchase-refund-zh-desk');
  await dialog.getByRole('button', { name: '退款' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('龙井茶 × 1').waitFor();
  await page.getByText('已退 1', { exact: true }).waitFor();
  await page.getByText('部分退款').waitFor();
  await page.getByText('少了一盒').waitFor();
  await page.getByText('¥168.00').first().waitFor();
  await expectAccessible(page);
  await picture(page, 'console-purchase-zh-desk');
  // A sum goes back as well.
  await page.getByRole('button', { name: '退款' }).click();
  await dialog.getByText('按金额').click();
  await page.locator('#amount').fill('8.5');
  await page.locator('#reason').fill('补差价');
  await dialog.getByRole('button', { name: '退款' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('补差价').waitFor();
  expect(errors).toEqual([]);
  await context.close();
});

test('the history of a wallet and the audit lead to the purchase, for who may see it', async () => {
  const { page, context, errors } = await visit(browser, house);
  await page.goto(`/wallets/${memberId}`);
  const row = page.getByRole('row', { name: new RegExp(reference) });
  await row.getByRole('link', { name: '会员消费' }).click();
  await page.getByRole('heading', { name: `消费 ${reference}` }).waitFor();
  await page.getByRole('link', { name: '看分录' }).click();
  await page.getByRole('link', { name: '看消费单' }).click();
  await page.getByRole('heading', { name: `消费 ${reference}` }).waitFor();
  expect(errors).toEqual([]);
  await context.close();
});

test.each([
  ['en', 'desk'],
  ['zh', 'phone'],
  ['en', 'phone'],
] as const)(
  'one purchase is readable by all and no wider than the screen (%s, %s)',
  async (language, size) => {
    const { page, context, errors } = await visit(browser, house, { language, size });
    for (const [name, path] of [
      ['purchases', '/purchases'],
      ['purchase', `/purchases/${purchaseId}`],
    ]) {
      await page.goto(String(path));
      await page.getByText(reference).first().waitFor();
      await expectAccessible(page);
      await picture(page, `console-${name}-${language}-${size}`);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    }
    expect(errors).toEqual([]);
    await context.close();
  },
);
