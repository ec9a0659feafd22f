import { amountOf, jsonAmount } from '../../../kernel/money.ts';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { accepted, type Context, useCase } from '../../../platform/executor/useCase.ts';
import { type Find, put } from '../../../platform/executor/workingSet.ts';
import { giftById, moveStock, stockRows } from '../../catalog/index.ts';
import { openBook } from '../../ledger/index.ts';
import { memberAt } from '../../members/index.ts';
import { storeById } from '../../merchants/index.ts';
import { issueOf, pointsRows } from '../purse/purse.ts';
import { take } from '../purse/spend.ts';
import { type GiftOrder, giftOrderAnswer, giftOrders } from './order.ts';

export type TakeGiftInput = {
  readonly memberId: string;
  readonly giftId: string;
  readonly storeId: string;
  readonly quantity: number;
  /** Whether it is in the member's hands already; else it waits in the store. */
  readonly handOver: boolean;
};

const needs = ({ memberId, giftId, storeId }: TakeGiftInput, find: Find) => ({
  member: memberAt(memberId, find),
  gift: find.one(giftById, giftId),
  store: find.one(storeById, storeId),
  points: pointsRows(memberId, find),
  stock: stockRows(giftId, find),
});

/** The points and the pieces go in one posting: neither without the other, and never more than there are. */
function decide(rows: ReturnType<typeof needs>, input: TakeGiftInput, context: Context) {
  const { member, gift, store, points, stock } = rows;
  const { quantity, handOver, storeId } = input;
  if (!member) return refused('member_not_found', { field: 'memberId' });
  if (!gift) return refused('gift_item_not_found', { field: 'giftId' });
  if (!store) return refused('store_not_found', { field: 'storeId' });
  if (store.state !== 'open') return refused('store_closed', { field: 'storeId' });
  if (gift.state !== 'offered') return refused('gift_item_resting', { field: 'giftId' });
  const { now, merchantId } = context;
  const price = gift.points * amountOf(quantity);
  const book = openBook([...points.accounts, ...stock], now);
  const taken = take(points, price, issueOf(book, merchantId, 'gifts'), now);
  if (isRefused(taken)) return taken;
  const off = moveStock(book, { giftId: gift.id, storeId, pieces: -amountOf(quantity) }, merchantId);
  const left = book.now(off.from).balance;
  if (left < off.amount) {
    return refused('out_of_stock', { field: 'quantity', detail: `${left} are in this store.` });
  }
  const postings = book.post([...taken.transfers, off]);
  if (isRefused(postings)) return postings;
  const order: GiftOrder = {
    id: context.newId(),
    giftId: gift.id,
    memberId: member.id,
    storeId,
    quantity,
    points: price,
    parts: taken.parts,
    state: handOver ? 'handed' : 'waiting',
    createdAt: now,
    endedAt: handOver ? now : null,
  };
  const { memberId, giftId, ...answer } = giftOrderAnswer(order);
  return accepted({
    activities: [
      {
        type: handOver ? 'gift_order.handed' : 'gift_order.placed',
        subjectId: order.id,
        storeId,
        details: { memberId, giftId, quantity, points: jsonAmount(price) },
        postings,
      },
    ],
    changes: [put(giftOrders, order), ...book.changes()],
    result: { ...answer, memberId, giftId },
  });
}

/** Takes a gift for a member's points, at a counter. */
export const takeGift = useCase({
  name: 'gift_order.place',
  permission: 'points.use',
  movesValue: true,
  storeOf: ({ storeId }: TakeGiftInput) => storeId,
  needs,
  decide,
});

/** The same by the member, on a phone: it then waits in the store. */
export const takeOwnGift = useCase({
  name: 'wallet.takeGift',
  permission: 'wallet',
  movesValue: true,
  needs,
  decide,
});
