import { hash } from 'node:crypto';
import type { Random } from '../../kernel/random.ts';
import type { Keys } from '../../platform/config/keys.ts';
import type { Pool } from '../../platform/db/connection.ts';
import { allMerchants, read, writeAside } from '../../platform/db/read.ts';
import type { Db } from '../../platform/db/statement.ts';
import { type PersonKeys, personKeys } from './keys.ts';
import { type Passwords, passwords } from './password.ts';

/** What signing in stands on. Persons are beyond merchants, so what is asked and noted of them is so of all. */
export type Desk = {
  readonly keys: PersonKeys;
  readonly passwords: Passwords;
  readonly random: Random;
  ask<T>(work: (db: Db) => Promise<T>): Promise<T>;
  note<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /** Asks what one merchant keeps. */
  askOf<T>(merchantId: string, work: (db: Db) => Promise<T>): Promise<T>;
};

type Parts = {
  readonly readers: Pool;
  readonly writers: Pool;
  readonly keys: Pick<Keys, 'seal'>;
  readonly random: Random;
};

/** Sets the desk up where people sign in. */
export function signinDesk({ readers, writers, keys, random }: Parts): Desk {
  const own = personKeys(keys);
  return {
    keys: own,
    passwords: passwords(own),
    random,
    ask: (work) => read(readers, allMerchants, work),
    note: (work) => writeAside(writers, allMerchants, work),
    askOf: (merchantId, work) => read(readers, merchantId, work),
  };
}

/** A new secret that is shown once, in a cookie or a link, and what is kept of it. */
export function newToken(random: Random): { readonly text: string; readonly hash: Buffer } {
  const text = Buffer.from(random(32)).toString('base64url');
  return { text, hash: tokenHash(text) };
}

/** What is kept of a token. Fast, because it has 256 random bits: there is nothing to guess slowly. */
export function tokenHash(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
