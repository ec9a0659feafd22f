import { asSystem } from '../app/opening.ts';
import type { Runtime } from '../app.ts';
import { invite, linkOf, ownerInvitation } from '../modules/invitations/index.ts';
import { addLink, hasMerchant, newToken } from '../modules/signin/index.ts';

const firstOwnerMs = 24 * 60 * 60_000;

/** The token of a new link for the first owner, in the place of the one before; undefined once there is a merchant. */
export async function firstOwnerToken({ signin, clock, random }: Runtime): Promise<string | undefined> {
  const token = newToken(random);
  const expiresAt = new Date(clock().getTime() + firstOwnerMs);
  return signin.note(async (db) => {
    if (await hasMerchant(db)) return undefined;
    await addLink(db, token.hash, { purpose: 'first_owner', personId: null }, expiresAt);
    return token.text;
  });
}

/** Invites an owner for a merchant that has none, or has lost them: the address on this site, for whoever has it. */
export async function ownerLink(runtime: Runtime, merchantId: string): Promise<string> {
  const { token, ...input } = ownerInvitation(runtime.clock(), runtime.random);
  const answer = await asSystem(runtime, merchantId, invite, input);
  if ('refusal' in answer) throw new Error(`there is no such merchant (${answer.refusal.refused})`);
  return linkOf(token);
}
