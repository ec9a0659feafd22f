import { encodeId } from '../../kernel/id.ts';
import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { memberAt, memberById } from '../members/index.ts';
import { policyIn } from '../wallets/index.ts';
import { termsFacts } from './answers.ts';
import { mayShareWithMore } from './may.ts';
import { familyShares, isStanding, offered, sharesOfPayer, type Terms, termsOf } from './share.ts';

/** A number is hashed at the edge; of it only the end is kept. */
type OfferInput = Terms & {
  readonly memberId: string;
  readonly phoneHashes: readonly string[];
  readonly phoneEnd: string;
};

/**
 * Offers whoever has a number to pay from one's wallet. It makes no difference whether that is a member: nobody is told
 * who is one, and who becomes one by this number finds it.
 */
export const offerShare = useCase({
  name: 'family_share.offer',
  permission: 'wallet',
  movesValue: false,
  needs: ({ memberId }: OfferInput, find) => {
    const own = find.all(sharesOfPayer, memberId);
    return {
      payer: memberAt(memberId, find),
      policy: policyIn(find),
      own,
      relatives: own.map(({ relativeId }) =>
        relativeId === null ? undefined : find.one(memberById, relativeId),
      ),
    };
  },
  decide({ payer, policy, own, relatives }, { phoneHashes, phoneEnd, ...terms }, context) {
    if (!payer) return refused('not_signed_in');
    const { now } = context;
    const isTheirs = (hash: string | null | undefined) => hash != null && phoneHashes.includes(hash);
    if (isTheirs(payer.phoneHash)) return refused('family_share_with_self', { field: 'phone' });
    const standing = own.filter((share) => isStanding(share, now));
    const isKnown =
      standing.some(({ phoneHash }) => isTheirs(phoneHash)) ||
      relatives.some((relative) => isTheirs(relative?.phoneHash));
    if (isKnown) return refused('family_share_exists', { field: 'phone' });
    const full = mayShareWithMore(policy, standing.length);
    if (full) return full;
    const id = context.newId();
    const to = { phoneHash: phoneHashes[0] ?? '', phoneEnd };
    return accepted({
      activities: [
        {
          type: 'family_share.offered',
          subjectId: id,
          details: { payerId: encodeId('mem', payer.id), ...termsFacts(terms) },
        },
      ],
      changes: [put(familyShares, offered({ id, payerId: payer.id, ...termsOf(terms) }, to, now))],
      result: { id: encodeId('fsh', id) },
    });
  },
});
