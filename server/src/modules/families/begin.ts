import { encodeId } from '../../kernel/id.ts';
import { isRefused, type Refusal, refused } from '../../kernel/outcome.ts';
import { accepted, type Context, useCase } from '../../platform/executor/useCase.ts';
import { type Find, put } from '../../platform/executor/workingSet.ts';
import { maySpeakFor, noteUse, type PaymentCode, type PaymentCodeUse } from '../cards/index.ts';
import { type Member, memberAt } from '../members/index.ts';
import { storeById } from '../merchants/index.ts';
import { codeUseOf, policyIn } from '../wallets/index.ts';
import { termsFacts } from './answers.ts';
import { mayShareWithMore } from './may.ts';
import { begun, familyShares, isStanding, sharesOfPayer, type Terms, termsOf } from './share.ts';

/** What the phones of both show at the counter. */
type BeginInput = Terms & {
  readonly storeId: string;
  readonly payer: PaymentCode | undefined;
  readonly relative: PaymentCode | undefined;
};

type Proof = {
  readonly code: PaymentCode | undefined;
  readonly use: PaymentCodeUse | undefined;
  readonly member: Member | undefined;
};

const proofOf = (code: PaymentCode | undefined, find: Find): Proof => ({
  code,
  use: codeUseOf(code, find),
  member: code && memberAt(code.memberId, find),
});

/** Who is there, by the code on their phone; or why that is nobody's word. */
function proven({ code, use, member }: Proof, field: string, { now }: Context): Member | Refusal {
  if (!code || !member) return refused('member_code_required', { field });
  const unproven = maySpeakFor(member.id, code, use, now);
  return unproven ? { ...unproven, field } : member;
}

/** Lets one member pay from another's wallet, at the counter, where both are and show it by their phones. */
export const beginShare = useCase({
  name: 'family_share.begin',
  permission: 'members.share',
  movesValue: false,
  storeOf: ({ storeId }: BeginInput) => storeId,
  needs: ({ storeId, payer, relative }, find) => ({
    store: find.one(storeById, storeId),
    payer: proofOf(payer, find),
    relative: proofOf(relative, find),
    own: payer ? find.all(sharesOfPayer, payer.memberId) : [],
    policy: policyIn(find),
  }),
  decide({ store, policy, own, ...proofs }, { storeId, payer, relative, ...terms }, context) {
    if (!store) return refused('store_not_found', { field: 'storeId' });
    const one = proven(proofs.payer, 'payerCode', context);
    if (isRefused(one)) return one;
    const other = proven(proofs.relative, 'relativeCode', context);
    if (isRefused(other)) return other;
    if (one.id === other.id) return refused('family_share_with_self', { field: 'relativeCode' });
    if (own.some(({ relativeId }) => relativeId === other.id)) return refused('family_share_exists');
    const { now } = context;
    const full = mayShareWithMore(policy, own.filter((share) => isStanding(share, now)).length);
    if (full) return full;
    const id = context.newId();
    const [payerId, relativeId] = [encodeId('mem', one.id), encodeId('mem', other.id)];
    return accepted({
      activities: [
        {
          type: 'family_share.begun',
          subjectId: id,
          storeId,
          details: { payerId, relativeId, ...termsFacts(terms) },
        },
      ],
      changes: [
        put(familyShares, begun({ id, payerId: one.id, ...termsOf(terms) }, other.id, now)),
        ...[payer, relative].flatMap((code) => (code ? noteUse(code, undefined, true, context) : [])),
      ],
      result: { id: encodeId('fsh', id), payerId, relativeId },
    });
  },
});
