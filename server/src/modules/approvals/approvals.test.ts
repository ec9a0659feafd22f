import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, openBrowser } from '../../../test/browser.ts';
import { goodPassword, type Hired, hire, newLogin } from '../../../test/desk.ts';
import { openBench, type Reply, type TestBench } from '../../../test/harness.ts';
import { connectAsOwner, type Owner } from '../../../test/owner.ts';
import { type CardInHand, openShop, type Shop } from '../../../test/shop.ts';

// A shop with two owners, and with finance: what one of them may not do alone.

let bench: TestBench;
let shop: Shop;
let eye: Owner;
let stock: CardInHand[];
let large: CardInHand | undefined;
let alice: Hired;
let bob: Hired;
let keys = 0;
beforeAll(async () => {
  bench = await openBench();
  shop = await openShop(bench);
  // Sold before there are two people: from then on codes are not released by one.
  stock = await shop.sell(60);
  [large] = await shop.sell(1, 300_000);
  eye = await connectAsOwner(bench.ownerUrl);
  alice = await hire(bench, shop.merchant, { role: 'owner' });
  bob = await hire(bench, alice.browser, { role: 'owner' });
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await eye.close();
  await bench.close();
});

type Waits = { approval: { id: string; kind: string; state: string }; key?: string; link?: string };
type Shown = {
  id: string;
  state: string;
  revision: number;
  isMine: boolean;
  allowed: { decide: boolean; withdraw: boolean };
  askedBy: { id: string };
  decidedBy: { id: string } | null;
  reason: string | null;
  diff: {
    facts: { type: string; amount: number | null }[];
    changes: { what: string; id: string | null; before: object | null; after: Record<string, unknown> }[];
  };
};

const codeOf = ({ status, body }: Reply) => (status < 300 ? 'accepted' : body.code);
const nextKey = () => `key-${keys++}`;
const send = <B = Record<string, unknown>>(by: Browser, path: string, body: unknown, key = nextKey()) =>
  by.post<B>(path, body, { 'idempotency-key': key });
const read = async (id: string, by = bob.browser) => (await by.get<Shown>(`/v1/approvals/${id}`)).body;
const approve = async (id: string, by = bob.browser, revision = 1) =>
  send(by, `/v1/approvals/${id}/approve`, { revision });
const stepUp = async (by: Browser) =>
  expect((await by.post('/v1/session/step-up', { password: goodPassword })).status).toBe(200);

function card(): CardInHand {
  const one = stock.pop();
  if (!one) throw new Error('no card is left');
  return one;
}

/** Alice takes ten yuan from a card; it waits. */
async function waitingAdjustment(key = nextKey()) {
  const one = card();
  const asked = await send<Waits>(
    alice.browser,
    `/v1/cards/${one.id}/adjust`,
    { amount: -1000, reason: 'typo' },
    key,
  );
  expect(asked.status, asked.text).toBe(202);
  return { one, key, id: asked.body.approval.id, text: asked.text };
}

