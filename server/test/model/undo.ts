import { decodeId, encodeId, seqOf } from '../../src/kernel/id.ts';
import { captureHold } from '../../src/modules/cards/captureHold.ts';
import { refundRedemption } from '../../src/modules/cards/refund.ts';
import { releaseHold } from '../../src/modules/cards/releaseHold.ts';
import { reverseByReference } from '../../src/modules/cards/reverse.ts';
import { unknownId } from './facts.ts';
import {
  availableOn,
  book,
  currentOf,
  isStanding,
  type Model,
  type ModelCard,
  type ModelHold,
  type ModelRedemption,
  notInUse,
} from './model.ts';
import { pay } from './payments.ts';
import { type Asking, denied, refusedAt, type Step, stepOf } from './step.ts';

type OnHold = Asking & { readonly hold: ModelHold | undefined };

export function capture(model: Model, asking: OnHold & { readonly amount: bigint | undefined }): Step {
  const { hold: held, actor } = asking;
  const input = { holdId: held?.id ?? unknownId, amount: asking.amount };
  return stepOf(model.world, 'capture', captureHold, input, asking, () => {
    const amount = asking.amount ?? held?.amount ?? 0n;
    return {
      reasons: refusedAt(
        denied(actor, 'capture', held?.store),
        [!held && 'hold_not_found'],
        held
          ? [
              !isStanding(held, model.now) && 'hold_ended',
              amount > held.amount && 'capture_exceeds_hold',
              // What was promised before the card's time was over is kept.
              ...notInUse(model, held.card).filter((reason) => reason !== 'card_expired'),
            ]
          : [],
      ),
      apply: (body) => {
        if (!held) return {};
        held.open = false;
        held.captured = pay(model, held.card, held.store, amount, String(body.id));
        return {
          amount: Number(amount),
          balance: Number(held.card.balance),
          released: Number(held.amount - amount),
        };
      },
    };
  });
}

export function release(model: Model, asking: OnHold): Step {
  const { hold: held, actor } = asking;
  return stepOf(model.world, 'release', releaseHold, { holdId: held?.id ?? unknownId }, asking, () => {
    const lapsed = held?.open === true && !isStanding(held, model.now);
    return {
      reasons: refusedAt(
        denied(actor, 'release', held?.store),
        [!held && 'hold_not_found'],
        [held?.open === false && 'hold_ended'],
      ),
      // Whether somebody has noticed that its time is up makes no difference to anybody's money.
      perhaps: lapsed ? ['hold_ended'] : [],
      apply: () => {
        if (!held) return {};
        held.open = false;
        return {
          released: Number(held.amount),
          state: lapsed ? 'expired' : 'released',
          available: Number(availableOn(model, held.card)),
        };
      },
    };
  });
}

function giveBack(model: Model, redemption: ModelRedemption, amount: bigint): ModelCard {
  const current = currentOf(redemption.card);
  current.balance += amount;
  current.used = true;
  redemption.returned += amount;
  book(model, 'revenue', String(redemption.store), -amount);
  return current;
}

export function refund(
  model: Model,
  asking: Asking & { readonly redemption: ModelRedemption | undefined; readonly amount: bigint },
): Step {
  const { redemption, amount, actor } = asking;
  const id = redemption ? (decodeId('red', redemption.id) ?? '') : unknownId;
  const input = { redemptionId: id, redemptionSeq: seqOf(id) ?? 0n, amount, reason: 'back' };
  return stepOf(model.world, 'refund', refundRedemption, input, asking, () => ({
    reasons: refusedAt(
      denied(actor, 'refund', redemption?.store),
      [!redemption && 'redemption_not_found'],
      redemption
        ? [
            redemption.reversal !== undefined && 'redemption_reversed',
            amount > redemption.amount - redemption.returned && 'refund_exceeds_redemption',
            currentOf(redemption.card).state === 'voided' && 'card_voided',
          ]
        : [],
    ),
    apply: () => {
      if (!redemption) return {};
      const current = giveBack(model, redemption, amount);
      return {
        amount: Number(amount),
        balance: Number(current.balance),
        refunded: Number(redemption.returned),
      };
    },
  }));
}

export function reverse(
  model: Model,
  asking: Asking & { readonly store: number; readonly reference: string },
): Step {
  const { store, reference, actor } = asking;
  const storeId = model.world.storeIds[store] ?? unknownId;
  return stepOf(model.world, 'reverse', reverseByReference, { reference, storeId }, asking, () => {
    const claim = model.claims.get(`${store}|${reference}`);
    const redemption =
      claim?.kind === 'redemption'
        ? claim.redemption
        : claim?.kind === 'hold'
          ? claim.hold.captured
          : undefined;
    const held = claim?.kind === 'hold' ? claim.hold : undefined;
    const earlier = claim?.kind === 'nothing' ? claim.answer : (redemption?.reversal ?? held?.reversal);
    return {
      reasons: refusedAt(
        denied(actor, 'reverse', store),
        [storeId === unknownId && 'store_not_found'],
        [
          redemption !== undefined &&
            earlier === undefined &&
            currentOf(redemption.card).state === 'voided' &&
            'card_voided',
        ],
      ),
      unchanged: (body) => earlier !== undefined || (held !== undefined && !redemption && body.amount === 0),
      apply: (_body, text) => {
        if (earlier !== undefined) return JSON.parse(earlier);
        if (!claim) {
          model.claims.set(`${store}|${reference}`, { kind: 'nothing', answer: text });
          return { status: 'nothing_to_reverse', amount: 0 };
        }
        if (redemption) {
          const left = redemption.amount - redemption.returned;
          const { id, balance } = giveBack(model, redemption, left);
          redemption.reversal = text;
          return {
            status: 'reversed',
            amount: Number(left),
            balance: Number(balance),
            cardId: encodeId('card', id),
          };
        }
        return reverseHold(model, held, text);
      },
    };
  });
}

/** A hold past its time has let go already; whether that was noted before shows in the amount here, and nowhere else. */
function reverseHold(model: Model, held: ModelHold | undefined, text: string): Record<string, unknown> {
  if (!held) return {};
  const standing = isStanding(held, model.now);
  if (held.open && JSON.parse(text).amount > 0) held.reversal = text;
  held.open = false;
  return { status: 'reversed', ...(standing ? { amount: Number(held.amount) } : {}) };
}
