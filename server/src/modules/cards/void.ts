import { isRefused, refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { accountsOf, inSpendingOrder, openBook, ownerAnd } from '../ledger/index.ts';
import { mayVoid } from './allowed.ts';
import { cardAnswer } from './answers.ts';
import { cardAt, cards, moneyOn, sellerOf } from './card.ts';
import { freed, lotsOf } from './pay.ts';

export type VoidInput = { readonly cardId: string; readonly reason: string };

/** Ends a card for ever, with a reason. What was on it goes to the merchant's account of voided value; nothing is deleted. */
export const voidCard = useCase({
  name: 'card.void',
  permission: 'cards.void',
  movesValue: true,

  needs(input: VoidInput, find) {
    const card = cardAt(input.cardId, find);
    return {
      card,
      lots: lotsOf(card?.id, find),
      voided: find.all(accountsOf, ownerAnd(find.merchantId, 'voided')),
    };
  },

  ownerStoreOf: sellerOf,

  secondPerson: { kind: 'void', by: 'carry', amountOf: ({ lots }) => moneyOn(lots.lots).balance },
  decide(rows, { reason }, context) {
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
});
