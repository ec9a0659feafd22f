import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { activityByReference, inSpendingOrder, place, spread, storeAnd } from '../ledger/index.ts';
import { storeById } from '../merchants/index.ts';
import { alreadyClaimed, mayPayAt, moneyOn } from './card.ts';
import { freed, lotsOf } from './pay.ts';
import { type Presented, presentedRows, recognise } from './recognise.ts';

export type HoldInput = {
  readonly presented: Presented;
  readonly amount: bigint;
  readonly currency: string;
  readonly storeId: string;
  readonly reference: string;
  /** Seconds until it lets go by itself. */
  readonly expiresIn: number;
};

/** Reserves an amount on a card until it is captured, released, or its time is up. */
export const placeHold = useCase({
  name: 'hold.place',
  permission: 'cards.hold',
  movesValue: true,
  storeOf: (input: HoldInput) => input.storeId,
  amountOf: (input) => input.amount,

  needs(input, find) {
    const presented = presentedRows(input.presented, find);
    return {
      presented,
      lots: lotsOf((presented.card ?? presented.decoy)?.id, find),
      store: find.one(storeById, input.storeId),
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
    const shares = spread(inSpendingOrder(lots), amount);
    if (!shares) return refused('insufficient_balance', { field: 'amount' });
    const expiresAt = new Date(context.now.getTime() + input.expiresIn * 1000);
    const id = context.activityId();
    const hold = { id, ownerId: card.id, seq: context.seq(), amount, storeId, reference, expiresAt };
    const money = moneyOn(lots);
    return accepted({
      activities: [{ type: 'hold.placed', subjectId: card.id, storeId, reference, amount }],
      changes: [...recognised.changes, ...lapsed, ...place(hold, shares)],
      result: {
        id: encodeId('hold', id),
        cardId: encodeId('card', card.id),
        state: 'open',
        amount: jsonAmount(amount),
        currency,
        available: jsonAmount(money.balance - money.held - amount),
        storeId: encodeId('store', storeId),
        reference,
        expiresAt: expiresAt.toISOString(),
        createdAt: context.now.toISOString(),
      },
    });
  },
});
