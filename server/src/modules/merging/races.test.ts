import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Client, openBench, type Reply, type TestBench } from '../../../test/harness.ts';
import { mergingAt } from '../../../test/merging.ts';
import { madeBy, openTill, rowsOf, type Till } from '../../../test/till.ts';
import { peopleOf, type TestMember } from '../../../test/wallet.ts';
import { decodeId } from '../../kernel/id.ts';
import { changeMyNumber } from '../members/index.ts';

// Merging against whatever else can be done to the two at the same moment, asked of two processes on one database.

let bench: TestBench;
let another: Awaited<ReturnType<TestBench['another']>>;
let till: Till;
let at: ReturnType<typeof mergingAt>;
let people: ReturnType<typeof peopleOf>;
let beside: Client;
beforeAll(async () => {
  bench = await openBench();
  another = await bench.another();
  till = await openTill(bench);
  at = mergingAt(bench, till);
  people = peopleOf(bench, till, '132');
  const made = await till.merchant.post<{ key: string }>('/v1/api-keys', { name: 'Beside', role: 'owner' });
  beside = another.client(made.body.key);
  await at.scheme();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await another.close();
  await bench.close();
});

type Pair = { readonly one: TestMember; readonly other: TestMember };
let pair: Pair;
beforeEach(async () => {
  pair = { one: await people.member(), other: await people.member() };
  madeBy(await at.topUp(pair.one, 10_000));
  madeBy(await at.topUp(pair.other, 5_000));
});

/** What is on all wallets of these, to the cent: also where nobody would look for it. */
async function onAll(members: readonly TestMember[]): Promise<number> {
  const [row] = await rowsOf(
    bench,
    `select coalesce(sum(a.balance), 0)::text as sum from ledger.account a
     where a.purpose = 'wallet' and a.owner_id = any($1::uuid[])`,
    [members.map(({ id }) => decodeId('mem', id))],
  );
  return Number(row?.sum);
}

async function ownersOf(members: readonly TestMember[]): Promise<readonly string[]> {
  const rows = await rowsOf(
    bench,
    `select distinct a.owner_id::text as id from ledger.account a
     where a.purpose = 'wallet' and a.balance > 0 and a.owner_id = any($1::uuid[])`,
    [members.map(({ id }) => decodeId('mem', id))],
  );
  return rows.map(({ id }) => String(id));
}

const codes = (replies: readonly Reply[]) =>
  replies.map(({ status, body }) => (status < 300 ? 'done' : String(body.code)));
const idIn = ({ id }: TestMember) => decodeId('mem', id) ?? '';

test('purchases, top-ups and refunds at the same moment lose no cent and double none', async () => {
  const { one, other } = pair;
  const earlier = madeBy(await at.buy(one, 1_000));
  const replies = await Promise.all([
    at.buy(one, 700),
    at.topUp(one, 300, {}, beside),
    at.merge(one, other),
    at.buy(one, 200, {}, beside),
    at.topUp(one, 400),
    at.refundPurchase(earlier, 600),
    at.buy(other, 150, {}, beside),
    at.topUp(other, 50),
  ]);
  const [, , merge] = codes(replies);
  expect(merge).toBe('done');
  const did = codes(replies).map((code) => code === 'done');
  const sums = [-700, 300, 0, -200, 400, 600, -150, 50];
  const expected = sums.reduce((sum, amount, n) => (did[n] ? sum + amount : sum), 14_000);
  expect(await onAll([one, other])).toBe(expected);
  expect(await at.balance(other)).toMatchObject({ total: expected });
  expect(await ownersOf([one, other])).toEqual([idIn(other)]);
  const refused = codes(replies).filter((code) => code !== 'done');
  expect(new Set(refused).size, String(refused)).toBeLessThanOrEqual(1);
  for (const code of refused) expect(code).toBe('member_not_found');
  await at.isWhole();
});

test('of two opposite merges one happens, and of many into different ones too; the same key is one merge', async () => {
  for (let round = 0; round < 4; round++) {
    const [one, other, third] = [await people.member(), await people.member(), await people.member()];
    madeBy(await at.topUp(one, 900));
    madeBy(await at.topUp(other, 90));
    madeBy(await at.topUp(third, 9));
    const replies = await Promise.all([
      at.merge(one, other),
      at.merge(other, one, undefined, beside),
      at.merge(one, third),
      at.merge(one, other, `same-${round}`, beside),
      at.merge(one, other, `same-${round}`),
    ]);
    expect(await onAll([one, other, third])).toBe(999);
    const done = replies.flatMap(({ status, body }) =>
      status === 200 ? [`${body.id}>${body.mergedIntoId}`] : [],
    );
    expect(new Set(done).size, String(done)).toBeLessThanOrEqual(2);
    expect(done.includes(`${one.id}>${other.id}`) && done.includes(`${other.id}>${one.id}`)).toBe(false);
    const stays = [];
    for (const each of [one, other, third])
      if ((await till.merchant.get(`/v1/members/${each.id}`)).status === 200) stays.push(each);
    expect(new Set(done).size + stays.length).toBe(3);
    let sum = 0;
    for (const each of stays) sum += (await at.balance(each)).total;
    expect(sum).toBe(999);
  }
  await at.isWhole();
});

