import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../../../test/browser.ts';
import { goodPassword, type Hired } from '../../../test/desk.ts';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { connectAsOwner, type Owner } from '../../../test/owner.ts';
import type { Shop } from '../../../test/shop.ts';
import { codeOf, openTwoOwners, send, type TwoOwners, type Waits } from '../../../test/twoOwners.ts';

// A shop with two owners: how what one asks for waits for the other.

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

test('an adjustment waits for a second person, with a diff of exactly what will happen, and then happens once', async () => {
  const { one, key, id, text } = await two.waitingAdjustment();
  expect(await shop.balanceOf(one)).toBe(10_000);
  const shown = await two.read(id);
  expect(shown).toMatchObject({
    state: 'pending',
    revision: 1,
    isMine: false,
    allowed: { decide: true, withdraw: false },
    askedBy: { id: alice.staffId },
    diff: { facts: [{ type: 'card.adjusted', amount: -1000, details: { reason: 'typo', balance: 9000 } }] },
  });
  const lot = shown.diff.changes.find(({ after }) => after.balance !== undefined);
  expect(lot).toMatchObject({ what: 'account', before: { balance: 10_000 }, after: { balance: 9000 } });
  // Who decides is told whose balance it is.
  expect(lot?.after).toMatchObject({ ownerId: one.id, kind: 'principal' });
  expect(await two.read(id, alice.browser)).toMatchObject({
    isMine: true,
    allowed: { decide: false, withdraw: true },
  });

  const again = await send(
    alice.browser,
    `/v1/cards/${one.id}/adjust`,
    { amount: -1000, reason: 'typo' },
    key,
  );
  expect([again.status, again.text]).toEqual([202, text]);
  const other = await send(
    alice.browser,
    `/v1/cards/${one.id}/adjust`,
    { amount: -2000, reason: 'typo' },
    key,
  );
  expect(codeOf(other)).toBe('idempotency_key_reused');

  const done = await two.approve(id);
  expect(done.status, done.text).toBe(200);
  expect(done.body).toMatchObject({
    approval: { id, state: 'done' },
    result: { amount: -1000, balance: 9000 },
  });
  expect(await shop.balanceOf(one)).toBe(9000);
  expect(codeOf(await two.approve(id))).toBe('approval_not_pending');
  expect(await shop.balanceOf(one)).toBe(9000);

  const stored = await send(
    alice.browser,
    `/v1/cards/${one.id}/adjust`,
    { amount: -1000, reason: 'typo' },
    key,
  );
  expect(stored.status).toBe(201);
  expect(JSON.parse(stored.text)).toEqual(done.body.result);

  const log = await eye.rows(
    `select a.type, s.name, a.actor_id from ledger.activity a left join people.staff s on s.id = a.actor_id
     order by seq desc limit 2`,
  );
  expect(log.map(({ type }) => type)).toEqual(['card.adjusted', 'approval.approved']);
  expect(log[0]?.actor_id).not.toBe(log[1]?.actor_id);
  expect(await two.read(id)).toMatchObject({ state: 'done', decidedBy: { id: bob.staffId } });
});

test('nobody is their own second person: not at another browser, by their own key, or by a key that they made', async () => {
  const { one, id } = await two.waitingAdjustment();
  expect(codeOf(await two.approve(id, alice.browser))).toBe('approval_own');
  expect(codeOf(await send(alice.browser, `/v1/approvals/${id}/reject`, { reason: 'x' }))).toBe(
    'approval_own',
  );

  // Keys that Alice has made: waiting, so that she needs Bob for them; approved all the same.
  for (const staffId of [alice.staffId, bob.staffId]) {
    const made = await send<Waits>(alice.browser, '/v1/api-keys', { name: 'k', staffId, role: 'owner' });
    expect(made.status, made.text).toBe(202);
    const secret = made.body.key ?? '';
    expect((await bench.client(secret).get('/v1/me')).status).toBe(401);
    expect(codeOf(await two.approve(made.body.approval.id))).toBe('accepted');
    expect((await bench.client(secret).get('/v1/me')).status).toBe(200);
    const tried = await bench.client(secret).post(`/v1/approvals/${id}/approve`, { revision: 1 });
    expect(codeOf(tried)).toBe(staffId === alice.staffId ? 'approval_own' : 'approver_not_a_person');
    // What such a key asks for is asked for by both: neither is the second person.
    const asked = await bench
      .client(secret)
      .post<Waits>(`/v1/cards/${one.id}/adjust`, { amount: -1, reason: 'by key' });
    if (staffId === alice.staffId) {
      expect(asked.status).toBe(202);
      expect(codeOf(await two.approve(asked.body.approval.id, alice.browser))).toBe('approval_own');
    }
  }
  expect(codeOf(await shop.merchant.post(`/v1/approvals/${id}/approve`, { revision: 1 }))).toBe(
    'approver_not_a_person',
  );
  expect((await two.read(id)).state).toBe('pending');
});

test('who lacks the permission, or is of another store, cannot approve or reject', async () => {
  const { id } = await two.waitingAdjustment();
  const manager = await two.hireBoth({ role: 'manager' });
  expect(codeOf(await two.approve(id, manager.browser))).toBe('permission_denied');
  const refused = await send(manager.browser, `/v1/approvals/${id}/reject`, { reason: 'no' });
  expect(codeOf(refused)).toBe('permission_denied');
  const elsewhere = await two.hireBoth({ role: 'finance', scope: { storeIds: [shop.otherStoreId] } });
  expect(codeOf(await two.approve(id, elsewhere.browser))).toBe('store_out_of_scope');
  expect(codeOf(await elsewhere.browser.get(`/v1/approvals/${id}`))).toBe('approval_not_found');
  const small = await two.hireBoth({ role: 'finance', ceilings: { 'cards.adjust': { each: 999 } } });
  expect(codeOf(await two.approve(id, small.browser))).toBe('amount_over_ceiling');
  const clerk = await two.hireBoth({ role: 'clerk' });
  expect(codeOf(await clerk.browser.get(`/v1/approvals/${id}`))).toBe('approval_not_found');
  const fit = await two.hireBoth({ role: 'finance', scope: { storeIds: [shop.storeId] } });
  expect(codeOf(await two.approve(id, fit.browser))).toBe('accepted');
});

