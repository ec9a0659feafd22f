import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { findGranted, mayGrant, type Terms } from '../people/index.ts';
import { type Invitation, invitationMs, invitationResult, invitations } from './invitation.ts';

export type InviteInput = {
  /** Made before, since the login is sealed for it. */
  readonly id: string;
  readonly name: string;
  readonly login: Invitation['login'];
  readonly terms: Terms;
  readonly tokenHash: Buffer;
};

/** Invites somebody to do no more than the one who invites them. */
export const invite = useCase({
  name: 'invitation.create',
  permission: 'people.write',
  movesValue: false,
  needs: ({ terms }: InviteInput, find) => findGranted(find, terms),
  secondPerson: { kind: 'grant', by: 'carry' },
  decide(granted, { id, name, login, terms, tokenHash }, { actor, now }) {
    const denied = mayGrant(actor, terms, granted);
    if (denied) return denied;
    const invitation: Invitation = {
      ...terms,
      id,
      name,
      login,
      tokenHash,
      state: 'open',
      invitedBy: actor.id,
      staffId: null,
      createdAt: now,
      expiresAt: new Date(now.getTime() + invitationMs),
    };
    const result = invitationResult(invitation);
    const { role, roleId, scope, ceilings } = result;
    return accepted({
      activities: [{ type: 'invitation.created', subjectId: id, details: { role, roleId, scope, ceilings } }],
      changes: [put(invitations, invitation)],
      result,
    });
  },
});
