import { isRefused, refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { beyondScope } from '../../merchants/index.ts';
import { cardAt, moneyOn } from '../card.ts';
import { lotsOf } from '../pay.ts';
import { type ActionVerb, actionAnswer, actionStarts, cardActions, permissionOf } from './action.ts';

export type StartActionInput = {
  readonly verb: ActionVerb;
  readonly cardIds: readonly string[];
  readonly reason: string;
  readonly until: string | undefined;
};

const noBalances: readonly bigint[] = [];

function sumOf(balances: readonly bigint[]): bigint {
  return balances.reduce((sum, balance) => sum + balance, 0n);
}

/** Has one verb carried out on many cards, in the background, as who asks. Each card is judged when its turn comes. */
export const startAction = useCase({
  name: 'card.startAction',
  permission: 'cards.bulk',
  // What it leads to does, and the same request twice must be one action.
  movesValue: true,
  needs({ verb, cardIds }: StartActionInput, find) {
    const ids = [...new Set(cardIds)];
    const found = ids.map((id) => cardAt(id, find));
    return {
      found,
      // What is on them matters only where it is given up.
      balances:
        verb === 'void' ? found.map((card) => moneyOn(lotsOf(card?.id, find).lots).balance) : noBalances,
    };
  },

  // Together: what is done to many at once is as much as it is in all.
  secondPerson: {
    kind: 'void',
    by: 'carry',
    concerns: (_rows, { verb }) => verb === 'void',
    amountOf: ({ balances }) => sumOf(balances),
  },

  decide({ found, balances }, { verb, cardIds, reason, until }, context) {
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
      balances,
      actorId: actor.id,
      createdAt: now,
    };
    const amount = verb === 'void' ? sumOf(balances) : undefined;
    const details = { verb, reason, until: until ?? null, cards: ids.length };
    return accepted({
      activities: [{ type: 'cards.action_started', subjectId: id, amount, details }],
      changes: [put(cardActions, action), put(actionStarts, { actionId: id, total: ids.length })],
      result: actionAnswer({ ...action, total: ids.length, done: 0, refused: 0 }),
    });
  },
});
