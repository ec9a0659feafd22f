import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { Caller } from './caller.ts';
import type { House } from './setUp.ts';

const Row = z.object({ serial: z.string(), code: z.string(), pin: z.string() });

export type Card = z.output<typeof Row> & { readonly id: string };

/** Has cards made and takes out their codes. */
export async function issue(
  caller: Caller,
  programId: string,
  quantity: number,
  faceValue: number,
): Promise<Card[]> {
  const { id } = await caller.post('/v1/card-batches', { programId, quantity, faceValue });
  const rows = z.array(Row).parse(parse(await caller.codesOf(`/v1/card-batches/${id}`), { columns: true }));
  const { items } = await caller.get<{ items: readonly { id: string; serial: string }[] }>(
    `/v1/cards?batchId=${id}&limit=200`,
  );
  const ids = new Map(items.map((item) => [item.serial, item.id]));
  return rows.map((row) => ({ ...row, id: ids.get(row.serial) ?? '' }));
}

/** Sells cards in a store; `price` is what all of them cost together. */
export async function sell(
  { post, receipt }: Caller,
  storeId: string,
  cards: readonly (Card & { readonly holder?: string })[],
  price: number,
): Promise<void> {
  await post('/v1/cards/activate', {
    cards: cards.map(({ serial, holder }) => ({ serial, ...(holder === undefined ? {} : { holder }) })),
    storeId,
    payment: { tender: 'wechat_pay', amount: price, reference: receipt('S') },
    allOrNone: true,
  });
}

/** What is done with a card at the counter of a store. */
export function counter({ post, receipt }: Caller, stores: House['stores']) {
  const at = ({ code, pin }: Card, store: keyof House['stores']) => ({
    code,
    ...(pin === '' ? {} : { pin }),
    currency: 'CNY',
    storeId: stores[store],
  });
  return {
    pay: async (card: Card, store: keyof House['stores'], amount: number) =>
      (await post('/v1/redemptions', { ...at(card, store), amount, reference: receipt('T') })).id,
    hold: (card: Card, store: keyof House['stores'], amount: number) =>
      post('/v1/holds', { ...at(card, store), amount, reference: receipt('H'), expiresIn: 604_800 }),
    reload: ({ id }: Card, store: keyof House['stores'], amount: number) =>
      post(`/v1/cards/${id}/reload`, {
        amount,
        storeId: stores[store],
        payment: { tender: 'alipay', amount, reference: receipt('R') },
      }),
  };
}
