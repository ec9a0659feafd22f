import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { simulatedAlipay } from './alipay.ts';
import { simulatedBankCard } from './bankCard.ts';
import type { Callback, Counter, Lie, Manners, SimulatedChannel, Trade } from './ledger.ts';
import { simulatedStripe } from './stripe.ts';
import { simulatedWechat } from './wechat.ts';

export const simulatedKinds = ['alipay', 'wechat', 'stripe', 'bank_card'] as const;
export type SimulatedKind = (typeof simulatedKinds)[number];

/** All four channels behind one address of this machine, each with keys of its own. */
export type Simulator = {
  readonly url: string;
  readonly channels: Readonly<Record<SimulatedKind, SimulatedChannel>>;
  /** How they behave, to be changed at will. */
  readonly manners: Manners;
  readonly trades: ReadonlyMap<string, Trade>;
  trade(reference: string): Trade;
  /** Somebody pays; nobody is told. */
  pay(reference: string): Trade;
  /** What the channel would call us with. */
  callback(kind: SimulatedKind, reference: string, lie?: Lie): Callback;
  close(): Promise<void>;
};

/** Starts the channels. */
export async function openSimulator(clock: () => Date): Promise<Simulator> {
  const manners: Manners = {};
  const trades = new Map<string, Trade>();
  const counter: Counter = {
    clock,
    manners,
    trades,
    open(terms) {
      const known = trades.get(terms.reference);
      if (known) return known;
      const made: Trade = {
        ...terms,
        handle: `cs_${randomBytes(8).toString('hex')}`,
        state: 'waiting',
        transaction: `T${randomBytes(10).toString('hex')}`,
        refunds: new Map(),
      };
      trades.set(terms.reference, made);
      return made;
    },
  };
  const channels = {
    alipay: simulatedAlipay(counter),
    wechat: simulatedWechat(counter),
    stripe: simulatedStripe(counter),
    bank_card: simulatedBankCard(counter),
  };
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      if (manners.silent) return request.socket.destroy();
      const url = new URL(request.url ?? '/', 'http://localhost');
      const { method = 'GET', headers } = request;
      const asked = { method, headers, body, path: url.pathname, query: url.searchParams };
      for (const channel of Object.values(channels)) {
        const given = channel.answer(asked);
        if (given) return response.writeHead(given.status, given.headers).end(given.body);
      }
      return response.writeHead(404).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;

  function trade(reference: string): Trade {
    const found = trades.get(reference);
    if (!found) throw new Error(`no channel was told of ${reference}`);
    return found;
  }
  return {
    url: `http://127.0.0.1:${port}`,
    channels,
    manners,
    trades,
    trade,
    pay(reference) {
      const found = trade(reference);
      found.state = 'paid';
      return found;
    },
    callback: (kind, reference, lie = {}) => channels[kind].callback(trade(reference), lie),
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString('utf8');
}
