import { type Db, guarded, statement } from '../../../platform/db/statement.ts';
import { entitySql } from '../../../platform/executor/entitySql.ts';
import { tokenHash } from '../parts.ts';
import { type Pairing, pairingOf, pairings } from './pairing.ts';

const byDevice = statement(
  'signin.pairingsByDevice',
  `select device_id as "deviceId", code_hash as "codeHash", code_expires_at as "codeExpiresAt", token_hash as "tokenHash",
     token_at as "tokenAt"
   from signin.pairing where merchant_id = $1 and device_id = any($2::uuid[])`,
);
const insert = statement(
  'signin.insertPairing',
  `insert into signin.pairing (merchant_id, device_id, code_hash, code_expires_at) values ($1, $2, $3, $4)`,
);
const update = guarded(
  'signin.updatePairing',
  `update signin.pairing set code_hash = $3, code_expires_at = $4,
     previous_hash = case when code_hash is not null and $3::bytea is null then null else previous_hash end,
     token_hash = $5, token_at = $6
   where merchant_id = $1 and device_id = $2 and code_hash is not distinct from $7
     and token_hash is not distinct from $8`,
  'a pairing is not as judged',
);

/** Pairings for the executor; their cookies are renewed beside it. */
export const pairingSql = entitySql<Pairing>(pairings, {
  insert: (db, merchantId, rows) =>
    Promise.all(
      rows.map((row) => db.execute(insert, [merchantId, row.deviceId, row.codeHash, row.codeExpiresAt])),
    ),
  update: (db, merchantId, updates) =>
    Promise.all(
      updates.map(({ from, to }) =>
        db.execute(update, [
          ...[merchantId, to.deviceId, to.codeHash, to.codeExpiresAt, to.tokenHash, to.tokenAt],
          ...[from.codeHash, from.tokenHash, 1],
        ]),
      ),
    ),
  finds: [[pairingOf, byDevice]],
});

const byCode = statement(
  'signin.pairingByCode',
  `select merchant_id as "merchantId", device_id as "deviceId"
   from signin.pairing -- all merchants: the code says whose it is
   where code_hash = $1 and code_expires_at > $2`,
);
const byToken = statement(
  'signin.deviceByToken',
  `select p.merchant_id as "merchantId", p.device_id as "deviceId", p.token_hash as "tokenHash", p.token_at as "tokenAt",
     p.token_hash <> $1 as "isPrevious"
   from signin.pairing p -- all merchants: the cookie says whose it is
   join merchants.device_view d on d.merchant_id = p.merchant_id and d.id = p.device_id
   where (p.token_hash = $1 or p.previous_hash = $1) and d.state = 'active'`,
);
const renew = statement(
  'signin.renewDevice',
  `update signin.pairing set previous_hash = token_hash, token_hash = $4, token_at = $5
   where merchant_id = $1 and device_id = $2 and token_hash = $3`,
);

type Place = { readonly merchantId: string; readonly deviceId: string };

/** A device as its cookie finds it. */
export type KnownDevice = Place & {
  readonly tokenHash: Buffer;
  readonly tokenAt: Date;
  readonly isPrevious: boolean;
};

/** The device that a code is for. Run it for all merchants. */
export async function deviceByCode(db: Db, codeHash: Buffer, now: Date): Promise<Place | undefined> {
  return (await db.query<Place>(byCode, [codeHash, now]))[0];
}

/** The device whose cookie this is, now or before the last renewal; none that was revoked. Run it for all merchants. */
export async function deviceByToken(db: Db, token: string): Promise<KnownDevice | undefined> {
  return (await db.query<KnownDevice>(byToken, [tokenHash(token)]))[0];
}

/** Gives a device a new cookie; false when it had got another meanwhile. Run it for all merchants. */
export async function renewToken(db: Db, device: KnownDevice, to: Buffer, now: Date): Promise<boolean> {
  const { merchantId, deviceId, tokenHash: from } = device;
  return (await db.execute(renew, [merchantId, deviceId, from, to, now])) === 1;
}

const setPin = statement(
  'signin.setDevicePin',
  `insert into signin.device_pin (merchant_id, staff_id, pin_hash, set_at) values ($1, $2, $3, $4)
   on conflict (merchant_id, staff_id) do update set pin_hash = $3, set_at = $4`,
);
const readPin = statement(
  'signin.readDevicePin',
  `select n.pin_hash as "pinHash", s.person_id as "personId" from signin.device_pin n
   join people.staff_view s on s.merchant_id = n.merchant_id and s.id = n.staff_id
   where n.merchant_id = $1 and n.staff_id = $2 and s.state = 'active' and s.person_id is not null`,
);
const withPins = statement(
  'signin.staffWithPins',
  `select s.id, s.name from signin.device_pin n
   join people.staff_view s on s.merchant_id = n.merchant_id and s.id = n.staff_id
   where n.merchant_id = $1 and s.state = 'active' and s.person_id is not null order by s.name, s.id limit 200`,
);

/** Sets the digits of a member of staff. */
export async function keepPin(db: Db, at: { merchantId: string; staffId: string }, hash: Buffer, now: Date) {
  await db.execute(setPin, [at.merchantId, at.staffId, hash, now]);
}

/** The digits of a member of staff who works here and signs in; none else has any. */
export async function pinOf(db: Db, merchantId: string, staffId: string) {
  const rows = await db.query<{ readonly pinHash: Buffer; readonly personId: string }>(readPin, [
    ...[merchantId, staffId],
  ]);
  return rows[0];
}

/** Who signs in by digits at a merchant's devices. */
export function staffWithPins(db: Db, merchantId: string) {
  return db.query<{ readonly id: string; readonly name: string }>(withPins, [merchantId]);
}
