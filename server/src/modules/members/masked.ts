import { memberAnswer } from './answers.ts';
import type { Member } from './member.ts';
import type { Vault } from './vault.ts';

/** A name as others who know whose it is recognise it: `林夕` is `林*`. */
function maskName(name: string): string {
  const [first = '', ...rest] = name;
  return first + '*'.repeat(Math.min(rest.length, 2));
}

/** A member as another member is shown them. */
export function maskedMember(merchantId: string, member: Member, vault: Vault) {
  const { name, phone } = memberAnswer(merchantId, member, vault);
  return { name: name === null ? null : maskName(name), phone };
}
