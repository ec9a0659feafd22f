import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import type { Context } from '../../platform/executor/useCase.ts';

/** The facts of a payment out of a card, as its answer shows them. */
export type PaymentFacts = {
  readonly cardId: string;
  readonly amount: bigint;
  readonly balance: bigint;
  readonly currency: string;
  readonly storeId: string;
  readonly reference: string | null;
};

/** The body of the answer to a redemption or a capture. */
export function redemptionAnswer(facts: PaymentFacts, context: Context) {
  return {
    id: encodeId('red', context.activityId()),
    cardId: encodeId('card', facts.cardId),
    amount: jsonAmount(facts.amount),
    balance: jsonAmount(facts.balance),
    currency: facts.currency,
    storeId: encodeId('store', facts.storeId),
    reference: facts.reference,
    createdAt: context.now.toISOString(),
  };
}

/** The body of the answer to a verb on one card. */
export function cardAnswer(
  cardId: string,
  state: string,
  balance: bigint,
  validUntil: Date | null,
  context: Context,
) {
  return {
    id: encodeId('act', context.activityId()),
    cardId: encodeId('card', cardId),
    state,
    balance: jsonAmount(balance),
    validUntil: validUntil?.toISOString() ?? null,
    createdAt: context.now.toISOString(),
  };
}
