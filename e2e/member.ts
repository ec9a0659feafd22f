import type { Browser, Page } from 'playwright-core';
import { type Language, type Visitor, visit } from './browser.ts';
import type { House } from './house.ts';

/** Asks the API as the sample merchant's owner; answers with the body. */
export async function askAs(
  { url, demo }: House,
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  body?: object,
): Promise<unknown> {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${demo.apiKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** Does something that moves value, as the sample merchant's owner and once; answers with the body. */
export async function postAs({ url, demo }: House, path: string, body: object): Promise<unknown> {
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${demo.apiKey}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** What the sample merchant's public pages are found by. */
export async function slugOf(house: House): Promise<string> {
  const { slug } = (await askAs(house, 'GET', '/v1/merchant')) as { slug: string };
  return slug;
}

/** The one-time code that was sent last, as the outbox shows it. */
export async function lastCode(house: House, event = 'sign_in_code'): Promise<string> {
  await house.bench.runJobs('notices.send');
  const { items } = (await askAs(house, 'GET', '/v1/notices')) as {
    items: { event: string; text: string | null }[];
  };
  return /\d{6}/.exec(items.find((notice) => notice.event === event)?.text ?? '')?.[0] ?? 'none';
}

/** Signs in where the page asks for it, with the code that the outbox has. */
export async function signIn(page: Page, house: House, phone: string): Promise<void> {
  await page.locator('#phone').fill(phone);
  await page.keyboard.press('Enter');
  await page.locator('#one-time').waitFor();
  await page.locator('#one-time').fill(await lastCode(house));
  await page.locator('.tick input').first().check();
  await page.keyboard.press('Enter');
  await page.locator('#one-time').waitFor({ state: 'detached' });
}

/** Has the sample merchant say whom to turn to, and on what terms. */
export async function introduce(house: House): Promise<void> {
  await askAs(house, 'PATCH', '/v1/merchant', {
    contact: { phone: '021-5555 0101', email: 'hello@lotus.example', address: '上海市新天地 1 号' },
    terms: {
      zh: '卡内余额可在所列门店使用。\n不兑现金。',
      en: 'What is on a card pays in the stores named.\nIt is not paid out.',
    },
  });
}

export type Card = { readonly code: string; readonly pin: string };

/** A card of the sample merchant in a state, or the next one in it. */
export function sampleOf({ demo }: House, state: string, n = 0): Card {
  const found = demo.samples.filter((one) => one.state === state)[n];
  if (!found) throw new Error(`the sample merchant has a card that is ${state}`);
  return found;
}

/** Types a card's code and PIN into the one box, and goes on. */
export async function giveCard(page: Page, card: Card): Promise<void> {
  await page.locator('#code').fill(card.code);
  await page.locator('#pin').fill(card.pin);
  await page.keyboard.press('Enter');
}

type Who = { readonly phone: string; readonly card: Card; readonly language: Language };

/** Somebody who is signed in and has put this card into the wallet. */
export async function holderOf(
  browser: Browser,
  house: House,
  { phone, card, language }: Who,
): Promise<Visitor> {
  const visitor = await visit(browser, house, { size: 'phone', role: null, language });
  const { page } = visitor;
  await page.goto(`/wallet/${await slugOf(house)}/add`);
  await signIn(page, house, phone);
  await page.locator('#code').waitFor();
  await giveCard(page, card);
  await page.locator('.verbs').waitFor();
  return visitor;
}
