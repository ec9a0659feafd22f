import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, type Language, openBrowser, picture, visit } from './browser.ts';
import { type House, openHouse } from './house.ts';
import { askAs, introduce, postAs, signIn, slugOf } from './member.ts';

// One lets another pay from their wallet: offered and accepted on two phones, paid at the counter, ended by either.

let house: House;
let browser: Browser;
let slug: string;
let storeId: string;
beforeAll(async () => {
  [house, browser] = await Promise.all([openHouse(), openBrowser()]);
  slug = await slugOf(house);
  await introduce(house);
  const { items } = (await askAs(house, 'GET', '/v1/stores')) as { items: { id: string }[] };
  storeId = items[0]?.id ?? '';
});
afterAll(async () => {
  await browser.close();
  await house.bench.close();
});

async function enrol(phone: string, name: string, amount = 0): Promise<string> {
  const consent = { textVersion: 2 };
  const { id } = (await askAs(house, 'POST', '/v1/members', { phone, name, consent })) as { id: string };
  if (amount > 0) {
    const payment = { tender: 'cash', amount, reference: 'E2E' };
    await postAs(house, '/v1/wallet-top-ups', { memberId: id, storeId, amount, payment });
  }
  return id;
}

/** On their own phone, at what they share. */
async function onPhone(phone: string, language: Language = 'zh') {
  const visitor = await visit(browser, house, { size: 'phone', role: null, language });
  await visitor.page.goto(`/wallet/${slug}/balance/family`);
  // Whoever is known here already is asked for nothing but the code.
  await signIn(visitor.page, house, phone);
  return visitor;
}

async function atCounter(phone: string, role = 'clerk', language: Language = 'zh') {
  const visitor = await visit(browser, house, { size: 'phone', role, language });
  await visitor.page.goto('/counter/member');
  await visitor.page.locator('button.wide').first().click();
  await visitor.page.locator('#member-phone').fill(phone);
  await visitor.page.keyboard.press('Enter');
  return visitor;
}

/** Scrolled to its end, where the bar of tabs covers no half of anything. */
async function accessibleToTheEnd(page: Page): Promise<void> {
  await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
  await expectAccessible(page);
}

/** The code that a member's phone shows. */
async function codeOn(page: Page): Promise<string> {
  const answer = await page.request.post(`${house.url}/v1/wallet/${slug}/member-code`, {
    data: {},
    headers: { 'sec-fetch-site': 'same-origin', 'scrip-client': 'wallet', origin: house.url },
  });
  return ((await answer.json()) as { code: string }).code;
}

test('what one offers the other accepts, pays with at the counter within the limit, and gives up', async () => {
  const [hers, his] = ['13800138701', '13800138702'];
  await enrol(hers, '林夕', 50_000);
  await enrol(his, '陈小雨');
  const payer = await onPhone(hers);
  await payer.page.getByText('还没有人').waitFor();
  await payer.page.getByRole('button', { name: '邀请家人' }).click();
  await payer.page.locator('#family-phone').fill(his);
  await payer.page.locator('#family-new-dayMax').fill('100');
  await accessibleToTheEnd(payer.page);
  await picture(payer.page, 'wallet-family-zh-phone');
  await payer.page.keyboard.press('Enter');
  await payer.page.getByText('邀请已发出').waitFor();
  await payer.page.getByText('尾号 8702').waitFor();
  const relative = await onPhone(his, 'en');
  await relative.page.getByText('林* (138****8701) lets you pay').waitFor();
  await accessibleToTheEnd(relative.page);
  await picture(relative.page, 'wallet-family-offer-en-phone');
  await relative.page.getByRole('button', { name: 'Accept' }).click();
  await relative.page.getByText('Most you can pay now').waitFor();
  await relative.page.getByText('¥100.00', { exact: true }).waitFor();
  await accessibleToTheEnd(relative.page);
  await picture(relative.page, 'wallet-family-got-en-phone');
  const { page, errors, context } = await atCounter(his);
  await page.getByText('可付 ¥100.00').waitFor();
  await page.getByRole('button', { name: '林* 138****8701 的储值' }).click();
  await page.locator('#member-amount').fill('100.01');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '已收现金 ¥0.01' }).waitFor();
  await page.locator('#member-amount').fill('68');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '用家人储值付 ¥68.00' }).waitFor();
  await accessibleToTheEnd(page);
  await picture(page, 'counter-family-zh-phone');
  await page.getByRole('button', { name: '用家人储值付 ¥68.00' }).click();
  await page.getByText('家人储值支付').waitFor();
  await page.getByRole('button', { name: '返回会员' }).click();
  await page.getByText('可付 ¥32.00').waitFor();
  await payer.page.goto(`/wallet/${slug}/balance`);
  await payer.page.getByText('家人 陈**').waitFor();
  await accessibleToTheEnd(payer.page);
  await picture(payer.page, 'wallet-family-history-zh-phone');
  await relative.page.getByRole('button', { name: 'Stop using it' }).click();
  await relative.page.getByRole('button', { name: 'Stop using it' }).last().click();
  await relative.page.getByText('Nobody yet').waitFor();
  await relative.page.getByText('Most you can pay now').waitFor({ state: 'detached' });
  for (const visitor of [payer, relative]) expect(visitor.errors).toEqual([]);
  expect(errors).toEqual([]);
  for (const visitor of [payer, relative, { context }]) await visitor.context.close();
});

