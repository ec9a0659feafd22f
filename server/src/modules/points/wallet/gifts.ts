import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import type { Db } from '../../../platform/db/statement.ts';
import { lookUp } from '../../../platform/executor/lookUp.ts';
import { catalogSql, type Gift, giftById, listGifts, stockIn, stockRows } from '../../catalog/index.ts';
import { ledgerSql } from '../../ledger/index.ts';
import { merchantsSql, storeById } from '../../merchants/index.ts';
import { giftOrderAnswer } from '../gifts/order.ts';
import { listGiftOrders, type OrderFilter } from '../store.ts';

const nameOf = (gift: Gift | undefined) => ({ zh: gift?.nameZh ?? '', en: gift?.nameEn ?? null });

/** Gifts that are offered, newest first, each with the open stores that have one. */
export async function offeredGifts(
  db: Db,
  merchantId: string,
  { before, limit }: { readonly before: string | null; readonly limit: number },
) {
  const gifts = await listGifts(db, merchantId, { before, limit, state: 'offered' });
  const found = await lookUp([...ledgerSql, ...merchantsSql], db, merchantId, (find) =>
    gifts.map((gift) => {
      const there = stockIn(gift.id, stockRows(gift.id, find)).filter(({ pieces }) => pieces > 0n);
      return { gift, stores: there.map(({ storeId }) => find.one(storeById, storeId)) };
    }),
  );
  return found.map(({ gift, stores }) => ({
    id: encodeId('gft', gift.id),
    name: nameOf(gift),
    points: jsonAmount(gift.points),
    stores: stores
      .filter((store) => store?.state === 'open')
      .flatMap((store) => (store ? [{ id: encodeId('store', store.id), name: store.name }] : [])),
  }));
}

/** What a member took, newest first, with the names of what and where. */
export async function ownOrders(db: Db, merchantId: string, filter: OrderFilter) {
  const orders = await listGiftOrders(db, merchantId, filter);
  const names = await lookUp([...catalogSql, ...merchantsSql], db, merchantId, (find) =>
    orders.map(({ giftId, storeId }) => ({
      gift: find.one(giftById, giftId),
      store: find.one(storeById, storeId),
    })),
  );
  return orders.map((order, n) => ({
    ...giftOrderAnswer(order),
    gift: nameOf(names[n]?.gift),
    store: names[n]?.store?.name ?? '',
  }));
}
