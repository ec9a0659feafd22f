import { decodeId } from '../../src/kernel/id.ts';
import { expireCard } from '../../src/modules/cards/expire.ts';
import { freezeCard } from '../../src/modules/cards/freeze.ts';
import { extendCard, reactivateCard } from '../../src/modules/cards/prolong.ts';
import { replaceCard, transferCard } from '../../src/modules/cards/succeed.ts';
import { unfreezeCard } from '../../src/modules/cards/unfreeze.ts';
import { unlockPin } from '../../src/modules/cards/unlockPin.ts';
import { voidCard } from '../../src/modules/cards/void.ts';
import { unknownId } from './facts.ts';
import {
  availableOn,
  book,
  dayAfter,
  endOfDay,
  heirOf,
  heldOn,
  isLapsed,
  type Model,
  type ModelCard,
  notInUse,
  shown,
} from './model.ts';
import { type Asking, denied, refusedAt, type Step, stepOf } from './step.ts';

export type OnCard = Asking & { readonly card: ModelCard | undefined };

const cardId = ({ card }: OnCard) => card?.id ?? unknownId;
const missing = ({ card }: OnCard) => [!card && 'card_not_found'];
const answerOf = (model: Model, card: ModelCard | undefined) =>
  card
    ? {
        state: shown(model, card),
        balance: Number(card.balance),
        validUntil: card.validUntil?.toISOString() ?? null,
      }
    : {};

export function freeze(model: Model, asking: OnCard & { readonly lost: boolean }): Step {
  const { card, lost, actor } = asking;
  const input = {
    cardId: cardId(asking),
    cause: lost ? ('lost' as const) : ('risk' as const),
    reason: 'said so',
  };
  return stepOf(model.world, 'freeze', freezeCard, input, asking, () => ({
    reasons: refusedAt(denied(actor, 'freeze', card?.soldAt), missing(asking), [
      // A card whose time is over may be frozen too: it may yet be reactivated.
      ...(card ? notInUse(model, card).filter((reason) => reason !== 'card_expired') : []),
    ]),
    apply: () => {
      if (card) Object.assign(card, { state: 'frozen', lost });
      return answerOf(model, card);
    },
  }));
}

export function unfreeze(model: Model, asking: OnCard): Step {
  const { card, actor } = asking;
  const input = { cardId: cardId(asking), reason: 'found' };
  return stepOf(model.world, 'unfreeze', unfreezeCard, input, asking, () => ({
    reasons: refusedAt(denied(actor, 'unfreeze', card?.soldAt), missing(asking), [
      card?.state !== 'frozen' && 'card_not_frozen',
    ]),
    apply: () => {
      if (card) Object.assign(card, { state: 'active', lost: false, lapseNoted: false });
      return answerOf(model, card);
    },
  }));
}

/** `days`: the last valid day, counted from now; undefined: the program's own term. */
export type Prolonging = OnCard & { readonly days: number | undefined };

function prolong(
  model: Model,
  verb: 'extend' | 'reactivate',
  asking: Prolonging,
  unable: (card: ModelCard) => string[],
): Step {
  const { card, days, actor } = asking;
  const useCase = verb === 'extend' ? extendCard : reactivateCard;
  const asked = model.now;
  const until = days === undefined ? undefined : dayAfter(asked, days);
  return stepOf(
    model.world,
    verb,
    useCase,
    { cardId: cardId(asking), until, reason: 'kindness' },
    asking,
    () => {
      const own = card?.program.days ?? null;
      const end = days !== undefined ? endOfDay(asked, days) : own === null ? null : endOfDay(model.now, own);
      const before = card?.validUntil ?? null;
      const later = before !== null && (end === null || (end > before && end > model.now));
      return {
        reasons: refusedAt(denied(actor, verb, card?.soldAt), missing(asking), [
          ...(card ? unable(card) : []),
          !later && 'validity_not_extended',
        ]),
        apply: () => {
          if (card) Object.assign(card, { validUntil: end, state: 'active', lapseNoted: false });
          return answerOf(model, card);
        },
      };
    },
  );
}

export const extend = (model: Model, asking: Prolonging): Step =>
  prolong(model, 'extend', asking, (card) => notInUse(model, card));

