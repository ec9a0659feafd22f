import PostalMime from 'postal-mime';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { openPhone } from '../../../test/phone.ts';
import { type Closing, mailServer, type Received, receiver } from '../../../test/receivers.ts';
import { openTill, rowsOf, type Till } from '../../../test/till.ts';
import { openChannels, signatureOf } from './channels.ts';
import { noticeJobs } from './jobs.ts';
import { channelFor, retryAfterMs } from './notice.ts';

let bench: TestBench;
let till: Till;
beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench);
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

const closing: Closing = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  // What one test left in the queue is none of the next one's business.
  await bench.runJobs('notices.send');
});

const secret = 'a secret of thirty characters.';
const signal = new AbortController().signal;
let count = 0;

/** Runs the sender over these channels until there is nothing more to send now. */
async function send(channels: ReturnType<typeof openChannels>): Promise<void> {
  closing.push(() => {
    for (const channel of channels.values()) channel.close();
  });
  const [job] = noticeJobs({ ...bench.runtime.members, channels, log: bench.runtime.log });
  while (await job?.run(signal));
}

async function askCode(number = `1350000${String(++count).padStart(4, '0')}`): Promise<string> {
  const phone = await openPhone(bench, till.merchant, `192.0.2.${++count}`);
  expect((await phone.post('/sign-in', { phone: number })).status).toBe(202);
  return number;
}

type Listed = {
  readonly memberId: string | null;
  readonly event: string;
  readonly state: string;
  readonly channel: string | null;
  readonly attempts: number;
  readonly failure: string | null;
  readonly text: string | null;
};
const notices = async () => (await till.merchant.get<{ items: Listed[] }>('/v1/notices')).body.items;

const headerOf = ({ headers }: Received, name: string) => String(headers[name]);

test('a letter arrives over SMTP with its words whole, once', async () => {
  const { url, letters } = await mailServer(closing);
  const channels = openChannels({ email: { url, from: '茶馆 <tea@example.com>' } }, false);
  const number = `1350000${String(++count).padStart(4, '0')}`;
  const consent = { textVersion: 1 };
  await till.merchant.post('/v1/members', { phone: number, email: 'li@example.com', consent });
  await askCode(number);
  await send(channels);
  await send(channels);
  expect(letters.map(({ from, to }) => ({ from, to }))).toEqual([
    { from: 'tea@example.com', to: ['li@example.com'] },
  ]);
  const letter = await new PostalMime().parse(letters[0]?.raw ?? '');
  expect(letter.subject).toBe('登录验证码');
  expect(letter.text).toMatch(/^【Test】验证码 \d{6}，5 分钟内有效。请勿告诉任何人/);
  expect(letter.from?.name).toBe('茶馆');
  const [first] = await notices();
  expect(first).toMatchObject({ state: 'sent', channel: 'email', attempts: 1, text: null });
});

test.each([
  [550, { state: 'dead', failure: 'refused' }],
  [451, { state: 'waiting', failure: 'unreachable' }],
])('a mail server that answers %i has the letter %o', async (status, expected) => {
  const { url } = await mailServer(closing, status);
  const number = `1350000${String(++count).padStart(4, '0')}`;
  await till.merchant.post('/v1/members', {
    phone: number,
    email: 'li@example.com',
    consent: { textVersion: 1 },
  });
  await askCode(number);
  await send(openChannels({ email: { url, from: 'tea@example.com' } }, false));
  expect((await notices())[0]).toMatchObject(expected);
  bench.time.now = new Date(bench.time.now.getTime() + 300_001);
});

test('a short message is a signed request that the receiver can check, of an id that stays', async () => {
  const { url, received } = await receiver(closing, 503);
  const channels = openChannels({ sms: { url, secret } }, false);
  const number = await askCode();
  await send(channels);
  expect((await notices())[0]).toMatchObject({ state: 'waiting', failure: 'unreachable', attempts: 1 });
  bench.time.now = new Date(bench.time.now.getTime() + 4_999);
  await send(channels);
  expect(received).toHaveLength(1);
  bench.time.now = new Date(bench.time.now.getTime() + 1);
  await send(channels);
  await send(channels);
  expect(received).toHaveLength(2);
  for (const one of received) {
    const [id, at] = [headerOf(one, 'webhook-id'), headerOf(one, 'webhook-timestamp')];
    expect(headerOf(one, 'webhook-signature')).toBe(signatureOf(secret, id, at, one.body));
    const body: { id: string; text: string; params: { code: string } } = JSON.parse(one.body);
    expect(body).toMatchObject({ id, channel: 'sms', event: 'sign_in_code', to: `+86${number}` });
    expect(body.text).toContain(body.params.code);
  }
  const ids = received.map((one) => headerOf(one, 'webhook-id'));
  expect(new Set(ids).size).toBe(1);
  expect((await notices())[0]).toMatchObject({ state: 'sent', channel: 'sms', attempts: 2, failure: null });
  const [row] = await rowsOf(
    bench,
    'select sealed_content from notices.notice order by created_at desc limit 1',
  );
  expect(row).toEqual({ sealed_content: null });
});

