import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from '../../../test/browser.ts';
import { type Hired, hire } from '../../../test/desk.ts';
import { openBench, type Reply, type TestBench } from '../../../test/harness.ts';
import { connectAsOwner, type Owner } from '../../../test/owner.ts';
import { openShop, type Shop } from '../../../test/shop.ts';
import {
  codeOf,
  openTwoOwners,
  type Shown,
  send,
  stepUp,
  type TwoOwners,
  type Waits,
} from '../../../test/twoOwners.ts';

// A shop with two owners: which of what they do waits, and the policy that says so.

let bench: TestBench;
let two: TwoOwners;
let shop: Shop;
let eye: Owner;
let alice: Hired;
let bob: Hired;
beforeAll(async () => {
  bench = await openBench();
  two = await openTwoOwners(bench);
  ({ shop, alice, bob } = two);
  eye = await connectAsOwner(bench.ownerUrl);
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await eye.close();
  await bench.close();
});

test('below its limit nobody is asked; above it cards, refunds and voids wait', async () => {
  const { merchant, programId } = shop;
  const batch = (by: Browser, quantity: number, faceValue: number) =>
    send<Waits>(by, '/v1/card-batches', { programId, quantity, faceValue });
  const small = await batch(alice.browser, 100, 10_000);
  expect([small.status, small.body.approval]).toEqual([202, undefined]);
  const many = await batch(alice.browser, 101, 10_000);
  expect(many.body.approval).toMatchObject({ kind: 'issue', state: 'pending' });
  const done = await two.approve(many.body.approval.id);
  expect(done.body, done.text).toMatchObject({ result: { quantity: 101, status: 'pending' } });
  await bench.runJobs('batches.generate');

  const paid = {
    code: two.large?.code,
    pin: two.large?.pin,
    currency: 'CNY',
    storeId: shop.storeId,
    amount: 200_000,
  };
  const red = await merchant.post<{ id: string }>('/v1/redemptions', { ...paid, reference: 'large' });
  await stepUp(alice.browser);
  const refund = (amount: number) =>
    send<Waits>(alice.browser, `/v1/redemptions/${red.body.id}/refunds`, { amount, reason: 'back' });
  expect((await refund(100_000)).status).toBe(201);
  const over = await merchant.post<Waits>(`/v1/redemptions/${red.body.id}/refunds`, {
    amount: 100_000,
    reason: 'x',
  });
  // In two halves it is as much.
  expect(over.body.approval).toMatchObject({ kind: 'refund' });
  const red2 = await merchant.post<{ id: string }>('/v1/redemptions', { ...paid, reference: 'large2' });
  const waits = await send<Waits>(alice.browser, `/v1/redemptions/${red2.body.id}/refunds`, {
    amount: 100_001,
    reason: 'back',
  });
  expect(waits.body.approval).toMatchObject({ kind: 'refund' });
  bench.time.now = new Date(bench.time.now.getTime() + 301_000);
  expect(codeOf(await two.approve(waits.body.approval.id))).toBe('step_up_required');
  await stepUp(bob.browser);
  expect(codeOf(await two.approve(waits.body.approval.id))).toBe('accepted');
  const voided = await send<Waits>(alice.browser, `/v1/cards/${two.large?.id}/void`, { reason: 'stolen' });
  expect(voided.body.approval).toMatchObject({ kind: 'void' });
  expect(codeOf(await two.approve(voided.body.approval.id))).toBe('accepted');
  const cheap = two.card();
  expect((await send(alice.browser, `/v1/cards/${cheap.id}/void`, { reason: 'x' })).status).toBe(200);
});

