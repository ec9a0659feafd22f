import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { beyondScope } from '../merchants/index.ts';
import { apiKeys, liveKeysOfStaff } from './apiKey.ts';
import { findOwners, takesLastOwner } from './owners.ts';
import { lacking, roles } from './permissions.ts';
import { type Staff, staff, staffById, staffResult } from './staff.ts';

/** What is left out stays as it is. */
type UpdateStaffInput = {
  readonly id: string;
  readonly name?: string | undefined;
  readonly role?: Staff['role'] | undefined;
  readonly state?: Staff['state'] | undefined;
};

/** Renames, promotes, demotes, or sees somebody off. Who leaves loses their keys for good; a lower role binds them at once. */
export const updateStaff = useCase({
  name: 'staff.update',
  permission: 'people.write',
  movesValue: false,
  needs: ({ id }: UpdateStaffInput, find) => ({
    member: find.one(staffById, id),
    keys: find.all(liveKeysOfStaff, id),
    owners: findOwners(find),
  }),
  decide({ member, keys, owners }, { id, name, role, state }, { actor, now }) {
    if (!member) return refused('staff_not_found');
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    const updated: Staff = {
      ...member,
      name: name ?? member.name,
      role: role ?? member.role,
      state: state ?? member.state,
    };
    const missing = updated.role === member.role ? [] : lacking(roles[updated.role], actor.permissions);
    if (missing.length > 0)
      return refused('permission_not_held', { field: 'role', detail: missing.join(', ') });
    const isLesser = updated.state === 'left' || updated.role !== 'owner';
    if (isLesser && takesLastOwner(owners, ({ key }) => key.staffId === id)) return refused('last_owner_key');
    const ended = updated.state === 'left' ? keys.filter((key) => key.revokedAt === null) : [];
    return accepted({
      activities: [
        {
          type: 'staff.updated',
          subjectId: id,
          details: {
            before: termsOf(member),
            after: termsOf(updated),
            renamed: updated.name !== member.name,
          },
        },
        ...ended.map((key) => ({ type: 'api_key.revoked', subjectId: key.id, details: { staffId: id } })),
      ],
      changes: [put(staff, updated), ...ended.map((key) => put(apiKeys, { ...key, revokedAt: now }))],
      result: staffResult(updated),
    });
  },
});

/** What the log may keep of a member of staff for ever: not the name. */
function termsOf({ role, state }: Staff) {
  return { role, state };
}
