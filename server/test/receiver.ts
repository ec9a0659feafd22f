import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';

export type Received = {
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: {
    readonly id: string;
    readonly type: string;
    readonly timestamp: string;
    readonly data: Readonly<Record<string, unknown>> & { readonly sequence: number };
  };
};

/** A receiver of webhooks as a merchant would run one: it keeps what it got, and answers as it is told to. */
export type Receiver = {
  readonly url: string;
  readonly got: Received[];
  /** What it does with a message; 200 unless it is changed. */
  answer: (response: ServerResponse, message: Received) => void | Promise<void>;
  close(): Promise<void>;
};

/** Opens a receiver on a port of its own. */
export async function openReceiver(): Promise<Receiver> {
  const got: Received[] = [];
  const receiver = {
    url: '',
    got,
    answer: (response: ServerResponse): void | Promise<void> => void response.end('ok'),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const text = Buffer.concat(pieces).toString('utf8');
      const message: Received = {
        id: String(request.headers['webhook-id']),
        headers: request.headers,
        text,
        body: JSON.parse(text),
      };
      got.push(message);
      void (receiver as Receiver).answer(response, message);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port could be had');
  return Object.assign(receiver, { url: `http://127.0.0.1:${address.port}/hooks` });
}

/** Whether a message was signed with this secret, by the text of the Standard Webhooks specification and nothing of ours. */
export function isSigned({ headers, text }: Pick<Received, 'headers' | 'text'>, secret: string): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key)
    .update(`${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${text}`)
    .digest();
  return String(headers['webhook-signature'])
    .split(' ')
    .some((one) => {
      const [version, signature = ''] = one.split(',');
      const given = Buffer.from(signature, 'base64');
      return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
    });
}
