import { isRefused, type Refusal, refused } from '../../kernel/outcome.ts';
import type { KeyRing } from '../../platform/config/keys.ts';
import { read } from '../../platform/db/read.ts';
import type { Db } from '../../platform/db/statement.ts';
import type { Visit } from '../../platform/http/route.ts';
import type { CardDesk } from '../cards/index.ts';
import { type MemberParts, type Replay, type SignedIn, signedIn } from '../members/index.ts';

/** What the wallet stands on. */
export type WalletParts = MemberParts & {
  readonly desk: CardDesk;
  /** What the merchant's own keys are sealed under. */
  readonly sealKeys: KeyRing;
};

type Answer = { readonly body: unknown };

/** Answers a member out of one snapshot. */
export async function readAs(
  parts: WalletParts,
  slug: string,
  caller: Visit,
  work: (db: Db, session: SignedIn) => Promise<unknown | Refusal>,
): Promise<Answer | Refusal> {
  const session = await signedIn(parts, slug, caller);
  if (isRefused(session)) return session;
  const result = await read(parts.readers, session.merchant.id, (db) => work(db, session));
  return isRefused(result) ? result : { body: result };
}

/** The key under which a member's own request is known when it is repeated: nobody else's can be the same. */
export function replayOf(
  { vault }: WalletParts,
  { memberId }: SignedIn,
  { idempotencyKey }: Visit,
  what: string,
): Replay | Refusal {
  if (idempotencyKey === null) return refused('idempotency_key_required');
  return {
    idempotencyKey: `wallet|${memberId}|${idempotencyKey}`,
    fingerprints: vault.fingerprints(`${memberId}|${what}`),
  };
}
