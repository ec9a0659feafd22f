import { Agent, type IncomingMessage, request } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';

export type Sent = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
};
export type Received = {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
};

const timeoutMs = 60_000;

/**
 * Sends requests over connections that are kept. Node's own `http`, because `fetch` takes three times the processor
 * time a request, which the service on the same machine is short of. Rejects when the connection breaks or falls silent.
 */
export function openWire(base: string): (sent: Sent) => Promise<Received> {
  const { protocol, hostname, port, pathname } = new URL(base);
  const secure = protocol === 'https:';
  const agent = secure ? new SecureAgent({ keepAlive: true }) : new Agent({ keepAlive: true });
  const send = secure ? secureRequest : request;
  const root = pathname.replace(/\/+$/, '');
  return ({ method, path, headers, body }) =>
    new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
      const target = { agent, hostname: hostname.replace(/^\[|\]$/g, ''), port, method, path: root + path };
      const asked = send(
        { ...target, headers: { ...headers, ...length }, timeout: timeoutMs },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('end', () => {
            const { statusCode: status = 0, headers } = response;
            // Cut short it is no answer, least of all codes that are sent once.
            if (!response.complete) reject(new Error('the answer was cut short'));
            else resolve({ status, headers, text: Buffer.concat(parts).toString('utf8') });
          });
          response.on('error', reject);
        },
      );
      asked.on('timeout', () => asked.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)));
      asked.on('error', reject);
      asked.end(body);
    });
}
