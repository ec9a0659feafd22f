import { encodeId } from '../../kernel/id.ts';
import { fieldsOf } from '../../platform/http/merge.ts';
import { type Member, purposes } from './member.ts';
import { maskPhone } from './phone.ts';
import { keptValues } from './profile/form.ts';
import type { KnownMember } from './store.ts';
import type { Vault } from './vault.ts';

/** What of a member staff and the member are shown; of the number only enough to know it by. */
export function memberAnswer(merchantId: string, member: Member, vault: Vault) {
  const { id, language, remindExpiry, remindLow, createdAt } = member;
  const open = (sealed: Buffer | null, field: string) =>
    sealed === null ? null : vault.open(sealed, { merchantId, id, field });
  return {
    id: encodeId('mem', id),
    phone: maskPhone(open(member.sealedPhone, 'phone') ?? ''),
    name: open(member.sealedName, 'name'),
    email: open(member.sealedEmail, 'email'),
    cardNumber: member.cardNumber,
    language,
    reminders: { expiry: remindExpiry, lowBalance: remindLow },
    createdAt: createdAt.toISOString(),
  };
}

/** What staff see of a member besides: their words about them are not shown to the member. */
export function profileAnswer(merchantId: string, member: Member, vault: Vault) {
  const { id, tags, sealedBirthday, sealedFields } = member;
  const open = (sealed: Buffer, field: string) => vault.open(sealed, { merchantId, id, field });
  return {
    tags,
    birthday: sealedBirthday === null ? null : open(sealedBirthday, 'birthday'),
    fields: sealedFields === null ? {} : fieldsOf(open(sealedFields, 'fields'), keptValues),
  };
}

/** The same with what holds of what they agreed to. */
export function knownAnswer(merchantId: string, { member, consents }: KnownMember, vault: Vault) {
  const last = purposes.map((purpose) => consents.findLast((consent) => consent.purpose === purpose));
  return {
    ...memberAnswer(merchantId, member, vault),
    consents: last
      .filter((consent) => consent !== undefined)
      .map(({ purpose, given, textVersion, at }) => ({ purpose, given, textVersion, at: at.toISOString() })),
  };
}

/** All that is kept of a member here, nothing hidden: for whoever asks what it is, which is the member alone. */
export function wholeAnswer(merchantId: string, { member, consents }: KnownMember, vault: Vault) {
  const { id, sealedPhone } = member;
  return {
    ...memberAnswer(merchantId, member, vault),
    ...profileAnswer(merchantId, member, vault),
    phone: sealedPhone === null ? null : vault.open(sealedPhone, { merchantId, id, field: 'phone' }),
    consents: consents.map(({ purpose, given, textVersion, at }) => ({
      ...{ purpose, given, textVersion },
      at: at.toISOString(),
    })),
  };
}

/** What staff are shown of a member, with what they agreed to. */
export function staffAnswer(merchantId: string, known: KnownMember, vault: Vault) {
  return { ...knownAnswer(merchantId, known, vault), ...profileAnswer(merchantId, known.member, vault) };
}