test('what the sale of a card or a membership pays out again, beyond the limit, is for two', async () => {
  const { merchant, storeId } = shop;
  const lower = await alice.browser.patch<Waits>('/v1/approval-policy', {
    rules: { refund: { above: 5_000 } },
  });
  if (lower.body.approval) expect(codeOf(await two.approve(lower.body.approval.id))).toBe('accepted');
  const card = two.card();
  const undo = await merchant.post<Waits>(`/v1/cards/${card.id}/deactivate`, { reason: 'sold by mistake' });
  expect(undo.body.approval).toMatchObject({ kind: 'refund' });
  expect(codeOf(await two.approve(undo.body.approval.id))).toBe('accepted');
  expect((await merchant.get<{ state: string }>(`/v1/cards/${card.id}`)).body.state).toBe('printed');

  const span = { count: 12, unit: 'months' };
  const plan = { name: { zh: '年卡', en: 'Year' }, span, price: 19_900, discount: { ppm: 100_000 } };
  const { body: made } = await merchant.post<{ id: string }>('/v1/membership-plans', plan);
  const member = await merchant.post<{ id: string }>('/v1/members', {
    ...{ phone: '13700137000', consent: { textVersion: 1 } },
  });
  const payment = { tender: 'cash', amount: 19_900, reference: 'M1' };
  const sale = { memberId: member.body.id, planId: made.id, storeId, payment };
  const sold = await merchant.post<{ id: string }>('/v1/memberships', sale);
  expect(sold.status, sold.text).toBe(201);
  const cancel = await merchant.post<Waits>(`/v1/memberships/${sold.body.id}/cancel`, {
    ...{ storeId, payment: { ...payment, reference: 'M2' }, reason: 'moves away', refund: 'unused' },
  });
  expect(cancel.body.approval, cancel.text).toMatchObject({ kind: 'refund' });
  expect(codeOf(await two.approve(cancel.body.approval.id))).toBe('accepted');
  const higher = await alice.browser.patch<Waits>('/v1/approval-policy', {
    rules: { refund: { above: 100_000 } },
  });
  if (higher.body.approval) expect(codeOf(await two.approve(higher.body.approval.id))).toBe('accepted');
});

test('voiding many is as much as is on them together; once it was let through no card waits again', async () => {
  const idsOf = (count: number) => Array.from({ length: count }, () => two.card().id);
  const many = (verb: string, cardIds: readonly string[]) =>
    send<Waits>(alice.browser, '/v1/card-actions', { verb, cardIds, reason: 'recall' });
  const stateOf = async (id: string | undefined) =>
    (await shop.merchant.get<{ state: string }>(`/v1/cards/${id}`)).body.state;
  // Ten cards of 100 yuan are the limit; one more is above it. One that is named twice is one.
  const ten = idsOf(10);
  const small = await many('void', [...ten, ...ten.slice(0, 1)]);
  expect([small.status, small.body.approval]).toEqual([202, undefined]);
  const eleven = idsOf(11);
  expect((await many('freeze', eleven)).body.approval).toBeUndefined();
  const waits = await many('void', eleven);
  expect(waits.body.approval).toMatchObject({ kind: 'void', state: 'pending' });
  await bench.runJobs('cards.act');
  expect([await stateOf(ten[0]), await stateOf(eleven[0])]).toEqual(['voided', 'frozen']);

  const { id } = waits.body.approval;
  const { diff } = await two.read(id);
  expect(diff.facts).toMatchObject([{ type: 'cards.action_started', amount: 110_000 }]);
  expect(diff.changes).toMatchObject([
    { what: 'cardAction', after: { verb: 'void', reason: 'recall', cardIds: eleven } },
  ]);
  expect(codeOf(await two.approve(id, alice.browser))).toBe('approval_own');
  const done = await two.approve(id);
  expect(done.body, done.text).toMatchObject({ result: { state: 'running', total: 11 } });
  const lower = await alice.browser.patch<Waits>('/v1/approval-policy', {
    rules: { void: { above: 5_000 } },
  });
  expect(codeOf(await two.approve(lower.body.approval.id))).toBe('accepted');
  await bench.runJobs('cards.act');
  for (const card of eleven) expect(await stateOf(card)).toBe('voided');
  const single = await send<Waits>(alice.browser, `/v1/cards/${two.card().id}/void`, { reason: 'x' });
  expect(single.body.approval).toMatchObject({ kind: 'void' });
});

