import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Owner } from './owner.ts';

/**
 * A way to a PostgreSQL on which statements wait until they are told to go, one at a time. What is told to go goes to its
 * end, or until it waits for a lock that somebody else has.
 */
export type Stepper = {
  /** The same database by way of it. */
  url(through: string): string;
  /** From now on statements wait. */
  hold(): void;
  /** Nothing waits any more. */
  letGo(): void;
  /** Statements of this process that may be told to go: not those behind one that waits for a lock. */
  readonly waiting: number;
  /** Whether a statement of this process waits for a lock. */
  readonly isBlocked: boolean;
  /** Lets the oldest go; resolves with its first words when it has been carried out or waits for a lock. */
  step(): Promise<string>;
  close(): Promise<void>;
};

type Held = { readonly words: string; readonly bytes: Buffer };
type Line = {
  readonly server: Socket;
  readonly held: Held[];
  pid: number;
  /** Statements that the server has not answered yet. */
  open: number;
  isBlocked: boolean;
  /** Called when the server has answered. */
  answered: () => void;
};

/** How long a statement mostly takes at most, in milliseconds: before that it is not asked whether it waits. */
const quickMs = 2;

/** Opens one to the server of this URL. `onChange` is called whenever something may have become possible. */
export async function openStepper(serverUrl: string, owner: Owner, onChange: () => void): Promise<Stepper> {
  const target = new URL(serverUrl);
  const host = decodeURIComponent(target.hostname);
  const port = target.port === '' ? 5432 : Number(target.port);
  const lines = new Set<Line>();
  const sockets = new Set<Socket>();
  let isHolding = false;
  const listener = createServer((client) => {
    const server = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    const line: Line = { server, held: [], pid: 0, open: 0, isBlocked: false, answered: () => undefined };
    lines.add(line);
    for (const socket of [client, server]) {
      sockets.add(socket);
      // A statement is a few small pieces, each of which would wait for the one before to be acknowledged.
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        lines.delete(line);
      });
    }
    relay(client, line);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  const listening = typeof address === 'object' ? address?.port : undefined;

  function relay(client: Socket, line: Line): void {
    const fromClient = messages(0);
    const fromServer = messages(1);
    const texts = new Map<string, string>();
    let words = '';
    let bytes: Buffer[] = [];
    client.on('data', (chunk) => {
      for (const message of fromClient(chunk)) {
        bytes.push(message.bytes);
        const [first, second] = zeroTerminated(message.body);
        if (message.type === 'P') texts.set(first, second);
        if (message.type === 'B') words = texts.get(second) ?? '';
        if (message.type === 'Q') words = first;
        // All up to here is one statement; what comes before the first one is the greeting.
        const isWhole = message.type === 'S' || message.type === 'Q';
        if (!isWhole && line.pid !== 0) continue;
        const held = { words: words.trim().split(/\s+/).slice(0, 4).join(' '), bytes: Buffer.concat(bytes) };
        bytes = [];
        if (isWhole && isHolding) line.held.push(held);
        else send(line, held, isWhole);
      }
      onChange();
    });
    line.server.on('data', (chunk) => {
      for (const { type, body } of fromServer(chunk)) {
        if (type === 'K') line.pid = body.readInt32BE(0);
        if (type === 'Z' && line.open > 0) line.open--;
      }
      if (line.open === 0) {
        line.isBlocked = false;
        line.answered();
      }
      client.write(chunk);
      onChange();
    });
    client.on('close', () => line.server.end());
    line.server.on('close', () => client.end());
  }

  function send(line: Line, { bytes }: Held, isStatement: boolean): void {
    if (isStatement) line.open++;
    line.server.write(bytes);
  }

  const ready = () => [...lines].filter((line) => line.held.length > 0 && line.open === 0);

  return {
    url(through) {
      const url = new URL(through);
      url.host = `127.0.0.1:${listening}`;
      return url.toString();
    },
    hold() {
      isHolding = true;
    },
    letGo() {
      isHolding = false;
      for (const line of lines) for (const held of line.held.splice(0)) send(line, held, true);
    },
    get waiting() {
      return ready().length;
    },
    get isBlocked() {
      return [...lines].some((line) => line.isBlocked);
    },
    async step() {
      const [line] = ready();
      const held = line?.held.shift();
      if (!line || !held) throw new Error('nothing waits to be told to go');
      const answered = new Promise<void>((resolve) => {
        line.answered = resolve;
      });
      send(line, held, true);
      while (line.open > 0 && !line.isBlocked) {
        await Promise.race([answered, pause(quickMs)]);
        if (line.open === 0) break;
        const [lock] = await owner.rows('select 1 from pg_locks where pid = $1 and not granted', [line.pid]);
        // It may have been answered while this was asked.
        if (lock !== undefined && line.open > 0) line.isBlocked = true;
      }
      return held.words;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => listener.close(() => resolve()));
    },
  };
}

type Message = { readonly type: string; readonly body: Buffer; readonly bytes: Buffer };

/** Takes whole messages off what arrives; the first that a client sends has no type. */
function messages(firstTypeBytes: number): (chunk: Buffer) => Message[] {
  let rest: Buffer = Buffer.alloc(0);
  let typeBytes = firstTypeBytes;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const whole: Message[] = [];
    while (rest.length >= typeBytes + 4) {
      const length = typeBytes + rest.readInt32BE(typeBytes);
      if (rest.length < length) break;
      const bytes = rest.subarray(0, length);
      whole.push({
        type: bytes.toString('latin1', 0, typeBytes),
        body: bytes.subarray(typeBytes + 4),
        bytes,
      });
      rest = rest.subarray(length);
      typeBytes = 1;
    }
    return whole;
  };
}

function zeroTerminated(body: Buffer): [string, string] {
  const [first = '', second = ''] = body.toString('latin1').split('\0', 2);
  return [first, second];
}