test('who pays changes the limits and ends it from the wallet, in either language', async () => {
  const [hers, his] = ['13800138703', '13800138704'];
  await enrol(hers, 'Mary Stone', 20_000);
  await enrol(his, 'Paul Stone');
  const payer = await onPhone(hers, 'en');
  const relative = await onPhone(his);
  await payer.page.getByRole('button', { name: 'Invite a relative' }).click();
  await payer.page.locator('#family-phone').fill(his);
  await payer.page.keyboard.press('Enter');
  await payer.page.getByText('It is offered').waitFor();
  await relative.page.reload();
  await relative.page.getByRole('button', { name: '接受' }).click();
  await relative.page.getByText('不限额').waitFor();
  await payer.page.reload();
  await payer.page.getByRole('button', { name: 'Change limits' }).click();
  await payer.page.locator('[id$="-paymentMax"]').first().fill('30');
  await accessibleToTheEnd(payer.page);
  await picture(payer.page, 'wallet-family-change-en-phone');
  await payer.page.getByRole('button', { name: 'Save' }).click();
  await payer.page.getByText('¥30.00 at once').waitFor();
  await payer.page.getByRole('button', { name: 'End', exact: true }).click();
  await accessibleToTheEnd(payer.page);
  await payer.page.getByRole('button', { name: 'End', exact: true }).last().click();
  await payer.page.getByText('Nobody yet').waitFor();
  for (const { errors, context } of [payer, relative]) {
    expect(errors).toEqual([]);
    await context.close();
  }
});

test('at the counter it is begun with the codes of both phones, by who may', async () => {
  const [hers, his] = ['13800138705', '13800138706'];
  await enrol(hers, '王芳', 30_000);
  await enrol(his, '王小明');
  const [payer, relative] = [await onPhone(hers), await onPhone(his)];
  const clerk = await atCounter(his);
  await clerk.page.getByRole('button', { name: '收款', exact: true }).first().waitFor();
  expect(await clerk.page.getByRole('button', { name: '家人', exact: true }).count()).toBe(0);
  await clerk.context.close();
  const { page, errors, context } = await atCounter(his, 'store_manager', 'en');
  await page.getByRole('button', { name: 'Family', exact: true }).click();
  await page.locator('#family-payerCode').fill(await codeOn(payer.page));
  await page.locator('#family-relativeCode').fill(await codeOn(relative.page));
  await page.locator('#family-dayMax').fill('200');
  await accessibleToTheEnd(page);
  await picture(page, 'counter-family-begin-en-phone');
  await page.getByRole('button', { name: 'Let them pay' }).click();
  await page.getByText('They may pay now').waitFor();
  await page.getByRole('button', { name: 'Back to the member' }).click();
  await page.getByText('can pay ¥200.00').waitFor();
  expect(errors).toEqual([]);
  for (const visitor of [payer, relative, { context }]) await visitor.context.close();
});

test('the console shows who shares with whom, ends it, and says how many the house allows', async () => {
  for (const [language, end, numbers, state] of [
    ['zh', '结束', ['13800138707', '13800138708'], '员工结束'],
    ['en', 'End', ['13800138709', '13800138710'], 'by staff'],
  ] as const) {
    const [hers, his] = numbers;
    const id = await enrol(hers, '林夕', 10_000);
    const other = await enrol(his, '陈小雨');
    const [payer, relative] = [await onPhone(hers), await onPhone(his)];
    const codes = { payerCode: await codeOn(payer.page), relativeCode: await codeOn(relative.page) };
    await askAs(house, 'POST', '/v1/family-shares', { storeId, ...codes, dayMax: 10_000 });
    for (const visitor of [payer, relative]) await visitor.context.close();
    const { page, errors, context } = await visit(browser, house, { language });
    await page.goto(`/members/${id}`);
    await page.getByRole('link', { name: '陈小雨' }).waitFor();
    await expectAccessible(page);
    await picture(page, `console-family-${language}-desk`);
    await page.getByRole('button', { name: end, exact: true }).click();
    await page.getByRole('button', { name: end, exact: true }).last().click();
    await page.getByText(state).waitFor();
    await expectAccessible(page);
    await page.goto(`/members/${other}`);
    await page.getByRole('link', { name: '林夕' }).waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('link', { name: '林夕' }).scrollIntoViewIfNeeded();
    await expectAccessible(page);
    await picture(page, `console-family-${language}-phone`);
    expect(errors).toEqual([]);
    await context.close();
  }
});
