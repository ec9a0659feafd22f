import type { Actor } from '../../platform/executor/useCase.ts';

/** Who acts in the log when a member does: which member stands in the activity. No API key has this id. */
export const walletId = '00000000-0000-0000-0000-000000000001';

/**
 * What may be asked for on behalf of whoever holds a phone: what only touches what is theirs, and what anybody may ask
 * who has a code and PIN, who is told no more than a public key is.
 */
const walletActor: Actor = {
  id: walletId,
  isPublic: true,
  permissions: new Set(['wallet', 'cards.verify']),
  storeIds: null,
  ceilings: new Map(),
};

/** The wallet, if this is its id. */
export function walletGate(keyId: string): Actor | undefined {
  return keyId === walletId ? walletActor : undefined;
}
