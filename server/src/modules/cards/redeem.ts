import { jsonAmount } from '../../kernel/money.ts';
import { isRefused, refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { activityByReference, storeAnd } from '../ledger/index.ts';
import { storeById } from '../merchants/index.ts';
import { redemptionAnswer } from './answers.ts';
import { alreadyClaimed, mayPayAt } from './card.ts';
import { freed, lotsOf, payStore, storeAccounts } from './pay.ts';
import { type Presented, presentedRows, recognise } from './recognise.ts';

export type RedeemInput = {
  readonly presented: Presented;
  readonly amount: bigint;
  readonly currency: string;
  readonly storeId: string;
  readonly reference: string;
};

/** Pays a store out of a card, wholly or in part. */
export const redeemCard = useCase({
  name: 'card.redeem',
  permission: 'cards.redeem',
  movesValue: true,
  storeOf: (input: RedeemInput) => input.storeId,
  amountOf: (input) => input.amount,

  needs(input, find) {
    const presented = presentedRows(input.presented, find);
    const lots = lotsOf((presented.card ?? presented.decoy)?.id, find);
    return {
      presented,
      lots,
      store: find.one(storeById, input.storeId),
      storeAccounts: storeAccounts(input.storeId, lots.lots, find),
      claimed: find.one(activityByReference, storeAnd(input.storeId, input.reference)),
    };
  },

  decide(rows, input, context) {
    const { amount, currency, storeId, reference } = input;
    if (!rows.store) return refused('store_not_found', { field: 'storeId' });
    const recognised = recognise(rows.presented, input.presented, context, storeId);
    if (!('card' in recognised)) return recognised;
    if (rows.claimed) return alreadyClaimed;
    const { card, version } = recognised;
    const { lots, changes: lapsed } = freed(rows.lots, context);
    const unpayable = mayPayAt(card, version, rows.store, lots, { amount, currency }, context.now);
    if (unpayable) return unpayable;
    const paid = payStore(
      { lots, storeAccounts: rows.storeAccounts },
      { amount, storeId, currency },
      context,
    );
    if (isRefused(paid)) return paid;
    const { balance } = paid.money;
    return accepted({
      activities: [
        {
          type: 'card.redeemed',
          subjectId: card.id,
          storeId,
          reference,
          amount,
          details: { balance: jsonAmount(balance) },
          postings: paid.postings,
        },
      ],
      changes: [...recognised.changes, ...lapsed, ...paid.changes],
      result: redemptionAnswer({ cardId: card.id, amount, balance, currency, storeId, reference }, context),
    });
  },
});
