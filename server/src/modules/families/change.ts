import { encodeId } from '../../kernel/id.ts';
import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { termsFacts } from './answers.ts';
import { changed, isStanding, shareById, type Terms } from './share.ts';

/** Left out: it stays; null: no limit. */
type ChangeInput = { readonly [Key in keyof Terms]?: Terms[Key] | undefined } & {
  readonly memberId: string;
  readonly shareId: string;
};

/** Changes what a relative may pay, by the payer. What was paid today counts. */
export const changeShare = useCase({
  name: 'family_share.change',
  permission: 'wallet',
  movesValue: false,
  needs: ({ shareId }: ChangeInput, find) => ({ share: find.one(shareById, shareId) }),
  decide({ share }, { memberId, paymentMax, dayMax, withDiscount }, { now }) {
    if (!share || share.payerId !== memberId || !isStanding(share, now))
      return refused('family_share_not_found');
    const terms: Terms = {
      paymentMax: paymentMax === undefined ? share.paymentMax : paymentMax,
      dayMax: dayMax === undefined ? share.dayMax : dayMax,
      withDiscount: withDiscount ?? share.withDiscount,
    };
    return accepted({
      activities: [
        {
          type: 'family_share.changed',
          subjectId: share.id,
          details: { before: termsFacts(share), after: termsFacts(terms) },
        },
      ],
      changes: [changed(share, terms)],
      result: { id: encodeId('fsh', share.id) },
    });
  },
});
