import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type Reply, type TestBench, type TestMerchant } from '../../../../test/harness.ts';
import { lastCode, openPhone, type Phone } from '../../../../test/phone.ts';
import { rowsOf } from '../../../../test/till.ts';
import { decodeId } from '../../../kernel/id.ts';
import { isRefused } from '../../../kernel/outcome.ts';
import { enrolMyself } from '../enrolMember.ts';
import { enrolInput } from '../person.ts';
import { merchantOf, openSession } from '../signIn/signIn.ts';
import { changeMyNumber } from './changeNumber.ts';

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

let count = 0;
const newNumber = () => `1370000${String(++count).padStart(4, '0')}`;
const newPhone = () => openPhone(bench, merchant, `198.51.100.${++count}`);
const consent = { textVersion: 1 };
const later = (ms: number) => {
  bench.time.now = new Date(bench.time.now.getTime() + ms);
};
const minute = 60_000;
const changeCode = () => lastCode(bench, merchant, 'phone_change_code');

type Signed = { readonly phone: Phone; readonly number: string; readonly id: string };

/** A member with a phone in hand. */
async function member(): Promise<Signed> {
  const phone = await newPhone();
  const number = newNumber();
  return { phone, number, id: (await phone.signIn(number)).id };
}

/** Has a code sent to a number that somebody wants to have, and reads it there. */
async function wanted({ phone }: Signed, number: string): Promise<string> {
  const asked = await phone.post('/me/phone-code', { phone: number });
  expect(asked.status, asked.text).toBe(202);
  return changeCode();
}

async function foundBy(number: string): Promise<string[]> {
  const { body } = await merchant.get<{ items: { id: string }[] }>(`/v1/members?phone=${number}`);
  return body.items.map(({ id }) => id);
}

/** Tries to come in by a number, with the code that is sent to it. */
async function entered(number: string, more: object = {}): Promise<{ phone: Phone; reply: Reply }> {
  later(minute);
  const phone = await newPhone();
  expect((await phone.post('/sign-in', { phone: number })).status).toBe(202);
  const code = await lastCode(bench, merchant);
  return { phone, reply: await phone.post('/sessions', { phone: number, code, ...more }) };
}

test('a member takes another number: found and let in by it alone, and out on every other device', async () => {
  const me = await member();
  const other = (await entered(me.number)).phone;
  expect((await other.get('/me')).status).toBe(200);
  const number = newNumber();
  const code = await wanted(me, number);
  const changed = await me.phone.post('/me/phone', { phone: number, code });
  expect(changed.status, changed.text).toBe(200);
  expect(changed.body).toMatchObject({ id: me.id, phone: `137****${number.slice(-4)}` });
  expect((await me.phone.get('/me')).body).toMatchObject({ id: me.id });
  expect((await other.get('/me')).body.code).toBe('not_signed_in');
  expect([await foundBy(me.number), await foundBy(number)]).toEqual([[], [me.id]]);
  expect((await entered(me.number)).reply.body.code).toBe('consent_required');
  expect((await entered(number)).reply.body).toMatchObject({ id: me.id });
  const stranger = await entered(me.number, { consent });
  expect(stranger.reply.status).toBe(201);
  expect(stranger.reply.body.id, 'whoever has the old number now is somebody else').not.toBe(me.id);
});

test('the number that was left is told, once, and neither stands in the log', async () => {
  const me = await member();
  const number = newNumber();
  await me.phone.post('/me/phone', { phone: number, code: await wanted(me, number) });
  await bench.runJobs('members.tellLeftNumbers');
  await bench.runJobs('members.tellLeftNumbers');
  await bench.runJobs('notices.send');
  type Notice = { event: string; memberId: string | null; text: string | null };
  const { body } = await merchant.get<{ items: Notice[] }>('/v1/notices');
  const told = body.items.filter(({ event, memberId }) => event === 'phone_changed' && memberId === me.id);
  expect(told).toHaveLength(1);
  expect(JSON.stringify(told)).not.toContain(number.slice(-4));
  const { vault } = bench.runtime.members;
  const [row] = await rowsOf(
    bench,
    `select n.id, n.sealed_content as sealed from notices.notice n where n.event = 'phone_changed' and n.member_id = $1`,
    [decodeId('mem', me.id)],
  );
  const place = { merchantId: merchant.id, id: String(row?.id), field: 'notice' };
  const { to } = JSON.parse(vault.open(Buffer.from(row?.sealed as Uint8Array), place));
  expect(to, 'to the old number alone').toEqual({ phone: `+86${me.number}`, email: null });
  expect(await rowsOf(bench, 'select 1 from members.left_number')).toEqual([]);
  const activities = await rowsOf(
    bench,
    `select a.type from ledger.activity a where a.subject_id = $1 and a.type = 'member.phone_changed'`,
    [decodeId('mem', me.id)],
  );
  expect(activities).toHaveLength(1);
  for (const table of ['ledger.activity', 'members.member', 'members.session', 'notices.notice']) {
    const hits = await rowsOf(
      bench,
      `select 1 as hit from ${table} t where t::text like '%' || $1 || '%' or t::text like '%' || $2 || '%'
       or t::text like '%' || encode($1::bytea, 'hex') || '%'`,
      [number, me.number],
    );
    expect(hits, table).toEqual([]);
  }
});

