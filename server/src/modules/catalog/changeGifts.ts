import { jsonAmount } from '../../kernel/money.ts';
import { isRefused, refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { openBook } from '../ledger/index.ts';
import { beyondScope, storeById } from '../merchants/index.ts';
import { type Gift, giftAnswer, giftById, gifts, moveStock, stockRows } from './gift.ts';
import { productById } from './product.ts';

type Terms = Pick<Gift, 'nameZh' | 'nameEn' | 'productId' | 'points'>;

/** Offers something for points. */
export const createGift = useCase({
  name: 'gift_item.create',
  permission: 'catalog.write',
  movesValue: false,
  needs: ({ productId }: Terms, find) => (productId === null ? undefined : find.one(productById, productId)),
  decide(product, { nameZh, nameEn, productId, points }, { actor, now, newId }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    if (productId !== null && !product) return refused('product_not_found', { field: 'productId' });
    const terms = { nameZh, nameEn, productId, points };
    const gift: Gift = { ...terms, id: newId(), state: 'offered', revision: 1, createdAt: now };
    return accepted({
      activities: [
        { type: 'gift_item.created', subjectId: gift.id, details: { ...terms, points: jsonAmount(points) } },
      ],
      changes: [put(gifts, gift)],
      result: giftAnswer(gift, []),
    });
  },
});

type Changed = { readonly [Key in 'nameZh' | 'nameEn' | 'points' | 'state']?: Gift[Key] | undefined };

/** Changes a gift; who took it already paid what it cost then. */
export const updateGift = useCase({
  name: 'gift_item.update',
  permission: 'catalog.write',
  movesValue: false,
  needs: ({ id }: { readonly id: string; readonly terms: Changed }, find) => ({
    before: find.one(giftById, id),
    accounts: stockRows(id, find),
  }),
  decide({ before, accounts }, { terms }, { actor }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    if (!before) return refused('gift_item_not_found');
    const gift: Gift = {
      ...before,
      nameZh: terms.nameZh ?? before.nameZh,
      nameEn: terms.nameEn === undefined ? before.nameEn : terms.nameEn,
      points: terms.points ?? before.points,
      state: terms.state ?? before.state,
      revision: before.revision + 1,
    };
    const { nameZh, nameEn, state } = gift;
    return accepted({
      activities: [
        {
          type: 'gift_item.updated',
          subjectId: gift.id,
          details: { nameZh, nameEn, state, points: jsonAmount(gift.points) },
        },
      ],
      changes: [put(gifts, gift)],
      result: giftAnswer(gift, accounts),
    });
  },
});

export type StockInput = {
  readonly giftId: string;
  readonly storeId: string;
  /** Negative: that many were lost, or moved away. */
  readonly pieces: bigint;
  readonly reason: string;
};

/** Books pieces of a gift into a store, or out of it, with a reason. */
export const stockGift = useCase({
  name: 'gift_item.stock',
  permission: 'catalog.stock',
  movesValue: true,
  storeOf: ({ storeId }: StockInput) => storeId,
  needs: ({ giftId, storeId }, find) => ({
    gift: find.one(giftById, giftId),
    store: find.one(storeById, storeId),
    accounts: stockRows(giftId, find),
  }),
  decide({ gift, store, accounts }, { giftId, storeId, pieces, reason }, { now, merchantId }) {
    if (!gift) return refused('gift_item_not_found');
    if (!store) return refused('store_not_found', { field: 'storeId' });
    const book = openBook(accounts, now);
    const transfer = moveStock(book, { giftId, storeId, pieces }, merchantId);
    const postings = book.post([transfer]);
    if (isRefused(postings)) return refused('out_of_stock', { field: 'pieces' });
    const shelf = book.now(pieces > 0n ? transfer.to : transfer.from);
    return accepted({
      activities: [
        {
          type: 'gift_item.stocked',
          subjectId: giftId,
          storeId,
          details: { pieces: jsonAmount(pieces), reason },
          postings,
        },
      ],
      changes: book.changes(),
      result: giftAnswer(gift, [...accounts.filter(({ id }) => id !== shelf.id), shelf]),
    });
  },
});
