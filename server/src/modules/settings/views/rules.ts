import { type Refusal, refused } from '../../../kernel/outcome.ts';
import type { Actor } from '../../../platform/executor/useCase.ts';
import type { View } from './view.ts';

/** Whether somebody may change a view: their own, or with the permission one for all. Another's is like none. */
export function maySeeAndChange(actor: Actor, view: Pick<View, 'ownerId'>): Refusal | undefined {
  if (view.ownerId === actor.id) return undefined;
  if (view.ownerId !== null) return refused('view_not_found');
  return actor.permissions.has('settings.write')
    ? undefined
    : refused('permission_denied', { detail: 'settings.write' });
}
