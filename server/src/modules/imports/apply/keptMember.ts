import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Member } from '../../members/index.ts';

/**
 * What a file brought of a member besides balances, as it is kept to be taken back: of words and dates only what tells
 * whether they are still those, so that nothing of them is left where the member is erased.
 */
const Kept = z.strictObject({
  membershipId: z.string().nullable(),
  tags: z.array(z.string()),
  birthday: z.string().nullable(),
  fields: z.string().nullable(),
});
export type KeptMember = z.output<typeof Kept>;

const digest = (sealed: Buffer | null): string | null =>
  sealed === null ? null : createHash('sha256').update(sealed).digest('base64url').slice(0, 22);
const tagDigest = (memberId: string, tag: string): string =>
  createHash('sha256').update(`${memberId}|${tag}`).digest('base64url').slice(0, 22);

/** What is kept of a member whom a file made, or whom it brought a membership; null: nothing. */
export function keptMember(made: Member | undefined, membershipId: string | null): KeptMember | null {
  const tags = made?.tags.map((tag) => tagDigest(made.id, tag)) ?? [];
  const birthday = digest(made?.sealedBirthday ?? null);
  const fields = digest(made?.sealedFields ?? null);
  const isNothing = membershipId === null && tags.length === 0 && birthday === null && fields === null;
  return isNothing ? null : { membershipId, tags, birthday, fields };
}

/** The same as it was kept. */
export function readKept(before: Readonly<Record<string, unknown>> | null): KeptMember {
  if (before === null) return { membershipId: null, tags: [], birthday: null, fields: null };
  return Kept.parse(before);
}

/** A member without what a file brought of tags, birthday and own fields; what was put in its place since stays. */
export function withoutBrought(member: Member, kept: KeptMember): Member {
  const tags = member.tags.filter((tag) => !kept.tags.includes(tagDigest(member.id, tag)));
  const hasBirthday = kept.birthday !== null && digest(member.sealedBirthday) === kept.birthday;
  const hasFields = kept.fields !== null && digest(member.sealedFields) === kept.fields;
  if (tags.length === member.tags.length && !hasBirthday && !hasFields) return member;
  return {
    ...member,
    tags,
    ...(hasBirthday ? { sealedBirthday: null, birthdayHash: null } : {}),
    ...(hasFields ? { sealedFields: null } : {}),
    revision: member.revision + 1,
  };
}
