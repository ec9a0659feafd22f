import { parse } from 'csv-parse/sync';
import type { TestBench, TestMerchant } from './harness.ts';

export type CardInHand = {
  readonly serial: string;
  readonly code: string;
  readonly pin: string;
  readonly id: string;
};

/** A merchant with two stores and a program, ready to sell. */
export type Shop = {
  readonly merchant: TestMerchant;
  readonly storeId: string;
  readonly otherStoreId: string;
  readonly programId: string;
  /** New cards, not yet sold. */
  issue(quantity: number, faceValue?: number): Promise<CardInHand[]>;
  /** New cards, sold at the first store for their face value. */
  sell(quantity: number, faceValue?: number): Promise<CardInHand[]>;
  balanceOf(card: CardInHand): Promise<number>;
};

type Id = { readonly id: string };

/** Opens a shop through the API, as a merchant would. */
export async function openShop(
  bench: Pick<TestBench, 'merchant' | 'runJobs'>,
  terms: Readonly<Record<string, unknown>> = {},
  more: Parameters<TestBench['merchant']>[0] = {},
): Promise<Shop> {
  const merchant = await bench.merchant(more);
  const store = await merchant.post<Id>('/v1/stores', { code: 'S1', name: 'First' });
  const other = await merchant.post<Id>('/v1/stores', { code: 'S2', name: 'Second' });
  const program = await merchant.post<Id>('/v1/card-programs', {
    kind: 'gift',
    name: { zh: '礼品卡', en: 'Gift card' },
    currency: 'CNY',
    range: { min: 1, max: 1_000_000, step: 1 },
    validity: { type: 'none' },
    pin: true,
    bearer: true,
    reloadable: true,
    transferable: true,
    ...terms,
  });
  expectStatus(program, 201);
  const storeId = store.body.id;
  const programId = program.body.id;

  async function issue(quantity: number, faceValue = 10_000): Promise<CardInHand[]> {
    const batch = await merchant.post<Id>('/v1/card-batches', { programId, quantity, faceValue });
    expectStatus(batch, 202);
    // Tests that run at once share the jobs: another may have the batch in hand when this one has nothing more to do.
    for (let status = 'pending'; ['pending', 'running'].includes(status); ) {
      await bench.runJobs('batches.generate');
      status = (await merchant.get<{ status: string }>(`/v1/card-batches/${batch.body.id}`)).body.status;
    }
    const csv = await merchant.post(`/v1/card-batches/${batch.body.id}/release`);
    expectStatus(csv, 200);
    const rows: { serial: string; code: string; pin: string }[] = parse(csv.text, { columns: true });
    const listed = await merchant.get<{ items: { id: string; serial: string }[] }>(
      `/v1/cards?batchId=${batch.body.id}&limit=${Math.min(quantity, 200)}`,
    );
    const ids = new Map(listed.body.items.map(({ id, serial }) => [serial, id]));
    return rows.map((row) => ({ ...row, id: ids.get(row.serial) ?? '' }));
  }

  return {
    merchant,
    storeId,
    otherStoreId: other.body.id,
    programId,
    issue,
    async sell(quantity, faceValue = 10_000) {
      const cards = await issue(quantity, faceValue);
      const sold = await merchant.post<{ activated: number }>('/v1/cards/activate', {
        cards: cards.map(({ serial }) => ({ serial })),
        storeId,
        payment: { tender: 'cash', amount: faceValue * quantity, reference: 'R1' },
      });
      expectStatus(sold, 200);
      if (sold.body.activated !== quantity)
        throw new Error(`only ${sold.body.activated} of ${quantity} were activated`);
      return cards;
    },
    async balanceOf({ id }) {
      return (await merchant.get<{ balance: number }>(`/v1/cards/${id}`)).body.balance;
    },
  };
}

function expectStatus(reply: { readonly status: number; readonly text: string }, status: number): void {
  if (reply.status !== status) throw new Error(`expected ${status}, got ${reply.status}: ${reply.text}`);
}