export const reactivate = (model: Model, asking: Prolonging): Step =>
  prolong(model, 'reactivate', asking, (card) => {
    const others = notInUse(model, card).filter((reason) => reason !== 'card_expired');
    return others.length > 0 || isLapsed(card, model.now) ? others : ['card_not_expired'];
  });

export function expire(model: Model, asking: OnCard): Step {
  const { card, actor } = asking;
  return stepOf(model.world, 'expire', expireCard, { cardId: cardId(asking) }, asking, () => ({
    reasons: refusedAt(denied(actor, 'expire'), missing(asking), [
      (card?.state !== 'active' || card.lapseNoted || !isLapsed(card, model.now)) && 'card_not_expired',
    ]),
    apply: () => {
      if (card) card.lapseNoted = true;
      return answerOf(model, card);
    },
  }));
}

export function unlock(model: Model, asking: OnCard): Step {
  const { card, actor } = asking;
  const input = { cardId: cardId(asking), reason: 'seen the holder' };
  return stepOf(model.world, 'unlock', unlockPin, input, asking, () => ({
    reasons: refusedAt(denied(actor, 'unlock', card?.soldAt), missing(asking)),
    apply: () => {
      if (card) card.wrongPins = 0;
      return answerOf(model, card);
    },
  }));
}

/** `amount` undefined: all of it. */
export type Succeeding = OnCard & { readonly amount: bigint | undefined };

function succeed(
  model: Model,
  verb: 'transfer' | 'replace',
  asking: Succeeding,
  unable: (card: ModelCard) => (string | false)[],
): Step {
  const { card, actor, amount, key } = asking;
  const { desk, merchantId } = model.world;
  const hashes = desk.renew(merchantId, key);
  const secrets = desk.shown(merchantId, key, hashes.sealVersion);
  const useCase = verb === 'transfer' ? transferCard : replaceCard;
  const holder = 'somebody';
  const input = {
    cardId: cardId(asking),
    reason: 'asked',
    holder,
    amount,
    secrets: hashes,
    idempotencyKey: key,
  };
  return stepOf(model.world, verb, useCase, input, asking, () => ({
    reasons: refusedAt(denied(actor, verb, card?.soldAt), missing(asking), card ? unable(card) : []),
    apply: (body) => {
      if (!card) return {};
      const moved = amount ?? card.balance;
      const id = decodeId('card', String(body.cardId)) ?? '';
      const heir = heirOf(card, { id, serial: BigInt(String(body.serial)), ...secrets }, moved);
      model.cards.push(heir);
      if (moved === card.balance) Object.assign(card, { state: 'replaced', heir });
      card.balance -= moved;
      card.used = true;
      return { balance: Number(moved), hasPin: card.program.pin };
    },
  }));
}

export const transfer = (model: Model, asking: Succeeding): Step =>
  succeed(model, 'transfer', asking, (card) => [
    ...notInUse(model, card),
    !card.program.transferable && 'not_transferable',
    heldOn(model, card) > 0n && 'card_held',
    (card.balance === 0n || (asking.amount ?? 0n) > card.balance) && 'insufficient_balance',
  ]);

export const replace = (model: Model, asking: Omit<Succeeding, 'amount'>): Step =>
  succeed(model, 'replace', { ...asking, amount: undefined }, (card) => [
    ...notInUse(model, card).filter((reason) => reason !== 'card_frozen' || !card.lost),
    heldOn(model, card) > 0n && 'card_held',
  ]);

export function voidIt(model: Model, asking: OnCard): Step {
  const { card, actor } = asking;
  const input = { cardId: cardId(asking), reason: 'misprint' };
  return stepOf(model.world, 'void', voidCard, input, asking, () => ({
    reasons: refusedAt(denied(actor, 'void', card?.soldAt), missing(asking), [
      card?.state === 'voided' && 'card_voided',
      card?.state === 'replaced' && 'card_replaced',
      card !== undefined && card.balance !== availableOn(model, card) && 'card_held',
    ]),
    apply: () => {
      if (!card) return {};
      if (card.balance > 0n) book(model, 'voided', 'merchant', card.balance);
      Object.assign(card, { state: 'voided', balance: 0n });
      return { state: 'voided', balance: 0 };
    },
  }));
}
