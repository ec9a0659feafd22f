import { encodeId } from '../../kernel/id.ts';
import { refused } from '../../kernel/outcome.ts';
import { entity, finder } from '../../platform/executor/entity.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { memberAt } from '../members/index.ts';

/** What a member complains of. Its words are sealed: people write of people; of an erased member nothing is left of them. */
export type Complaint = {
  readonly id: string;
  readonly memberId: string;
  readonly sealedText: Buffer;
  readonly sealedReference: Buffer | null;
  readonly sealedAnswer: Buffer | null;
  readonly state: 'open' | 'answered';
  readonly createdAt: Date;
  readonly answeredAt: Date | null;
};

export const complaints = entity<Complaint>('complaint', (complaint) => complaint.id, 'none');
export const complaintById = finder(complaints, 'byId', (complaint) => [complaint.id]);

/** What a member complains of and was not answered. */
export const openComplaintsOf = finder(complaints, 'openOfMember', ({ memberId, state }) =>
  state === 'open' ? [memberId] : [],
);

export type ComplainInput = {
  readonly id: string;
  readonly memberId: string;
  readonly sealedText: Buffer;
  readonly sealedReference: Buffer | null;
};

/** Brings a complaint before the merchant. */
export const complain = useCase({
  name: 'wallet.complain',
  permission: 'wallet',
  movesValue: false,
  needs: ({ memberId }: ComplainInput, find) => memberAt(memberId, find),
  decide(member, { id, sealedText, sealedReference }, { now }) {
    if (!member) return refused('not_signed_in');
    const facts = { id, memberId: member.id, sealedText, sealedReference };
    const complaint: Complaint = {
      ...facts,
      sealedAnswer: null,
      state: 'open',
      createdAt: now,
      answeredAt: null,
    };
    const complaintId = encodeId('cmp', id);
    return accepted({
      activities: [{ type: 'complaint.made', subjectId: member.id, details: { complaintId } }],
      changes: [put(complaints, complaint)],
      result: { id: complaintId },
    });
  },
});

/** Answers a complaint, once. */
export const answerComplaint = useCase({
  name: 'complaint.answer',
  permission: 'members.write',
  movesValue: false,
  needs: ({ id }: { readonly id: string; readonly sealedAnswer: Buffer }, find) =>
    find.one(complaintById, id),
  decide(complaint, { sealedAnswer }, { now }) {
    if (!complaint) return refused('complaint_not_found');
    if (complaint.state === 'answered') return refused('complaint_answered');
    const complaintId = encodeId('cmp', complaint.id);
    return accepted({
      activities: [{ type: 'complaint.answered', subjectId: complaint.memberId, details: { complaintId } }],
      changes: [put(complaints, { ...complaint, sealedAnswer, state: 'answered', answeredAt: now })],
      result: { id: complaintId },
    });
  },
});
