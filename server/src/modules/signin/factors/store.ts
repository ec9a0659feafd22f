import { type Db, statement } from '../../../platform/db/statement.ts';

/** A key in a phone or computer that signs in its person, by fingerprint, face or PIN. */
export type Passkey = {
  readonly id: string;
  readonly personId: string;
  readonly credentialId: string;
  readonly publicKey: Buffer;
  /** What the authenticator says how often it was used; 0 where it does not count. */
  readonly uses: bigint;
  /** The name of the site that it was made for. */
  readonly host: string;
  readonly transports: readonly string[];
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
};

const columns = `id, person_id as "personId", credential_id as "credentialId", public_key as "publicKey", uses, host,
  transports, name, created_at as "createdAt", last_used_at as "lastUsedAt"`;
const ofPerson = statement(
  'signin.passkeysOfPerson',
  `select ${columns} from signin.passkey where person_id = $1 order by id -- all merchants: persons are beyond them`,
);
const byCredential = statement(
  'signin.passkeyByCredential',
  `select ${columns} from signin.passkey where credential_id = $1 -- all merchants: persons are beyond them`,
);
const insert = statement(
  'signin.insertPasskey',
  `insert into signin.passkey -- all merchants: persons are beyond them
     (id, person_id, credential_id, public_key, uses, host, transports, name, created_at)
   values ($1, $2, $3, $4, $5, $6, $7::text[], $8, $9) on conflict (credential_id) do nothing`,
);
const use = statement(
  'signin.usePasskey',
  `update signin.passkey set uses = $2, last_used_at = $3 -- all merchants: persons are beyond them
   where id = $1 and uses = $4`,
);
const remove = statement(
  'signin.removePasskey',
  `delete from signin.passkey where person_id = $1 and id = $2 -- all merchants: persons are beyond them`,
);
const removeAll = statement(
  'signin.removeAllPasskeys',
  `delete from signin.passkey where person_id = $1 -- all merchants: persons are beyond them`,
);
const insertChallenge = statement(
  'signin.insertChallenge',
  `insert into signin.challenge (challenge_hash, purpose, person_id, expires_at) -- all merchants: persons are beyond them
   values ($1, $2, $3, $4)`,
);
const takeOne = statement(
  'signin.takeChallenge',
  `delete from signin.challenge -- all merchants: persons are beyond them
   where challenge_hash = $1 and purpose = $2 and person_id is not distinct from $3 and expires_at > $4`,
);
const countCodes = statement(
  'signin.countRecoveryCodes',
  `select count(*) filter (where used_at is null) as left from signin.recovery_code -- all merchants: persons are beyond them
   where person_id = $1`,
);

/** Somebody's passkeys, oldest first. Run it for all merchants, like all of these. */
export function passkeysOf(db: Db, personId: string): Promise<Passkey[]> {
  return db.query<Passkey>(ofPerson, [personId]);
}

/** The passkey with this id of its own. */
export async function passkeyByCredential(db: Db, credentialId: string): Promise<Passkey | undefined> {
  const [passkey] = await db.query<Passkey>(byCredential, [credentialId]);
  return passkey;
}

/** Keeps a passkey; false when it is kept already. */
export async function addPasskey(db: Db, key: Passkey): Promise<boolean> {
  const { id, personId, credentialId, publicKey, uses, host, transports, name, createdAt } = key;
  const row = [id, personId, credentialId, publicKey, uses, host, transports, name, createdAt];
  return (await db.execute(insert, row)) === 1;
}

/** Notes that a passkey signed; false when it did so at the same time elsewhere. */
export async function notePasskey(
  db: Db,
  { id, uses }: Passkey,
  usesNow: number,
  now: Date,
): Promise<boolean> {
  return (await db.execute(use, [id, usesNow, now, uses])) === 1;
}

/** Forgets a passkey; false when the person has no such. */
export async function removePasskey(db: Db, personId: string, id: string): Promise<boolean> {
  return (await db.execute(remove, [personId, id])) === 1;
}

/** Forgets all of somebody's passkeys. */
export async function removeAllPasskeys(db: Db, personId: string): Promise<void> {
  await db.execute(removeAll, [personId]);
}

/** What a challenge was given out for, and to whom (null: to whoever signs in). */
export type Challenge = {
  readonly hash: Buffer;
  readonly purpose: 'sign_in' | 'register';
  readonly personId: string | null;
};

/** Keeps a challenge until it comes back. */
export async function addChallenge(db: Db, challenge: Challenge, expiresAt: Date): Promise<void> {
  await db.execute(insertChallenge, [challenge.hash, challenge.purpose, challenge.personId, expiresAt]);
}

/** Takes a challenge that came back, which counts once. */
export async function takeChallenge(
  db: Db,
  { hash, purpose, personId }: Challenge,
  now: Date,
): Promise<boolean> {
  return (await db.execute(takeOne, [hash, purpose, personId, now])) === 1;
}

/** How many of somebody's recovery codes are not used. */
export async function recoveryCodesLeft(db: Db, personId: string): Promise<bigint> {
  const [row] = await db.query<{ left: bigint }>(countCodes, [personId]);
  return row?.left ?? 0n;
}
