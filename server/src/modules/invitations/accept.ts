import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { allStaff, findGranted, type Staff, staff, staffResult, staffTerms } from '../people/index.ts';
import { type Invitation, invitationById, invitations } from './invitation.ts';

type AcceptInput = {
  readonly id: string;
  /** Of the link that was used: another one may have been sent meanwhile. */
  readonly tokenHash: Buffer;
  readonly name: string;
  readonly personId: string;
  readonly login: string;
};

/** Somebody who has proven who they are comes to work for the merchant, or comes back. Asked for by the system alone. */
export const accept = useCase({
  name: 'invitation.accept',
  permission: 'system',
  movesValue: false,
  needs({ id }: AcceptInput, find) {
    const invitation = find.one(invitationById, id);
    return {
      invitation,
      granted: invitation && findGranted(find, invitation),
      people: find.all(allStaff, 'all'),
    };
  },
  decide({ invitation, granted, people }, { id, tokenHash, name, personId, login }, { now, newId }) {
    const isGood =
      invitation?.state === 'open' && invitation.tokenHash.equals(tokenHash) && now < invitation.expiresAt;
    // What it is for may be gone since: a store, a role, a region.
    if (!isGood || !granted || granted.unknown) return refused('link_not_good');
    const known = people.find((member) => member.personId === personId);
    if (known?.state === 'active') return refused('already_on_staff');
    const { role, roleId, storeIds, regions, limits } = invitation;
    const member: Staff = {
      ...{ id: known?.id ?? newId(), createdAt: known?.createdAt ?? now },
      ...{ name, role, roleId, storeIds, regions, limits, personId, login },
      state: 'active',
    };
    const taken: Invitation = { ...invitation, state: 'accepted', staffId: member.id };
    return accepted({
      activities: [
        { type: 'invitation.accepted', subjectId: id },
        {
          type: known ? 'staff.returned' : 'staff.created',
          subjectId: member.id,
          details: staffTerms(member),
        },
      ],
      changes: [put(invitations, taken), put(staff, member)],
      result: staffResult(member),
    });
  },
});