test('a chain that is asked for at once ends with one who has all, and every id leads to them', async () => {
  const third = await people.member();
  const { one, other } = pair;
  const replies = await Promise.all([at.merge(one, other), at.merge(other, third, undefined, beside)]);
  if (codes(replies)[0] !== 'done') {
    expect(codes(replies)).toEqual(['member_merged', 'done']);
    expect((await at.merge(one, third)).status).toBe(200);
  }
  expect(await at.balance(third)).toMatchObject({ total: 15_000 });
  for (const { id } of [one, other]) {
    const heir = await till.merchant.get(`/v1/members/${id}/heir`);
    expect(heir.body).toMatchObject({ mergedIntoId: third.id });
  }
  expect(await at.quotes(third)).toHaveLength(2);
});

test('against an erasure the value is with who stays, or nothing has moved', async () => {
  for (const [goes, erased] of [
    [0, 0],
    [0, 1],
    [1, 0],
  ] as const) {
    const two = [await people.member(), await people.member()];
    const [from, into] = goes === 0 ? two : two.toReversed();
    const gone = two[erased];
    if (!from || !into || !gone) throw new Error('there are two');
    madeBy(await at.topUp(from, 1_000));
    madeBy(await at.topUp(into, 10));
    const replies = await Promise.all([
      at.merge(from, into),
      beside.post(`/v1/members/${gone.id}/erase`, { reason: 'requested' }),
    ]);
    expect(await onAll(two)).toBe(1_010);
    const owners = await ownersOf(two);
    if (codes(replies)[0] === 'done') expect(owners).toEqual([idIn(into)]);
    else expect(owners.toSorted()).toEqual([idIn(from), idIn(into)].toSorted());
  }
  await at.isWhole();
});

test('what is asked of a member at the moment they go over is refused, or comes along', async () => {
  for (let round = 0; round < 3; round++) {
    const [one, other] = [await people.holder(), await people.member()];
    const loose = await till.card();
    const [merge, bound] = await Promise.all([
      at.merge(one, other),
      beside.post(`/v1/members/${one.id}/cards`, { cardId: loose.id }),
    ]);
    expect(merge.status, merge.text).toBe(200);
    const { body } = await till.merchant.get<{ items: { id: string }[] }>(`/v1/members/${other.id}/cards`);
    const cards = body.items.map(({ id }) => id).toSorted();
    expect(cards).toEqual([one.card.id, ...(bound.status === 200 ? [loose.id] : [])].toSorted());
    expect((await till.merchant.get<{ holder: string | null }>(`/v1/cards/${loose.id}`)).body.holder).toBe(
      bound.status === 200 ? other.id : null,
    );
  }
});

test('against a change of number: the new one stays with who stands, and no number leads to a record that went', async () => {
  const { vault, random } = bench.runtime.members;
  for (const [nth, changing] of (['one', 'other'] as const).entries()) {
    const two = { one: await people.member(), other: await people.member() };
    madeBy(await at.topUp(two.one, 700));
    const id = idIn(two[changing]);
    const phone = `+861390000000${nth}`;
    const change = {
      id,
      phoneHashes: vault.phoneHashes(till.merchant.id, phone),
      sealedPhone: vault.seal(phone, { merchantId: till.merchant.id, id, field: 'phone' }, random),
      isProven: true,
    };
    const [merge, changed] = await Promise.all([
      at.merge(two.one, two.other),
      another.runtime.members.asWallet(till.merchant.id, changeMyNumber, change),
    ]);
    expect(merge.status, merge.text).toBe(200);
    expect(await at.balance(two.other)).toMatchObject({ total: 700 });
    const path = `/v1/members?phone=${encodeURIComponent(phone)}`;
    const found = (await till.merchant.get<{ items: { id: string }[] }>(path)).body.items.map(
      (item) => item.id,
    );
    const isDone = 'body' in changed;
    if (!isDone) expect(changed.refusal.refused).toBe('member_not_found');
    expect(found).toEqual(changing === 'other' && isDone ? [two.other.id] : []);
    await bench.runJobs('members.tellLeftNumbers');
    expect(await rowsOf(bench, 'select 1 from members.left_number')).toEqual([]);
  }
});

test('an old number and its sessions end in the commit of the merge, whoever signs in at that moment', async () => {
  const { one, other } = pair;
  const [merge, me] = await Promise.all([at.merge(one, other), one.phone.get('/me')]);
  expect(merge.status).toBe(200);
  expect([200, 401]).toContain(me.status);
  expect((await one.phone.get('/me')).body.code).toBe('not_signed_in');
});
