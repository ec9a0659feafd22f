import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Callback, Lie } from './gateways/ledger.ts';
import { openSimulator, type SimulatedKind, type Simulator, simulatedKinds } from './gateways/simulator.ts';
import { openBench, type Reply, type TestBench } from './harness.ts';
import { openTill, type Till } from './till.ts';
import { peopleOf, type TestMember } from './wallet.ts';

export type Placed = {
  readonly id: string;
  readonly state: string;
  readonly presentation: { readonly kind: string; readonly content: string } | null;
};

/** A shop that is paid through all four channels, and a member with a phone. */
export type Cashier = {
  readonly till: Till;
  readonly member: TestMember;
  readonly channels: Readonly<Record<SimulatedKind, string>>;
  /** Places an order of 100, whatever comes of it. */
  ask(kind: SimulatedKind, more?: object, key?: string): Promise<Reply<Placed>>;
  /** Places one; it must succeed. */
  place(kind: SimulatedKind, more?: object): Promise<Placed>;
  /** Has the channel call us. */
  call(kind: SimulatedKind, reference: string, lie?: Lie): Promise<Reply>;
  /** Has it send this very call, to this channel's address. */
  send(kind: SimulatedKind, callback: Callback): Promise<Reply>;
  order(id: string): Promise<Record<string, unknown>>;
  differences(state?: string): Promise<readonly Record<string, unknown>[]>;
  /** Lets time pass and the job run. */
  later(ms: number): Promise<void>;
};

/** A bench that may call this machine, and the channels there. */
export async function openPayments(): Promise<{
  bench: TestBench;
  simulator: Simulator;
  close(): Promise<void>;
}> {
  const bench = await openBench({ webhookNetworks: '127.0.0.0/8' });
  const simulator = await openSimulator(() => bench.time.now);
  return {
    bench,
    simulator,
    async close() {
      await simulator.close();
      await bench.close();
    },
  };
}

/** Opens such a shop. */
export async function openCashier(
  bench: TestBench,
  simulator: Simulator,
  lateRule = 'refund',
): Promise<Cashier> {
  const till = await openTill(bench);
  const member = await peopleOf(bench, till, '139').member();
  const channels: Record<string, string> = {};
  for (const kind of simulatedKinds) {
    const made = await till.merchant.post<{ id: string }>('/v1/payment-channels', {
      name: kind,
      storeId: till.storeId,
      credentials: simulator.channels[kind].credentials,
      baseUrl: simulator.url,
      publicUrl: 'https://shop.example',
      lateRule,
    });
    expect(made.status, made.text).toBe(201);
    channels[kind] = made.body.id;
  }
  const ask: Cashier['ask'] = (kind, more = {}, key = randomUUID()) =>
    member.phone.post<Placed>(
      '/top-up-orders',
      { channelId: channels[kind], amount: 10_000, method: 'qr', ...more },
      { 'idempotency-key': key },
    );
  const send: Cashier['send'] = async (kind, { headers, body }) => {
    const url = `/v1/payment-callbacks/${till.merchant.merchantId}/${channels[kind]}`;
    const reply = await bench.app.inject({ method: 'POST', url, headers, payload: body });
    const isProblem = String(reply.headers['content-type']).includes('problem');
    return {
      status: reply.statusCode,
      body: isProblem ? reply.json() : {},
      text: reply.body,
      headers: reply.headers,
    };
  };
  return {
    till,
    member,
    channels: channels as Record<SimulatedKind, string>,
    ask,
    send,
    async place(...args) {
      const made = await ask(...args);
      expect(made.status, made.text).toBe(201);
      return made.body;
    },
    call: (kind, reference, lie) => send(kind, simulator.callback(kind, reference, lie)),
    order: async (id) => (await till.merchant.get(`/v1/payment-orders/${id}`)).body,
    async differences(state) {
      const path = `/v1/payment-differences${state === undefined ? '' : `?state=${state}`}`;
      return (await till.merchant.get<{ items: Record<string, unknown>[] }>(path)).body.items;
    },
    async later(ms) {
      bench.time.now = new Date(bench.time.now.getTime() + ms);
      await bench.runJobs('payments.watch');
    },
  };
}
