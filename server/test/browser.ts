import type { FastifyInstance } from 'fastify';
import type { Reply } from './harness.ts';

type Headers = Readonly<Record<string, string | undefined>>;

/** A page of ours in a browser: it keeps cookies, and says where it is as browsers do. */
export type Browser = {
  get<Body = Record<string, unknown>>(path: string, headers?: Headers): Promise<Reply<Body>>;
  /** `headers` replace what a page of ours sends; undefined leaves one out. */
  post<Body = Record<string, unknown>>(path: string, body?: unknown, headers?: Headers): Promise<Reply<Body>>;
  patch<Body = Record<string, unknown>>(
    path: string,
    body?: unknown,
    headers?: Headers,
  ): Promise<Reply<Body>>;
  /** The cookies that it keeps, by name. */
  readonly jar: Map<string, string>;
  /** The last Set-Cookie that came. */
  setCookie(): string;
};

export type BrowserSettings = { readonly origin?: string; readonly address?: string };

/** Opens a browser that has been nowhere yet. */
export function openBrowser(
  app: FastifyInstance,
  { origin = 'http://localhost:8080', address = '203.0.113.7' }: BrowserSettings = {},
): Browser {
  const jar = new Map<string, string>();
  let last = '';

  async function send<Body>(method: 'GET' | 'POST' | 'PATCH', url: string, body: unknown, given: Headers) {
    const { host } = new URL(origin);
    const standing: Headers = {
      host,
      cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') || undefined,
      'user-agent': 'Mozilla/5.0 (Test)',
      ...(method === 'GET' ? {} : { origin, 'sec-fetch-site': 'same-origin', 'scrip-client': 'console' }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...given,
    };
    const headers = Object.fromEntries(
      Object.entries(standing).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
    const payload = body === undefined ? {} : { payload: JSON.stringify(body) };
    const response = await app.inject({ method, url, headers, remoteAddress: address, ...payload });
    for (const line of [response.headers['set-cookie'] ?? []].flat()) {
      last = line;
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    const isJson = String(response.headers['content-type']).includes('json');
    const parsed: Body = isJson && response.body !== '' ? JSON.parse(response.body) : {};
    return { status: response.statusCode, body: parsed, text: response.body, headers: response.headers };
  }

  return {
    get: (path, headers = {}) => send('GET', path, undefined, headers),
    post: (path, body = {}, headers = {}) => send('POST', path, body, headers),
    patch: (path, body = {}, headers = {}) => send('PATCH', path, body, headers),
    jar,
    setCookie: () => last,
  };
}