test('a correction between stores waits, and whoever approves it is shown which stores it is between', async () => {
  const { merchant, storeId, otherStoreId } = shop;
  const { code, pin } = two.card();
  const paid = { code, pin, amount: 3_000, currency: 'CNY', storeId: otherStoreId, reference: 'S-1' };
  expect((await merchant.post('/v1/redemptions', paid)).status).toBe(201);
  expect((await merchant.post('/v1/settlement-periods', {})).status).toBe(201);
  const list = `/v1/settlement-statements?storeId=${otherStoreId}`;
  const { body } = await merchant.get<{ items: { id: string }[] }>(list);
  const path = `/v1/settlement-statements/${body.items[0]?.id}/adjustments`;
  const correction = { counterpartId: storeId, amount: 200, reason: 'two found' };
  const { id, kind } = (await send<Waits>(alice.browser, path, correction)).body.approval;
  expect(kind).toBe('settle');
  const { diff } = await two.read(id);
  expect(diff.facts).toMatchObject([
    { amount: 200, details: { partyId: otherStoreId, counterpartId: storeId, reason: 'two found' } },
  ]);
  const account = { purpose: 'clearing', kind: 'adjustment' };
  expect(diff.changes.map(({ after }) => after)).toMatchObject([
    { ...account, ownerId: storeId, counterpartId: otherStoreId, moved: -200 },
    { ...account, ownerId: otherStoreId, counterpartId: storeId, moved: 200 },
  ]);
  expect(codeOf(await two.approve(id))).toBe('accepted');
});

test('a correction of a wallet waits, and does once what whoever approves it was shown', async () => {
  const consent = { textVersion: 1 };
  const member = await shop.merchant.post<{ id: string }>('/v1/members', { phone: '13800138777', consent });
  const path = `/v1/wallets/${member.body.id}/adjustments`;
  const correction = { kind: 'bonus', amount: 500, reason: 'promised' };
  const { id, kind } = (await send<Waits>(alice.browser, path, correction)).body.approval;
  expect(kind).toBe('adjust');
  const { diff } = await two.read(id);
  expect(diff.facts).toMatchObject([{ type: 'wallet.adjusted', amount: 500, details: { kind: 'bonus' } }]);
  expect(codeOf(await two.approve(id, alice.browser))).toBe('approval_own');
  expect(codeOf(await two.approve(id))).toBe('accepted');
  await two.approve(id);
  const wallet = await shop.merchant.get(`/v1/wallets/${member.body.id}`);
  expect(wallet.body).toMatchObject({ balance: { bonus: 500, total: 500 } });
});

test('codes are released to who asked, once, after a second person let them, and within a day', async () => {
  const { merchant, programId } = shop;
  const make = async () => {
    const made = await merchant.post<{ id: string }>('/v1/card-batches', {
      programId,
      quantity: 2,
      faceValue: 100,
    });
    await bench.runJobs('batches.generate');
    return `/v1/card-batches/${made.body.id}/release`;
  };
  const path = await make();
  const asked = await send<Waits>(alice.browser, path, {}, 'release');
  expect(asked.body.approval).toMatchObject({ kind: 'release' });
  const allowed = await two.approve(asked.body.approval.id);
  expect(allowed.body).toMatchObject({ approval: { state: 'permitted' }, result: null });
  expect((await send<Waits>(bob.browser, path, {})).status).toBe(202);
  const twice = await Promise.all([1, 2, 3].map(() => send(alice.browser, path, {}, 'release')));
  expect(twice.filter(({ text }) => text.startsWith('serial,code'))).toHaveLength(1);
  expect(codeOf(await send(alice.browser, path, {}, 'release'))).toBe('codes_already_released');
  expect(await two.read(asked.body.approval.id)).toMatchObject({ state: 'done' });

  const late = await make();
  const lateAsked = await send<Waits>(alice.browser, late, {});
  await two.approve(lateAsked.body.approval.id);
  bench.time.now = new Date(bench.time.now.getTime() + 24 * 3_600_000);
  await two.resumed();
  expect((await send(alice.browser, late, {})).status).toBe(202);
  expect((await two.read(lateAsked.body.approval.id)).state).toBe('expired');
});

