import { activateCards } from '../../src/modules/cards/activate.ts';
import { adjustCard } from '../../src/modules/cards/adjust.ts';
import { deactivateCard } from '../../src/modules/cards/deactivate.ts';
import { reloadCard } from '../../src/modules/cards/reload.ts';
import type { OnCard } from './care.ts';
import { unknownId } from './facts.ts';
import {
  asSold,
  availableOn,
  book,
  endOfDay,
  heldOn,
  type Model,
  type ModelCard,
  notInUse,
} from './model.ts';
import { type Asking, denied, refusedAt, type Step, stepOf } from './step.ts';

/** What the sale of a card moves, at its store and between its price and its face. */
function bookSale(model: Model, { program }: ModelCard, store: number, sign: bigint): void {
  const { faceValue, price } = program;
  book(model, 'tender', String(store), -sign * price);
  book(model, 'sale_difference', 'merchant', -sign * (faceValue - price));
}

export type Activating = Asking & {
  readonly cards: readonly ModelCard[];
  readonly store: number;
  /** Paid too much (positive) or too little. */
  readonly off: bigint;
  /** Whom a registered card is for. */
  readonly holder: string | undefined;
  readonly allOrNone: boolean;
};

/** Why a card on a list cannot be sold. */
function unsellable(card: ModelCard, holder: string | undefined): string | undefined {
  if (card.state === 'new')
    return card.program.bearer || holder !== undefined ? undefined : 'holder_required';
  if (card.state === 'voided') return 'card_voided';
  return card.state === 'replaced' ? 'card_replaced' : 'card_already_active';
}

export function activate(model: Model, asking: Activating): Step {
  const { cards, store, off, holder, allOrNone, actor } = asking;
  const named = cards.map(({ serial }) => ({ serial, holder }));
  const price = (sold: readonly ModelCard[]) => sold.reduce((sum, card) => sum + card.program.price, 0n);
  // What the till believes that they cost: what those on the list cost that can be sold now.
  const expected = price([...new Set(cards)].filter((card) => unsellable(card, holder) === undefined));
  const paid = expected + off > 0n ? expected + off : 1n;
  const storeId = model.world.storeIds[store] ?? unknownId;
  const input = { named, storeId, payment: { tender: 'cash', amount: paid, reference: 'till' }, allOrNone };
  return stepOf(model.world, 'activate', activateCards, input, asking, () => {
    const reasons = cards.map((card, n) =>
      cards.indexOf(card) < n ? 'card_already_active' : unsellable(card, holder),
    );
    const sold = cards.filter((_card, n) => reasons[n] === undefined);
    const rejected = reasons.filter((reason) => reason !== undefined);
    const none = sold.length === 0 || (allOrNone && rejected.length > 0);
    const due = price(sold);
    const mismatch = !none && (paid < due || (paid > due && rejected.length === 0));
    return {
      reasons: refusedAt(
        denied(actor, 'activate', store),
        [storeId === unknownId && 'store_not_found', store === 3 && 'store_closed'],
        [mismatch && 'payment_mismatch'],
      ),
      unchanged: () => none,
      apply: (body) => {
        const said = Array.isArray(body.rejected) ? body.rejected.map((one) => one.reason) : [];
        const answer = { activated: none ? 0 : sold.length, unapplied: Number(none ? paid : paid - due) };
        if (JSON.stringify(said) !== JSON.stringify(rejected)) return { ...answer, rejected };
        if (none) return answer;
        for (const card of sold) {
          bookSale(model, card, store, 1n);
          const { faceValue, days } = card.program;
          const validUntil = days === null ? null : endOfDay(model.now, days);
          Object.assign(card, {
            state: 'active',
            balance: faceValue,
            loaded: faceValue,
            validUntil,
            soldAt: store,
          });
        }
        return answer;
      },
    };
  });
}

export function deactivate(model: Model, asking: OnCard): Step {
  const { card, actor } = asking;
  const input = { cardId: card?.id ?? unknownId, reason: 'wrong card' };
  return stepOf(model.world, 'deactivate', deactivateCard, input, asking, () => ({
    reasons: refusedAt(
      denied(actor, 'deactivate', card?.soldAt),
      [!card && 'card_not_found'],
      [
        ...(card ? notInUse(model, card) : []),
        card !== undefined && heldOn(model, card) > 0n && 'card_held',
        card?.used === true && 'card_used',
      ],
    ),
    apply: () => {
      if (!card) return {};
      bookSale(model, card, card.soldAt, -1n);
      // Its PIN's count stays: who has guessed at it before may not go on.
      const { wrongPins } = card;
      asSold(card);
      card.wrongPins = wrongPins;
      return { state: 'generated', balance: 0, validUntil: null };
    },
  }));
}

export function reload(
  model: Model,
  asking: OnCard & { readonly amount: bigint; readonly store: number; readonly off: bigint },
): Step {
  const { card, amount, store, off, actor } = asking;
  const storeId = model.world.storeIds[store] ?? unknownId;
  const payment = { tender: 'cash', amount: amount + off, reference: 'till' };
  const input = { cardId: card?.id ?? unknownId, amount, storeId, payment };
  return stepOf(model.world, 'reload', reloadCard, input, asking, () => ({
    reasons: refusedAt(denied(actor, 'reload', store), [
      !card && 'card_not_found',
      storeId === unknownId && 'store_not_found',
      store === 3 && 'store_closed',
      ...(card ? notInUse(model, card) : []),
      card?.program.reloadable === false && 'not_reloadable',
      off !== 0n && 'payment_mismatch',
      overLimit(card, amount) && 'balance_limit_exceeded',
    ]),
    apply: () => {
      if (!card) return {};
      book(model, 'tender', String(store), -amount);
      load(card, amount);
      return { amount: Number(amount), balance: Number(card.balance) };
    },
  }));
}

const overLimit = (card: ModelCard | undefined, amount: bigint) =>
  card !== undefined && card.program.balanceMax !== null && card.balance + amount > card.program.balanceMax;

function load(card: ModelCard, amount: bigint): void {
  card.balance += amount;
  card.loaded += amount;
  card.used = true;
}

export function adjust(model: Model, asking: OnCard & { readonly amount: bigint }): Step {
  const { card, amount, actor } = asking;
  const input = { cardId: card?.id ?? unknownId, amount, reason: 'count' };
  return stepOf(model.world, 'adjust', adjustCard, input, asking, () => ({
    reasons: refusedAt(denied(actor, 'adjust', card?.soldAt), [
      !card && 'card_not_found',
      ...(card ? notInUse(model, card) : []),
      card !== undefined && amount < 0n && -amount > availableOn(model, card) && 'insufficient_balance',
      amount > 0n && overLimit(card, amount) && 'balance_limit_exceeded',
    ]),
    apply: () => {
      if (!card) return {};
      book(model, 'adjustment', 'merchant', -amount);
      if (amount > 0n) load(card, amount);
      else card.balance += amount;
      card.used = true;
      return { amount: Number(amount), balance: Number(card.balance) };
    },
  }));
}
