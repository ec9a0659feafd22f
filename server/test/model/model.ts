// What cards are, written from the words of the issue and not from the code: plain numbers and states, no ledger.

import { type ProgramFacts, programFacts } from './facts.ts';
import type { World } from './world.ts';

export type ModelCard = {
  readonly id: string;
  readonly serial: bigint;
  readonly code: string;
  readonly pin: string;
  readonly program: ProgramFacts;
  state: 'new' | 'active' | 'frozen' | 'voided' | 'replaced';
  /** A card frozen as lost may be replaced. */
  lost: boolean;
  /** That its time is over has been noted. */
  lapseNoted: boolean;
  balance: bigint;
  /** All that was ever put on it. */
  loaded: bigint;
  /** Exclusive. */
  validUntil: Date | null;
  wrongPins: number;
  /** Something other than its sale has moved its balance. */
  used: boolean;
  soldAt: number;
  /** The card that has taken its place. */
  heir: ModelCard | undefined;
};

export type ModelHold = {
  readonly id: string;
  readonly card: ModelCard;
  readonly amount: bigint;
  readonly store: number;
  readonly reference: string;
  readonly expiresAt: Date;
  open: boolean;
  /** The redemption that it was captured as. */
  captured: ModelRedemption | undefined;
  reversal: string | undefined;
};

export type ModelRedemption = {
  /** As the outside knows it: red_… */
  readonly id: string;
  readonly card: ModelCard;
  readonly store: number;
  readonly amount: bigint;
  returned: bigint;
  /** The answer to its reversal. */
  reversal: string | undefined;
};

export type Claim =
  | { readonly kind: 'redemption'; readonly redemption: ModelRedemption }
  | { readonly kind: 'hold'; readonly hold: ModelHold }
  | { readonly kind: 'nothing'; readonly answer: string };

export type Model = {
  readonly world: World;
  readonly cards: ModelCard[];
  readonly holds: ModelHold[];
  readonly redemptions: ModelRedemption[];
  /** By store and reference. */
  readonly claims: Map<string, Claim>;
  /** Idempotency keys that were accepted, with what they were accepted for and the answer. */
  readonly keys: Map<string, { readonly asked: unknown; readonly answer: string }>;
  /** What the merchant's and the stores' accounts must come to, by purpose and owner. */
  readonly books: Map<string, bigint>;
  now: Date;
};

export function newModel(world: World): Model {
  const cards = world.cards.map(({ id, serial, code, pin, program }): ModelCard => {
    const facts = programFacts[program];
    if (!facts) throw new Error('no such program');
    return { ...blank, id, serial, code, pin, program: facts };
  });
  const now = new Date(0);
  return {
    world,
    cards,
    holds: [],
    redemptions: [],
    claims: new Map(),
    keys: new Map(),
    books: new Map(),
    now,
  };
}

const blank = {
  state: 'new',
  lost: false,
  lapseNoted: false,
  balance: 0n,
  loaded: 0n,
  validUntil: null,
  wrongPins: 0,
  used: false,
  soldAt: -1,
  heir: undefined,
} as const;

/** The card that takes over from another. */
export function heirOf(
  card: ModelCard,
  made: Pick<ModelCard, 'id' | 'serial' | 'code' | 'pin'>,
  amount: bigint,
): ModelCard {
  return {
    ...card,
    ...made,
    state: 'active',
    lost: false,
    lapseNoted: false,
    balance: amount,
    loaded: amount,
    wrongPins: 0,
    used: true,
    heir: undefined,
  };
}

export const asSold = (card: ModelCard): void =>
  void Object.assign(card, { ...blank, program: card.program });

export function book(model: Model, purpose: string, owner: string, amount: bigint): void {
  const name = `${purpose} ${owner}`;
  model.books.set(name, (model.books.get(name) ?? 0n) + amount);
}

export function isLapsed(card: ModelCard, now: Date): boolean {
  return card.validUntil !== null && now.getTime() >= card.validUntil.getTime();
}

export function isStanding(hold: ModelHold, now: Date): boolean {
  return hold.open && now.getTime() < hold.expiresAt.getTime();
}

export function heldOn(model: Model, card: ModelCard): bigint {
  return model.holds
    .filter((hold) => hold.card === card && isStanding(hold, model.now))
    .reduce((sum, hold) => sum + hold.amount, 0n);
}

export function availableOn(model: Model, card: ModelCard): bigint {
  return card.balance - heldOn(model, card);
}

/** The card that has a card's money now. */
export function currentOf(card: ModelCard): ModelCard {
  let current = card;
  while (current.heir) current = current.heir;
  return current;
}

/** Why a card is not in use: all that is true of it, in no order. */
export function notInUse(model: Model, card: ModelCard): string[] {
  const reasons: string[] = [];
  if (card.state === 'new') reasons.push('card_not_active');
  if (card.state === 'voided') reasons.push('card_voided');
  if (card.state === 'replaced') reasons.push('card_replaced');
  if (card.state === 'frozen') reasons.push('card_frozen');
  if (card.state !== 'new' && isLapsed(card, model.now)) reasons.push('card_expired');
  return reasons;
}

/** The state that people are shown. */
export function shown(model: Model, card: ModelCard): string {
  if (card.state === 'new') return 'generated';
  if (card.state !== 'active') return card.state;
  if (isLapsed(card, model.now)) return 'expired';
  if (heldOn(model, card) > 0n) return 'held';
  if (card.balance === 0n) return 'used_up';
  return card.balance < card.loaded ? 'partially_used' : 'active';
}

const day = 86_400_000;
const shanghai = 8 * 3_600_000;

/** The end, exclusive, of the day that is `days` after today in the merchant's zone, which knows no summer time. */
export function endOfDay(now: Date, days: number): Date {
  const today = Math.floor((now.getTime() + shanghai) / day);
  return new Date((today + days + 1) * day - shanghai);
}

/** That same day as people write it. */
export function dayAfter(now: Date, days: number): string {
  return new Date(endOfDay(now, days).getTime() + shanghai - day).toISOString().slice(0, 10);
}
