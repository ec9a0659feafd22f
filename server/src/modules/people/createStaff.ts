import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { findGranted, mayGrant, type Terms } from './granting.ts';
import { type Staff, staff, staffResult, staffTerms } from './staff.ts';

/** What is left out of it: no limit. */
export type CreateStaffInput = Pick<Staff, 'name' | 'role'> & Partial<Terms>;

/** Adds somebody who can do no more than the one who adds them. */
export const createStaff = useCase({
  name: 'staff.create',
  permission: 'people.write',
  movesValue: false,
  needs: (input: CreateStaffInput, find) => findGranted(find, termsOf(input)),
  secondPerson: { kind: 'grant', by: 'carry' },
  decide(granted, input, { actor, now, newId }) {
    const terms = termsOf(input);
    const denied = mayGrant(actor, terms, granted);
    if (denied) return denied;
    const member: Staff = {
      ...terms,
      id: newId(),
      name: input.name,
      personId: null,
      login: null,
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

function termsOf({ role, roleId, storeIds, regions, limits }: CreateStaffInput): Terms {
  return {
    role,
    roleId: roleId ?? null,
    storeIds: storeIds ?? null,
    regions: regions ?? null,
    limits: limits ?? new Map(),
  };
}