test.each([
  [400, 'dead'],
  [404, 'dead'],
  [302, 'waiting'],
  [408, 'waiting'],
  [429, 'waiting'],
  [500, 'waiting'],
])('a receiver that answers %i leaves the message %s', async (status, state) => {
  const { url } = await receiver(closing, status);
  await askCode();
  await send(openChannels({ sms: { url, secret } }, false));
  expect((await notices())[0]).toMatchObject({ state });
  bench.time.now = new Date(bench.time.now.getTime() + 300_001);
});

test('a process that dies between sending and noting it has it sent again under the same id, and what was noted is not', async () => {
  const { url, received } = await receiver(closing);
  const channels = openChannels({ sms: { url, secret } }, false);
  await askCode();
  await send(channels);
  expect(received).toHaveLength(1);
  await askCode();
  const breaking = new Map([
    [
      'sms' as const,
      {
        async send(...args: Parameters<NonNullable<ReturnType<typeof channels.get>>['send']>) {
          await channels.get('sms')?.send(...args);
          throw new Error('killed');
        },
        close: () => undefined,
      },
    ],
  ]);
  await expect(send(breaking)).rejects.toThrow('killed');
  expect(received).toHaveLength(2);
  expect((await notices())[0]).toMatchObject({ state: 'sending' });
  await send(channels);
  expect(received).toHaveLength(2);
  bench.time.now = new Date(bench.time.now.getTime() + 120_000);
  await send(channels);
  await send(channels);
  expect(received).toHaveLength(3);
  const [, killed, again] = received.map((one) => headerOf(one, 'webhook-id'));
  expect(again).toBe(killed);
  expect((await notices())[0]).toMatchObject({ state: 'sent', attempts: 2 });
});

test('a notice that cannot be put into words is given up, and holds nothing else up', async () => {
  const { url, received } = await receiver(closing);
  await askCode();
  await rowsOf(
    bench,
    `update notices.notice set sealed_content = 'spoilt, and long enough to be taken for sealed' where state = 'waiting'`,
  );
  await askCode();
  const said: string[] = [];
  const log = { info: () => undefined, error: (message: string) => void said.push(message) };
  const channels = openChannels({ sms: { url, secret } }, false);
  const [job] = noticeJobs({ ...bench.runtime.members, channels, log });
  await job?.run(signal);
  expect(received).toHaveLength(1);
  expect(said).toEqual(['a notice cannot be put into words']);
  const [, spoilt] = await notices();
  expect(spoilt).toMatchObject({ state: 'dead', failure: 'broken' });
});

test('two senders at once send each message once', async () => {
  const { url, received } = await receiver(closing);
  for (let n = 0; n < 12; n++) await askCode();
  const channels = openChannels({ sms: { url, secret } }, false);
  await Promise.all([send(channels), send(channels), send(channels)]);
  const ids = received.map((one) => headerOf(one, 'webhook-id'));
  expect(ids).toHaveLength(12);
  expect(new Set(ids).size).toBe(12);
});

test('a code that could not be sent while it was good is given up', async () => {
  const { url, received } = await receiver(closing);
  await askCode();
  bench.time.now = new Date(bench.time.now.getTime() + 300_000);
  await send(openChannels({ sms: { url, secret } }, false));
  expect(received).toEqual([]);
  expect((await notices())[0]).toMatchObject({ state: 'dead', failure: 'too_late' });
});

test('retries are 5, 20, 80 seconds apart and six hours at most', () => {
  expect([1, 2, 3, 4, 8, 12].map(retryAfterMs)).toEqual([
    5_000, 20_000, 80_000, 320_000, 21_600_000, 21_600_000,
  ]);
});

test('the outbox is there for the demo or where nothing else is, and real channels go before it', () => {
  const mail = { email: { url: 'smtp://127.0.0.1:1', from: 'a@b.c' } };
  const names = (...args: Parameters<typeof openChannels>) => {
    const channels = openChannels(...args);
    for (const channel of channels.values()) channel.close();
    return [...channels.keys()];
  };
  expect(names({}, false)).toEqual(['outbox']);
  expect(names(mail, false)).toEqual(['email']);
  expect(names(mail, true)).toEqual(['email', 'outbox']);
  const all = () => true;
  expect(channelFor({ phone: '+8613800138000', email: 'a@b.c' }, all)).toBe('sms');
  expect(channelFor({ phone: null, email: 'a@b.c' }, all)).toBe('email');
  expect(channelFor({ phone: '+8613800138000', email: null }, (name) => name === 'email')).toBe(undefined);
});
