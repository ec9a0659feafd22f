import { encodeId } from '../../kernel/id.ts';
import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { memberAt } from '../members/index.ts';
import type { AnswerInput } from './accept.ts';
import { type Ender, ended, isStanding, type Share, shareById } from './share.ts';

/** Ends one: nothing is paid by it from then on, and what was paid stays paid. */
function endedBy(share: Share, by: Ender, now: Date) {
  const { payerId, relativeId } = share;
  return accepted({
    activities: [
      {
        type: 'family_share.ended',
        subjectId: share.id,
        details: {
          by,
          payerId: encodeId('mem', payerId),
          relativeId: relativeId === null ? null : encodeId('mem', relativeId),
        },
      },
    ],
    changes: [ended(share, by, now)],
    result: { id: encodeId('fsh', share.id) },
  });
}

/** Ends a share, or takes an offer back, by the payer; or leaves it or declines it, by the relative. */
export const endOwnShare = useCase({
  name: 'family_share.end_own',
  permission: 'wallet',
  movesValue: false,
  needs: ({ memberId, shareId }: AnswerInput, find) => ({
    share: find.one(shareById, shareId),
    member: memberAt(memberId, find),
  }),
  decide({ share, member }, { memberId, phoneHashes }, { now }) {
    if (!member) return refused('not_signed_in');
    if (!share || share.state === 'ended') return refused('family_share_not_found');
    if (share.payerId === memberId) return endedBy(share, 'payer', now);
    const isOffered = [member.phoneHash, share.phoneHash].every((hash) => phoneHashes.includes(hash ?? ''));
    if (share.relativeId === memberId || isOffered) return endedBy(share, 'relative', now);
    return refused('family_share_not_found');
  },
});

/** Ends a share at the counter or in the office, for whoever of the two asks. */
export const endShare = useCase({
  name: 'family_share.end',
  permission: 'members.share',
  movesValue: false,
  needs: ({ shareId }: { readonly shareId: string }, find) => ({ share: find.one(shareById, shareId) }),
  decide({ share }, _input, { now }) {
    if (!share || share.state === 'ended') return refused('family_share_not_found');
    return endedBy(share, 'staff', now);
  },
});

/** Ends what nobody accepted in time, and what is left of somebody who is gone. Nothing depends on when it runs. */
export const lapseShare = useCase({
  name: 'family_share.lapse',
  permission: 'system',
  movesValue: false,
  needs: ({ shareId }: { readonly shareId: string }, find) => {
    const share = find.one(shareById, shareId);
    return {
      share,
      payer: share && memberAt(share.payerId, find),
      relative: share?.relativeId == null ? undefined : memberAt(share.relativeId, find),
    };
  },
  decide({ share, payer, relative }, _input, { now }) {
    const isOver = share && (!payer || (share.relativeId !== null && !relative) || !isStanding(share, now));
    if (!isOver || share.state === 'ended') return { unchanged: '{}' };
    return endedBy(share, 'lapse', now);
  },
});