test('an adjustment waits for a second person, with a diff of exactly what will happen, and then happens once', async () => {
  const { one, key, id, text } = await waitingAdjustment();
  expect(await shop.balanceOf(one)).toBe(10_000);
  const shown = await read(id);
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
  expect(await read(id, alice.browser)).toMatchObject({
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

  const done = await approve(id);
  expect(done.status, done.text).toBe(200);
  expect(done.body).toMatchObject({
    approval: { id, state: 'done' },
    result: { amount: -1000, balance: 9000 },
  });
  expect(await shop.balanceOf(one)).toBe(9000);
  expect(codeOf(await approve(id))).toBe('approval_not_pending');
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
  expect(await read(id)).toMatchObject({ state: 'done', decidedBy: { id: bob.staffId } });
});

test('nobody is their own second person: not at another browser, by their own key, or by a key that they made', async () => {
  const { one, id } = await waitingAdjustment();
  expect(codeOf(await approve(id, alice.browser))).toBe('approval_own');
  expect(codeOf(await send(alice.browser, `/v1/approvals/${id}/reject`, { reason: 'x' }))).toBe(
    'approval_own',
  );

  // Keys that Alice has made: waiting, so that she needs Bob for them; approved all the same.
  for (const staffId of [alice.staffId, bob.staffId]) {
    const made = await send<Waits>(alice.browser, '/v1/api-keys', { name: 'k', staffId, role: 'owner' });
    expect(made.status, made.text).toBe(202);
    const secret = made.body.key ?? '';
    expect((await bench.client(secret).get('/v1/me')).status).toBe(401);
    expect(codeOf(await approve(made.body.approval.id))).toBe('accepted');
    expect((await bench.client(secret).get('/v1/me')).status).toBe(200);
    const tried = await bench.client(secret).post(`/v1/approvals/${id}/approve`, { revision: 1 });
    expect(codeOf(tried)).toBe(staffId === alice.staffId ? 'approval_own' : 'approver_not_a_person');
    // What such a key asks for is asked for by both: neither is the second person.
    const asked = await bench
      .client(secret)
      .post<Waits>(`/v1/cards/${one.id}/adjust`, { amount: -1, reason: 'by key' });
    if (staffId === alice.staffId) {
      expect(asked.status).toBe(202);
      expect(codeOf(await approve(asked.body.approval.id, alice.browser))).toBe('approval_own');
    }
  }
  expect(codeOf(await shop.merchant.post(`/v1/approvals/${id}/approve`, { revision: 1 }))).toBe(
    'approver_not_a_person',
  );
  expect((await read(id)).state).toBe('pending');
});

test('who lacks the permission, or is of another store, cannot approve or reject', async () => {
  const { id } = await waitingAdjustment();
  const manager = await hireBoth({ role: 'manager' });
  expect(codeOf(await approve(id, manager.browser))).toBe('permission_denied');
  const refused = await send(manager.browser, `/v1/approvals/${id}/reject`, { reason: 'no' });
  expect(codeOf(refused)).toBe('permission_denied');
  const elsewhere = await hireBoth({ role: 'finance', scope: { storeIds: [shop.otherStoreId] } });
  expect(codeOf(await approve(id, elsewhere.browser))).toBe('store_out_of_scope');
  expect(codeOf(await elsewhere.browser.get(`/v1/approvals/${id}`))).toBe('approval_not_found');
  const small = await hireBoth({ role: 'finance', ceilings: { 'cards.adjust': { each: 999 } } });
  expect(codeOf(await approve(id, small.browser))).toBe('amount_over_ceiling');
  const clerk = await hireBoth({ role: 'clerk' });
  expect(codeOf(await clerk.browser.get(`/v1/approvals/${id}`))).toBe('approval_not_found');
  const fit = await hireBoth({ role: 'finance', scope: { storeIds: [shop.storeId] } });
  expect(codeOf(await approve(id, fit.browser))).toBe('accepted');
});

/** Alice invites and Bob approves; the link that she was shown is good from then on. */
async function hireBoth(terms: object): Promise<Hired> {
  const login = newLogin();
  const asked = await send<Waits>(alice.browser, '/v1/staff/invitations', { login, name: 'Li Na', ...terms });
  expect(asked.status, asked.text).toBe(202);
  const token = String(asked.body.link).split('token=')[1];
  expect(codeOf(await alice.browser.post('/v1/invitations/look', { token }))).toBe('link_not_good');
  expect(codeOf(await approve(asked.body.approval.id))).toBe('accepted');
  const browser = openBrowser(bench.app);
  const accepted = await browser.post('/v1/invitations/accept', { token, password: goodPassword });
  expect(accepted.status, accepted.text).toBe(200);
  const { body } = await browser.get<{ staff: { id: string } }>('/v1/session');
  return { browser, login, staffId: body.staff.id };
}

test('where the rows have changed it is asked again instead, and only what was shown is approved', async () => {
  const { one, id } = await waitingAdjustment();
  const paid = { code: one.code, pin: one.pin, amount: 500, currency: 'CNY', storeId: shop.storeId };
  expect((await shop.merchant.post('/v1/redemptions', { ...paid, reference: 'spent' })).status).toBe(201);
  expect(codeOf(await approve(id))).toBe('approval_outdated');
  expect(await shop.balanceOf(one)).toBe(9500);
  const shown = await read(id);
  expect(shown).toMatchObject({ state: 'pending', revision: 2 });
  expect(shown.diff.changes.find(({ after }) => after.balance !== undefined)).toMatchObject({
    before: { balance: 9500 },
    after: { balance: 8500 },
  });
  expect(codeOf(await approve(id, bob.browser, 1))).toBe('approval_outdated');
  expect(codeOf(await approve(id, bob.browser, 2))).toBe('accepted');
  expect(await shop.balanceOf(one)).toBe(8500);
});

test('what others sell meanwhile does not make it another thing', async () => {
  const { id } = await waitingAdjustment();
  const other = card();
  const paid = { code: other.code, pin: other.pin, amount: 5, currency: 'CNY', storeId: shop.storeId };
  expect((await shop.merchant.post('/v1/redemptions', { ...paid, reference: 'B' })).status).toBe(201);
  expect(codeOf(await approve(id))).toBe('accepted');
});

test('approved by two at once it happens once; approved and withdrawn at once, one of both', async () => {
  const carol = await hireBoth({ role: 'finance' });
  for (let round = 0; round < 5; round++) {
    const { one, id } = await waitingAdjustment();
    const both = await Promise.all([approve(id), approve(id, carol.browser), approve(id)]);
    expect(both.map(codeOf).sort()).toEqual(['accepted', 'approval_not_pending', 'approval_not_pending']);
    expect(await shop.balanceOf(one)).toBe(9000);
    const next = await waitingAdjustment();
    const [yes, no] = await Promise.all([
      approve(next.id),
      send(alice.browser, `/v1/approvals/${next.id}/withdraw`, {}),
    ]);
    expect([yes, no].map(codeOf).sort()).toEqual(['accepted', 'approval_not_pending']);
    expect(await shop.balanceOf(next.one)).toBe(yes.status === 200 ? 9000 : 10_000);
  }
});

test('in two processes at once it happens once', async () => {
  const second = await bench.another();
  const there = openBrowser(second.app);
  await there.post('/v1/session', { login: bob.login, password: goodPassword });
  const { one, id } = await waitingAdjustment();
  const both = await Promise.all([approve(id), approve(id, there)]);
  expect(both.map(codeOf).sort()).toEqual(['accepted', 'approval_not_pending']);
  expect(await shop.balanceOf(one)).toBe(9000);
  await second.close();
});

test('it is rejected with a reason, withdrawn by who asked alone, and expires', async () => {
  const rejected = await waitingAdjustment();
  expect(codeOf(await send(bob.browser, `/v1/approvals/${rejected.id}/reject`, { reason: 'why?' }))).toBe(
    'accepted',
  );
  expect(await read(rejected.id)).toMatchObject({ state: 'rejected', reason: 'why?' });
  expect(codeOf(await approve(rejected.id))).toBe('approval_not_pending');
  const retry = { amount: -1000, reason: 'typo' };
  const path = `/v1/cards/${rejected.one.id}/adjust`;
  expect(codeOf(await send(alice.browser, path, retry, rejected.key))).toBe('approval_not_pending');

  const withdrawn = await waitingAdjustment();
  expect(codeOf(await send(bob.browser, `/v1/approvals/${withdrawn.id}/withdraw`, {}))).toBe(
    'approval_not_found',
  );
  expect(codeOf(await send(alice.browser, `/v1/approvals/${withdrawn.id}/withdraw`, {}))).toBe('accepted');
  expect(codeOf(await approve(withdrawn.id))).toBe('approval_not_pending');

  const old = await waitingAdjustment();
  const begun = bench.time.now;
  bench.time.now = new Date(begun.getTime() + 72 * 3_600_000);
  await resumed();
  expect((await read(old.id)).state).toBe('expired');
  expect(codeOf(await approve(old.id))).toBe('approval_expired');
  await bench.runJobs('approvals.expire');
  const [row] = await eye.rows(`select count(*)::int as n from approvals.approval where state = 'pending'`);
  expect(row?.n).toBe(0);
  expect(codeOf(await approve(old.id))).toBe('approval_expired');
});

/** Alice and Bob sign in again, since it is another day. */
async function resumed() {
  for (const { browser, login } of [alice, bob])
    expect((await browser.post('/v1/session', { login, password: goodPassword })).status).toBe(200);
}

test('below its limit nobody is asked; above it cards, refunds and voids wait', async () => {
  const { merchant, programId } = shop;
  const batch = (by: Browser, quantity: number, faceValue: number) =>
    send<Waits>(by, '/v1/card-batches', { programId, quantity, faceValue });
  const small = await batch(alice.browser, 100, 10_000);
  expect([small.status, small.body.approval]).toEqual([202, undefined]);
  const many = await batch(alice.browser, 101, 10_000);
  expect(many.body.approval).toMatchObject({ kind: 'issue', state: 'pending' });
  const done = await approve(many.body.approval.id);
  expect(done.body, done.text).toMatchObject({ result: { quantity: 101, status: 'pending' } });
  await bench.runJobs('batches.generate');

  const paid = {
    code: large?.code,
    pin: large?.pin,
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
  expect(codeOf(await approve(waits.body.approval.id))).toBe('step_up_required');
  await stepUp(bob.browser);
  expect(codeOf(await approve(waits.body.approval.id))).toBe('accepted');
  const voided = await send<Waits>(alice.browser, `/v1/cards/${large?.id}/void`, { reason: 'stolen' });
  expect(voided.body.approval).toMatchObject({ kind: 'void' });
  expect(codeOf(await approve(voided.body.approval.id))).toBe('accepted');
  const cheap = card();
  expect((await send(alice.browser, `/v1/cards/${cheap.id}/void`, { reason: 'x' })).status).toBe(200);
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
  const allowed = await approve(asked.body.approval.id);
  expect(allowed.body).toMatchObject({ approval: { state: 'permitted' }, result: null });
  expect((await send<Waits>(bob.browser, path, {})).status).toBe(202);
  const twice = await Promise.all([1, 2, 3].map(() => send(alice.browser, path, {}, 'release')));
  expect(twice.filter(({ text }) => text.startsWith('serial,code'))).toHaveLength(1);
  expect(codeOf(await send(alice.browser, path, {}, 'release'))).toBe('codes_already_released');
  expect(await read(asked.body.approval.id)).toMatchObject({ state: 'done' });

  const late = await make();
  const lateAsked = await send<Waits>(alice.browser, late, {});
  await approve(lateAsked.body.approval.id);
  bench.time.now = new Date(bench.time.now.getTime() + 24 * 3_600_000);
  await resumed();
  expect((await send(alice.browser, late, {})).status).toBe(202);
  expect((await read(lateAsked.body.approval.id)).state).toBe('expired');
});

test('roles, the end of an approver, and another password need a second person; a clerk leaves at once', async () => {
  const clerk = await hireBoth({ role: 'clerk' });
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
  expect((await read(asked.body.approval.id)).diff.changes).toMatchObject([{ what: 'policy' }]);
  expect(codeOf(await approve(asked.body.approval.id))).toBe('accepted');
  const one = card();
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
