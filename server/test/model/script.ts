import fc from 'fast-check';
import * as care from './care.ts';
import { availableOn, isLapsed, isStanding, type Model, type ModelCard } from './model.ts';
import * as payments from './payments.ts';
import * as sales from './sales.ts';
import type { ActorName, Step } from './step.ts';
import * as undo from './undo.ts';

/** How often each verb is drawn. */
const weights = {
  activate: 8,
  redeem: 16,
  hold: 15,
  capture: 13,
  release: 4,
  reverse: 8,
  refund: 12,
  verify: 4,
  guess: 9,
  unlock: 2,
  reload: 9,
  adjust: 6,
  freeze: 4,
  unfreeze: 5,
  extend: 7,
  reactivate: 5,
  expire: 5,
  deactivate: 6,
  transfer: 7,
  replace: 4,
  void: 2,
  again: 5,
} as const;
type Drawn = keyof typeof weights;

/** A value as often as its number says. */
function drawn<T extends string>(among: Readonly<Record<T, number>>): fc.Arbitrary<T> {
  const entries = Object.entries(among) as [T, number][];
  return fc.oneof(...entries.map(([value, weight]) => ({ weight, arbitrary: fc.constant(value) })));
}

/** A draw, not yet a command: which card and how much is said relative to what will be there. */
export const draw = fc.record({
  verb: drawn<Drawn>(weights),
  /** Sent together with the one before. */
  joins: drawn({ yes: 6, no: 4 }),
  wait: drawn({
    none: 40,
    second: 12,
    holdEnds: 6,
    beforeHoldEnds: 4,
    cardEnds: 2,
    beforeCardEnds: 2,
    day: 4,
    month: 1,
  }),
  actor: drawn<ActorName>({ owner: 24, public: 2, clerk: 3, system: 0 }),
  /** Whether a card in use is wanted, if there is one. */
  card: drawn({ inUse: 30, any: 10, none: 1 }),
  pick: fc.nat(999),
  store: drawn({ 0: 8, 1: 5, 2: 4, 3: 1, 9: 1 }),
  size: drawn({ some: 12, half: 3, all: 2, over: 4, large: 1 }),
  amount: fc.nat(299),
  code: drawn<payments.CodeGiven>({ right: 40, mistyped: 1, unknown: 1 }),
  pin: drawn<payments.PinGiven>({ right: 12, wrong: 1, none: 1 }),
  reference: drawn({ fresh: 9, used: 1 }),
  currency: drawn({ CNY: 30, USD: 1 }),
  off: drawn({ '0': 16, '1': 1, '-1': 1 }),
  days: drawn({ own: 3, '0': 1, '5': 2, '40': 2, '100': 2 }),
  key: drawn({ fresh: 40, used: 1 }),
  flag: fc.boolean(),
});
export type Draw = typeof draw extends fc.Arbitrary<infer T> ? T : never;

const second = 1_000;
const day = 86_400_000;

/** Moves the model's clock, never back: to the very ends of holds and cards, and to the millisecond before. */
export function wait(model: Model, { wait, pick }: Draw): void {
  const now = model.now.getTime();
  const standing = model.holds.filter((hold) => isStanding(hold, model.now));
  const ends = model.cards.flatMap((card) =>
    card.validUntil && card.validUntil > model.now ? [card.validUntil] : [],
  );
  const holdEnd = standing[pick % standing.length]?.expiresAt.getTime() ?? now + second;
  const cardEnd = ends[pick % ends.length]?.getTime() ?? now + second;
  const to = {
    none: now,
    second: now + second,
    holdEnds: holdEnd,
    beforeHoldEnds: holdEnd - 1,
    cardEnds: cardEnd,
    beforeCardEnds: cardEnd - 1,
    day: now + day,
    month: now + 31 * day,
  }[wait];
  model.now = new Date(Math.max(now, to));
}

function cardOf(model: Model, { card, pick }: Draw): ModelCard | undefined {
  if (card === 'none') return undefined;
  const inUse = model.cards.filter(
    (one) => one.state === 'active' && !isLapsed(one, model.now) && one.balance > 0n,
  );
  const among = card === 'inUse' && inUse.length > 0 ? inUse : model.cards;
  return among[pick % among.length];
}

function amountOf(model: Model, card: ModelCard | undefined, { size, amount }: Draw): bigint {
  const available = card ? availableOn(model, card) : 0n;
  const wanted = {
    some: BigInt(amount) + 1n,
    half: available / 2n,
    all: available,
    over: available + 1n,
    large: 3_000n + BigInt(amount % 3),
  }[size];
  return wanted > 0n ? wanted : 1n;
}

