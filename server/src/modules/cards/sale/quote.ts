import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { refused } from '../../../kernel/outcome.ts';
import { useCase } from '../../../platform/executor/useCase.ts';
import { merchantById, storeById } from '../../merchants/index.ts';
import { salePriceOf } from '../../programs/index.ts';
import { serialText } from '../card.ts';
import { maskCode } from '../code.ts';
import { custodyFor, forSale, type Named, priceOf, sortForSale } from './forSale.ts';

export type QuoteInput = { readonly named: readonly Named[]; readonly storeId: string };

/**
 * Says what cards would cost if they were sold now, by the rules that sell them. It is how somebody limited to stores sees
 * unsold stock: what may be sold, and of the rest nothing but why not. Leaves nothing behind.
 */
export const quoteCards = useCase({
  name: 'card.quote',
  permission: 'cards.activate',
  movesValue: false,
  storeOf: (input: QuoteInput) => input.storeId,

  needs(input, find) {
    const found = forSale(input.named, find);
    return {
      found,
      custody: custodyFor(found, find),
      store: find.one(storeById, input.storeId),
      merchant: find.one(merchantById, find.merchantId),
    };
  },

  decide({ found, custody, store, merchant }, { storeId }, context) {
    if (!store || !merchant) return refused('store_not_found', { field: 'storeId' });
    if (store.state !== 'open') return refused('store_closed', { field: 'storeId' });
    const { good, rejected } = sortForSale(found, merchant.timezone, { storeId, custody }, context);
    const due = priceOf(good);
    if (typeof due !== 'bigint') return due;
    const cards = good.map(({ card, version }) => ({
      cardId: encodeId('card', card.id),
      serial: serialText(card.serial),
      maskedCode: maskCode(card.last4),
      faceValue: jsonAmount(card.faceValue),
      salePrice: jsonAmount(salePriceOf(version, card.faceValue)),
    }));
    const currency = good[0]?.version.currency ?? merchant.currency;
    return { unchanged: JSON.stringify({ amount: jsonAmount(due), currency, cards, rejected }) };
  },
});
