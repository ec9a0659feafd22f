import { type Refusal, refused } from '../../kernel/outcome.ts';
import { startOfDay, type Validity, validUntil } from '../../kernel/time.ts';
import { accepted, type Context, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { accounts } from '../ledger/index.ts';
import { type Merchant, merchantById } from '../merchants/index.ts';
import { type ProgramVersion, versionById } from '../programs/index.ts';
import { mayReactivate } from './allowed.ts';
import { cardAnswer } from './answers.ts';
import { type Card, cardAt, cards, mayBeUsed, moneyOn, sellerOf, shownState } from './card.ts';
import { freed, type Lots, lotsOf } from './pay.ts';

/** `until`: the last valid day, in the merchant's zone; left out: the program's own term, counted from now. */
export type ProlongInput = {
  readonly cardId: string;
  readonly until: string | undefined;
  readonly reason: string;
};

type Rows = {
  readonly card: Card | undefined;
  readonly version: ProgramVersion | undefined;
  readonly merchant: Merchant | undefined;
  readonly found: Lots;
};

type Guard = (card: Card, context: Context) => Refusal | undefined;

/** Extending a card that is still valid and reactivating one that is not are one thing under two guards. */
function prolongation(name: string, type: string, mayProlong: Guard) {
  return useCase({
    name,
    permission: 'cards.extend',
    movesValue: false,

    needs(input: ProlongInput, find): Rows {
      const card = cardAt(input.cardId, find);
      return {
        card,
        version: card && find.one(versionById, card.versionId),
        merchant: find.one(merchantById, find.merchantId),
        found: lotsOf(card?.id, find),
      };
    },

    ownerStoreOf: sellerOf,

    decide({ card, version, merchant, found }, { until, reason }, context) {
      if (!card || !version || !merchant) return refused('card_not_found');
      const unable = mayProlong(card, context);
      if (unable) return unable;
      const end = newEnd(version.validity, until, merchant.timezone, context.now);
      const notLater =
        card.validUntil === null || end === undefined || (end !== null && end <= card.validUntil);
      if (notLater || (end !== null && end <= context.now)) {
        return refused('validity_not_extended', { field: 'until', next: 'Give a later last day.' });
      }
      const prolonged: Card = { ...card, state: 'active', validUntil: end };
      const { lots, changes: lapsed } = freed(found, context);
      const money = moneyOn(lots);
      const details = { reason, before: card.validUntil?.toISOString(), until: end?.toISOString() ?? null };
      return accepted({
        activities: [{ type, subjectId: card.id, details }],
        changes: [
          ...lapsed,
          put(cards, prolonged),
          ...lots.map((lot) => put(accounts, { ...lot, usableUntil: end })),
        ],
        result: cardAnswer(
          card.id,
          shownState(prolonged, money, true, context.now),
          money.balance,
          end,
          context,
        ),
      });
    },
  });
}

/** The new exclusive end; null: never; undefined: none is said and the program has no term to count. */
function newEnd(
  validity: Validity,
  until: string | undefined,
  zone: string,
  now: Date,
): Date | null | undefined {
  if (until !== undefined) {
    return validUntil({ type: 'until', date: until }, startOfDay(until, zone), zone);
  }
  return validity.type === 'until' ? undefined : validUntil(validity, now, zone);
}

/** Moves the end of a card that is still valid. */
export const extendCard = prolongation('card.extend', 'card.extended', (card, { now }) =>
  mayBeUsed(card, now),
);

/** Makes an expired card valid again. */
export const reactivateCard = prolongation('card.reactivate', 'card.reactivated', (card, { now }) =>
  mayReactivate(card, now),
);
