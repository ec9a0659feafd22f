import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { findGranted, mayGrant } from '../people/index.ts';
import {
  type Invitation,
  invitationById,
  invitationMs,
  invitationResult,
  invitations,
  mayChange,
} from './invitation.ts';

/** Gives an invitation a new link, and its full time; the link before is void. */
export const resend = useCase({
  name: 'invitation.resend',
  permission: 'people.write',
  movesValue: false,
  needs({ id }: Pick<Invitation, 'id' | 'tokenHash'>, find) {
    const invitation = find.one(invitationById, id);
    return { invitation, granted: invitation && findGranted(find, invitation) };
  },
  decide({ invitation, granted }, { id, tokenHash }, { actor, now }) {
    if (!invitation || !granted) return refused('invitation_not_found');
    const denied = mayGrant(actor, invitation, granted) ?? mayChange(invitation);
    if (denied) return denied;
    const expiresAt = new Date(now.getTime() + invitationMs);
    const renewed: Invitation = { ...invitation, tokenHash, expiresAt };
    return accepted({
      activities: [{ type: 'invitation.resent', subjectId: id }],
      changes: [put(invitations, renewed)],
      result: invitationResult(renewed),
    });
  },
});
