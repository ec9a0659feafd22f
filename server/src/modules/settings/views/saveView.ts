import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { maySeeAndChange } from './rules.ts';
import { allViews, type View, viewAnswer, views, viewsMax } from './view.ts';

export type SaveViewInput = Pick<View, 'page' | 'name' | 'query'> & { readonly shared: boolean };

/** Keeps a page with its filters, for oneself or for all. */
export const saveView = useCase({
  name: 'view.save',
  permission: 'merchant.read',
  movesValue: false,
  needs: (_input: SaveViewInput, find) => find.all(allViews, 'all'),
  decide(known, { page, name, query, shared }, { actor, newId, now }) {
    const denied = maySeeAndChange(actor, { ownerId: shared ? null : actor.id });
    if (denied) return denied;
    const ownerId = shared ? null : actor.id;
    const own = known.filter((view) => !view.removed && view.ownerId === ownerId);
    if (own.length >= viewsMax) return refused('too_many_views');
    const view: View = { id: newId(), ownerId, page, name, query, removed: false, createdAt: now };
    return accepted({
      activities: [{ type: 'view.saved', subjectId: view.id, details: { page, name, shared } }],
      changes: [put(views, view)],
      result: viewAnswer(view),
    });
  },
});
