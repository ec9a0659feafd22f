import { amountOf } from '../../../kernel/money.ts';
import { isRefused, type Refusal, refused } from '../../../kernel/outcome.ts';
import { accepted, type Context, useCase } from '../../../platform/executor/useCase.ts';
import { type Find, put } from '../../../platform/executor/workingSet.ts';
import { moveStock, stockRows } from '../../catalog/index.ts';
import { openBook } from '../../ledger/index.ts';
import { pointsRows } from '../purse/purse.ts';
import { returnSpent } from '../purse/takeBack.ts';
import { type GiftOrder, giftOrderAnswer, giftOrderById, giftOrders } from './order.ts';

type OrderInput = { readonly orderId: string };
type OwnOrderInput = OrderInput & { readonly memberId: string };

/** Why an order cannot be ended, in check order. */
function mayEnd(order: GiftOrder | undefined): Refusal | undefined {
  if (!order) return refused('gift_order_not_found');
  return order.state === 'waiting' ? undefined : refused('gift_order_ended');
}

/** Hands a gift over that waits in a store. */
export const handGift = useCase({
  name: 'gift_order.hand',
  permission: 'points.use',
  movesValue: false,
  needs: ({ orderId }: OrderInput, find) => find.one(giftOrderById, orderId),
  ownerStoreOf: (order) => order?.storeId,
  decide(order, _input, { now }) {
    const refusal = mayEnd(order);
    if (refusal || !order) return refusal ?? refused('gift_order_not_found');
    const handed: GiftOrder = { ...order, state: 'handed', endedAt: now };
    return accepted({
      activities: [{ type: 'gift_order.handed', subjectId: order.id, storeId: order.storeId }],
      changes: [put(giftOrders, handed)],
      result: giftOrderAnswer(handed),
    });
  },
});

function cancelNeeds({ orderId }: OrderInput, find: Find) {
  const order = find.one(giftOrderById, orderId);
  return {
    order,
    points: order && pointsRows(order.memberId, find),
    stock: order ? stockRows(order.giftId, find) : [],
  };
}

function cancel({ order, points, stock }: ReturnType<typeof cancelNeeds>, context: Context) {
  const refusal = mayEnd(order);
  if (refusal || !order || !points) return refusal ?? refused('gift_order_not_found');
  const { now, merchantId } = context;
  const book = openBook([...points.accounts, ...stock], now);
  const returning = { total: 1n, before: 0n, now: 1n };
  const back = returnSpent(points, { parts: order.parts, returning, cause: 'gifts' }, book, context);
  const { giftId, storeId, quantity } = order;
  const onto = moveStock(book, { giftId, storeId, pieces: amountOf(quantity) }, merchantId);
  const postings = book.post([...back.transfers, onto]);
  if (isRefused(postings)) return postings;
  const cancelled: GiftOrder = { ...order, state: 'cancelled', endedAt: now };
  return accepted({
    activities: [{ type: 'gift_order.cancelled', subjectId: order.id, storeId, postings }],
    changes: [put(giftOrders, cancelled), ...book.changes()],
    result: giftOrderAnswer(cancelled),
  });
}

/** Gives up a gift that waits: the points go back to the member, the piece onto the shelf. */
export const cancelGift = useCase({
  name: 'gift_order.cancel',
  permission: 'points.use',
  movesValue: true,
  needs: cancelNeeds,
  ownerStoreOf: ({ order }) => order?.storeId,
  decide: (rows, _input: OrderInput, context) => cancel(rows, context),
});

/** The same by the member whose it is. */
export const cancelOwnGift = useCase({
  name: 'wallet.cancelGift',
  permission: 'wallet',
  movesValue: true,
  needs: cancelNeeds,
  decide: (rows, { memberId }: OwnOrderInput, context) =>
    rows.order?.memberId === memberId ? cancel(rows, context) : refused('gift_order_not_found'),
});
