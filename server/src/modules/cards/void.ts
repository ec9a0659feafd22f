import { isRefused, refused } from '../../kernel/outcome.ts';
import { accepted, type Context, useCase } from '../../platform/executor/useCase.ts';
import { type Find, put } from '../../platform/executor/workingSet.ts';
import { type Account, accountsOf, inSpendingOrder, openBook, ownerAnd } from '../ledger/index.ts';
import { mayVoid } from './allowed.ts';
import { cardAnswer } from './answers.ts';
import { type Card, cardAt, cards, moneyOn, sellerOf } from './card.ts';
import { freed, type Lots, lotsOf } from './pay.ts';

export type VoidInput = { readonly cardId: string; readonly reason: string };

export type VoidRows = {
  readonly card: Card | undefined;
  readonly lots: Lots;
  readonly voided: readonly Account[];
};

/** Voiding, by whichever command: the one on a card, or one on many that has been through what the first asks for. */
export const voiding = {
  permission: 'cards.void',
  movesValue: true,

  needs(input: VoidInput, find: Find) {
    const card = cardAt(input.cardId, find);
    return {
      card,
      lots: lotsOf(card?.id, find),
      voided: find.all(accountsOf, ownerAnd(find.merchantId, 'voided')),
    };
  },

  ownerStoreOf: sellerOf,

  decide(rows: VoidRows, { reason }: VoidInput, context: Context) {
    const { card } = rows;
    if (!card) return refused('card_not_found');
    const { lots, changes: lapsed } = freed(rows.lots, context);
    const money = moneyOn(lots);
    const unable = mayVoid(card, money);
    if (unable) return unable;
    const book = openBook([...lots, ...rows.voided], context.now);
    // In an order that does not depend on how they were found: the log must be the same.
    const transfers = inSpendingOrder(lots)
      .filter((lot) => lot.balance > 0n)
      .map((lot) => ({
        from: lot,
        to: book.account({ ownerId: context.merchantId, purpose: 'voided', asset: lot.asset }),
        amount: lot.balance,
      }));
    const postings = book.post(transfers, { evenIfUnusable: true });
    if (isRefused(postings)) return postings;
    for (const lot of lots) book.set({ ...book.now(lot), state: 'closed' });
    return accepted({
      activities: [
        {
          type: 'card.voided',
          subjectId: card.id,
          amount: money.balance,
          details: { reason, balance: 0 },
          postings,
        },
      ],
      changes: [...lapsed, put(cards, { ...card, state: 'voided', reason }), ...book.changes()],
      result: cardAnswer(card.id, 'voided', 0n, card.validUntil, context),
    });
  },
};

/** Ends a card for ever, with a reason. What was on it goes to the merchant's account of voided value; nothing is deleted. */
export const voidCard = useCase({
  ...voiding,
  name: 'card.void',
  secondPerson: { kind: 'void', by: 'carry', amountOf: ({ lots }) => moneyOn(lots.lots).balance },
});
