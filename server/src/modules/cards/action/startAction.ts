import { isRefused, refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { beyondScope } from '../../merchants/index.ts';
import { cardAt } from '../card.ts';
import { type ActionVerb, actionAnswer, actionStarts, cardActions, permissionOf } from './action.ts';

export type StartActionInput = {
  readonly verb: ActionVerb;
  readonly cardIds: readonly string[];
  readonly reason: string;
  readonly until: string | undefined;
};

/** Has one verb carried out on many cards, in the background, as who asks. Each card is judged when its turn comes. */
export const startAction = useCase({
  name: 'card.startAction',
  permission: 'cards.bulk',
  // What it leads to does, and the same request twice must be one action.
  movesValue: true,
  needs: ({ cardIds }: StartActionInput, find) => ({ found: cardIds.map((id) => cardAt(id, find)) }),

  decide({ found }, { verb, cardIds, reason, until }, context) {
    const { actor, now } = context;
    const permission = permissionOf[verb];
    if (!actor.permissions.has(permission)) return refused('permission_denied', { detail: permission });
    if (found.some((card) => !card)) return refused('card_not_found', { field: 'cardIds' });
    for (const card of found) {
      const beyond = beyondScope(actor, card?.soldStoreId == null ? null : [card.soldStoreId]);
      if (isRefused(beyond)) return beyond;
    }
    const id = context.newId();
    const ids = [...new Set(cardIds)];
    const action = {
      id,
      verb,
      reason,
      until: until ?? null,
      cardIds: ids,
      actorId: actor.id,
      createdAt: now,
    };
    const details = { verb, reason, until: until ?? null, cards: ids.length };
    return accepted({
      activities: [{ type: 'cards.action_started', subjectId: id, details }],
      changes: [put(cardActions, action), put(actionStarts, { actionId: id, total: ids.length })],
      result: actionAnswer({ ...action, total: ids.length, done: 0, refused: 0 }),
    });
  },
});
