import { assert } from '../../../kernel/assert.ts';
import { encodeId } from '../../../kernel/id.ts';
import { refused } from '../../../kernel/outcome.ts';
import { civilDay, daysAfter, startOfDay } from '../../../kernel/time.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { memberAt } from '../../members/index.ts';
import { merchantById } from '../../merchants/index.ts';
import { newStanding, standingNow, standingOf, standings } from './standing.ts';
import { ladderIn, rankOf } from './tier.ts';

type GiveTierInput = {
  readonly memberId: string;
  /** null: what was given before is taken back. */
  readonly tierId: string | null;
  /** The last day; null: for ever. */
  readonly lastDay: string | null;
  readonly reason: string;
};

/** Gives a member a tier, at least, whatever they have spent. */
export const giveTier = useCase({
  name: 'membership.give_tier',
  permission: 'memberships.manage',
  movesValue: false,
  needs: ({ memberId }: GiveTierInput, find) => ({
    member: memberAt(memberId, find),
    merchant: find.one(merchantById, find.merchantId),
    ladder: ladderIn(find),
    standing: find.one(standingOf, memberId),
  }),
  decide({ member, merchant, ladder, standing }, { tierId, lastDay, reason }, { now }) {
    if (!member) return refused('member_not_found');
    assert(merchant !== undefined, 'who has a key has a merchant');
    const zone = merchant.timezone;
    if (!ladder || (tierId !== null && rankOf(ladder, tierId) === -1)) {
      return refused('membership_tier_not_found', { field: 'tierId' });
    }
    if (lastDay !== null && lastDay < civilDay(now, zone)) {
      return refused('terms_in_the_past', { field: 'lastDay', next: 'Name today or a later day.' });
    }
    const present = standingNow(standing ?? newStanding(member.id, ladder, zone, now), ladder, zone, now);
    const until = lastDay === null ? null : startOfDay(daysAfter(lastDay, 1), zone);
    const given = {
      ...present,
      givenTier: tierId,
      givenUntil: tierId === null ? null : until,
      revision: present.revision + 1,
    };
    return accepted({
      activities: [
        {
          type: 'membership.tier_given',
          subjectId: member.id,
          details: { tierId, lastDay: tierId === null ? null : lastDay, reason },
        },
      ],
      changes: [put(standings, given)],
      result: {
        memberId: encodeId('mem', member.id),
        tierId,
        until: tierId === null ? null : (until?.toISOString() ?? null),
      },
    });
  },
});
