import { encodeId } from '../../../kernel/id.ts';
import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { beyondScope } from '../../merchants/index.ts';
import { memberAt } from '../member.ts';

/** Notes that all that is kept of a member is handed out; what it is is read after that, and stands in no log. */
export const exportMember = useCase({
  name: 'member.export',
  permission: 'members.erase',
  movesValue: false,
  needs: ({ id }: { readonly id: string }, find) => memberAt(id, find),
  decide(member, _input, { actor, now }) {
    if (!member) return refused('member_not_found');
    const beyond = beyondScope(actor, null);
    if (beyond) return beyond;
    return accepted({
      activities: [{ type: 'member.exported', subjectId: member.id }],
      changes: [],
      result: { id: encodeId('mem', member.id), exportedAt: now.toISOString() },
    });
  },
});
