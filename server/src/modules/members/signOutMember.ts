import { encodeId } from '../../kernel/id.ts';
import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { memberAt } from './member.ts';

/** Notes that a member is to be signed out of every phone; the sessions, which are no value, are ended after it. */
export const signOutMember = useCase({
  name: 'member.signOut',
  permission: 'members.write',
  movesValue: false,
  needs: ({ id }: { readonly id: string }, find) => memberAt(id, find),
  decide: (member) =>
    member
      ? accepted({
          activities: [{ type: 'member.signed_out', subjectId: member.id }],
          changes: [],
          result: { id: encodeId('mem', member.id), signedOut: true },
        })
      : refused('member_not_found'),
});
