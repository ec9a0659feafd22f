import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { everywhere, type Staff, staff, staffResult, staffTerms } from '../../people/index.ts';

/** Adds the owner of a merchant that was just made. Asked for by the system alone. */
export const createOwner = useCase({
  name: 'staff.create_owner',
  permission: 'system',
  movesValue: false,
  needs: (_input: { readonly name: string; readonly personId: string; readonly login: string }) => undefined,
  decide(_rows, { name, personId, login }, { now, newId }) {
    const member: Staff = {
      ...everywhere,
      id: newId(),
      name,
      role: 'owner',
      roleId: null,
      limits: new Map(),
      personId,
      login,
      state: 'active',
      createdAt: now,
    };
    return accepted({
      activities: [{ type: 'staff.created', subjectId: member.id, details: staffTerms(member) }],
      changes: [put(staff, member)],
      result: staffResult(member),
    });
  },
});
