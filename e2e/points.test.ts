import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, openBrowser, picture, visit } from './browser.ts';
import { type House, openHouse } from './house.ts';
import { askAs, postAs } from './member.ts';

let house: House;
let browser: Browser;
const monthMinutes = 31 * 24 * 60;

beforeAll(async () => {
  [house, browser] = await Promise.all([openHouse(), openBrowser()]);
  const consent = { textVersion: 1 };
  const { id } = (await askAs(house, 'POST', '/v1/members', { phone: '13800138701', consent })) as {
    id: string;
  };
  const earn = { points: 1, amount: 100 };
  for (const [with_, later, points] of [
    ['month', 2, 1_200],
    ['quarter', 2, 3_400],
    ['year', 3, 800],
    ['never', 0, 450],
  ] as const) {
    await askAs(house, 'POST', '/v1/points-schemes', { earn, ends: { with: with_, later } });
    await postAs(house, `/v1/members/${id}/points/adjustments`, { points, reason: 'welcome' });
    if (with_ !== 'year') house.later(monthMinutes);
  }
});
afterAll(async () => {
  await browser.close();
  await house.bench.close();
});

test.each([
  ['zh', 'desk', '各月末', '今后十二个月到期', '永不到期'],
  ['en', 'phone', 'At the end of each month', 'Lapsing in the coming twelve months', 'Never'],
] as const)(
  'how many points members had, have and will lose is drawn, and told beneath to the last point (%s, %s)',
  async (language, size, overTime, coming, never) => {
    const { page, context, errors } = await visit(browser, house, { language, size });
    await page.goto('/points');
    await page.getByRole('img', { name: overTime }).waitFor();
    await page.getByRole('img', { name: coming }).waitFor();
    const shown = (await askAs(house, 'GET', '/v1/reports/points')) as {
      outstanding: number;
      withoutEnd: number;
    };
    expect(shown.outstanding).toBeGreaterThanOrEqual(5_850);
    const figures = page.locator('figure.chart').filter({ has: page.getByRole('img', { name: coming }) });
    await figures.locator('summary').click();
    const withoutEnd = await figures.getByRole('row').filter({ hasText: never }).innerText();
    expect(withoutEnd).toContain(shown.withoutEnd.toLocaleString(language));
    expect(await figures.getByRole('row').last().innerText()).toContain(
      shown.outstanding.toLocaleString(language),
    );
    await expectAccessible(page);
    await picture(page, `console-points-outstanding-${language}-${size}`);
    expect(errors).toEqual([]);
    await context.close();
  },
);

test('who works in one store is shown the rules, and no figures of the whole merchant', async () => {
  const { items } = (await askAs(house, 'GET', '/v1/stores')) as { items: { id: string }[] };
  const { page, context, errors } = await visit(browser, house, {
    ...{ role: 'manager', storeIds: [items[0]?.id ?? ''] },
  });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto('/points');
  await page.getByRole('heading', { name: '历次规则' }).waitFor();
  expect(asked).not.toContain('/v1/reports/points');
  expect(await page.getByText('会员手里的积分').count()).toBe(0);
  expect(errors).toEqual([]);
  await context.close();
});
