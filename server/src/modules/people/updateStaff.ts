import { type Refusal, refused } from '../../kernel/outcome.ts';
import { type Actor, accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { apiKeys, liveKeysOfStaff } from './apiKey.ts';
import { findGranted, type Granted, mayGrant, mayManage, type Terms } from './granting.ts';
import { findOwners, isLastOwner, type Owners, takesLastOwner } from './owners.ts';
import { isUnlimited, type Staff, staff, staffById, staffResult, staffTerms } from './staff.ts';

/** What is left out stays as it is. */
type UpdateStaffInput = {
  readonly id: string;
  readonly name?: string | undefined;
  /** Both or neither: the one that it is, and null. */
  readonly role?: Staff['role'] | undefined;
  readonly roleId?: Staff['roleId'] | undefined;
  readonly scope?: Pick<Staff, 'storeIds' | 'regions'> | undefined;
  readonly limits?: Staff['limits'] | undefined;
  readonly state?: Staff['state'] | undefined;
};

type Rows = {
  readonly member: Staff | undefined;
  readonly owners: Owners;
  readonly before: Granted | undefined;
  readonly after: Granted | undefined;
};

/** Renames, promotes, demotes, moves, or sees somebody off. Who leaves loses their keys for good; less binds them at once. */
export const updateStaff = useCase({
  name: 'staff.update',
  permission: 'people.write',
  movesValue: false,
  needs(input: UpdateStaffInput, find) {
    const member = find.one(staffById, input.id);
    return {
      member,
      keys: find.all(liveKeysOfStaff, input.id),
      owners: findOwners(find),
      before: member && findGranted(find, member),
      after: member && findGranted(find, changed(member, input)),
    };
  },
  decide({ keys, ...rows }, input, { actor, now }) {
    const { member } = rows;
    if (!member) return refused('staff_not_found');
    const updated = changed(member, input);
    const denied = mayUpdate(member, updated, rows, actor);
    if (denied) return denied;
    const ended = updated.state === 'left' ? keys.filter((key) => key.revokedAt === null) : [];
    return accepted({
      activities: [
        {
          type: 'staff.updated',
          subjectId: member.id,
          details: {
            before: staffTerms(member),
            after: staffTerms(updated),
            renamed: updated.name !== member.name,
          },
        },
        ...ended.map((key) => ({
          type: 'api_key.revoked',
          subjectId: key.id,
          details: { staffId: member.id },
        })),
      ],
      changes: [put(staff, updated), ...ended.map((key) => put(apiKeys, { ...key, revokedAt: now }))],
      result: staffResult(updated),
    });
  },
});

function changed(member: Staff, input: UpdateStaffInput): Staff {
  const roles = input.role === undefined && input.roleId === undefined ? member : input;
  return {
    ...member,
    ...(input.scope ?? {}),
    name: input.name ?? member.name,
    role: roles.role ?? null,
    roleId: roles.roleId ?? null,
    limits: input.limits ?? member.limits,
    state: input.state ?? member.state,
  };
}

function mayUpdate(
  member: Staff,
  updated: Staff,
  { owners, before, after }: Rows,
  actor: Actor,
): Refusal | undefined {
  const denied = before && mayManage(actor, before);
  if (denied) return denied;
  // What is named has to be there, also of who leaves.
  const isOther = hasOtherTerms(member, updated);
  if (isOther && after?.unknown) return after.unknown;
  const isGrant = updated.state === 'active' && (isOther || member.state !== 'active');
  const grants = isGrant && after && mayGrant(actor, updated, after);
  if (grants) return grants;
  const isLesser = updated.state === 'left' || updated.role !== 'owner' || !isUnlimited(updated);
  if (!isLesser) return undefined;
  if (isLastOwner(owners, member.id)) return refused('last_owner');
  return takesLastOwner(owners, ({ key }) => key.staffId === member.id)
    ? refused('last_owner_key')
    : undefined;
}

/** Whether somebody may do something else afterwards. */
function hasOtherTerms(member: Staff, updated: Staff): boolean {
  const terms = ({ role, roleId, storeIds, regions, limits }: Terms) => [
    role,
    roleId,
    storeIds,
    regions,
    limits,
  ];
  const was = terms(member);
  return terms(updated).some((term, at) => term !== was[at]);
}
