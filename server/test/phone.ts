import { expect } from 'vitest';
import type { Reply, TestBench, TestMerchant } from './harness.ts';

/** A customer's browser on the public pages of a merchant: it keeps a cookie, and says where its requests come from. */
export type Phone = {
  readonly slug: string;
  get<Body = Record<string, unknown>>(path: string): Promise<Reply<Body>>;
  post<Body = Record<string, unknown>>(
    path: string,
    body?: unknown,
    headers?: Record<string, string | undefined>,
  ): Promise<Reply<Body>>;
  patch<Body = Record<string, unknown>>(path: string, body?: unknown): Promise<Reply<Body>>;
  /** Goes through sign-in with the code that the outbox shows; answers with the member. */
  signIn(number: string, more?: Record<string, unknown>): Promise<{ readonly id: string }>;
  cookie: string | undefined;
};

const ownPage = { 'sec-fetch-site': 'same-origin', 'scrip-client': 'test' };

/** Opens the public pages of a merchant on a new phone, at a network address of its own. */
export async function openPhone(
  bench: Pick<TestBench, 'app' | 'runJobs' | 'time'>,
  merchant: TestMerchant,
  address = '192.0.2.1',
): Promise<Phone> {
  const { slug } = (await merchant.get<{ slug: string }>('/v1/merchant')).body;
  const phone: Phone = {
    slug,
    cookie: undefined,
    get: (path) => send('GET', path),
    post(path, body = {}, headers = {}) {
      // The clock stands still in tests; of two codes the later is to be known.
      if (path === '/sign-in' || path.endsWith('/phone-code'))
        bench.time.now = new Date(bench.time.now.getTime() + 1);
      return send('POST', path, body, headers);
    },
    patch: (path, body) => send('PATCH', path, body),
    async signIn(number, more = {}) {
      const asked = await phone.post('/sign-in', { phone: number });
      expect(asked.status, asked.text).toBe(202);
      const code = await lastCode(bench, merchant);
      const consent = { textVersion: 1 };
      const entered = await phone.post<{ id: string }>('/sessions', {
        phone: number,
        code,
        consent,
        ...more,
      });
      expect(entered.status, entered.text).toBe(201);
      return entered.body;
    },
  };

  async function send<Body>(
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    body?: unknown,
    more: Record<string, string | undefined> = {},
  ): Promise<Reply<Body>> {
    const given = { ...(method === 'GET' ? {} : ownPage), ...more };
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(given)) if (value !== undefined) headers[name] = value;
    if (phone.cookie !== undefined) headers.cookie ??= phone.cookie;
    if (body !== undefined) headers['content-type'] = 'application/json';
    const payload = body === undefined ? {} : { payload: JSON.stringify(body) };
    const url = `/v1/wallet/${phone.slug}${path}`;
    const reply = await bench.app.inject({ method, url, headers, remoteAddress: address, ...payload });
    const set = reply.headers['set-cookie'];
    if (typeof set === 'string') phone.cookie = set.slice(0, set.indexOf(';'));
    const parsed: Body = reply.body === '' ? {} : JSON.parse(reply.body);
    return { status: reply.statusCode, body: parsed, text: reply.body, headers: reply.headers };
  }
  return phone;
}

/** The one-time code that was sent last, as the outbox shows it. */
export async function lastCode(
  bench: Pick<TestBench, 'runJobs'>,
  merchant: TestMerchant,
  event = 'sign_in_code',
): Promise<string> {
  await bench.runJobs('notices.send');
  const { body } = await merchant.get<{ items: { event: string; text: string | null }[] }>('/v1/notices');
  const sent = body.items.find((notice) => notice.event === event);
  return /\d{6}/.exec(sent?.text ?? '')?.[0] ?? 'none';
}
