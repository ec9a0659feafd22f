import { expect } from 'vitest';
import { openSimulator } from './gateways/simulator.ts';
import type { TestBench, TestMerchant } from './harness.ts';
import type { Phone } from './phone.ts';

type Id = { readonly id: string };

/** A channel, an order of a member there, and a payment of it that differs: one of each kind of id of payments. */
export async function differingOrder(
  bench: TestBench,
  merchant: TestMerchant,
  storeId: string,
  phone: Phone,
): Promise<Readonly<Record<'pch' | 'pay' | 'pdf', string>>> {
  const simulator = await openSimulator(() => bench.time.now);
  try {
    const { alipay } = simulator.channels;
    const { credentials } = alipay;
    const terms = { name: 'Alipay', storeId, credentials, publicUrl: 'https://shop.example' };
    const channel = await merchant.post<Id>('/v1/payment-channels', terms);
    expect(channel.status, channel.text).toBe(201);
    // A page to go to is signed here: nobody is asked for it.
    const order = { channelId: channel.body.id, amount: 100, method: 'redirect' };
    const placed = await phone.post<Id>('/top-up-orders', order, { 'idempotency-key': 'differs' });
    expect(placed.status, placed.text).toBe(201);
    const { headers, body } = alipay.callback(
      {
        reference: placed.body.id,
        amount: 99,
        currency: 'CNY',
        notifyUrl: '',
        handle: '',
        state: 'paid',
        transaction: 'T1',
        refunds: new Map(),
      },
      {},
    );
    const url = `/v1/payment-callbacks/${merchant.merchantId}/${channel.body.id}`;
    await bench.app.inject({ method: 'POST', url, headers, payload: body });
    const { items } = (await merchant.get<{ items: Id[] }>('/v1/payment-differences')).body;
    return { pch: channel.body.id, pay: placed.body.id, pdf: items[0]?.id ?? '' };
  } finally {
    await simulator.close();
  }
}
