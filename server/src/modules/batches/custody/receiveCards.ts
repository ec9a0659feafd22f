import { isRefused } from '../../../kernel/outcome.ts';
import { useCase } from '../../../platform/executor/useCase.ts';
import { received } from '../../cards/index.ts';
import { beyondScope } from '../../merchants/index.ts';
import { custodyMoved, custodyOf, type RangeInput, rangeOf } from './range.ts';

/** Takes printed cards in at HQ: from the printer, or those that stores have sent back. */
export const receiveCards = useCase({
  name: 'custody.receive',
  permission: 'custody.manage',
  movesValue: false,
  needs: (input: RangeInput, find) => custodyOf(input, find),
  decide({ batch, holdings }, input, context) {
    const denied = beyondScope(context.actor, null);
    if (denied) return denied;
    const range = rangeOf(batch, input);
    if (isRefused(range)) return range;
    return custodyMoved('custody.received', range, received(holdings, range, context.now), null, context);
  },
});
