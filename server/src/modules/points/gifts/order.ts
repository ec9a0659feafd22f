import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';
import type { Part } from '../purse/spend.ts';

/** A gift that a member took with points. */
export type GiftOrder = {
  readonly id: string;
  readonly giftId: string;
  readonly memberId: string;
  readonly storeId: string;
  readonly quantity: number;
  readonly points: bigint;
  /** Which lots paid. */
  readonly parts: readonly Part[];
  readonly state: 'waiting' | 'handed' | 'cancelled';
  readonly createdAt: Date;
  readonly endedAt: Date | null;
};

export const giftOrders = entity<GiftOrder>('giftOrder', (order) => order.id, 'found');
export const giftOrderById = finder(giftOrders, 'byId', (order) => [order.id]);
/** What a member took and has not been handed. */
export const waitingOrdersOf = finder(giftOrders, 'waitingOfMember', ({ memberId, state }) =>
  state === 'waiting' ? [memberId] : [],
);

/** An order as the API shows it. */
export function giftOrderAnswer(order: GiftOrder) {
  const { id, giftId, memberId, storeId, quantity, points, state, createdAt, endedAt } = order;
  return {
    id: encodeId('gor', id),
    giftId: encodeId('gft', giftId),
    memberId: encodeId('mem', memberId),
    storeId: encodeId('store', storeId),
    quantity,
    points: jsonAmount(points),
    state,
    createdAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}
