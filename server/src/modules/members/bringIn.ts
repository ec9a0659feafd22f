import type { Context } from '../../platform/executor/useCase.ts';
import { type Change, put } from '../../platform/executor/workingSet.ts';
import type { EnrolInput } from './enrolMember.ts';
import { consents, type Member, members } from './member.ts';

/** A member of another system, hashed and sealed at the edge. */
export type BroughtMember = Omit<EnrolInput, 'consent'> & {
  /** When they became one there; null: nobody knows. */
  readonly joinedAt: Date | null;
  /** What they said there to advertising, and when; null: nobody knows, which is no consent. */
  readonly marketing: { readonly given: boolean; readonly at: Date } | null;
};

/** What was said to another system is of no version of our terms. */
const elsewhere = 0;

/**
 * Makes a member of somebody of another system, whose number nobody here has. They have agreed to nothing of ours yet: no
 * consent is noted but what they said to advertising there, if it is known when. `seq`: the entry of the log that tells of it.
 */
export function broughtIn(
  person: BroughtMember,
  cardNumber: string,
  seq: bigint,
  { now }: Pick<Context, 'now'>,
): { readonly member: Member; readonly changes: readonly Change[] } {
  const { id, phoneHashes, sealedPhone, sealedName, sealedEmail, profile, language, joinedAt, marketing } =
    person;
  const member: Member = {
    id,
    state: 'active',
    phoneHash: phoneHashes[0] ?? null,
    sealedPhone,
    phoneCount: 1,
    sealedName,
    sealedEmail,
    cardNumber,
    ...profile,
    language,
    remindExpiry: true,
    remindLow: true,
    revision: 1,
    createdAt: joinedAt ?? now,
    mergedInto: null,
    mergedAt: null,
  };
  const said =
    marketing === null
      ? []
      : [put(consents, { memberId: id, seq, purpose: 'marketing', textVersion: elsewhere, ...marketing })];
  return { member, changes: [put(members, member), ...said] };
}
