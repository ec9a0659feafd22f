import { encodeId } from '../../kernel/id.ts';
import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { merchantById } from '../merchants/index.ts';
import { numberHolders } from './cardNumber.ts';
import { type ConsentInput, mayConsent } from './enrolMember.ts';
import { consents, type Language, type Member, memberAt, members } from './member.ts';
import { formOf, mayKeep, type Values } from './profile/form.ts';

/** What is left out stays as it is; null takes away. */
export type UpdateMemberInput = {
  readonly id: string;
  readonly sealedName?: Buffer | null | undefined;
  readonly sealedEmail?: Buffer | null | undefined;
  readonly sealedBirthday?: Buffer | null | undefined;
  readonly birthdayHash?: string | null | undefined;
  /** Of a card that they are given instead of the one before. */
  readonly cardNumber?: string | undefined;
  /** All of them. */
  readonly tags?: readonly string[] | undefined;
  /** All that is kept in the merchant's own fields: judged by what they are now, and put down sealed. */
  readonly fields?: Values | undefined;
  readonly sealedFields?: Buffer | null | undefined;
  readonly language?: Language | undefined;
  readonly reminders?:
    | { readonly expiry?: boolean | undefined; readonly lowBalance?: boolean | undefined }
    | undefined;
  readonly consent?: ConsentInput | undefined;
};

function update(name: string, permission: string) {
  return useCase({
    name,
    permission,
    movesValue: false,
    needs: ({ id, cardNumber }: UpdateMemberInput, find) => ({
      holders: cardNumber === undefined ? undefined : numberHolders({ said: cardNumber, drawn: [] }, find),
      member: memberAt(id, find),
      merchant: find.one(merchantById, find.merchantId),
      form: find.one(formOf, find.merchantId),
    }),
    decide({ member, merchant, form, holders }, input, { now, seq }) {
      if (!member) return refused('member_not_found');
      const { consent, reminders = {} } = input;
      const outdated = consent && mayConsent(consent, merchant?.termsVersion);
      if (outdated) return outdated;
      const unfit = mayKeep(input.fields, form);
      if (unfit) return unfit;
      const { cardNumber = null } = input;
      const holder = cardNumber === null ? undefined : holders?.get(cardNumber);
      if (holder && holder.id !== member.id) return refused('card_number_taken', { field: 'cardNumber' });
      const updated: Member = {
        ...member,
        ...given(input, member),
        language: input.language ?? member.language,
        remindExpiry: reminders.expiry ?? member.remindExpiry,
        remindLow: reminders.lowBalance ?? member.remindLow,
        revision: member.revision + 1,
      };
      const facts = { memberId: member.id, textVersion: consent?.textVersion ?? 1, at: now, seq: seq() };
      const said = consent
        ? [
            put(consents, { ...facts, purpose: 'service', given: true }),
            put(consents, { ...facts, purpose: 'marketing', given: consent.marketing }),
          ]
        : [];
      return accepted({
        activities: [{ type: 'member.updated', subjectId: member.id, details: changesOf(input) }],
        changes: [put(members, updated), ...said],
        result: { id: encodeId('mem', member.id) },
      });
    },
  });
}

/** What is sealed of a member once they are changed so. */
function given(input: UpdateMemberInput, member: Member) {
  const or = <T>(said: T | undefined, kept: T) => (said === undefined ? kept : said);
  return {
    sealedName: or(input.sealedName, member.sealedName),
    sealedEmail: or(input.sealedEmail, member.sealedEmail),
    sealedBirthday: or(input.sealedBirthday, member.sealedBirthday),
    birthdayHash: or(input.birthdayHash, member.birthdayHash),
    sealedFields: or(input.sealedFields, member.sealedFields),
    tags: or(input.tags, member.tags),
    cardNumber: or(input.cardNumber, member.cardNumber),
  };
}

/** What was changed, without the words themselves: a log that is kept for ever holds nobody's name. */
function changesOf(input: UpdateMemberInput) {
  const { sealedName, sealedEmail, sealedBirthday, cardNumber, tags, fields, language, reminders, consent } =
    input;
  return {
    renamed: sealedName !== undefined,
    readdressed: sealedEmail !== undefined,
    birthday: sealedBirthday === undefined ? undefined : true,
    tagged: tags === undefined ? undefined : true,
    cardNumber,
    fields: fields && Object.keys(fields),
    language,
    reminders,
    consent: consent && { textVersion: consent.textVersion, marketing: consent.marketing },
  };
}

/** Changes what is kept of a member. */
export const updateMember = update('member.update', 'members.write');

/** The same by the member. */
export const updateMyself = update('member.updateMyself', 'wallet');
