import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { codeOf, openTwoOwners, send, stepUp, type TwoOwners, type Waits } from '../../../test/twoOwners.ts';

let bench: TestBench;
let two: TwoOwners;
beforeAll(async () => {
  bench = await openBench();
  two = await openTwoOwners(bench);
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

test('coupons that may take off more than one person gives alone are given by two', async () => {
  const { merchant } = two.shop;
  const { alice, bob } = two;
  const limit = { rules: { adjust: { above: 5_000 } } };
  await stepUp(alice.browser);
  const asked = await alice.browser.patch<Waits>('/v1/approval-policy', limit);
  await stepUp(bob.browser);
  expect(codeOf(await two.approve(asked.body.approval.id))).toBe('accepted');
  const phone = '13700137009';
  const member = await merchant.post<{ id: string }>('/v1/members', { phone, consent: { textVersion: 1 } });
  const give = async (off: object, count: number) => {
    const made = await merchant.post<{ id: string }>('/v1/coupon-templates', { name: 'Sorry', off });
    const body = { templateId: made.body.id, count, reason: 'late' };
    return send<Waits>(alice.browser, `/v1/members/${member.body.id}/coupons`, body);
  };
  expect((await give({ type: 'amount', amount: 500 }, 10)).status).toBe(201);
  expect((await give({ type: 'percent', ppm: 1, most: null }, 1)).body.approval).toMatchObject({
    kind: 'adjust',
  });
  const waits = await give({ type: 'amount', amount: 501 }, 10);
  expect(waits.body.approval).toMatchObject({ kind: 'adjust' });
  const shown = await bob.browser.get(`/v1/approvals/${waits.body.approval.id}`);
  expect(shown.text).toContain('Sorry');
  expect(codeOf(await two.approve(waits.body.approval.id))).toBe('accepted');
  const held = await merchant.get<{ items: object[] }>(`/v1/members/${member.body.id}/coupons`);
  expect(held.body.items).toHaveLength(20);
});
