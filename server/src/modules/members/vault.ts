import type { KeyObject } from 'node:crypto';
import { assert } from '../../kernel/assert.ts';
import type { Random } from '../../kernel/random.ts';
import type { KeyRing } from '../../platform/config/keys.ts';
import { mac } from '../../platform/crypto/mac.ts';
import { seal, secretKey, unseal } from '../../platform/crypto/seal.ts';

export type PersonalKeys = { readonly personal: KeyRing; readonly lookup: KeyRing };

/** Where something personal stands: it opens nowhere else. */
export type Place = {
  readonly merchantId: string;
  /** The row. */
  readonly id: string;
  readonly field: string;
};

/** What is done with personal data under keys that are not in the database. */
export type Vault = {
  /** Of the key that seals. */
  readonly version: number;
  seal(text: string, place: Place, random: Random): Buffer;
  /** Throws if it was sealed for another place, or its key is gone. */
  open(sealed: Buffer, place: Place): string;
  /** The same of bytes: a file in which people are named. */
  sealBytes(bytes: Uint8Array, place: Place, random: Random): Buffer;
  openBytes(sealed: Buffer, place: Place): Buffer;
  /** What a phone number is looked up by: one hash for each version of the key, the current one first; hex. */
  phoneHashes(merchantId: string, phone: string): readonly string[];
  /** What a member's birthday is told by: one hash of month and day for each version of the key; hex. */
  birthdayHashes(merchantId: string, memberId: string, monthDay: string): readonly string[];
  /** What a one-time code is compared by. */
  codeHash(merchantId: string, phoneHash: string, code: string): Buffer;
  /** What tries are counted under; it does not tell of whom. */
  bucket(what: string, whom: string): Buffer;
  /** What a repeated request is told by: under the current key first, then under those its first try may be from. */
  fingerprints(text: string): readonly Buffer[];
};

/** The vault of these keys. */
export function memberVault({ personal, lookup }: PersonalKeys): Vault {
  const current = keyAt(lookup, lookup.current);
  const earlier = [...lookup.keys.keys()].filter((version) => version !== lookup.current);
  const all = [current, ...earlier.map((version) => keyAt(lookup, version))];
  const contextOf = ({ merchantId, id, field }: Place) => `${field}|${merchantId}|${id}`;
  return {
    version: personal.current,
    seal: (text, place, random) => seal(personal, Buffer.from(text, 'utf8'), contextOf(place), random),
    open: (sealed, place) => unseal(personal, sealed, contextOf(place)).toString('utf8'),
    sealBytes: (bytes, place, random) => seal(personal, bytes, contextOf(place), random),
    openBytes: (sealed, place) => unseal(personal, sealed, contextOf(place)),
    phoneHashes: (merchantId, phone) =>
      all.map((key) => mac(key, `phone|${merchantId}|${phone}`).toString('hex')),
    birthdayHashes: (merchantId, memberId, monthDay) =>
      all.map((key) => mac(key, `birthday|${merchantId}|${memberId}|${monthDay}`).toString('hex')),
    codeHash: (merchantId, phoneHash, code) => mac(current, `code|${merchantId}|${phoneHash}|${code}`),
    bucket: (what, whom) => mac(current, `bucket|${what}|${whom}`),
    fingerprints: (text) => all.map((key) => mac(key, `fingerprint|${text}`)),
  };
}

function keyAt({ keys }: KeyRing, version: number): KeyObject {
  const key = keys.get(version);
  assert(key !== undefined, 'a key ring has the keys of its versions');
  return secretKey(key);
}
