import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { maySeeAndChange } from './rules.ts';
import { type View, viewAnswer, viewById, views } from './view.ts';

/** What is left out stays as it is. */
export type ChangeViewInput = {
  readonly id: string;
  readonly name?: string | undefined;
  readonly query?: string | undefined;
};

/** Renames a view, or gives it other filters. */
export const changeView = useCase({
  name: 'view.change',
  permission: 'merchant.read',
  movesValue: false,
  needs: ({ id }: ChangeViewInput, find) => ({ view: find.one(viewById, id) }),
  decide({ view }, { name, query }, { actor }) {
    if (!view || view.removed) return refused('view_not_found');
    const denied = maySeeAndChange(actor, view);
    if (denied) return denied;
    const changed: View = { ...view, name: name ?? view.name, query: query ?? view.query };
    return accepted({
      activities: [{ type: 'view.changed', subjectId: view.id, details: { name: changed.name } }],
      changes: [put(views, changed)],
      result: viewAnswer(changed),
    });
  },
});

/** Takes a view away. */
export const removeView = useCase({
  name: 'view.remove',
  permission: 'merchant.read',
  movesValue: false,
  needs: ({ id }: Pick<ChangeViewInput, 'id'>, find) => ({ view: find.one(viewById, id) }),
  decide({ view }, _input, { actor }) {
    if (!view || view.removed) return refused('view_not_found');
    const denied = maySeeAndChange(actor, view);
    if (denied) return denied;
    return accepted({
      activities: [{ type: 'view.removed', subjectId: view.id, details: { name: view.name } }],
      changes: [put(views, { ...view, removed: true })],
      result: viewAnswer(view),
    });
  },
});
