import { refused } from '../../../kernel/outcome.ts';
import { useCase } from '../../../platform/executor/useCase.ts';
import { moneyOn } from '../card.ts';
import { type VoidInput, voiding } from '../void.ts';

/** `balanceMax`: what was on the card when the action on many was asked for. */
export type VoidOneInput = VoidInput & { readonly balanceMax: bigint };

/** Voids a card of an action that was let through: nobody is asked again, so it never voids more than was seen then. */
export const voidOne = useCase({
  ...voiding,
  name: 'card.voidOfAction',
  needs: (input: VoidOneInput, find) => voiding.needs(input, find),
  decide: (rows, { balanceMax, ...input }, context) =>
    moneyOn(rows.lots.lots).balance > balanceMax
      ? refused('card_balance_grew')
      : voiding.decide(rows, input, context),
});
