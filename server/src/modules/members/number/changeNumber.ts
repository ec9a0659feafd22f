import { encodeId } from '../../../kernel/id.ts';
import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { type Member, memberAt, members, memberWithPhone } from '../member.ts';
import { codeWrong } from '../signIn/signIn.ts';
import { leftNumbers } from './leftNumber.ts';

export type ChangeNumberInput = {
  readonly id: string;
  /** Of the new number, under each version of the key. */
  readonly phoneHashes: readonly string[];
  readonly sealedPhone: Buffer;
  /** Whether the code was right that was sent to the new number for this very member, and is used up by this. */
  readonly isProven: boolean;
};

const taken = refused('phone_taken', {
  field: 'phone',
  next: 'Take another number; if both are one person, merge the two members first.',
});

function change(name: string, permission: string, by: 'staff' | 'member') {
  return useCase({
    name,
    permission,
    movesValue: false,
    needs: ({ id, phoneHashes }: ChangeNumberInput, find) => ({
      member: memberAt(id, find),
      holder: memberWithPhone(phoneHashes, find),
    }),
    decide({ member, holder }, { phoneHashes, sealedPhone, isProven }, { seq }) {
      if (!member) return refused('member_not_found');
      // Only who has the number learns whether somebody is a member by it.
      if (!isProven) return codeWrong;
      const result = { id: encodeId('mem', member.id) };
      if (holder?.id === member.id) return { unchanged: JSON.stringify(result) };
      if (holder) return taken;
      const { sealedPhone: left, language } = member;
      const changed: Member = {
        ...member,
        phoneHash: phoneHashes[0] ?? null,
        sealedPhone,
        phoneCount: member.phoneCount + 1,
        revision: member.revision + 1,
      };
      const tell =
        left === null
          ? []
          : [
              put(leftNumbers, {
                seq: seq(),
                memberId: member.id,
                sealedPhone: left,
                language,
                why: 'changed',
              }),
            ];
      return accepted({
        activities: [{ type: 'member.phone_changed', subjectId: member.id, details: { by } }],
        changes: [put(members, changed), ...tell],
        result,
      });
    },
  });
}

/** Gives a member another number: at the counter, where the member reads out the code that came to it. */
export const changeNumber = change('member.changePhone', 'members.phone', 'staff');

/** The same by the member alone. */
export const changeMyNumber = change('member.changeMyPhone', 'wallet', 'member');

/** Notes that a code is to be sent to a number that a member wants to have; it goes out after that. */
export const askForNumber = useCase({
  name: 'member.askForPhone',
  permission: 'members.phone',
  movesValue: false,
  needs: ({ id }: { readonly id: string; readonly phone: string }, find) => memberAt(id, find),
  decide: (member) =>
    member
      ? accepted({
          activities: [{ type: 'member.phone_code_sent', subjectId: member.id }],
          changes: [],
          result: { id: encodeId('mem', member.id) },
        })
      : refused('member_not_found'),
});
