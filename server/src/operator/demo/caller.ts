import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { openMerchant } from '../../app/opening.ts';
import { buildApp, jobsOf, openRuntime, type RuntimeSettings } from '../../app.ts';
import { assert } from '../../kernel/assert.ts';
import { civilDay } from '../../kernel/time.ts';

export type Body = Readonly<Record<string, unknown>>;
/** Somebody who signs in, what they may and where. */
export type Hired = {
  readonly name: string;
  readonly login: string;
  readonly password: string;
  readonly terms: Body;
};
type Made = { readonly id: string; readonly [field: string]: unknown };

/** The API as the sample merchant calls it, on days gone by. */
export type Caller = {
  readonly merchantId: string;
  readonly apiKey: string;
  get<Answer>(path: string): Promise<Answer>;
  /** Posts with an idempotency key. Throws when it is refused. */
  post<Answer = Made>(path: string, body?: Body): Promise<Answer>;
  /** Invites somebody and accepts for them; answers with the id of the member of staff. */
  hire(person: Hired): Promise<string>;
  /** Changes what is there. */
  patch(path: string, body: Body): Promise<void>;
  /** The CSV of the codes of a batch at this path, once the batch is made. */
  codesOf(path: string): Promise<string>;
  /** The number of a new receipt. */
  receipt(kind: string): string;
  /** The day that it is for the merchant, as `YYYY-MM-DD`. */
  day(): string;
  /** Lets so many days pass, and the hours of one sale. */
  later(days: number): void;
};

const dayMs = 86_400_000;
const saleMs = 17 * 60_000;

/** Opens a merchant `daysAgo` and hands it to `work`; its clock moves by what is done and by `later`, never past now. */
export async function withCaller<T>(
  settings: RuntimeSettings,
  daysAgo: number,
  merchant: Parameters<typeof openMerchant>[1],
  work: (caller: Caller) => Promise<T>,
): Promise<T> {
  const now = Date.now();
  let at = now - daysAgo * dayMs;
  let receipts = 0;
  const clock = () => new Date(Math.min(at, now));
  const runtime = openRuntime({ ...settings, clock });
  const app = buildApp(runtime, () => undefined);
  try {
    const { merchantId, apiKey } = await openMerchant(runtime, merchant);
    const send = async <Answer>(method: Request['method'], path: string, body?: Body) => {
      at += method === 'GET' ? 0 : saleMs;
      return answerOf<Answer>(app, { method, path, body, apiKey });
    };
    return await work({
      merchantId,
      apiKey,
      get: (path) => send('GET', path),
      post: (path, body = {}) => send('POST', path, body),
      async patch(path, body) {
        await send('PATCH', path, body);
      },
      async hire({ name, login, password, terms }) {
        const { link } = await send<{ link: string }>('POST', '/v1/staff/invitations', {
          name,
          login,
          ...terms,
        });
        const token = link.split('token=')[1];
        await answerOf(app, { method: 'POST', path: '/v1/invitations/accept', body: { token, password } });
        const { items } = await send<{ items: Made[] }>('GET', '/v1/staff?limit=200');
        const hired = items.find((member) => member.name === name);
        assert(hired !== undefined, 'who accepted is on the staff');
        return hired.id;
      },
      async codesOf(path) {
        const { signal } = new AbortController();
        for (const { name, run } of jobsOf(runtime))
          if (name.endsWith('.generate')) while (await run(signal));
        return send<string>('POST', `${path}/release`, {});
      },
      receipt: (kind) => `${kind}-${String(++receipts).padStart(4, '0')}`,
      day: () => civilDay(clock(), merchant.timezone),
      later(days) {
        at += days * dayMs;
      },
    });
  } finally {
    await app.close();
    await runtime.close();
  }
}

type Request = {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly body: Body | undefined;
  /** Left out by who has no key: a page at which somebody is about to sign in. */
  readonly apiKey?: string;
};

const page = { 'scrip-client': 'demo', 'sec-fetch-site': 'same-origin' };

async function answerOf<Answer>(
  app: FastifyInstance,
  { method, path, body, apiKey }: Request,
): Promise<Answer> {
  const response = await app.inject({
    method,
    url: path,
    headers: {
      ...(apiKey === undefined ? page : { authorization: `Bearer ${apiKey}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
    },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  });
  if (response.statusCode >= 300)
    throw new Error(`the sample merchant was refused ${path}: ${response.body}`);
  const isJson = String(response.headers['content-type']).includes('json');
  return isJson ? response.json<Answer>() : (response.body as Answer);
}
