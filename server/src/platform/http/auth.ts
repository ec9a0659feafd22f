import { hash } from 'node:crypto';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Cookie } from './cookies.ts';

/** Which key a request carries; what that key may do is asked anew in every transaction. */
export type Identity = { readonly keyId: string; readonly merchantId: string };

/** Finds the key with this SHA-256. */
export type FindKey = (secretHash: Buffer) => Promise<Identity | undefined>;

/** Tells who signed in by their cookie; what they may do is asked anew in every transaction, as it is of keys. */
export type SessionRegistry = {
  identify(token: string): Promise<Refusal | KnownSession>;
};

export type KnownSession = {
  readonly identity: Identity;
  /** The cookie that takes the place of the one that came; undefined while that is young. */
  readonly renewed: Cookie | undefined;
};

export type KeyRegistry = {
  identify(authorization: string | undefined): Identity | undefined | Promise<Identity | undefined>;
  /** Keys used since the last call, each once, with the time of their last use. */
  takeUses(): ReadonlyMap<Identity, Date>;
};

const keptMax = 10_000;

/**
 * Tells keys by their secret. Whose key it is never changes, so that is kept in memory; whether it is still good is not
 * answered here but by the row itself, in the transaction that acts on it.
 */
export function keyRegistry(find: FindKey, clock: () => Date): KeyRegistry {
  const known = new Map<string, Identity>();
  let uses = new Map<Identity, Date>();

  function used(identity: Identity): Identity {
    uses.set(identity, clock());
    return identity;
  }

  return {
    identify(authorization) {
      if (authorization === undefined || !authorization.startsWith('Bearer ')) return undefined;
      const identity = known.get(authorization);
      if (identity) return used(identity);
      return find(hash('sha256', authorization.slice('Bearer '.length), 'buffer')).then((found) => {
        if (!found) return undefined;
        // Of requests that asked at once, all go by what the first has found.
        const first = known.get(authorization);
        if (first) return used(first);
        if (known.size >= keptMax) known.clear();
        known.set(authorization, found);
        return used(found);
      });
    },
    takeUses() {
      // A key may have been forgotten and found again meanwhile; the later of its two entries is the later use.
      const byId = new Map([...uses].map(([identity, usedAt]) => [identity.keyId, { identity, usedAt }]));
      uses = new Map();
      return new Map([...byId.values()].map(({ identity, usedAt }) => [identity, usedAt]));
    },
  };
}