test('staff give a member another number by the code that came to it; the same request again is answered the same', async () => {
  const me = await member();
  const number = newNumber();
  later(1);
  const sent = await merchant.post(`/v1/members/${me.id}/phone-code`, { phone: number }, 'key-send');
  expect(sent.status, sent.text).toBe(202);
  const again = await merchant.post(`/v1/members/${me.id}/phone-code`, { phone: number }, 'key-send');
  expect(again.text).toBe(sent.text);
  const code = await changeCode();
  const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
  const change = (said: string, key: string) =>
    merchant.post(`/v1/members/${me.id}/phone`, { phone: number, code: said }, key);
  expect((await change(wrong, 'key-wrong')).body.code).toBe('sign_in_code_wrong');
  const changed = await change(code, 'key-change');
  expect(changed.status, changed.text).toBe(200);
  expect(changed.body).toMatchObject({ id: me.id, phone: `137****${number.slice(-4)}`, tags: [] });
  expect((await change(code, 'key-change')).body).toEqual(changed.body);
  expect((await change(code, 'key-more')).body.code, 'a code works once').toBe('sign_in_code_wrong');
  expect((await me.phone.get('/me')).body.code).toBe('not_signed_in');
  expect([await foundBy(me.number), await foundBy(number)]).toEqual([[], [me.id]]);
});

test('five wrong tries are all there are, and codes to one number are a minute apart', async () => {
  const me = await member();
  const number = newNumber();
  const code = await wanted(me, number);
  expect((await me.phone.post('/me/phone-code', { phone: number })).body.code).toBe('too_many_attempts');
  const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
  for (let n = 0; n < 5; n++) await me.phone.post('/me/phone', { phone: number, code: wrong });
  expect((await me.phone.post('/me/phone', { phone: number, code })).body.code).toBe('sign_in_code_wrong');
});

test('another member’s number is refused to who has it in hand, and is told to nobody else', async () => {
  const [me, other] = [await member(), await member()];
  later(minute);
  const code = await wanted(me, other.number);
  const strangers = newNumber();
  const guess = { code: '000000' };
  const taken = await me.phone.post('/me/phone', { phone: other.number, ...guess });
  const free = await me.phone.post('/me/phone', { phone: strangers, ...guess });
  expect(taken.text).toBe(free.text);
  const refused = await me.phone.post('/me/phone', { phone: other.number, code });
  expect(refused.status).toBe(409);
  expect(refused.body).toMatchObject({ code: 'phone_taken', field: 'phone' });
  expect(await foundBy(other.number)).toEqual([other.id]);
});

test('a code is good for what it was sent for: one number, one member, and no sign-in', async () => {
  const [me, other] = [await member(), await member()];
  const number = newNumber();
  const code = await wanted(me, number);
  const late = await newPhone();
  expect((await late.post('/sessions', { phone: number, code, consent })).body.code).toBe(
    'sign_in_code_wrong',
  );
  expect((await other.phone.post('/me/phone', { phone: number, code })).body.code).toBe('sign_in_code_wrong');
  expect((await me.phone.post('/me/phone', { phone: number, code })).status).toBe(200);
  later(minute);
  const next = newNumber();
  await late.post('/sign-in', { phone: next });
  const signIn = await lastCode(bench, merchant);
  const taken = await me.phone.post('/me/phone', { phone: next, code: signIn });
  expect(taken.body.code).toBe('sign_in_code_wrong');
});

