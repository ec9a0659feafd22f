import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { availableOn } from '../ledger/index.ts';
import { storeById } from '../merchants/index.ts';
import { acceptedLots, settlingRows } from '../settlement/index.ts';
import { allowedOn } from './allowed.ts';
import { moneyOn, releasedBatchById, shownState } from './card.ts';
import { maskCode } from './code.ts';
import { freed, lotsOf } from './pay.ts';
import { type Presented, presentedRows, recognise } from './recognise.ts';

export type VerifyInput = { readonly presented: Presented; readonly storeId: string | undefined };

/** Says what a card is and what may be done with it. Changes nothing on it; that it was asked, by whom and where, is logged. */
export const verifyCard = useCase({
  name: 'card.verify',
  permission: 'cards.verify',
  movesValue: false,
  storeOf: (input: VerifyInput) => input.storeId,

  needs(input, find) {
    const presented = presentedRows(input.presented, find);
    const card = presented.card ?? presented.decoy;
    const lots = lotsOf(card?.id, find);
    return {
      presented,
      lots,
      released: card?.batchId ? find.one(releasedBatchById, card.batchId) : undefined,
      store: input.storeId === undefined ? undefined : find.one(storeById, input.storeId),
      settling: input.storeId === undefined ? undefined : settlingRows(input.storeId, lots.lots, find),
    };
  },

  decide(rows, input, context) {
    if (input.storeId !== undefined && !rows.store) return refused('store_not_found', { field: 'storeId' });
    const recognised = recognise(rows.presented, input.presented, context, input.storeId, false);
    if (!('card' in recognised)) return recognised;
    const { card, version } = recognised;
    const { lots } = freed(rows.lots, context);
    const money = moneyOn(lots);
    const { now, actor } = context;
    const taken =
      rows.store && rows.settling
        ? acceptedLots(rows.settling, rows.store, lots, context).reduce(
            (sum, lot) => sum + availableOn(lot),
            0n,
          )
        : money.balance - money.held;
    return accepted({
      activities: [{ type: 'card.verified', subjectId: card.id, storeId: input.storeId }],
      changes: recognised.changes,
      result: {
        cardId: encodeId('card', card.id),
        kind: version.kind,
        state: shownState(card, money, rows.released !== undefined, now),
        balance: jsonAmount(money.balance),
        available: jsonAmount(taken),
        currency: version.currency,
        validUntil: card.validUntil?.toISOString() ?? null,
        allowed: allowedOn({ card, version, money, store: rows.store, taken, actor }, now),
        maskedCode: maskCode(card.last4),
      },
    });
  },
});
