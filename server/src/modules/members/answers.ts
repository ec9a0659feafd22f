import { encodeId } from '../../kernel/id.ts';
import { type Member, purposes } from './member.ts';
import { maskPhone } from './phone.ts';
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
    language,
    reminders: { expiry: remindExpiry, lowBalance: remindLow },
    createdAt: createdAt.toISOString(),
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
