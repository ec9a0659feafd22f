import { parse } from 'csv-parse/sync';
import { expect } from 'vitest';
import type { Till } from './till.ts';

export type RechargePair = { readonly serial: string; readonly number: string; readonly password: string };
export type RechargeStock = { readonly batchId: string; readonly pairs: readonly RechargePair[] };

/** Recharge cards, made and handed out. */
export async function makeRecharge(till: Till, quantity: number, more: object = {}): Promise<RechargeStock> {
  const made = await till.merchant.post<{ id: string }>('/v1/recharge-card-batches', {
    name: 'Spring',
    quantity,
    faceValue: 10_000,
    ...more,
  });
  expect(made.status, made.text).toBe(202);
  const batchId = made.body.id;
  for (let status = 'pending'; ['pending', 'running'].includes(status); ) {
    await till.bench.runJobs('rechargecards.generate');
    status = (await till.merchant.get<{ status: string }>(`/v1/recharge-card-batches/${batchId}`)).body
      .status;
  }
  const csv = await till.merchant.post(`/v1/recharge-card-batches/${batchId}/release`);
  expect(csv.status, csv.text).toBe(200);
  return { batchId, pairs: parse(csv.text, { columns: true }) };
}

/** Sells these at the first store. */
export async function sellRecharge(till: Till, pairs: readonly RechargePair[], price = 10_000) {
  const sold = await till.merchant.post('/v1/recharge-cards/sales', {
    numbers: pairs.map(({ number }) => number),
    storeId: till.storeId,
    payment: { tender: 'cash', amount: price * pairs.length, reference: 'R1' },
  });
  expect(sold.status, sold.text).toBe(201);
}
