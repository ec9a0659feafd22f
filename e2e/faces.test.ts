import type { Browser, Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, openBrowser, picture, visit } from './browser.ts';
import { type House, openHouse } from './house.ts';
import { askAs, holderOf, introduce, sampleOf } from './member.ts';

let house: House;
let browser: Browser;

beforeAll(async () => {
  [house, browser] = await Promise.all([openHouse(), openBrowser()]);
  await introduce(house);
});
afterAll(async () => {
  await browser.close();
  await house.bench.close();
});

/** A picture as a designer would send it: a lotus pond at dusk. */
function drawn(width: number, height: number, sky: string, petal: string): Promise<Buffer> {
  const leaf = (x: number, y: number, r: number, fill: string) =>
    `<ellipse cx="${x * width}" cy="${y * height}" rx="${r * width}" ry="${r * width * 0.45}" fill="${fill}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="${sky}"/>
    ${leaf(0.22, 0.78, 0.2, '#2f7d5b')}${leaf(0.75, 0.85, 0.26, '#276b4d')}
    ${[-40, -20, 0, 20, 40]
      .map(
        (turn) =>
          `<ellipse cx="${width * 0.6}" cy="${height * 0.5}" rx="${width * 0.06}" ry="${height * 0.3}" fill="${petal}" transform="rotate(${turn} ${width * 0.6} ${height * 0.78})"/>`,
      )
      .join('')}</svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

/** That the picture has come, and is not the sign of a missing one. */
async function expectSeen(page: Page, image: Locator): Promise<void> {
  await image.first().waitFor();
  const selector = await image.first().getAttribute('class');
  await expect
    .poll(() =>
      page.evaluate<number>(
        `[...document.querySelectorAll('img')].find((one) => one.className === '${selector}').naturalWidth`,
      ),
    )
    .toBeGreaterThan(0);
}

test('a logo and the face of a card, sent in at the console, are what the wallet and the counter show', async () => {
  const desk = await visit(browser, house, { role: 'manager' });
  await desk.page.goto('/settings');
  const upload = async (name: string, label: string, buffer: Buffer) => {
    const [choosing] = await Promise.all([
      desk.page.waitForEvent('filechooser'),
      desk.page.getByRole('button', { name }).click(),
    ]);
    await choosing.setFiles({ name: 'picture.png', mimeType: 'image/png', buffer });
    await desk.page.getByRole('img', { name: label }).waitFor();
  };
  await upload('选一张图片', '标志', await drawn(300, 300, '#f6e9ec', '#c2577a'));
  const { items } = (await askAs(house, 'GET', '/v1/card-programs')) as { items: { id: string }[] };
  for (const { id } of items) {
    await desk.page.goto(`/programs/${id}`);
    await upload('选图片', '卡面图片', await drawn(960, 600, '#5b3a5e', '#f0a6bd'));
    await expectSeen(desk.page, desk.page.locator('img.face-picture'));
  }
  await expectAccessible(desk.page);
  await picture(desk.page, 'console-card-face-zh-desk');
  expect(desk.errors).toEqual([]);

  for (const language of ['zh', 'en'] as const) {
    const phone = language === 'zh' ? '13800138201' : '13800138202';
    const card = sampleOf(house, 'active', language === 'zh' ? 0 : 1);
    const holder = await holderOf(browser, house, { phone, card, language });
    await expectSeen(holder.page, holder.page.locator('img.bar-logo'));
    await expectSeen(holder.page, holder.page.locator('img.face-picture'));
    await expectAccessible(holder.page);
    await picture(holder.page, `wallet-card-face-${language}-phone`);
    expect(holder.errors).toEqual([]);
    await holder.context.close();

    const till = await visit(browser, house, { language, size: 'phone', role: 'clerk' });
    await till.page.goto('/counter');
    await till.page.locator('button.wide').first().click();
    await expectSeen(till.page, till.page.locator('img.bar-logo'));
    await till.page.locator('#code').fill(card.code);
    await till.page.keyboard.press('Enter');
    await expectSeen(till.page, till.page.locator('img.summary-face'));
    await expectAccessible(till.page);
    await picture(till.page, `counter-card-face-${language}-phone`);
    expect(till.errors).toEqual([]);
    await till.context.close();
  }
  await desk.context.close();
});
