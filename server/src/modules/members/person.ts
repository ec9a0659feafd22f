import { newId } from '../../kernel/id.ts';
import { drawCardNumbers } from './cardNumber.ts';
import type { ConsentInput, EnrolInput } from './enrolMember.ts';
import type { Language, Profile } from './member.ts';
import type { MemberParts } from './parts.ts';
import type { Values } from './profile/form.ts';
import type { UpdateMemberInput } from './updateMember.ts';

type Sealing = Pick<MemberParts, 'vault' | 'random' | 'clock'>;

/** What is known of somebody besides who they are. */
export type Besides = {
  readonly tags?: readonly string[] | undefined;
  /** With the year or without: `1990-05-17`, `05-17`. */
  readonly birthday?: string | undefined;
  readonly fields?: Values | undefined;
};

/** The same sealed for the member with this id. */
export function sealedProfile(
  { vault, random }: Pick<Sealing, 'vault' | 'random'>,
  merchantId: string,
  id: string,
  { tags = [], birthday, fields }: Besides,
): Profile {
  const sealed = (text: string, field: string) => vault.seal(text, { merchantId, id, field }, random);
  return {
    tags,
    sealedBirthday: birthday === undefined ? null : sealed(birthday, 'birthday'),
    birthdayHash:
      birthday === undefined ? null : (vault.birthdayHashes(merchantId, id, birthday.slice(-5))[0] ?? null),
    sealedFields: fields === undefined ? null : sealed(JSON.stringify(fields), 'fields'),
  };
}

/** A person as they say who they are. */
export type Said = Besides & {
  readonly phone: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  /** What is printed on a card that they are given; left out: a number is drawn. */
  readonly cardNumber?: string | undefined;
  readonly language: Language;
  readonly consent?: ConsentInput | undefined;
};

/** The same as the use cases are told of it: hashed and sealed, under an id of its own. */
export function enrolInput(
  sealing: Sealing,
  merchantId: string,
  { phone, name, email, cardNumber, language, consent, ...besides }: Said,
): EnrolInput {
  const { vault, random, clock } = sealing;
  const id = newId(clock(), random);
  const sealed = (text: string, field: string) => vault.seal(text, { merchantId, id, field }, random);
  return {
    id,
    phoneHashes: vault.phoneHashes(merchantId, phone),
    sealedPhone: sealed(phone, 'phone'),
    sealedName: name === undefined ? null : sealed(name, 'name'),
    sealedEmail: email === undefined ? null : sealed(email, 'email'),
    cardNumbers: { said: cardNumber, drawn: drawCardNumbers(random) },
    profile: sealedProfile(sealing, merchantId, id, besides),
    fields: besides.fields,
    language,
    consent,
  };
}

type Changed = Pick<
  UpdateMemberInput,
  'language' | 'reminders' | 'consent' | 'tags' | 'fields' | 'cardNumber'
> & {
  readonly name?: string | null | undefined;
  readonly email?: string | null | undefined;
  /** With the year or without: `1990-05-17`, `05-17`. */
  readonly birthday?: string | null | undefined;
};

/** What is to be changed of a member, as the use cases are told of it. */
export function resealed(
  { vault, random }: Pick<Sealing, 'vault' | 'random'>,
  merchantId: string,
  id: string,
  { name, email, birthday, ...rest }: Changed,
): UpdateMemberInput {
  const sealed = (text: string | null | undefined, field: string) =>
    text == null ? text : vault.seal(text, { merchantId, id, field }, random);
  const { fields } = rest;
  return {
    ...rest,
    id,
    sealedName: sealed(name, 'name'),
    sealedEmail: sealed(email, 'email'),
    sealedBirthday: sealed(birthday, 'birthday'),
    birthdayHash: birthday == null ? birthday : vault.birthdayHashes(merchantId, id, birthday.slice(-5))[0],
    sealedFields: sealed(fields && JSON.stringify(fields), 'fields'),
  };
}
