import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { beyondScope } from '../../merchants/index.ts';
import { lacking } from '../permissions.ts';
import type { RoleTerms } from './createRole.ts';
import { allRoles, type OwnRole, ownRoles, roleAnswer } from './role.ts';

/** What is left out stays as it is. */
type UpdateRoleInput = {
  readonly id: string;
  readonly name?: string | undefined;
  readonly permissions?: RoleTerms['permissions'] | undefined;
};

/** Changes a role for all who have it, at once. Who does not hold all of it, before and after, may not. */
export const updateRole = useCase({
  name: 'role.update',
  permission: 'people.write',
  movesValue: false,
  needs: (_input: UpdateRoleInput, find) => find.all(allRoles, 'all'),
  secondPerson: { kind: 'grant', by: 'carry' },
  decide(known, { id, name, permissions }, { actor }) {
    const role = known.find((one) => one.id === id);
    if (!role) return refused('role_not_found');
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    const updated: OwnRole = {
      ...role,
      name: name ?? role.name,
      permissions: permissions === undefined ? role.permissions : new Set(permissions),
    };
    const missing = lacking(new Set([...role.permissions, ...updated.permissions]), actor.permissions);
    if (missing.length > 0)
      return refused('permission_not_held', { field: 'permissions', detail: missing.join(', ') });
    if (known.some((one) => one.id !== id && one.name === updated.name))
      return refused('role_name_taken', { field: 'name' });
    const [before, after] = [role, updated].map(roleAnswer);
    return accepted({
      activities: [{ type: 'role.updated', subjectId: id, details: { before, after } }],
      changes: [put(ownRoles, updated)],
      result: roleAnswer(updated),
    });
  },
});
