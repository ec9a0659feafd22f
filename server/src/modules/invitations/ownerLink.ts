import { newId } from '../../kernel/id.ts';
import type { Random } from '../../kernel/random.ts';
import { everywhere } from '../people/index.ts';
import { newToken } from '../signin/index.ts';
import type { InviteInput } from './invite.ts';

/** An invitation for an owner, to whoever has the link: the operator's own. */
export function ownerInvitation(now: Date, random: Random): InviteInput & { readonly token: string } {
  const token = newToken(random);
  return {
    id: newId(now, random),
    name: 'Owner',
    login: null,
    terms: { ...everywhere, role: 'owner', roleId: null, limits: new Map() },
    token: token.text,
    tokenHash: token.hash,
  };
}
