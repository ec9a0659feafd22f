import { encodeId } from '../../kernel/id.ts';
import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { memberAt } from '../members/index.ts';
import { policyIn } from '../wallets/index.ts';
import { changed, isStanding, shareById, sharesOfRelative } from './share.ts';
import { isOn, sharingOff } from './shared.ts';

/** `phoneHashes`: of the number that the member has, under each version of the key. */
export type AnswerInput = {
  readonly memberId: string;
  readonly shareId: string;
  readonly phoneHashes: readonly string[];
};

/** Accepts an offer to one's own number: from then on one pays from the other's wallet too. */
export const acceptShare = useCase({
  name: 'family_share.accept',
  permission: 'wallet',
  movesValue: false,
  needs: ({ memberId, shareId }: AnswerInput, find) => {
    const share = find.one(shareById, shareId);
    return {
      share,
      relative: memberAt(memberId, find),
      payer: share && memberAt(share.payerId, find),
      others: find.all(sharesOfRelative, memberId),
      policy: policyIn(find),
    };
  },
  decide({ share, relative, payer, others, policy }, { phoneHashes }, { now }) {
    if (!relative) return refused('not_signed_in');
    const isMine =
      relative.phoneHash !== null &&
      phoneHashes.includes(relative.phoneHash) &&
      phoneHashes.includes(share?.phoneHash ?? '');
    if (!share || !payer || !isMine || share.state !== 'offered' || !isStanding(share, now))
      return refused('family_share_not_found');
    if (!isOn(policy)) return sharingOff;
    // The number may have come to the payer since.
    if (payer.id === relative.id) return refused('family_share_with_self');
    if (others.some(({ payerId }) => payerId === payer.id)) return refused('family_share_exists');
    return accepted({
      activities: [
        {
          type: 'family_share.begun',
          subjectId: share.id,
          details: { payerId: encodeId('mem', payer.id), relativeId: encodeId('mem', relative.id) },
        },
      ],
      changes: [
        changed(share, {
          ...{ state: 'active', relativeId: relative.id, begunAt: now, phoneHash: null, phoneEnd: null },
        }),
      ],
      result: { id: encodeId('fsh', share.id) },
    });
  },
});
