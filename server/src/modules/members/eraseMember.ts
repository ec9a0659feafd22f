import { encodeId } from '../../kernel/id.ts';
import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { beyondScope } from '../merchants/index.ts';
import { type Member, memberAt, members, nothingBesides } from './member.ts';

/** Why somebody is erased: they asked, are there twice, or were kept for long enough. */
export const erasureReasons = ['requested', 'duplicate', 'retention'] as const;

type EraseInput = { readonly id: string; readonly reason: (typeof erasureReasons)[number] };

/** A member without all that names them. */
export function erased(member: Member): Member {
  return { ...nameless(member), cardNumber: null, state: 'erased' };
}

/** What stays of a member who is part of another from now on. */
export function mergedAway(member: Member, mergedInto: string, mergedAt: Date): Member {
  return { ...nameless(member), state: 'merged', mergedInto, mergedAt };
}

function nameless(member: Member): Member {
  return {
    ...member,
    phoneHash: null,
    sealedPhone: null,
    sealedName: null,
    sealedEmail: null,
    ...nothingBesides,
    remindExpiry: false,
    remindLow: false,
    revision: member.revision + 1,
  };
}

/**
 * Takes away all that names a member. The id stays, on cards and in the log, and leads to nobody; cards keep what is on
 * them and can be presented by code and PIN.
 */
export const eraseMember = useCase({
  name: 'member.erase',
  permission: 'members.erase',
  movesValue: false,
  needs: ({ id }: EraseInput, find) => memberAt(id, find),
  decide(member, { reason }, { actor, now }) {
    if (!member) return refused('member_not_found');
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    return accepted({
      activities: [{ type: 'member.erased', subjectId: member.id, details: { reason } }],
      changes: [put(members, erased(member))],
      result: { id: encodeId('mem', member.id), state: 'erased', erasedAt: now.toISOString() },
    });
  },
});