test('another merchant’s member is not there', async () => {
  const me = await member();
  const elsewhere = await bench.merchant();
  const body = { phone: newNumber(), code: '123456' };
  for (const [path, said] of [
    ['phone-code', { phone: body.phone }],
    ['phone', body],
  ] as const) {
    const reply = await elsewhere.post(`/v1/members/${me.id}/${path}`, said);
    expect(reply.body.code).toBe('member_not_found');
  }
});

/** A change that has been proven, as the use case is asked for it. */
function proven({ id: shown }: Signed, number: string) {
  const { vault, random } = bench.runtime.members;
  const id = decodeId('mem', shown) ?? '';
  const phone = `+86${number}`;
  return {
    id,
    phoneHashes: vault.phoneHashes(merchant.id, phone),
    sealedPhone: vault.seal(phone, { merchantId: merchant.id, id, field: 'phone' }, random),
    isProven: true,
  };
}

test('of members who take one number at once, in one process or two, one has it', async () => {
  const another = await bench.another();
  for (let round = 0; round < 4; round++) {
    const all = [await member(), await member(), await member(), await member()];
    const number = newNumber();
    const answers = await Promise.all(
      all.map((one, n) =>
        (n % 2 === 0 ? bench.runtime : another.runtime).members.asWallet(
          merchant.id,
          changeMyNumber,
          proven(one, number),
        ),
      ),
    );
    const came = answers.map((answer) => ('refusal' in answer ? answer.refusal.refused : 'has it'));
    expect(came.toSorted()).toEqual(['has it', 'phone_taken', 'phone_taken', 'phone_taken']);
    expect(await foundBy(number)).toEqual([all[came.indexOf('has it')]?.id]);
  }
  await another.close();
});

test('in one batch a number is taken, found again, and the one that was left is somebody else’s', async () => {
  const me = await member();
  const { members } = bench.runtime;
  const number = newNumber();
  const enrol = (phone: string) =>
    members.asWallet(
      merchant.id,
      enrolMyself,
      enrolInput(members, merchant.id, {
        phone: `+86${phone}`,
        language: 'zh',
        consent: { textVersion: 1, marketing: false },
      }),
    );
  const before = await foundBy(me.number);
  const [, found, left, again] = await Promise.all([
    members.asWallet(merchant.id, changeMyNumber, proven(me, number)),
    enrol(number),
    enrol(me.number),
    enrol(me.number),
  ]);
  const bodies = [found, left, again].map((answer) => ('body' in answer ? JSON.parse(answer.body) : answer));
  expect(before).toEqual([me.id]);
  expect(bodies[0]).toEqual({ id: me.id, enrolled: false });
  expect(bodies[1]).toMatchObject({ enrolled: true });
  expect(bodies[2]).toEqual({ id: bodies[1].id, enrolled: false });
  expect([await foundBy(me.number), await foundBy(number)]).toEqual([[bodies[1].id], [me.id]]);
});

test('who signs in by the old number while it is left is not let in as the member', async () => {
  for (let round = 0; round < 6; round++) {
    const me = await member();
    later(minute);
    const late = await newPhone();
    await late.post('/sign-in', { phone: me.number });
    const code = await lastCode(bench, merchant);
    const number = newNumber();
    const [came, changed] = await Promise.all([
      late.post('/sessions', { phone: me.number, code }),
      bench.runtime.members.asWallet(merchant.id, changeMyNumber, proven(me, number)),
    ]);
    expect(changed).toHaveProperty('body');
    expect(['201', 'consent_required', 'sign_in_code_wrong']).toContain(
      String(came.body.code ?? came.status),
    );
    expect((await late.get('/me')).body.code).toBe('not_signed_in');
  }
});

test('a session that is opened late, by a number that was left meanwhile, is none', async () => {
  const me = await member();
  const { members } = bench.runtime;
  const id = decodeId('mem', me.id) ?? '';
  const was = members.vault.phoneHashes(merchant.id, `+86${me.number}`);
  await members.asWallet(merchant.id, changeMyNumber, proven(me, newNumber()));
  const shop = await merchantOf(members, me.phone.slug);
  if (isRefused(shop)) throw new Error('the merchant is there');
  const opened = await openSession(members, shop, id, was);
  expect(opened).toMatchObject({ refused: 'sign_in_code_wrong' });
});
