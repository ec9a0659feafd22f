import { lookup } from 'node:dns/promises';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { isPublic, isWithin, type Networks } from './networks.ts';

/** All addresses of a host name. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export type Limits = {
  /** For all of it, from the name to the last byte that is read. */
  readonly timeoutMs: number;
  /** How much of the answer is read; what comes after it is not waited for. */
  readonly bodyBytesMax: number;
};

export type Outgoing = {
  readonly url: string;
  /** POST if left out. */
  readonly method?: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** What came of it: an answer, or why there was none. */
export type Sent =
  | { readonly status: number; readonly head: string; readonly body: string }
  | { readonly failure: string };

/** Ports of the public Internet that are called: those of HTTPS. */
const publicPorts: readonly string[] = ['', '443', '8443'];

/**
 * Posts to an address that a merchant gave, whom we need not trust: a name is resolved once, all that it stands for is
 * checked, and the very address that was checked is called. Redirects are not followed. Never throws.
 */
export async function post(
  outgoing: Outgoing,
  allowed: Networks,
  { timeoutMs, bodyBytesMax }: Limits,
  resolve: Resolve = resolveAll,
): Promise<Sent> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const url = new URL(outgoing.url);
    const address = await within(signal, addressFor(url, allowed, resolve));
    if (typeof address !== 'string') return address;
    return await exchange(url, address, outgoing, bodyBytesMax, signal);
  } catch (error) {
    return { failure: signal.aborted ? 'timeout' : codeOf(error) };
  }
}

/** Why such an URL is never called, as far as that can be told without asking for its name. */
export function unfitUrl(text: string, allowed: Networks): string | undefined {
  if (!URL.canParse(text)) return 'It is no URL.';
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'It must be https.';
  if (url.username !== '' || url.password !== '') return 'It must not have a user or a password.';
  if (url.hash !== '') return 'It must not have a fragment.';
  const host = hostOf(url);
  if (isIP(host) !== 0) return isWithin(allowed, host) ? undefined : unfitPublic(url, host);
  if (/(^|\.)(localhost|local|internal)$/i.test(host) && allowed.rules.length === 0)
    return 'It is not public.';
  // A name may stand for an allowed network, where plain HTTP is good enough; that is seen when it is called.
  return allowed.rules.length === 0 ? unfitPublic(url, undefined) : undefined;
}

function unfitPublic(url: URL, address: string | undefined): string | undefined {
  if (address !== undefined && !isPublic(address)) return 'It is not public.';
  if (url.protocol !== 'https:') return 'It must be https.';
  return publicPorts.includes(url.port) ? undefined : 'Its port must be 443 or 8443.';
}

async function addressFor(
  url: URL,
  allowed: Networks,
  resolve: Resolve,
): Promise<string | { readonly failure: string }> {
  const host = hostOf(url);
  const addresses = isIP(host) === 0 ? await resolve(host) : [host];
  const [first] = addresses;
  if (first === undefined) return { failure: 'name_not_found' };
  const isGood = (address: string) => isWithin(allowed, address) || unfitPublic(url, address) === undefined;
  // One bad address among good ones is how a name is made to change its mind.
  return addresses.every(isGood) ? first : { failure: 'address_not_allowed' };
}

function exchange(
  url: URL,
  address: string,
  { headers, body, method = 'POST' }: Outgoing,
  bodyBytesMax: number,
  signal: AbortSignal,
): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request: ClientRequest = send(url, {
      method,
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      agent: false,
      signal,
      // The name is not asked for again: it is the address that was checked.
      lookup: (_host, options, done) => {
        const family = isIP(address);
        if (options.all) done(null, [{ address, family }]);
        else done(null, address, family);
      },
    });
    request.once('error', reject);
    request.once('response', (response) => {
      readStart(response, bodyBytesMax).then((text) => {
        const status = response.statusCode ?? 0;
        resolve({ status, head: headOf(response), body: text });
        request.destroy();
      }, reject);
    });
    request.end(body);
  });
}

async function readStart(response: IncomingMessage, bytesMax: number): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of response) {
    const bytes = Buffer.from(piece);
    pieces.push(bytes);
    size += bytes.length;
    if (size >= bytesMax) break;
  }
  // PostgreSQL takes no NUL, and a cut may fall inside a character.
  return Buffer.concat(pieces).subarray(0, bytesMax).toString('utf8').replaceAll('\0', '�');
}

const headMax = 4_096;

function headOf({ statusCode, rawHeaders }: IncomingMessage): string {
  const lines = [String(statusCode)];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
  return lines.join('\n').slice(0, headMax);
}

async function resolveAll(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

/** A name server that says nothing cannot be stopped, only left alone. */
function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'failed';
  return code.toLowerCase().slice(0, 60);
}
