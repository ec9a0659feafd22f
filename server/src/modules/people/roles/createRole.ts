import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { beyondScope } from '../../merchants/index.ts';
import { lacking, type Permission } from '../permissions.ts';
import { allRoles, type OwnRole, ownRoles, roleAnswer, rolesMax } from './role.ts';

export type RoleTerms = { readonly name: string; readonly permissions: readonly Permission[] };

/** Puts a role together; nobody puts in what they do not hold. */
export const createRole = useCase({
  name: 'role.create',
  permission: 'people.write',
  movesValue: false,
  needs: (_input: RoleTerms, find) => find.all(allRoles, 'all'),
  secondPerson: { kind: 'grant', by: 'carry' },
  decide(known, { name, permissions }, { actor, now, newId }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    const missing = lacking(permissions, actor.permissions);
    if (missing.length > 0)
      return refused('permission_not_held', { field: 'permissions', detail: missing.join(', ') });
    if (known.some((role) => role.name === name)) return refused('role_name_taken', { field: 'name' });
    if (known.length >= rolesMax) return refused('too_many_roles');
    const role: OwnRole = { id: newId(), name, permissions: new Set(permissions), createdAt: now };
    const result = roleAnswer(role);
    return accepted({
      activities: [
        { type: 'role.created', subjectId: role.id, details: { name, permissions: result.permissions } },
      ],
      changes: [put(ownRoles, role)],
      result,
    });
  },
});
