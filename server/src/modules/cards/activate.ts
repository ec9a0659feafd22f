import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { isRefused, refused } from '../../kernel/outcome.ts';
import { validUntil } from '../../kernel/time.ts';
import type { ActivityDraft } from '../../platform/executor/activity.ts';
import { accepted, type Context, useCase } from '../../platform/executor/useCase.ts';
import { type Change, put } from '../../platform/executor/workingSet.ts';
import { type Account, accountsOf, type Book, openBook, ownerAnd, type Transfer } from '../ledger/index.ts';
import { merchantById, storeById } from '../merchants/index.ts';
import { salePriceOf } from '../programs/index.ts';
import { type Card, cardPurpose, cards, serialText } from './card.ts';
import { postingsOn, principalOf } from './pay.ts';
import { custodyFor, forSale, type Good, type Named, priceOf, sortForSale } from './sale/forSale.ts';

export type PaymentIn = { readonly tender: string; readonly amount: bigint; readonly reference: string };

export type ActivateInput = {
  readonly named: readonly Named[];
  readonly storeId: string;
  readonly payment: PaymentIn;
  /** True: one card that cannot be activated keeps all from it. */
  readonly allOrNone: boolean;
};

/** Sells cards: from now on they are worth their face value, and their validity begins. */
export const activateCards = useCase({
  name: 'card.activate',
  permission: 'cards.activate',
  movesValue: true,
  storeOf: (input: ActivateInput) => input.storeId,
  amountOf: (input) => input.payment.amount,

  needs(input, find) {
    const found = forSale(input.named, find).map((one) => ({
      ...one,
      lots: one.card ? find.all(accountsOf, ownerAnd(one.card.id, cardPurpose)) : [],
    }));
    return {
      found,
      custody: custodyFor(found, find),
      store: find.one(storeById, input.storeId),
      merchant: find.one(merchantById, find.merchantId),
      accounts: [
        ...found.flatMap(({ lots }) => lots),
        ...find.all(accountsOf, ownerAnd(input.storeId, 'tender')),
        ...find.all(accountsOf, ownerAnd(find.merchantId, 'sale_difference')),
      ],
    };
  },

  decide({ found, custody, store, merchant, accounts }, input, context) {
    if (!store || !merchant) return refused('store_not_found', { field: 'storeId' });
    if (store.state !== 'open') return refused('store_closed', { field: 'storeId' });
    const { good, rejected } = sortForSale(
      found,
      merchant.timezone,
      { storeId: input.storeId, custody },
      context,
    );
    const paid = input.payment.amount;
    if (good.length === 0 || (rejected.length > 0 && input.allOrNone)) {
      const result = { activated: 0, rejected, amount: 0, unapplied: jsonAmount(paid), cards: [] };
      return { unchanged: JSON.stringify({ id: null, ...result }) };
    }
    const due = priceOf(good);
    if (typeof due !== 'bigint') return due;
    if (paid < due || (paid > due && rejected.length === 0)) {
      return refused('payment_mismatch', {
        field: 'payment.amount',
        detail: `The cards that can be activated cost ${due} together.`,
      });
    }
    const book = openBook(accounts, context.now);
    const activities: ActivityDraft[] = [];
    const changes: Change[] = [];
    for (const one of good) {
      const sold = sell(one, input, merchant.timezone, book, context, activities.length);
      if (isRefused(sold)) return sold;
      activities.push(sold.activity);
      changes.push(put(cards, sold.card));
    }
    return accepted({
      activities,
      changes: [...changes, ...book.changes()],
      result: {
        id: encodeId('act', context.activityId()),
        activated: good.length,
        rejected,
        amount: jsonAmount(due),
        unapplied: jsonAmount(paid - due),
        cards: good.map(({ card }) => ({
          cardId: encodeId('card', card.id),
          serial: serialText(card.serial),
        })),
      },
    });
  },
});

type Sold = Good & { readonly lots: readonly Account[] };

function sell(one: Sold, input: ActivateInput, zone: string, book: Book, context: Context, n: number) {
  const { card, version, named, lots } = one;
  const { storeId, payment } = input;
  const asset = version.currency;
  const until = validUntil(version.validity, context.now, zone);
  const opened = book.account(
    { ownerId: card.id, purpose: cardPurpose, detail: principalOf(storeId), asset },
    { floor: 0n },
  );
  const lot = { ...book.now(opened), usableUntil: until };
  // All its lots, those too that it kept from an earlier sale: what comes on them later ends with the card.
  for (const each of [...lots.filter(({ id }) => id !== lot.id).map(book.now), lot]) {
    book.set({ ...each, usableUntil: until });
  }
  const price = salePriceOf(version, card.faceValue);
  const tender = book.account({ ownerId: storeId, purpose: 'tender', detail: payment.tender, asset });
  // A card may be sold below or above its face value; the difference is the merchant's cost or gain.
  const difference = book.account({ ownerId: context.merchantId, purpose: 'sale_difference', asset });
  const transfers: Transfer[] = [
    { from: tender, to: lot, amount: price < card.faceValue ? price : card.faceValue },
    { from: difference, to: lot, amount: card.faceValue - price },
    { from: tender, to: difference, amount: price - card.faceValue },
  ];
  const postings = book.post(transfers.filter(({ amount }) => amount > 0n));
  if (isRefused(postings)) return postings;
  const sold: Card = {
    ...card,
    state: 'active',
    loaded: card.faceValue,
    loadPostings: postingsOn([...lots.filter(({ id }) => id !== lot.id), lot].map((each) => book.now(each))),
    activationSeq: context.seq(n),
    activatedAt: context.now,
    soldStoreId: storeId,
    validUntil: until,
    holder: named.holder ?? null,
  };
  const details = {
    tender: payment.tender,
    paymentReference: payment.reference,
    salePrice: jsonAmount(price),
  };
  return {
    card: sold,
    activity: {
      type: 'card.activated',
      subjectId: card.id,
      storeId,
      amount: card.faceValue,
      details,
      postings,
    },
  };
}
