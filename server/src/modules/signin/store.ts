import { type Db, statement } from '../../platform/db/statement.ts';

/** Somebody who signs in. */
export type Person = {
  readonly id: string;
  readonly name: string;
  readonly loginMasked: string;
  readonly loginSealed: Buffer;
  readonly loginHash: Buffer;
  readonly password: string;
  readonly totpSealed: Buffer | null;
  readonly totpBegunSealed: Buffer | null;
  readonly totpStep: bigint;
  readonly lastMerchant: string | null;
  /** How many passkeys they have. */
  readonly passkeys: bigint;
};

const columns = `p.id, p.name, p.login_masked as "loginMasked", p.login_sealed as "loginSealed", p.login_hash as "loginHash",
  p.password, p.totp_sealed as "totpSealed", p.totp_begun_sealed as "totpBegunSealed", p.totp_step as "totpStep",
  p.last_merchant as "lastMerchant",
  (select count(*) from signin.passkey k where k.person_id = p.id) as passkeys`;
const byLogin = statement(
  'signin.personByLogin',
  `select ${columns} from signin.person p -- all merchants: persons are beyond them
   where p.login_hash = any($1::bytea[])`,
);
const byId = statement(
  'signin.personById',
  `select ${columns} from signin.person p -- all merchants: persons are beyond them
   where p.id = $1`,
);
const insertPerson = statement(
  'signin.insertPerson',
  `insert into signin.person -- all merchants: persons are beyond them
     (id, login_hash, login_sealed, login_masked, name, password, password_set_at, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $7) on conflict (login_hash) do nothing`,
);
const deletePerson = statement(
  'signin.deletePerson',
  `delete from signin.person p -- all merchants: persons are beyond them
   where p.id = $1 and not exists (select from people.staff_view s where s.person_id = p.id)`,
);
const updatePassword = statement(
  'signin.updatePassword',
  `update signin.person set password = $3, password_set_at = $4 -- all merchants: persons are beyond them
   where id = $1 and password = $2`,
);
const updateLast = statement(
  'signin.updateLastMerchant',
  `update signin.person set last_merchant = $2 -- all merchants: persons are beyond them
   where id = $1 and last_merchant is distinct from $2`,
);

/** Who has one of these login hashes. Run it for all merchants, like all of these. */
export async function personByLogin(db: Db, hashes: readonly Buffer[]): Promise<Person | undefined> {
  const [person] = await db.query<Person>(byLogin, [hashes]);
  return person;
}

/** Who has this id. */
export async function personById(db: Db, id: string): Promise<Person | undefined> {
  const [person] = await db.query<Person>(byId, [id]);
  return person;
}

export type NewPerson = Pick<
  Person,
  'id' | 'name' | 'loginHash' | 'loginSealed' | 'loginMasked' | 'password'
>;

/** Adds a person; false when somebody has the login already. */
export async function addPerson(db: Db, person: NewPerson, now: Date): Promise<boolean> {
  const { id, loginHash, loginSealed, loginMasked, name, password } = person;
  const row = [id, loginHash, loginSealed, loginMasked, name, password, now];
  return (await db.execute(insertPerson, row)) === 1;
}

/** Takes a person away again who works for nobody. */
export async function removePerson(db: Db, id: string): Promise<void> {
  await db.execute(deletePerson, [id]);
}

/** Changes a password; false when it was changed meanwhile. */
export async function setPassword(db: Db, { id, password }: Person, to: string, now: Date): Promise<boolean> {
  return (await db.execute(updatePassword, [id, password, to, now])) === 1;
}

/** Notes for whom somebody acted last. */
export async function noteMerchant(db: Db, personId: string, merchantId: string): Promise<void> {
  await db.execute(updateLast, [personId, merchantId]);
}

/** A merchant for which somebody works. */
export type Membership = {
  readonly merchantId: string;
  readonly merchantName: string;
  readonly staffId: string;
};

const memberships = statement(
  'signin.memberships',
  `select s.merchant_id as "merchantId", m.name as "merchantName", s.id as "staffId"
   from people.staff_view s -- all merchants: those for whom a person works
   join merchants.merchant_view m on m.merchant_id = s.merchant_id
   where s.person_id = $1 and s.state = 'active' order by m.name, s.merchant_id`,
);

/** The merchants for which somebody works, by name. */
export function membershipsOf(db: Db, personId: string): Promise<Membership[]> {
  return db.query<Membership>(memberships, [personId]);
}

const setBegun = statement(
  'signin.beginTotp',
  `update signin.person set totp_begun_sealed = $2 where id = $1 -- all merchants: persons are beyond them`,
);
const confirm = statement(
  'signin.confirmTotp',
  `update signin.person -- all merchants: persons are beyond them
   set totp_sealed = totp_begun_sealed, totp_begun_sealed = null, totp_step = $3
   where id = $1 and totp_begun_sealed = $2`,
);
const claimStep = statement(
  'signin.claimTotpStep',
  `update signin.person set totp_step = $2 where id = $1 and totp_step < $2 -- all merchants: persons are beyond them`,
);
const clearTotp = statement(
  'signin.clearTotp',
  `update signin.person set totp_sealed = null, totp_begun_sealed = null -- all merchants: persons are beyond them
   where id = $1`,
);

/** Keeps a secret for codes that is not in use before one of its codes was seen. */
export async function beginTotp(db: Db, personId: string, sealed: Buffer): Promise<void> {
  await db.execute(setBegun, [personId, sealed]);
}

/** Takes the secret that was begun into use; false when another was begun meanwhile. */
export async function confirmTotp(db: Db, personId: string, begun: Buffer, step: bigint): Promise<boolean> {
  return (await db.execute(confirm, [personId, begun, step])) === 1;
}

/** Takes a time step's code, which can be taken once; false when it or a later one was. */
export async function takeTotpStep(db: Db, personId: string, step: bigint): Promise<boolean> {
  return (await db.execute(claimStep, [personId, step])) === 1;
}

/** Takes the codes out of use. */
export async function removeTotp(db: Db, personId: string): Promise<void> {
  await db.execute(clearTotp, [personId]);
}

const deleteCodes = statement(
  'signin.deleteRecoveryCodes',
  `delete from signin.recovery_code where person_id = $1 -- all merchants: persons are beyond them`,
);
const insertCodes = statement(
  'signin.insertRecoveryCodes',
  `insert into signin.recovery_code (person_id, code_hash) -- all merchants: persons are beyond them
   select $1, v from unnest($2::bytea[]) as v`,
);
const useCode = statement(
  'signin.useRecoveryCode',
  `update signin.recovery_code set used_at = $3 -- all merchants: persons are beyond them
   where person_id = $1 and code_hash = $2 and used_at is null`,
);

/** Replaces somebody's recovery codes; with none, they have none. */
export async function setRecoveryCodes(db: Db, personId: string, hashes: readonly Buffer[]): Promise<void> {
  await Promise.all([
    db.execute(deleteCodes, [personId]),
    ...(hashes.length === 0 ? [] : [db.execute(insertCodes, [personId, hashes])]),
  ]);
}

/** Takes a recovery code, which can be taken once. */
export async function takeRecoveryCode(db: Db, personId: string, hash: Buffer, now: Date): Promise<boolean> {
  return (await db.execute(useCode, [personId, hash, now])) === 1;
}
