import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { findGranted, mayManage } from '../people/index.ts';
import { type Invitation, invitationById, invitationResult, invitations, mayChange } from './invitation.ts';

/** Takes an invitation back: its link is void at once. */
export const revoke = useCase({
  name: 'invitation.revoke',
  permission: 'people.write',
  movesValue: false,
  needs({ id }: Pick<Invitation, 'id'>, find) {
    const invitation = find.one(invitationById, id);
    return { invitation, granted: invitation && findGranted(find, invitation) };
  },
  decide({ invitation, granted }, { id }, { actor }) {
    if (!invitation || !granted) return refused('invitation_not_found');
    const denied = mayManage(actor, granted) ?? mayChange(invitation);
    if (denied) return denied;
    const revoked: Invitation = { ...invitation, state: 'revoked' };
    return accepted({
      activities: [{ type: 'invitation.revoked', subjectId: id }],
      changes: [put(invitations, revoked)],
      result: invitationResult(revoked),
    });
  },
});
