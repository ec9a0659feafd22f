import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { place, spread } from '../ledger/index.ts';
import { moneyOn } from './card.ts';
import { type SpendInput, spendable, spendRows } from './spend.ts';

export type HoldInput = SpendInput & {
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

  needs: spendRows,

  decide(rows, input, context) {
    const { amount, currency, storeId, reference } = input;
    const found = spendable(rows, input, context);
    if (!('lots' in found)) return found;
    const { card, lots, payable } = found;
    const shares = spread(payable, amount);
    if (!shares) return refused('insufficient_balance', { field: 'amount' });
    const expiresAt = new Date(context.now.getTime() + input.expiresIn * 1000);
    const id = context.activityId();
    const hold = { id, ownerId: card.id, seq: context.seq(), amount, storeId, reference, expiresAt };
    const money = moneyOn(lots);
    return accepted({
      activities: [{ type: 'hold.placed', subjectId: card.id, storeId, reference, amount }],
      changes: [...found.changes, ...place(hold, shares)],
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