test('roles, the end of an approver, and another password need a second person; a clerk leaves at once', async () => {
  const clerk = await two.hireBoth({ role: 'clerk' });
  const patch = (id: string, body: object) => alice.browser.patch<Waits>(`/v1/staff/${id}`, body);
  expect((await patch(clerk.staffId, { role: 'manager' })).status).toBe(202);
  expect((await patch(clerk.staffId, { name: 'Lin' })).status).toBe(200);
  expect((await patch(clerk.staffId, { state: 'left' })).status).toBe(200);
  const sacked = await patch(bob.staffId, { state: 'left' });
  expect(sacked.status).toBe(202);
  expect((await send(alice.browser, '/v1/roles', { name: 'R', permissions: ['cards.adjust'] })).status).toBe(
    202,
  );
  const link = await send<Waits>(alice.browser, `/v1/staff/${bob.staffId}/password-link`, {});
  expect(link.status, link.text).toBe(202);
  expect(link.body.link).toBeUndefined();
  await send(alice.browser, `/v1/approvals/${sacked.body.approval.id}/withdraw`, {});
  const free = await alice.browser.post<{ key: string }>('/v1/api-keys', { name: 'till', role: 'clerk' });
  expect(free.status).toBe(201);
});

test('the policy takes a second person itself; its limits and the time of waiting are the merchant’s', async () => {
  const before = await bob.browser.get<{ people: Record<string, number> }>('/v1/approval-policy');
  expect(before.body).toMatchObject({
    rules: { refund: { isOn: true, above: 100_000 }, release: { isOn: true }, policy: { isOn: true } },
    waitHours: 72,
    stepUpAbove: 100_000,
    people: { grant: 2, policy: 2 },
  });
  const change = { rules: { adjust: { above: 5000 } }, waitHours: 1, stepUpAbove: 400 };
  const asked = await alice.browser.patch<Waits>('/v1/approval-policy', change);
  expect(asked.status, asked.text).toBe(202);
  expect((await two.read(asked.body.approval.id)).diff.changes).toMatchObject([{ what: 'policy' }]);
  expect(codeOf(await two.approve(asked.body.approval.id))).toBe('accepted');
  const one = two.card();
  const adjust = (amount: number, by = alice.browser) =>
    send<Waits>(by, `/v1/cards/${one.id}/adjust`, { amount, reason: 'x' });
  bench.time.now = new Date(bench.time.now.getTime() + 301_000);
  expect(codeOf(await adjust(-401))).toBe('step_up_required');
  expect((await adjust(-400)).status).toBe(201);
  await stepUp(alice.browser);
  expect((await adjust(-5000)).status).toBe(201);
  expect((await adjust(5001)).status).toBe(202);
  expect(
    codeOf(await alice.browser.patch('/v1/approval-policy', { rules: { policy: { isOn: false } } })),
  ).toBe('invalid_request');
});

test('a shop of one person works: what would need a second one is done at once, until there is one', async () => {
  const small = await openShop(bench);
  const sold = await small.sell(3);
  const one = await hire(bench, small.merchant, { role: 'owner' });
  const adjust = async (by: Browser) => {
    return send<Waits>(by, `/v1/cards/${sold.pop()?.id}/adjust`, { amount: -1, reason: 'x' });
  };
  expect((await adjust(one.browser)).status).toBe(201);
  await hire(bench, one.browser, { role: 'clerk' });
  expect((await adjust(one.browser)).status).toBe(201);
  await hire(bench, one.browser, { role: 'finance' });
  expect((await adjust(one.browser)).status).toBe(202);
  const mine = await one.browser.get<{ items: Shown[] }>('/v1/approvals?state=pending&mine=true');
  expect(mine.body.items).toHaveLength(1);
  const strangers = await bob.browser.get<Shown>(`/v1/approvals/${mine.body.items[0]?.id}`);
  expect(codeOf(strangers as Reply)).toBe('approval_not_found');
});

test('nothing of what waits is kept in clear', async () => {
  const made = await send<Waits>(alice.browser, '/v1/api-keys', { name: 'k', role: 'owner' });
  const dump = JSON.stringify(await eye.rows('select * from approvals.approval'));
  expect(dump).not.toContain(made.body.key);
  const log = JSON.stringify(await eye.rows(`select * from ledger.activity where type like 'approval%'`));
  expect(log).not.toContain(made.body.key);
});
