import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, openBrowser } from '../../../test/browser.ts';
import {
  firstOwnerToken,
  goodPassword,
  hire,
  newLogin,
  ownerLink,
  signIn,
  tokenOf,
  welcome,
} from '../../../test/desk.ts';
import { openBench, type TestBench, type TestMerchant } from '../../../test/harness.ts';
import { connectAsOwner } from '../../../test/owner.ts';

let bench: TestBench;
let merchant: TestMerchant;
beforeAll(async () => {
  bench = await openBench();
  merchant = await bench.merchant();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

type Answer = { readonly status: number; readonly body: Record<string, unknown> };
const codeOf = ({ status, body }: Answer) => (status < 300 ? 'accepted' : body.code);
const later = (hours: number) => {
  bench.time.now = new Date(bench.time.now.getTime() + hours * 3_600_000);
};
let addresses = 0;
const anybody = () => openBrowser(bench.app, { address: `198.51.${addresses >> 8}.${addresses++ & 255}` });
type Made = { readonly id: string; readonly link: string };
const invite = (body: object, by: Pick<TestMerchant, 'post'> = merchant) =>
  by.post<Made & Record<string, unknown>>('/v1/staff/invitations', { name: 'Li Na', role: 'clerk', ...body });
const accept = (token: string, body: object = {}, browser = anybody()) =>
  browser.post('/v1/invitations/accept', { token, password: goodPassword, ...body });
const look = (token: string) => anybody().post('/v1/invitations/look', { token });

test('an invitation says what it is for, to who has its link, and to managers without it', async () => {
  const login = newLogin();
  const made = await invite({ login, role: 'finance' });
  expect(made.body).toMatchObject({
    name: 'Li Na',
    role: 'finance',
    state: 'open',
    link: expect.any(String),
  });
  expect(made.body.login).not.toBe(login);
  const { body } = await look(tokenOf(made.body.link));
  expect(body).toMatchObject({ merchantName: 'Test', name: 'Li Na', role: 'finance', isKnown: false });
  const { items } = (await merchant.get<{ items: object[] }>('/v1/staff/invitations')).body;
  expect(items[0]).toMatchObject({ id: made.body.id, state: 'open', name: 'Li Na' });
  expect(JSON.stringify(items)).not.toContain(tokenOf(made.body.link));
  expect(JSON.stringify(items)).not.toContain(login);
});

test('an invitation is accepted once, of 50 at once by one, and leaves one person', async () => {
  const login = newLogin();
  const token = tokenOf((await invite({ login })).body.link);
  const replies = await Promise.all(Array.from({ length: 50 }, () => accept(token)));
  const codes = replies.map(codeOf);
  expect(codes.filter((code) => code === 'accepted')).toHaveLength(1);
  expect(new Set(codes)).not.toContain('internal_error');
  const owner = await connectAsOwner(bench.ownerUrl);
  const [row] = await owner.rows(
    `select (select count(*)::int from people.staff where person_id = p.id) as staff, count(*) over ()::int as persons
     from signin.person p order by created_at desc, id desc limit 1`,
  );
  expect(row?.staff).toBe(1);
  await owner.close();
  expect(codeOf(await signIn(anybody(), login))).toBe('accepted');
  expect(codeOf(await accept(token))).toBe('link_not_good');
});

test('an invitation that was taken back, renewed or has expired is no good, and lets nobody keep a password', async () => {
  later(1);
  const login = newLogin();
  const { id, link } = (await invite({ login })).body;
  const renewed = (await merchant.post<Made>(`/v1/staff/invitations/${id}/resend`)).body.link;
  expect(codeOf(await accept(tokenOf(link)))).toBe('link_not_good');
  expect(codeOf(await look(tokenOf(link)))).toBe('link_not_good');
  expect(codeOf(await look(tokenOf(renewed)))).toBe('accepted');
  await merchant.post(`/v1/staff/invitations/${id}/revoke`);
  expect(codeOf(await accept(tokenOf(renewed)))).toBe('link_not_good');
  for (const verb of ['revoke', 'resend']) {
    expect(codeOf(await merchant.post(`/v1/staff/invitations/${id}/${verb}`))).toBe('invitation_not_open');
    const unknown = 'inv_01jd000000e008000000000000';
    expect(codeOf(await merchant.post(`/v1/staff/invitations/${unknown}/${verb}`))).toBe(
      'invitation_not_found',
    );
  }
  later(1);
  const late = tokenOf((await invite({ login })).body.link);
  later(7 * 24);
  expect(codeOf(await accept(late))).toBe('link_not_good');
  const list = await merchant.get<{ items: { state: string }[] }>('/v1/staff/invitations');
  expect(list.body.items.slice(0, 2).map(({ state }) => state)).toEqual(['expired', 'revoked']);
  expect(codeOf(await signIn(anybody(), login))).toBe('sign_in_refused');
});

test('a repeated request is answered without the link, and logs neither name, login nor link', async () => {
  const login = newLogin();
  const body = { login, name: 'Zhao Secret', role: 'clerk' };
  const first = await merchant.post<Made>('/v1/staff/invitations', body, 'one-key');
  const again = await merchant.post<Made>('/v1/staff/invitations', body, 'one-key');
  expect([again.status, again.body.link]).toEqual([201, null]);
  expect(again.body.id).toBe(first.body.id);
  const owner = await connectAsOwner(bench.ownerUrl);
  const rows = await owner.rows(
    `select a::text as text from ledger.activity a where type like 'invitation.%'`,
  );
  for (const secret of ['Zhao Secret', login, tokenOf(first.body.link)])
    expect(JSON.stringify(rows)).not.toContain(secret);
  await owner.close();
});

test('who signs in already accepts by their own password, and is not made anew by another', async () => {
  const { login } = await hire(bench, await bench.merchant(), { role: 'owner' });
  const token = tokenOf((await invite({ login })).body.link);
  expect((await look(token)).body.isKnown).toBe(true);
  expect(codeOf(await accept(token, { password: 'marble-Quartz-77-sonata' }))).toBe('sign_in_refused');
  expect(codeOf(await accept(token))).toBe('accepted');
  expect(codeOf(await signIn(anybody(), login))).toBe('accepted');
  const twice = tokenOf((await invite({ login, role: 'manager' })).body.link);
  expect(codeOf(await accept(twice))).toBe('already_on_staff');
});

test('who left comes back by an invitation, as the same member of staff with what it is for', async () => {
  const { login, staffId } = await hire(bench, merchant, { role: 'manager' });
  await merchant.patch(`/v1/staff/${staffId}`, { state: 'left' });
  const browser = anybody();
  const token = tokenOf((await invite({ login, role: 'clerk' })).body.link);
  expect(codeOf(await accept(token, {}, browser))).toBe('accepted');
  expect((await browser.get('/v1/session')).body).toMatchObject({ staff: { id: staffId, role: 'clerk' } });
});

test('an invitation needs a login that is one, a role or an own role, and a password that is no poor one', async () => {
  for (const login of ['', 'x', 'a@', '@b.example', '12345', 'a b@c.example', '+1']) {
    expect((await invite({ login })).body, login).toMatchObject({ code: 'invalid_request', field: 'login' });
  }
  const both = { login: newLogin(), role: 'clerk', roleId: 'role_01jd000000e008000000000000' };
  expect((await invite(both)).body).toMatchObject({ code: 'invalid_request', field: 'role' });
  expect((await invite({ ...both, role: undefined })).body).toMatchObject({ code: 'role_not_found' });
  const login = 'zhangwei1988@example.com';
  const token = tokenOf((await invite({ login })).body.link);
  for (const password of [
    'zhangwei1988',
    'Zhangwei1988!',
    'Password1234',
    '1qaz2wsx3edc',
    'iloveyou1314520',
  ]) {
    expect(codeOf(await accept(token, { password })), password).toBe('password_too_weak');
  }
  expect(codeOf(await accept(token, { password: 'Tk9#vLq2x' }))).toBe('password_too_short');
  expect(codeOf(await accept(token))).toBe('accepted');
});

test('nobody invites somebody to more than they have: role, place or amount', async () => {
  const [east, west] = await Promise.all(
    ['E', 'W'].map(async (code) => {
      await merchant.post('/v1/regions', { code, name: code });
      return (await merchant.post<Made>('/v1/stores', { code, name: code, region: code })).body.id;
    }),
  );
  const permissions = ['people.write', 'people.read', 'cards.reload', 'merchant.read'];
  const role = (await merchant.post<Made>('/v1/roles', { name: 'Hiring', permissions })).body.id;
  const ceilings = { 'cards.reload': { each: 5_000, day: 9_000 } };
  const by = (await hire(bench, merchant, { roleId: role, scope: { storeIds: [east] }, ceilings })).browser;
  const ask = async (body: object) => {
    const { body: answer, status } = await by.post('/v1/staff/invitations', {
      login: newLogin(),
      name: 'x',
      ...body,
    });
    return status === 201 ? 'accepted' : [answer.code, answer.field];
  };
  const mine = { roleId: role, scope: { storeIds: [east] }, ceilings };
  expect(await ask(mine)).toBe('accepted');
  expect(await ask({ ...mine, roleId: undefined, role: 'clerk' })).toEqual(['permission_not_held', 'role']);
  expect(await ask({ ...mine, scope: undefined })).toEqual(['store_out_of_scope', 'scope']);
  expect(await ask({ ...mine, scope: { storeIds: [east, west] } })).toEqual(['store_out_of_scope', 'scope']);
  expect(await ask({ ...mine, scope: { regions: ['W'] } })).toEqual(['store_out_of_scope', 'scope']);
  expect(await ask({ ...mine, scope: { regions: ['E'] } })).toBe('accepted');
  const field = 'ceilings.cards.reload';
  expect(await ask({ ...mine, ceilings: undefined })).toEqual(['permission_not_held', field]);
  expect(await ask({ ...mine, ceilings: { 'cards.reload': { each: 5_000 } } })).toEqual([
    'permission_not_held',
    field,
  ]);
  expect(await ask({ ...mine, ceilings: { 'cards.reload': { each: 5_001, day: 9_000 } } })).toEqual([
    'permission_not_held',
    field,
  ]);
  expect(await ask({ ...mine, scope: { regions: ['N'] } })).toEqual(['region_not_found', 'scope.regions.0']);
  expect(await ask({ ...mine, scope: { storeIds: ['store_01jd000000e008000000000000'] } })).toEqual([
    'store_not_found',
    'scope.storeIds.0',
  ]);
});

test('a fresh server’s owner is made once, by the link that the terminal shows, of 20 at once by one', async () => {
  const fresh = await openBench();
  const token = await firstOwnerToken(fresh.runtime);
  const renewed = await firstOwnerToken(fresh.runtime);
  const owner = (given: unknown, more: object = {}) =>
    openBrowser(fresh.app, { address: `192.0.2.${addresses++ & 255}` }).post('/v1/first-owner', {
      token: given,
      name: 'Wang Fang',
      login: newLogin(),
      password: goodPassword,
      merchant: { name: 'East', currency: 'CNY', timezone: 'Asia/Shanghai' },
      ...more,
    });
  expect(codeOf(await owner(token))).toBe('link_not_good');
  expect((await owner(renewed, { login: 'nobody' })).body).toMatchObject({ field: 'login' });
  expect(codeOf(await owner(renewed, { password: 'password1234' }))).toBe('password_too_weak');
  const replies = await Promise.all(Array.from({ length: 20 }, () => owner(renewed)));
  expect(replies.map(codeOf).filter((code) => code === 'accepted')).toHaveLength(1);
  expect(await firstOwnerToken(fresh.runtime)).toBeUndefined();
  const eye = await connectAsOwner(fresh.ownerUrl);
  const [row] = await eye.rows(
    `select (select count(*)::int from merchants.merchant) as merchants, (select count(*)::int from people.staff) as staff,
       (select count(*)::int from signin.person) as persons`,
  );
  expect(row).toEqual({ merchants: 1, staff: 1, persons: 1 });
  await eye.close();
  expect(fresh.errors).toEqual([]);
  await fresh.close();
});

test('the first owner is signed in, may do everything, and has a merchant of their own', async () => {
  const fresh = await openBench();
  const browser = await welcome(fresh);
  const { body } = await browser.get<{ permissions: string[] }>('/v1/session');
  expect(body).toMatchObject({
    merchant: { name: 'East', currency: 'CNY' },
    staff: { role: 'owner' },
    stores: null,
  });
  expect(body.permissions).toContain('people.write');
  expect(codeOf(await browser.post('/v1/stores', { code: 'A', name: 'A' }))).toBe('accepted');
  expect(fresh.errors).toEqual([]);
  await fresh.close();
});

test('the operator’s link makes an owner of whoever has it, with a login of their own, once', async () => {
  const token = tokenOf(await ownerLink(bench.runtime, merchant.id));
  expect((await look(token)).body).toMatchObject({ login: null, role: 'owner', isKnown: false });
  expect((await accept(token)).body).toMatchObject({ code: 'invalid_request', field: 'login' });
  const browser: Browser = anybody();
  expect(codeOf(await accept(token, { login: newLogin(), name: 'Qian' }, browser))).toBe('accepted');
  expect((await browser.get('/v1/session')).body).toMatchObject({ staff: { name: 'Qian', role: 'owner' } });
  expect(codeOf(await accept(token, { login: newLogin() }))).toBe('link_not_good');
  await expect(ownerLink(bench.runtime, '01900000-0000-7000-8000-00000000dead')).rejects.toThrow(
    'no such merchant',
  );
});
