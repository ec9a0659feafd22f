import { argon2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { assert } from '../../kernel/assert.ts';
import { isRefused, type Refusal, refused } from '../../kernel/outcome.ts';
import type { Random } from '../../kernel/random.ts';
import type { PersonKeys } from './keys.ts';

/** What OWASP asks for at least: 19 MiB, twice over. */
const costs = { memory: 19_456, passes: 2, parallelism: 1 };
const saltBytes = 16;
const hashBytes = 32;

/** Each takes a thread and 19 MiB for some 25 ms. Who comes beyond that is told to come back, and the rest goes on. */
const atOnceMax = 2;
const waitingMax = 60;

const derive = promisify(argon2);

export type Passwords = {
  /** What is kept of a password: costs, version of the key, salt and hash. */
  hash(password: string, random: Random): Promise<string | Refusal>;
  /** Whether it is the one that was kept; with nothing kept it takes as long to say no. */
  matches(password: string, kept: string | undefined): Promise<boolean | Refusal>;
};

/** Hashes passwords by Argon2id with a key outside the database, a few at a time. */
export function passwords(keys: Pick<PersonKeys, 'pepper' | 'pepperVersion'>): Passwords {
  const turn = turns();
  const hashed = (password: string, salt: Buffer, version: number) => {
    const secret = keys.pepper(version);
    assert(secret !== undefined, `the key file has version ${version} of the key`);
    const message = password.normalize('NFKC');
    return turn(() => derive('argon2id', { message, nonce: salt, secret, tagLength: hashBytes, ...costs }));
  };
  return {
    async hash(password, random) {
      const salt = Buffer.from(random(saltBytes));
      const tag = await hashed(password, salt, keys.pepperVersion);
      if (isRefused(tag)) return tag;
      const { memory, passes, parallelism } = costs;
      const head = `argon2id$m=${memory},t=${passes},p=${parallelism},keyid=${keys.pepperVersion}`;
      return `${head}$${salt.toString('base64url')}$${tag.toString('base64url')}`;
    },
    async matches(password, kept) {
      const [, version, salt, tag] = /keyid=(\d+)\$([\w-]+)\$([\w-]+)$/.exec(kept ?? '') ?? [];
      const found = await hashed(
        password,
        salt === undefined ? Buffer.alloc(saltBytes) : Buffer.from(salt, 'base64url'),
        version === undefined ? keys.pepperVersion : +version,
      );
      if (isRefused(found)) return found;
      const wanted = tag === undefined ? Buffer.alloc(hashBytes) : Buffer.from(tag, 'base64url');
      return timingSafeEqual(found, wanted) && kept !== undefined;
    },
  };
}

/** Lets a few work at once, has some wait, and turns others away. */
function turns() {
  let working = 0;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T | Refusal> => {
    if (working >= atOnceMax) {
      if (waiting.length >= waitingMax) return refused('overloaded');
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else working++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else working--;
    }
  };
}