/** Makes a command of a draw, as things stand in the model. */
export function stepFor(model: Model, drawn: Draw, n: number, earlier: readonly Step[]): Step {
  // A story begins with sales.
  const verb = n < 4 ? 'activate' : drawn.verb;
  const { actor, pick, flag, pin, code, currency } = drawn;
  const before = earlier[pick % earlier.length];
  if (verb === 'again' && before) return before;
  const key = (drawn.key === 'used' ? before?.command.idempotencyKey : undefined) ?? `key-${n}`;
  const by = { actor, key };
  const card = cardOf(model, drawn);
  const shownCard = card ?? model.cards[0];
  if (!shownCard) throw new Error('the world has cards');
  const store = Number(drawn.store);
  const amount = amountOf(model, card, drawn);
  const claims = [...model.claims.keys()];
  const used = claims[pick % claims.length]?.split('|') ?? ['0', 'R0'];
  const reference = drawn.reference === 'used' ? (used[1] ?? '') : `R${n}`;
  const paying = { ...by, card: shownCard, code, pin, amount, currency, store, reference };
  const on = { ...by, card };
  const off = BigInt(drawn.off);
  const days = drawn.days === 'own' ? undefined : Number(drawn.days);
  // Mostly a hold that stands, and a redemption of which something is left.
  const standing = model.holds.filter((one) => isStanding(one, model.now));
  const holds = pick % 5 > 0 && standing.length > 0 ? standing : model.holds;
  const hold = drawn.card === 'none' ? undefined : holds[pick % holds.length];
  const left = model.redemptions.filter((one) => one.returned < one.amount && one.reversal === undefined);
  const redemptions = flag && left.length > 0 ? left : model.redemptions;
  const redemption = drawn.card === 'none' ? undefined : redemptions[pick % redemptions.length];
  const lapsed = model.cards.find(
    (one) => flag && one.state === 'active' && !one.lapseNoted && isLapsed(one, model.now),
  );
  switch (verb) {
    case 'activate': {
      const fresh = model.cards.filter(({ state }) => state === 'new');
      const second = flag ? fresh[pick % fresh.length] : undefined;
      const first = drawn.card === 'inUse' || n < 4 ? (fresh[0] ?? shownCard) : shownCard;
      const cards = [first, ...(second ? [second] : [])];
      return sales.activate(model, {
        ...by,
        cards,
        store,
        off,
        holder: pick % 4 === 0 ? undefined : 'H1',
        allOrNone: pick % 5 === 0,
      });
    }
    case 'redeem':
      return payments.redeem(model, paying);
    case 'hold':
      return payments.hold(model, { ...paying, expiresIn: flag ? 60 : 900 });
    case 'capture':
      return undo.capture(model, { ...by, hold, amount: captured(hold?.amount, drawn) });
    case 'release':
      return undo.release(model, { ...by, hold });
    case 'reverse': {
      const known = used.length === 2 && drawn.card !== 'none';
      return undo.reverse(
        model,
        known ? { ...by, store: Number(used[0]), reference: used[1] ?? '' } : { ...by, store, reference },
      );
    }
    case 'refund':
      return undo.refund(model, { ...by, redemption, amount: refunded(redemption, drawn) });
    case 'again':
    case 'verify':
      return payments.verify(model, { ...paying, store: flag ? store : undefined });
    case 'guess':
      return payments.verify(model, {
        ...paying,
        card: model.cards[0] ?? shownCard,
        code: 'right',
        pin: 'wrong',
        store: undefined,
      });
    case 'unlock':
      return care.unlock(model, on);
    case 'reload':
      return sales.reload(model, { ...on, amount, store, off });
    case 'adjust':
      return sales.adjust(model, { ...on, amount: flag ? amount : -amount });
    case 'freeze':
      return care.freeze(model, { ...on, lost: flag });
    case 'unfreeze':
      return care.unfreeze(model, {
        ...on,
        card: model.cards.find(({ state }) => flag && state === 'frozen') ?? card,
      });
    case 'extend':
      return care.extend(model, { ...on, days });
    case 'reactivate':
      return care.reactivate(model, { ...on, days });
    case 'expire':
      return care.expire(model, { ...on, card: lapsed ?? card, actor: 'system' });
    case 'deactivate':
      return sales.deactivate(model, on);
    case 'transfer':
      return care.transfer(model, { ...on, amount: flag ? undefined : amount });
    case 'replace':
      return care.replace(model, on);
    case 'void':
      return care.voidIt(model, on);
  }
}

/** Whole by not saying, whole by saying so, a part, or too much: by one, or by far. */
function captured(held: bigint | undefined, { size, amount }: Draw): bigint | undefined {
  if (held === undefined || size === 'half') return undefined;
  if (size === 'over') return held + 1n;
  if (size === 'large') return held + 3_000n;
  return size === 'all' ? held : (BigInt(amount) % held) + 1n;
}

function refunded(redemption: Model['redemptions'][number] | undefined, { size, amount }: Draw): bigint {
  const left = redemption ? redemption.amount - redemption.returned : 0n;
  const wanted =
    size === 'over' ? left + 1n : size === 'all' || left === 0n ? left : (BigInt(amount) % left) + 1n;
  return wanted > 0n ? wanted : 1n;
}