test('where the rows have changed it is asked again instead, and only what was shown is approved', async () => {
  const { one, id } = await two.waitingAdjustment();
  const paid = { code: one.code, pin: one.pin, amount: 500, currency: 'CNY', storeId: shop.storeId };
  expect((await shop.merchant.post('/v1/redemptions', { ...paid, reference: 'spent' })).status).toBe(201);
  expect(codeOf(await two.approve(id))).toBe('approval_outdated');
  expect(await shop.balanceOf(one)).toBe(9500);
  const shown = await two.read(id);
  expect(shown).toMatchObject({ state: 'pending', revision: 2 });
  expect(shown.diff.changes.find(({ after }) => after.balance !== undefined)).toMatchObject({
    before: { balance: 9500 },
    after: { balance: 8500 },
  });
  expect(codeOf(await two.approve(id, bob.browser, 1))).toBe('approval_outdated');
  expect(codeOf(await two.approve(id, bob.browser, 2))).toBe('accepted');
  expect(await shop.balanceOf(one)).toBe(8500);
});

test('what others sell meanwhile does not make it another thing', async () => {
  const { id } = await two.waitingAdjustment();
  const other = two.card();
  const paid = { code: other.code, pin: other.pin, amount: 5, currency: 'CNY', storeId: shop.storeId };
  expect((await shop.merchant.post('/v1/redemptions', { ...paid, reference: 'B' })).status).toBe(201);
  expect(codeOf(await two.approve(id))).toBe('accepted');
});

test('approved by two at once it happens once; approved and withdrawn at once, one of both', async () => {
  const carol = await two.hireBoth({ role: 'finance' });
  for (let round = 0; round < 5; round++) {
    const { one, id } = await two.waitingAdjustment();
    const both = await Promise.all([two.approve(id), two.approve(id, carol.browser), two.approve(id)]);
    expect(both.map(codeOf).toSorted()).toEqual(['accepted', 'approval_not_pending', 'approval_not_pending']);
    expect(await shop.balanceOf(one)).toBe(9000);
    const next = await two.waitingAdjustment();
    const [yes, no] = await Promise.all([
      two.approve(next.id),
      send(alice.browser, `/v1/approvals/${next.id}/withdraw`, {}),
    ]);
    expect([yes, no].map(codeOf).toSorted()).toEqual(['accepted', 'approval_not_pending']);
    expect(await shop.balanceOf(next.one)).toBe(yes.status === 200 ? 9000 : 10_000);
  }
});

test('in two processes at once it happens once', async () => {
  const second = await bench.another();
  const there = openBrowser(second.app);
  await there.post('/v1/session', { login: bob.login, password: goodPassword });
  const { one, id } = await two.waitingAdjustment();
  const both = await Promise.all([two.approve(id), two.approve(id, there)]);
  expect(both.map(codeOf).toSorted()).toEqual(['accepted', 'approval_not_pending']);
  expect(await shop.balanceOf(one)).toBe(9000);
  await second.close();
});

test('what was shown is what another process sees that has just begun, which has nothing in memory', async () => {
  const second = await bench.another();
  const there = openBrowser(second.app);
  const { one, id } = await two.waitingAdjustment();
  await there.post('/v1/session', { login: bob.login, password: goodPassword });
  expect(codeOf(await two.approve(id, there))).toBe('accepted');
  expect(await shop.balanceOf(one)).toBe(9000);
  await second.close();
});

test('it is rejected with a reason, withdrawn by who asked alone, and expires', async () => {
  const rejected = await two.waitingAdjustment();
  expect(codeOf(await send(bob.browser, `/v1/approvals/${rejected.id}/reject`, { reason: 'why?' }))).toBe(
    'accepted',
  );
  expect(await two.read(rejected.id)).toMatchObject({ state: 'rejected', reason: 'why?' });
  expect(codeOf(await two.approve(rejected.id))).toBe('approval_not_pending');
  const retry = { amount: -1000, reason: 'typo' };
  const path = `/v1/cards/${rejected.one.id}/adjust`;
  expect(codeOf(await send(alice.browser, path, retry, rejected.key))).toBe('approval_not_pending');

  const withdrawn = await two.waitingAdjustment();
  expect(codeOf(await send(bob.browser, `/v1/approvals/${withdrawn.id}/withdraw`, {}))).toBe(
    'approval_not_found',
  );
  expect(codeOf(await send(alice.browser, `/v1/approvals/${withdrawn.id}/withdraw`, {}))).toBe('accepted');
  expect(codeOf(await two.approve(withdrawn.id))).toBe('approval_not_pending');

  const old = await two.waitingAdjustment();
  const begun = bench.time.now;
  bench.time.now = new Date(begun.getTime() + 72 * 3_600_000);
  await two.resumed();
  expect((await two.read(old.id)).state).toBe('expired');
  expect(codeOf(await two.approve(old.id))).toBe('approval_expired');
  await bench.runJobs('approvals.expire');
  const [row] = await eye.rows(`select count(*)::int as n from approvals.approval where state = 'pending'`);
  expect(row?.n).toBe(0);
  expect(codeOf(await two.approve(old.id))).toBe('approval_expired');
});
