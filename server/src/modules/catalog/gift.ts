import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { entity, finder } from '../../platform/executor/entity.ts';
import type { Find } from '../../platform/executor/workingSet.ts';
import { type Account, accountsOf, type Book, ownerAnd, type Transfer } from '../ledger/index.ts';

/** Something that members get for points. */
export type Gift = {
  readonly id: string;
  readonly nameZh: string;
  readonly nameEn: string | null;
  /** The product that it is, where it is one. */
  readonly productId: string | null;
  /** What one costs, in points. */
  readonly points: bigint;
  readonly state: 'offered' | 'resting';
  readonly revision: number;
  readonly createdAt: Date;
};

export const gifts = entity<Gift>('giftItem', (gift) => gift.id);
export const giftById = finder(gifts, 'byId', (gift) => [gift.id]);

const stockPurpose = 'gift_stock';
const supplyPurpose = 'gift_supply';
/** Pieces are counted, whatever they are. */
const piece = 'piece';

/** For `needs`: how many of a gift are in which store, and the merchant's end of it. */
export function stockRows(giftId: string, find: Find): readonly Account[] {
  return [
    ...find.all(accountsOf, ownerAnd(giftId, stockPurpose)),
    ...find.all(accountsOf, ownerAnd(find.merchantId, supplyPurpose)),
  ];
}

/** Pieces of a gift that come into a store, or (negative) leave it; what is not there cannot leave. */
export function moveStock(
  book: Book,
  { giftId, storeId, pieces }: { giftId: string; storeId: string; pieces: bigint },
  merchantId: string,
): Transfer {
  const shelf = book.account(
    { ownerId: giftId, purpose: stockPurpose, detail: storeId, asset: piece },
    { floor: 0n },
  );
  const supply = book.account({ ownerId: merchantId, purpose: supplyPurpose, asset: piece });
  return pieces > 0n
    ? { from: supply, to: shelf, amount: pieces }
    : { from: shelf, to: supply, amount: -pieces };
}

/** How many of a gift are in each store that has or had any. */
export function stockIn(giftId: string, accounts: readonly Account[]) {
  return accounts
    .filter(({ ownerId, purpose }) => ownerId === giftId && purpose === stockPurpose)
    .map(({ detail, balance }) => ({ storeId: detail, pieces: balance }))
    .toSorted((a, b) => (a.storeId < b.storeId ? -1 : 1));
}

/** A gift as the API shows it. */
export function giftAnswer(gift: Gift, accounts: readonly Account[]) {
  return {
    id: encodeId('gft', gift.id),
    name: { zh: gift.nameZh, en: gift.nameEn },
    productId: gift.productId === null ? null : encodeId('prd', gift.productId),
    points: jsonAmount(gift.points),
    state: gift.state,
    stock: stockIn(gift.id, accounts).map(({ storeId, pieces }) => ({
      storeId: encodeId('store', storeId),
      pieces: jsonAmount(pieces),
    })),
    createdAt: gift.createdAt.toISOString(),
  };
}
