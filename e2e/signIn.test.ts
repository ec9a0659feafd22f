import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { totpCode } from '../server/src/modules/signin/factors/totp.ts';
import { firstOwnerToken } from '../server/test/desk.ts';
import { openBench, type TestBench } from '../server/test/harness.ts';
import { expectAccessible, goodPassword, invite, openBrowser, picture, visit } from './browser.ts';
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

test('the first visit makes the merchant and its owner, by the link that only the terminal shows', async () => {
  const fresh: TestBench = await openBench({ clock: () => new Date() });
  const url = await fresh.app.listen({ port: 0, host: '127.0.0.1' });
  const { page, context, errors } = await visit(browser, { ...house, url }, { role: null });
  await page.goto(`/#/welcome?token=${await firstOwnerToken(fresh.runtime)}`);
  await page.getByLabel('商家名称').fill('山风书店');
  await page.getByLabel('您的姓名').fill('王芳');
  await page.getByLabel('邮箱或手机号').fill('owner@example.com');
  await page.getByLabel('设一个密码').fill('password1234');
  await expectAccessible(page);
  await picture(page, 'sign-in-welcome-zh-desk');
  await page.getByRole('button', { name: '建立' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('设一个密码').fill(goodPassword);
  await page.getByRole('button', { name: '建立' }).click();
  await page.getByText('山风书店').first().waitFor();
  expect(page.url()).not.toContain('token');
  expect(errors).toEqual([]);
  await context.close();
  await fresh.close();
});

test('who is invited chooses a password, signs out and in, and sees one answer for all that is wrong', async () => {
  const { page, context } = await visit(browser, house, { role: null, language: 'en' });
  await page.goto(`/#/invitation?token=${await invite(house.url, house.demo.apiKey, 'manager')}`);
  await page.getByRole('heading', { name: /invites you/ }).waitFor();
  await expectAccessible(page);
  await picture(page, 'sign-in-invitation-en-desk');
  await page.getByLabel('Choose a password').fill(goodPassword);
  const response = page.waitForResponse('**/v1/session');
  await page.getByRole('button', { name: 'Accept' }).click();
  await response;
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  const { person } = (await (await context.request.get('/v1/session')).json()) as {
    person: { login: string };
  };
  expect(person.login).toContain('***');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await expectAccessible(page);
  await picture(page, 'sign-in-en-desk');
  await page.getByLabel('E-mail or phone').fill('nobody@example.com');
  await page.getByLabel('Password').fill('wrong-password-99');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('alert').waitFor();
  await context.close();
});

test('an authenticator app is set up after a fresh proof, and asked for at the next sign-in', async () => {
  const { page, context, login } = await visit(browser, house, { role: 'manager' });
  await page.goto('/security');
  await page.getByRole('button', { name: '启用验证器' }).click();
  const secret = await page.locator('.app-secret code').innerText();
  await expectAccessible(page);
  await picture(page, 'console-app-zh-desk');
  await page.getByLabel('6 位数字').fill(totpCode(bytesOf(secret.replaceAll(' ', '')), new Date()));
  await page.getByRole('button', { name: '确认' }).click();
  await page.getByText('现在就存好').waitFor();
  const [recovery = ''] = await page.locator('.codes li').allInnerTexts();
  await page.getByRole('button', { name: '完成' }).click();
  await page.getByRole('button', { name: '退出' }).click();
  await page.getByRole('heading', { name: '登录', exact: true }).waitFor();
  await page.getByLabel('邮箱或手机号').fill(login);
  await page.getByLabel('密码').fill(goodPassword);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('heading', { name: '再验证一次' }).waitFor();
  await expectAccessible(page);
  await picture(page, 'sign-in-second-zh-desk');
  await page.getByLabel(/6 位数字/).fill(recovery);
  await page.getByRole('button', { name: '继续' }).click();
  await page.getByRole('heading', { name: '登录与安全' }).waitFor();
  await context.close();
});

test('a proof that has grown old is asked for anew, and what was asked goes on from there', async () => {
  const { page, context, errors } = await visit(browser, house, { role: 'manager', language: 'en' });
  await page.goto('/security');
  await page.getByRole('button', { name: 'Use an app' }).waitFor();
  house.later(90);
  await page.getByRole('button', { name: 'Use an app' }).click();
  const dialog = page.locator('dialog.proof');
  await dialog.waitFor();
  await expectAccessible(page);
  await picture(page, 'step-up-en-desk');
  await dialog.getByLabel('Password').fill('not-the-password-77');
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel('Password').fill(goodPassword);
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  await page.locator('.app-secret code').waitFor();
  expect(errors).toEqual([]);
  await context.close();
});

/** The bytes of a secret as an authenticator app is given it. */
function bytesOf(base32: string): Buffer {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...base32].map((digit) => digits.indexOf(digit).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
