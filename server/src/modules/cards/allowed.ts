import { type Refusal, type RefusalCode, refused } from '../../kernel/outcome.ts';
import type { Actor } from '../../platform/executor/useCase.ts';
import { beyondScope, type Store } from '../merchants/index.ts';
import type { ProgramVersion } from '../programs/index.ts';
import { acceptsAt } from '../programs/index.ts';
import { type Card, isExpired, type Money, mayBeUsed } from './card.ts';

type Facts = {
  readonly card: Card;
  readonly version: ProgramVersion;
  readonly money: Money;
  /** Where it is asked; undefined: nowhere in particular. */
  readonly store: Store | undefined;
  /** What of the money that store takes; undefined: nobody asked, or all of it. */
  readonly taken?: bigint | undefined;
  readonly actor: Actor;
};

export type Verb =
  | 'redeem'
  | 'hold'
  | 'activate'
  | 'reload'
  | 'freeze'
  | 'unfreeze'
  | 'extend'
  | 'reactivate'
  | 'transfer'
  | 'replace'
  | 'void';

export type Allowed = Readonly<Record<Verb, { readonly ok: boolean; readonly reason?: RefusalCode }>>;

const permissionOf: Readonly<Record<Verb, string>> = {
  redeem: 'cards.redeem',
  hold: 'cards.hold',
  activate: 'cards.activate',
  reload: 'cards.reload',
  freeze: 'cards.freeze',
  unfreeze: 'cards.freeze',
  extend: 'cards.extend',
  reactivate: 'cards.extend',
  transfer: 'cards.transfer',
  replace: 'cards.replace',
  void: 'cards.void',
};

/** What a key limited to stores may do with cards that one of them sold, and with no others. */
const ofSeller: ReadonlySet<Verb> = new Set([
  'freeze',
  'unfreeze',
  'extend',
  'reactivate',
  'transfer',
  'replace',
  'void',
]);

/** What this actor may do with this card now, and why not: the same rules that decide the verbs. */
export function allowedOn(facts: Facts, now: Date): Allowed {
  const { actor } = facts;
  const beyond = beyondScope(actor, facts.card.soldStoreId === null ? null : [facts.card.soldStoreId]);
  const answer = (verb: Verb, refusal: Refusal | undefined) => {
    const denied = actor.permissions.has(permissionOf[verb]) ? undefined : refused('permission_denied');
    const reason = (denied ?? (ofSeller.has(verb) ? beyond : undefined) ?? refusal)?.refused;
    return reason === undefined ? { ok: true } : { ok: false, reason };
  };
  const spend = maySpend(facts, now);
  const { card, version, money } = facts;
  return {
    redeem: answer('redeem', spend),
    hold: answer('hold', spend),
    activate: answer('activate', mayActivate(card)),
    reload: answer('reload', mayReload(card, version, now)),
    freeze: answer('freeze', mayFreeze(card)),
    unfreeze: answer('unfreeze', mayUnfreeze(card)),
    extend: answer('extend', mayBeUsed(card, now)),
    reactivate: answer('reactivate', mayReactivate(card, now)),
    transfer: answer('transfer', mayTransfer(card, version, money, now)),
    replace: answer('replace', mayReplace(card, money, now)),
    void: answer('void', mayVoid(card, money)),
  };
}

function maySpend({ card, version, money, store, taken }: Facts, now: Date): Refusal | undefined {
  const unusable = mayBeUsed(card, now);
  if (unusable) return unusable;
  if (store && store.state !== 'open') return refused('store_closed');
  if (store && !acceptsAt(version, store)) return refused('store_not_accepting');
  if (money.balance - money.held <= 0n) return refused('insufficient_balance');
  return taken === undefined || taken > 0n ? undefined : refused('not_accepted_here');
}

export function mayActivate(card: Card): Refusal | undefined {
  if (card.state === 'generated') return undefined;
  if (card.state === 'voided') return refused('card_voided');
  if (card.state === 'replaced') return refused('card_replaced');
  return refused('card_already_active');
}

export function mayReload(card: Card, version: ProgramVersion, now: Date): Refusal | undefined {
  return (
    mayBeUsed(card, now) ??
    (version.reloadable ? undefined : refused('not_reloadable', { next: 'Sell another card.' }))
  );
}

export function mayFreeze(card: Card): Refusal | undefined {
  if (card.state === 'generated') return refused('card_not_active');
  if (card.state === 'voided') return refused('card_voided');
  if (card.state === 'replaced') return refused('card_replaced');
  return card.state === 'frozen' ? refused('card_frozen') : undefined;
}

export function mayUnfreeze(card: Card): Refusal | undefined {
  return card.state === 'frozen' ? undefined : refused('card_not_frozen');
}

export function mayReactivate(card: Card, now: Date): Refusal | undefined {
  if (card.state === 'frozen') return refused('card_frozen');
  if (card.state === 'active' || card.state === 'expired') {
    return isExpired(card, now) ? undefined : refused('card_not_expired');
  }
  return mayBeUsed(card, now);
}

/** Why a card cannot go to another holder, in check order; undefined if it can. */
export function mayTransfer(
  card: Card,
  version: ProgramVersion,
  money: Money,
  now: Date,
): Refusal | undefined {
  const unusable = mayBeUsed(card, now);
  if (unusable) return unusable;
  if (!version.transferable)
    return refused('not_transferable', { next: 'A lost or faulty card can still be replaced.' });
  if (money.balance === 0n) return refused('insufficient_balance');
  return money.held > 0n ? refused('card_held', { next: 'Capture or release the hold first.' }) : undefined;
}

/** A card reported lost is frozen and may be replaced; one frozen for risk may not. */
export function mayReplace(card: Card, money: Money, now: Date): Refusal | undefined {
  const lost = card.state === 'frozen' && card.reason !== 'risk';
  const unusable = mayBeUsed(lost ? { ...card, state: 'active' } : card, now);
  if (unusable) return unusable;
  return money.held > 0n ? refused('card_held', { next: 'Capture or release the hold first.' }) : undefined;
}

export function mayVoid(card: Card, money: Money): Refusal | undefined {
  if (card.state === 'voided') return refused('card_voided');
  if (card.state === 'replaced') return refused('card_replaced');
  return money.held > 0n ? refused('card_held', { next: 'Capture or release the hold first.' }) : undefined;
}
