import { refused } from '../../../kernel/outcome.ts';
import type { SessionRegistry } from '../../../platform/http/auth.ts';
import { type Desk, newToken, tokenHash } from '../parts.ts';
import { sessionLead } from './gate.ts';
import { nobody, tokenMs } from './session.ts';
import { type Found, findByToken, renewSession, type SessionUse } from './store.ts';

export type Sessions = SessionRegistry & {
  /** The session of a cookie, whatever its state; undefined where it has none that is live. */
  find(token: string | undefined): Promise<Found | undefined>;
  /** Sessions used since the last call, each once. */
  takeUses(): readonly SessionUse[];
};

/** Knows sessions by their cookies. Nothing of them is kept in memory but that they were used. */
export function sessionRegistry(desk: Desk, clock: () => Date): Sessions {
  let uses = new Map<string, SessionUse>();

  async function find(token: string | undefined): Promise<Found | undefined> {
    if (token === undefined) return undefined;
    const now = clock();
    const found = await desk.ask((db) => findByToken(db, tokenHash(token), now));
    if (found) {
      const { id, merchantId, isPrevious, deviceId } = found;
      const byCurrent = !isPrevious || uses.get(id)?.byCurrent === true;
      uses.set(id, { id, merchantId, usedAt: now, byCurrent, deviceId });
    }
    return found;
  }

  return {
    find,
    async identify(token) {
      const found = await find(token);
      if (found?.state !== 'signed_in') return refused('unauthenticated');
      if (found.merchantId === nobody) return refused('no_merchant');
      const identity = { keyId: sessionLead + found.id, merchantId: found.merchantId };
      const now = clock();
      if (found.isPrevious || now.getTime() - found.tokenAt.getTime() < tokenMs)
        return { identity, renewed: undefined };
      const fresh = newToken(desk.random);
      const renewal = { from: tokenHash(token), to: fresh.hash, keepsOld: true, provenAt: null };
      // Of requests that come together one renews it; the others go by the cookie before.
      const isRenewed = await desk.note((db) => renewSession(db, found, renewal, now));
      return { identity, renewed: isRenewed ? cookieFor(fresh.text, found, now) : undefined };
    },
    takeUses() {
      const taken = [...uses.values()];
      uses = new Map();
      return taken;
    },
  };
}

/** A cookie that goes when its session ends at the latest. */
export function cookieFor(value: string, { endsAt }: Pick<Found, 'endsAt'>, now: Date) {
  return { value, maxAgeSeconds: Math.max(1, Math.floor((endsAt.getTime() - now.getTime()) / 1000)) };
}
