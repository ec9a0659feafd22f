import { decodeId } from '../../src/kernel/id.ts';
import { placeHold } from '../../src/modules/cards/placeHold.ts';
import { redeemCard } from '../../src/modules/cards/redeem.ts';
import { verifyCard } from '../../src/modules/cards/verify.ts';
import { unknownId } from './facts.ts';
import {
  availableOn,
  book,
  type Model,
  type ModelCard,
  type ModelHold,
  type ModelRedemption,
  notInUse,
  shown,
} from './model.ts';
import { type Asking, denied, refusedAt, type Step, stepOf } from './step.ts';

export type PinGiven = 'right' | 'wrong' | 'none';
/** Which code is typed: the card's, one with a typing error, or one that nobody has. */
export type CodeGiven = 'right' | 'mistyped' | 'unknown';
export type Showing = Asking & { readonly card: ModelCard; readonly code: CodeGiven; readonly pin: PinGiven };

/** No card has it, but its check characters are right. */
const unknownCode = '000000-000000-000000';

const flipped = (text: string, at: number) =>
  text.slice(0, at) + (text[at] === '0' ? '1' : '0') + text.slice(at + 1);

function presented(model: Model, { card, code, pin }: Showing) {
  const { desk, merchantId } = model.world;
  const typed = { right: card.code, mistyped: flipped(card.code, 0), unknown: unknownCode }[code];
  return desk.present(
    merchantId,
    typed,
    pin === 'none' ? undefined : pin === 'right' ? card.pin : flipped(card.pin, 7),
  );
}

/** Why what is shown is not taken for the card; a wrong PIN counts, whatever else is wrong with the card. */
function unrecognised({ actor, card, code, pin }: Showing): string[] {
  const reason =
    code !== 'right'
      ? code === 'mistyped'
        ? 'check_character_wrong'
        : 'card_not_found'
      : !card.program.pin
        ? undefined
        : pin === 'none'
          ? actor !== 'public'
            ? undefined
            : 'pin_required'
          : card.wrongPins >= 5
            ? 'pin_locked'
            : pin === 'wrong'
              ? 'pin_wrong'
              : undefined;
  if (reason === undefined) return [];
  return [actor === 'public' ? 'not_recognised' : reason];
}

const countsWrongPin = ({ card, code, pin }: Showing) =>
  code === 'right' && card.program.pin && pin === 'wrong' && card.wrongPins < 5;

/** A right PIN sets the count back once it has been of use. */
function recognisedNow({ card, pin }: Showing): void {
  if (card.program.pin && pin === 'right') card.wrongPins = 0;
}

export function verify(model: Model, showing: Showing & { readonly store: number | undefined }): Step {
  const { card, store, actor } = showing;
  const storeId = store === undefined ? undefined : (model.world.storeIds[store] ?? unknownId);
  return stepOf(
    model.world,
    'verify',
    verifyCard,
    { presented: presented(model, showing), storeId },
    showing,
    () => {
      const before = refusedAt(denied(actor, 'verify', store), [storeId === unknownId && 'store_not_found']);
      return {
        reasons: refusedAt(before, unrecognised(showing)),
        refused: () => {
          if (before.length === 0 && countsWrongPin(showing)) card.wrongPins++;
        },
        apply: () => {
          recognisedNow(showing);
          const { balance } = card;
          return {
            state: shown(model, card),
            balance: Number(balance),
            available: Number(availableOn(model, card)),
          };
        },
      };
    },
  );
}

export type Paying = Showing & {
  readonly amount: bigint;
  readonly currency: string;
  readonly store: number;
  readonly reference: string;
};

function unpayable(model: Model, verb: string, paying: Paying): { before: string[]; reasons: string[] } {
  const { actor, card, store, amount, reference, currency } = paying;
  const before = refusedAt(denied(actor, verb, store, amount), [
    model.world.storeIds[store] === undefined && 'store_not_found',
  ]);
  const reasons = refusedAt(before, unrecognised(paying), [
    model.claims.has(`${store}|${reference}`) && 'duplicate_reference',
    ...notInUse(model, card),
    currency !== 'CNY' && 'currency_mismatch',
    store === 3 && 'store_closed',
    !card.program.accepting.includes(store) && 'store_not_accepting',
    amount > availableOn(model, card) && 'insufficient_balance',
  ]);
  return { before, reasons };
}

function paymentInput(model: Model, paying: Paying) {
  const { amount, currency, store, reference } = paying;
  const storeId = model.world.storeIds[store] ?? unknownId;
  return { presented: presented(model, paying), amount, currency, storeId, reference };
}

/** What the outside is told of a payment, and the model's own note of it. */
export function pay(
  model: Model,
  card: ModelCard,
  store: number,
  amount: bigint,
  id: string,
): ModelRedemption {
  card.balance -= amount;
  card.used = true;
  book(model, 'revenue', String(store), amount);
  const redemption = { id, card, store, amount, returned: 0n, reversal: undefined };
  model.redemptions.push(redemption);
  return redemption;
}

export function redeem(model: Model, paying: Paying): Step {
  const { card, store, amount, reference } = paying;
  return stepOf(model.world, 'redeem', redeemCard, paymentInput(model, paying), paying, () => {
    const { before, reasons } = unpayable(model, 'redeem', paying);
    return {
      reasons,
      refused: () => {
        if (before.length === 0 && countsWrongPin(paying)) card.wrongPins++;
      },
      apply: (body) => {
        recognisedNow(paying);
        const redemption = pay(model, card, store, amount, String(body.id));
        model.claims.set(`${store}|${reference}`, { kind: 'redemption', redemption });
        return { amount: Number(amount), balance: Number(card.balance), reference };
      },
    };
  });
}

export function hold(model: Model, paying: Paying & { readonly expiresIn: number }): Step {
  const { card, store, amount, reference, expiresIn } = paying;
  const input = { ...paymentInput(model, paying), expiresIn };
  return stepOf(model.world, 'hold', placeHold, input, paying, () => {
    const { before, reasons } = unpayable(model, 'hold', paying);
    return {
      reasons,
      refused: () => {
        if (before.length === 0 && countsWrongPin(paying)) card.wrongPins++;
      },
      apply: (body) => {
        recognisedNow(paying);
        const available = availableOn(model, card) - amount;
        const expiresAt = new Date(model.now.getTime() + expiresIn * 1000);
        const id = decodeId('hold', String(body.id)) ?? '';
        const made: ModelHold = {
          id,
          card,
          amount,
          store,
          reference,
          expiresAt,
          open: true,
          captured: undefined,
          reversal: undefined,
        };
        model.holds.push(made);
        model.claims.set(`${store}|${reference}`, { kind: 'hold', hold: made });
        return { amount: Number(amount), available: Number(available), expiresAt: expiresAt.toISOString() };
      },
    };
  });
}
