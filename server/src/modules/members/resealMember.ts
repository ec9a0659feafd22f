import { encodeId } from '../../kernel/id.ts';
import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { type Member, memberAt, members } from './member.ts';

export type ResealInput = Pick<
  Member,
  'id' | 'sealedPhone' | 'sealedName' | 'sealedEmail' | 'sealedBirthday' | 'sealedFields' | 'revision'
>;

/** Puts what is known of a member under the present key; what it says stays, and so does what it is found by. */
export const resealMember = useCase({
  name: 'member.reseal',
  permission: 'system',
  movesValue: false,
  needs: ({ id }: ResealInput, find) => memberAt(id, find),
  decide(member, { id: _, revision, ...sealed }) {
    // Changed since it was read: the job comes by again.
    if (!member || member.revision !== revision) return refused('member_not_found');
    const resealed = { ...member, ...sealed, revision: revision + 1 };
    return accepted({
      activities: [{ type: 'member.resealed', subjectId: member.id }],
      changes: [put(members, resealed)],
      result: { id: encodeId('mem', member.id) },
    });
  },
});
