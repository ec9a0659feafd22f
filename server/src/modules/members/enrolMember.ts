import { encodeId } from '../../kernel/id.ts';
import { isRefused, type Refusal, refused } from '../../kernel/outcome.ts';
import { type Accepted, accepted, type Context, useCase } from '../../platform/executor/useCase.ts';
import { type Find, put } from '../../platform/executor/workingSet.ts';
import { merchantById } from '../merchants/index.ts';
import { type CardNumbers, numberFor, numberHolders } from './cardNumber.ts';
import {
  type Consent,
  consents,
  type Language,
  type Member,
  members,
  memberWithPhone,
  type Profile,
} from './member.ts';
import { formOf, mayKeep, type Values } from './profile/form.ts';

/** What was read to the person, and what they said to it. */
export type ConsentInput = { readonly textVersion: number; readonly marketing: boolean };

/** Hashed and sealed at the edge: nothing behind it sees a number or a name. */
export type EnrolInput = {
  /** Made at the edge, since what is sealed is sealed for its row. */
  readonly id: string;
  readonly phoneHashes: readonly string[];
  readonly sealedPhone: Buffer;
  readonly sealedName: Buffer | null;
  readonly sealedEmail: Buffer | null;
  readonly cardNumbers: CardNumbers;
  readonly profile: Profile;
  /** What is kept in the merchant's own fields: judged by what they are now. */
  readonly fields: Values | undefined;
  readonly language: Language;
  /** Undefined: they have not been asked yet. */
  readonly consent: ConsentInput | undefined;
};

/** The words of a consent as they stand for this merchant, or why there is none. */
export function mayConsent(
  consent: ConsentInput | undefined,
  termsVersion: number | undefined,
): Refusal | undefined {
  if (!consent) return refused('consent_required', { field: 'consent', next: 'Show the terms and ask.' });
  if (consent.textVersion === termsVersion) return undefined;
  return refused('consent_outdated', {
    field: 'consent.textVersion',
    detail: `The terms are in version ${termsVersion}.`,
    next: 'Show the terms as they are now and ask again.',
  });
}

/** For `needs`: who has the number already, and the terms and fields that hold for somebody new. */
export function enrolRows({ phoneHashes, cardNumbers, fields }: EnrolInput, find: Find) {
  return {
    holders: numberHolders(cardNumbers, find),
    known: memberWithPhone(phoneHashes, find),
    merchant: find.one(merchantById, find.merchantId),
    form: fields === undefined ? undefined : find.one(formOf, find.merchantId),
  };
}

/** Makes a member of somebody whom `enrolRows` found to be none; it is the first activity of its command. */
export function enrolled(
  { merchant, form, holders }: Pick<ReturnType<typeof enrolRows>, 'merchant' | 'form' | 'holders'>,
  input: EnrolInput,
  { now, seq }: Context,
): Pick<Accepted<unknown>, 'activities' | 'changes'> | Refusal {
  const { id, phoneHashes, sealedPhone, sealedName, sealedEmail, profile, fields, language, consent } = input;
  const unasked = mayConsent(consent, merchant?.termsVersion);
  if (unasked || !consent) return unasked ?? refused('consent_required');
  const unfit = mayKeep(fields, form);
  if (unfit) return unfit;
  const cardNumber = numberFor(input.cardNumbers, holders);
  if (isRefused(cardNumber)) return cardNumber;
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
    createdAt: now,
    mergedInto: null,
    mergedAt: null,
  };
  const { textVersion, marketing } = consent;
  const facts = { memberId: id, textVersion, at: now, seq: seq() };
  const given: Consent[] = [
    { ...facts, purpose: 'service', given: true },
    { ...facts, purpose: 'marketing', given: marketing },
  ];
  return {
    activities: [
      {
        type: 'member.enrolled',
        subjectId: id,
        details: {
          language,
          consent: { textVersion, service: true, marketing },
          ...keptBesides(profile, fields),
        },
      },
    ],
    changes: [put(members, member), ...given.map((one) => put(consents, one))],
  };
}

/** What is kept besides, without the words themselves. */
export function keptBesides({ tags, sealedBirthday }: Profile, fields: Values | undefined) {
  return {
    birthday: sealedBirthday === null ? undefined : true,
    tagged: tags.length === 0 ? undefined : true,
    fields: fields && Object.keys(fields),
  };
}

function enrolment(name: string, permission: string) {
  return useCase({
    name,
    permission,
    movesValue: false,
    needs: enrolRows,
    decide(rows, input, context) {
      const { known } = rows;
      // One number, one member: whoever is enrolled again is who they were, and what they agreed to stays.
      if (known) return { unchanged: JSON.stringify({ id: encodeId('mem', known.id), enrolled: false }) };
      const made = enrolled(rows, input, context);
      if (isRefused(made)) return made;
      return accepted({ ...made, result: { id: encodeId('mem', input.id), enrolled: true } });
    },
  });
}

/** Makes a member of whoever has this number, at the counter. */
export const enrolMember = enrolment('member.enrol', 'members.write');

/** The same by the person alone, who has shown that the number is theirs. */
export const enrolMyself = enrolment('member.enrolMyself', 'wallet');
