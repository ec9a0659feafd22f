import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { findGranted, mayManage, staffById } from '../../people/index.ts';

type ResetInput = {
  readonly staffId: string;
  /** Also what they sign in by besides a password. */
  readonly allFactors: boolean;
};

/** Lets a member of staff set their password anew by a link; only who can do all that they can may ask for it. */
export const resetPassword = useCase({
  name: 'staff.reset_password',
  permission: 'people.write',
  movesValue: false,
  needs(input: ResetInput, find) {
    const member = find.one(staffById, input.staffId);
    return { member, granted: member && findGranted(find, member) };
  },
  // Whoever has the link is that person from then on, also as the second one.
  secondPerson: { kind: 'grant', by: 'permit' },
  decide({ member, granted }, { allFactors }, { actor }) {
    if (!member || !granted) return refused('staff_not_found');
    const denied = mayManage(actor, granted);
    if (denied) return denied;
    if (member.state === 'left') return refused('staff_left');
    if (member.personId === null) return refused('staff_cannot_sign_in');
    return accepted({
      activities: [{ type: 'staff.password_link_asked', subjectId: member.id, details: { allFactors } }],
      changes: [],
      result: { personId: member.personId },
    });
  },
});
