import { type Db, statement } from '../../../platform/db/statement.ts';

/** A card as a batch makes it. What it does not say is what every new card starts with. */
export type GeneratedCard = {
  readonly id: string;
  readonly serial: bigint;
  readonly codeHash: Buffer;
  readonly pinHash: Buffer | null;
  readonly last4: string;
};

/** What the cards of one insert have in common. */
export type GeneratedUnder = {
  readonly batchId: string;
  readonly versionId: string;
  readonly faceValue: bigint;
  readonly keyVersion: number;
  readonly draw: number;
};

const insertCards = statement(
  'cards.insertGenerated',
  `insert into cards.card (merchant_id, batch_id, version_id, face_value, key_version, draw, state,
     id, serial, code_hash, pin_hash, last4)
   select $1, $2, $3, $4, $5, $6, 'generated', v.id, v.serial, v.code_hash, v.pin_hash, v.last4
   from unnest($7::uuid[], $8::bigint[], $9::bytea[], $10::bytea[], $11::text[])
     as v(id, serial, code_hash, pin_hash, last4)
   on conflict (merchant_id, code_hash) do nothing`,
);
const selectSerials = statement(
  'cards.selectSerials',
  `select serial from cards.card where merchant_id = $1 and serial = any($2::bigint[])`,
);
const selectReleasable = statement(
  'cards.selectForRelease',
  `select serial, draw, face_value as "faceValue" from cards.card
   where merchant_id = $1 and batch_id = $2 and serial > $3 order by serial limit $4`,
);

/** Adds cards; answers with the serials of those that did not get in because their code was taken. */
export async function insertGenerated(
  db: Db,
  merchantId: string,
  { batchId, versionId, faceValue, keyVersion, draw }: GeneratedUnder,
  cards: readonly GeneratedCard[],
): Promise<readonly bigint[]> {
  const serials = cards.map((card) => card.serial);
  const inserted = await db.execute(insertCards, [
    merchantId,
    batchId,
    versionId,
    faceValue,
    keyVersion,
    draw,
    cards.map((card) => card.id),
    serials,
    cards.map((card) => card.codeHash),
    cards.map((card) => card.pinHash),
    cards.map((card) => card.last4),
  ]);
  if (inserted === cards.length) return [];
  const there = await db.query<{ serial: bigint }>(selectSerials, [merchantId, serials]);
  const known = new Set(there.map(({ serial }) => serial));
  return serials.filter((serial) => !known.has(serial));
}

/** What a card's code is derived from, besides its batch's key. */
export type Releasable = { readonly serial: bigint; readonly draw: number; readonly faceValue: bigint };

/** The next cards of a batch after a serial, in order of serials. */
export function selectForRelease(
  db: Db,
  merchantId: string,
  batchId: string,
  afterSerial: bigint,
  limit: number,
): Promise<Releasable[]> {
  return db.query<Releasable>(selectReleasable, [merchantId, batchId, afterSerial, limit]);
}
