import { encodeId } from '../../kernel/id.ts';
import { type Refusal, refused } from '../../kernel/outcome.ts';
import { entity, finder } from '../../platform/executor/entity.ts';
import { limitsAnswer, type Terms } from '../people/index.ts';

/** A link by which somebody comes to work for a merchant. It is good once. */
export type Invitation = Terms & {
  readonly id: string;
  readonly name: string;
  /** Whose it is: others cannot use it. null: whoever has the link. */
  readonly login: { readonly hash: Buffer; readonly sealed: Buffer; readonly masked: string } | null;
  readonly tokenHash: Buffer;
  readonly state: 'open' | 'accepted' | 'revoked';
  /** Which key, member of staff, or the operator. */
  readonly invitedBy: string;
  /** Who they are now. */
  readonly staffId: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

export const invitations = entity<Invitation>('invitation', (invitation) => invitation.id);
export const invitationById = finder(invitations, 'byId', (invitation) => [invitation.id]);

export const invitationMs = 7 * 24 * 60 * 60_000;

/** Why an invitation can no longer be changed. */
export function mayChange({ state }: Invitation): Refusal | undefined {
  return state === 'open' ? undefined : refused('invitation_not_open');
}

/** What an invitation is for: without name and login, since the log keeps it for ever. */
export function invitationResult(invitation: Invitation) {
  const { role, roleId, storeIds, regions, limits } = invitation;
  return {
    id: encodeId('inv', invitation.id),
    role,
    roleId: roleId === null ? null : encodeId('role', roleId),
    scope: {
      storeIds: storeIds === null ? null : [...storeIds].map((id) => encodeId('store', id)),
      regions: regions === null ? null : [...regions],
    },
    ceilings: limitsAnswer(limits),
    state: invitation.state,
    createdAt: invitation.createdAt.toISOString(),
    expiresAt: invitation.expiresAt.toISOString(),
  };
}
