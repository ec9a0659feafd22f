import { z } from 'zod';
import { encodeId } from '../../../kernel/id.ts';
import type { Refusal } from '../../../kernel/outcome.ts';
import { entity } from '../../../platform/executor/entity.ts';
import { mayFreeze, mayVoid } from '../allowed.ts';
import { type Card, type Money, mayBeUsed } from '../card.ts';

/** What can be done to many cards at once. */
export const actionVerbs = ['freeze', 'void', 'extend'] as const;
export type ActionVerb = (typeof actionVerbs)[number];

export const actionCardsMax = 10_000;

/** One verb on many cards; never changed. How far it is stands apart. */
export type CardAction = {
  readonly id: string;
  readonly verb: ActionVerb;
  readonly reason: string;
  /** The last valid day, where they are extended to one. */
  readonly until: string | null;
  readonly cardIds: readonly string[];
  /** Where they are voided, what was on each, in the same order: no more is voided with it. */
  readonly balances: readonly bigint[];
  readonly actorId: string;
  readonly createdAt: Date;
};

export const cardActions = entity<CardAction>('cardAction', (action) => action.id, 'none');

/** Where it begins, so that the job finds it. */
export type ActionStart = { readonly actionId: string; readonly total: number };
export const actionStarts = entity<ActionStart>('cardActionStart', (start) => start.actionId, 'none');

/** The permission that the verb takes on one card, which who asks for many must have too. */
export const permissionOf: Readonly<Record<ActionVerb, string>> = {
  freeze: 'cards.freeze',
  void: 'cards.void',
  extend: 'cards.extend',
};

/** Why the verb would be refused on this card, by the rule that decides it. */
export function wouldRefuse(verb: ActionVerb, card: Card, money: Money, now: Date): Refusal | undefined {
  if (verb === 'freeze') return mayFreeze(card);
  return verb === 'void' ? mayVoid(card, money) : mayBeUsed(card, now);
}

type Facts = Pick<CardAction, 'id' | 'verb' | 'reason' | 'until' | 'createdAt'> & {
  readonly total: number;
  readonly done: number;
  readonly refused: number;
};

/** An action as the API shows it. */
export function actionAnswer({ id, verb, reason, until, createdAt, total, done, refused }: Facts) {
  return {
    id: encodeId('cact', id),
    verb,
    state: done < total ? ('running' as const) : ('done' as const),
    reason,
    until,
    total,
    done,
    refused,
    createdAt: createdAt.toISOString(),
  };
}

export const verbShape = z.enum(actionVerbs);
