import { type Db, statement } from '../../../platform/db/statement.ts';

export type CardHit = {
  readonly id: string;
  readonly serial: bigint;
  readonly last4: string;
  readonly state: string;
};

const cardColumns = `c.id, c.serial, c.last4, c.state`;
/** Not the decoy, and of who is limited to stores only the cards that one of them sold. */
const mayBeSeen = `c.serial > 0 and ($2::uuid[] is null or c.sold_store_id = any($2))`;
const cardBySerial = statement(
  'search.cardsBySerial',
  `select ${cardColumns} from cards.card_view c where c.merchant_id = $1 and ${mayBeSeen} and c.serial = $3 limit 1`,
);
const cardById = statement(
  'search.cardsById',
  `select ${cardColumns} from cards.card_view c where c.merchant_id = $1 and ${mayBeSeen} and c.id = $3`,
);
const cardsByLast4 = statement(
  'search.cardsByLast4',
  `select ${cardColumns} from cards.card_view c where c.merchant_id = $1 and ${mayBeSeen} and c.last4 = $3 order by c.serial desc limit $4`,
);
const cardsByCode = statement(
  'search.cardsByCode',
  `select ${cardColumns} from cards.card_view c where c.merchant_id = $1 and ${mayBeSeen} and c.code_hash = any($3::bytea[]) limit 1`,
);

export type Seeing = readonly string[] | null;

export function findBySerial(db: Db, merchantId: string, stores: Seeing, serial: bigint): Promise<CardHit[]> {
  return db.query<CardHit>(cardBySerial, [merchantId, stores, serial]);
}

export function findById(db: Db, merchantId: string, stores: Seeing, id: string): Promise<CardHit[]> {
  return db.query<CardHit>(cardById, [merchantId, stores, id]);
}

export function findByLast4(
  db: Db,
  merchantId: string,
  stores: Seeing,
  last4: string,
  limit: number,
): Promise<CardHit[]> {
  return db.query<CardHit>(cardsByLast4, [merchantId, stores, last4, limit]);
}

/** `hashes`: keyed hashes of a code, lower-case hex. */
export function findByCode(
  db: Db,
  merchantId: string,
  stores: Seeing,
  hashes: readonly string[],
): Promise<CardHit[]> {
  const bytes = hashes.map((hash) => Buffer.from(hash, 'hex'));
  return db.query<CardHit>(cardsByCode, [merchantId, stores, bytes]);
}

export type NamedHit = { readonly id: string; readonly name: string; readonly more: string | null };

// These tables have hundreds of rows a merchant, so words in the middle of a name are found too.
const stores = statement(
  'search.stores',
  `select s.id, s.name, s.code as more from merchants.store_view s
   where s.merchant_id = $1 and ($2::uuid[] is null or s.id = any($2)) and (s.name ilike $3 or s.code ilike $3)
   order by s.name limit $4`,
);
const programs = statement(
  'search.programs',
  `select distinct on (v.program_id) v.program_id as id, v.name_zh as name, v.name_en as more from programs.version_view v
   where v.merchant_id = $1 and ($2::uuid[] is null or $2::uuid[] is not null) and (v.name_zh ilike $3 or v.name_en ilike $3)
   order by v.program_id, v.version desc limit $4`,
);
const staff = statement(
  'search.staff',
  `select s.id, s.name, s.login as more from people.staff_view s
   where s.merchant_id = $1 and ($2::uuid[] is null or s.store_ids && $2) and s.name ilike $3
   order by s.name limit $4`,
);
const keys = statement(
  'search.keys',
  `select k.id, k.name, k.prefix as more from people.key_view k
   where k.merchant_id = $1 and ($2::uuid[] is null or k.store_ids && $2)
     and (k.name ilike $3 or k.prefix like replace($3, '%', '') || '%')
   order by k.name limit $4`,
);
const named = { stores, programs, staff, keys };

/** What is called by a word, or has it in its name. */
export function findNamed(
  db: Db,
  merchantId: string,
  kind: keyof typeof named,
  seeing: Seeing,
  word: string,
  limit: number,
): Promise<NamedHit[]> {
  const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
  return db.query<NamedHit>(named[kind], [merchantId, seeing, pattern, limit]);
}

export type ReferenceHit = {
  readonly seq: bigint;
  readonly type: string;
  readonly occurredAt: Date;
  readonly amount: bigint | null;
};
const byReference = statement(
  'search.byReference',
  `select a.seq, a.type, a.occurred_at as "occurredAt", a.amount from ledger.activity_view a
   where a.merchant_id = $1 and a.reference = $3 and ($2::uuid[] is null or a.store_id = any($2)) order by a.seq desc limit $4`,
);

/** What was done under a reference of the merchant's own. */
export function findByReference(
  db: Db,
  merchantId: string,
  seeing: Seeing,
  reference: string,
  limit: number,
): Promise<ReferenceHit[]> {
  return db.query<ReferenceHit>(byReference, [merchantId, seeing, reference, limit]);
}

export type BatchHit = { readonly id: string; readonly firstSerial: bigint; readonly quantity: number };
const batchOfSerial = statement(
  'search.batches',
  `select b.id, b.first_serial as "firstSerial", b.quantity from batches.batch_view b
   where b.merchant_id = $1 and ((b.first_serial <= $2 and b.first_serial + b.quantity > $2) or b.id = $3)
   order by b.id desc limit 1`,
);

/** The batch of a serial number, or with this id. */
export function findBatch(
  db: Db,
  merchantId: string,
  serial: bigint | null,
  id: string | null,
): Promise<BatchHit[]> {
  return db.query<BatchHit>(batchOfSerial, [merchantId, serial, id]);
}
