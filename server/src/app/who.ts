import { walletGate } from '../modules/members/index.ts';
import { actorForRead, behalfLead, behalfOf } from '../modules/people/index.ts';
import { sessionGate, sessionLead } from '../modules/signin/index.ts';
import type { Db } from '../platform/db/statement.ts';
import type { EntitySql } from '../platform/executor/entitySql.ts';
import { lookUp } from '../platform/executor/lookUp.ts';
import type { Gate } from '../platform/executor/storage.ts';
import type { Actor } from '../platform/executor/useCase.ts';

/** Who acts: a member's wallet, or staff by a key, signed in, or having asked for it earlier. */
export const whoActs: Gate = (find, keyId, now) =>
  walletGate(keyId) ??
  (keyId.startsWith(behalfLead) ? behalfOf(find, keyId, now) : sessionGate(find, keyId, now));

/** Who reads, by a key or signed in, as of the snapshot that it is asked over. */
export function whoReads(entities: readonly EntitySql[]) {
  return (db: Db, merchantId: string, keyId: string, now: Date): Promise<Actor | undefined> =>
    keyId.startsWith(sessionLead)
      ? lookUp(entities, db, merchantId, (find) => sessionGate(find, keyId, now))
      : actorForRead(db, merchantId, keyId, now);
}
