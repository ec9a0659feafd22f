import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { beyondScope } from '../merchants/index.ts';
import { lacking, roles } from './permissions.ts';
import { type Staff, staff, staffResult } from './staff.ts';

export const createStaff = useCase({
  name: 'staff.create',
  permission: 'people.write',
  movesValue: false,
  needs: (_input: Pick<Staff, 'name' | 'role'>) => undefined,
  decide(_rows, { name, role }, { actor, now, newId }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    const missing = lacking(roles[role], actor.permissions);
    if (missing.length > 0)
      return refused('permission_not_held', { field: 'role', detail: missing.join(', ') });
    const member: Staff = { id: newId(), name, role, state: 'active', createdAt: now };
    return accepted({
      activities: [{ type: 'staff.created', subjectId: member.id, details: { role } }],
      changes: [put(staff, member)],
      result: staffResult(member),
    });
  },
});
