import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * What becomes of a connection at a statement. `before`: the server never hears of it. `answered`: the server has
 * carried it out and its answer is lost. `behind`: cut as soon as it is sent, so it may be either.
 * A frozen connection stays open and silent, on both sides.
 */
export type Verdict =
  | 'pass'
  | 'cut before'
  | 'cut behind'
  | 'cut answered'
  | 'freeze before'
  | 'freeze answered';

/** A way to a PostgreSQL that breaks when told to. */
export type DatabaseProxy = {
  /** The same database by way of the proxy. */
  url(through: string): string;
  /** Asked at every statement, with its text. */
  judge: (text: string) => Verdict;
  /** While true, new connections are refused. */
  isDown: boolean;
  /** How long each piece of data is held up on its way, in milliseconds. */
  delayMs: number;
  close(): Promise<void>;
};

/** Opens a proxy to the server of this connection URL, be it a Unix socket or TCP. */
export async function openProxy(serverUrl: string): Promise<DatabaseProxy> {
  const target = new URL(serverUrl);
  const host = decodeURIComponent(target.hostname);
  const port = target.port === '' ? 5432 : Number(target.port);
  const reach = () => (host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host));
  const sockets = new Set<Socket>();
  const listener = createServer((client) => {
    if (proxy.isDown) {
      client.resetAndDestroy();
      return;
    }
    const server = reach();
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    }
    relay(client, server, proxy);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  const listening = typeof address === 'object' ? address?.port : undefined;
  const proxy: DatabaseProxy = {
    url(through) {
      const url = new URL(through);
      url.host = `127.0.0.1:${listening}`;
      return url.toString();
    },
    judge: () => 'pass',
    isDown: false,
    delayMs: 0,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => listener.close(() => resolve()));
    },
  };
  return proxy;
}

type Message = { readonly type: string; readonly body: Buffer; readonly bytes: Buffer };

/** Takes whole messages off what arrives. The first that a client sends has no type. */
function messageReader(firstTypeBytes: 0 | 1): (chunk: Buffer) => Message[] {
  let rest = Buffer.alloc(0);
  let typeBytes: number = firstTypeBytes;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const messages: Message[] = [];
    while (rest.length >= typeBytes + 4) {
      const length = typeBytes + rest.readInt32BE(typeBytes);
      if (rest.length < length) break;
      const bytes = rest.subarray(0, length);
      messages.push({
        type: bytes.toString('latin1', 0, typeBytes),
        body: bytes.subarray(typeBytes + 4),
        bytes,
      });
      rest = rest.subarray(length);
      typeBytes = 1;
    }
    return messages;
  };
}

/** The zero-terminated texts that a message starts with. */
function textsOf(body: Buffer): [string, string] {
  const [first = '', second = ''] = body.toString('latin1').split('\0', 2);
  return [first, second];
}

/** Hands on what arrives, in order and as late as the proxy is slow. */
function onData(socket: Socket, proxy: DatabaseProxy, handOn: (chunk: Buffer) => void): void {
  let last = Promise.resolve();
  socket.on('data', (chunk) => {
    last = last.then(async () => {
      if (proxy.delayMs > 0) await pause(proxy.delayMs);
      handOn(chunk);
    });
  });
}

function relay(client: Socket, server: Socket, proxy: DatabaseProxy): void {
  const read = messageReader(0);
  const readAnswers = messageReader(1);
  const statements = new Map<string, string>();
  let verdict: Verdict = 'pass';
  let isFrozen = false;
  // Statements travel many at a time, each with a Sync of its own that the server answers when it is done with it.
  let syncs = 0;
  let answers = 0;
  let judgedAt = 0;

  function cut(): void {
    client.resetAndDestroy();
    server.destroy();
  }

  /** Before a message is passed on: true where it must not be. */
  function stops({ type, body }: Message): boolean {
    if (type === 'P') {
      const [name, text] = textsOf(body);
      statements.set(name, text);
    }
    const text =
      type === 'Q' ? textsOf(body)[0] : type === 'B' ? (statements.get(textsOf(body)[1]) ?? '') : undefined;
    if (text === undefined || verdict !== 'pass') return false;
    verdict = proxy.judge(text);
    judgedAt = syncs + 1;
    if (verdict === 'cut before') cut();
    if (verdict === 'freeze before') isFrozen = true;
    return verdict === 'cut before' || verdict === 'freeze before';
  }

  onData(client, proxy, (chunk) => {
    for (const message of read(chunk)) {
      if (isFrozen || stops(message)) return;
      server.write(message.bytes);
      if (message.type === 'S' || message.type === 'Q') syncs++;
      if (message.type === 'S' && verdict === 'cut behind') {
        client.resetAndDestroy();
        server.end();
        return;
      }
    }
  });
  onData(server, proxy, (chunk) => {
    answers += readAnswers(chunk).filter(({ type }) => type === 'Z').length;
    // The server says once by itself that it is ready, before the first statement.
    const isAnswered = verdict.endsWith('answered') && answers - 1 >= judgedAt;
    if (isAnswered && verdict === 'cut answered') cut();
    else if (isAnswered) isFrozen = true;
    if (!isFrozen && !client.destroyed) client.write(chunk);
  });
  // Of a frozen connection, neither side hears that the other has left.
  client.on('close', () => isFrozen || server.end());
  server.on('close', () => isFrozen || client.end());
}
