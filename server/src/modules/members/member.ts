import { entity, finder } from '../../platform/executor/entity.ts';
import type { Find } from '../../platform/executor/workingSet.ts';

export type Language = 'zh' | 'en';

/** A customer who is known by a phone number. What names them is here only in a form that nobody reads without a key. */
export type Member = {
  readonly id: string;
  /** `merged`: this record and another were of one person, and the other one stands for both. */
  readonly state: 'active' | 'erased' | 'merged';
  /** Lower-case hex; null once erased or merged. */
  readonly phoneHash: string | null;
  readonly sealedPhone: Buffer | null;
  /** Which of their numbers this is, from 1: a session is good for the number it was opened by. */
  readonly phoneCount: number;
  readonly sealedName: Buffer | null;
  readonly sealedEmail: Buffer | null;
  /** What is printed on their card; null once erased. It stays with who was merged, and leads on from there. */
  readonly cardNumber: string | null;
  /** What staff sort members by, in the merchant's own words. */
  readonly tags: readonly string[];
  readonly sealedBirthday: Buffer | null;
  /** Of month and day: tells whether it is today, and not when it is; lower-case hex. */
  readonly birthdayHash: string | null;
  /** What the merchant keeps in fields of its own, by their keys: JSON, sealed as one. */
  readonly sealedFields: Buffer | null;
  readonly language: Language;
  readonly remindExpiry: boolean;
  readonly remindLow: boolean;
  /** Goes up with each change. */
  readonly revision: number;
  readonly createdAt: Date;
  /** The member that it is part of; null while it stands for itself. */
  readonly mergedInto: string | null;
  readonly mergedAt: Date | null;
};

/** What is kept of a member besides who they are. */
export type Profile = Pick<Member, 'tags' | 'sealedBirthday' | 'birthdayHash' | 'sealedFields'>;

/** Of whom no more is known than who they are. */
export const nothingBesides: Profile = {
  tags: [],
  sealedBirthday: null,
  birthdayHash: null,
  sealedFields: null,
};

export const members = entity<Member>('member', (member) => member.id);
export const memberById = finder(members, 'byId', (member) => [member.id]);
/** Who has this number. */
export const membersByPhone = finder(members, 'byPhone', ({ phoneHash }) =>
  phoneHash === null ? [] : [phoneHash],
);

/** Who has, or had until they were merged, this number on their card. */
export const membersByCardNumber = finder(members, 'byCardNumber', ({ cardNumber }) =>
  cardNumber === null ? [] : [cardNumber],
);

/** What a consent is for. Serving a member is not possible without the first; the second is free. */
export const purposes = ['service', 'marketing'] as const;
export type Purpose = (typeof purposes)[number];

/** What somebody agreed to or took back. The last of a purpose is what holds. */
export type Consent = {
  /** The entry of the log that tells of it. */
  readonly seq: bigint;
  readonly memberId: string;
  readonly purpose: Purpose;
  readonly given: boolean;
  /** Which version of the merchant's terms. */
  readonly textVersion: number;
  readonly at: Date;
};

export const consents = entity<Consent>(
  'consent',
  ({ memberId, seq, purpose }) => `${memberId}|${seq}|${purpose}`,
  'none',
);
export const consentsOf = finder(consents, 'ofMember', (consent) => [consent.memberId]);

/** The member with this id who is still there. */
export function memberAt(id: string, find: Find): Member | undefined {
  const member = find.one(memberById, id);
  return member?.state === 'active' ? member : undefined;
}

/**
 * Whoever the member with this id is by now: who was merged into another is that one, and so on. For what was written down
 * of them before. Each merge leaves its record behind for good, so that no chain comes back to where it began.
 */
export function memberNow(id: string, find: Find): Member | undefined {
  const member = find.one(memberById, id);
  if (member?.state === 'merged' && member.mergedInto !== null) return memberNow(member.mergedInto, find);
  return member?.state === 'active' ? member : undefined;
}

/** The id under which what was this member's is kept by now: their own, unless they were merged. Erasing changes nothing about it. */
export function heirOf(id: string, find: Find): string {
  const mergedInto = find.one(memberById, id)?.mergedInto ?? null;
  return mergedInto === null ? id : heirOf(mergedInto, find);
}

/** The member with one of these phone hashes, which are of one number under each version of the key. */
export function memberWithPhone(phoneHashes: readonly string[], find: Find): Member | undefined {
  return phoneHashes
    .flatMap((hash) => find.all(membersByPhone, hash))
    .find(({ state }) => state === 'active');
}
