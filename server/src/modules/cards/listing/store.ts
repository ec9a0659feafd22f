import { jsonAmount } from '../../../kernel/money.ts';
import { type Db, type Statement, statement } from '../../../platform/db/statement.ts';
import type { ListedCard } from '../reading/store.ts';
import { cardColumns } from '../store.ts';
import type { CardFilter, Position, Sort } from './query.ts';

/** What is on a card's lots now. A hold past its time holds nothing, noted or not. */
export const moneyNow = (now: string) => `(
       select coalesce(sum(a.balance), 0)::bigint as balance,
         (coalesce(sum(a.held), 0) - coalesce((select sum(h.amount) from ledger.hold_view h
           where h.merchant_id = c.merchant_id and h.owner_id = c.id and h.state = 'open' and h.expires_at <= ${now}), 0)
         )::bigint as held
       from ledger.account_view a where a.merchant_id = c.merchant_id and a.owner_id = c.id and a.purpose = 'card') m`;
/** The state that a sold card is shown in. The order of the cases is that of `shownState` in card.ts; a test holds the two together. */
export const stageNow = (now: string) => `case when c.state not in ('active', 'expired') then c.state
         when c.state = 'expired' or c.valid_until <= ${now} then 'expired'
         when m.held > 0 then 'held'
         when m.balance = 0 then 'used_up'
         when m.balance < c.loaded then 'partially_used'
         else 'active' end`;

const sources = {
  /** As the log had it at the cursor, for all cards that nothing has happened to since. */
  kept: `left join cards.standing p on p.merchant_id = c.merchant_id and p.serial = c.serial
     -- Said of both tables, and not at all for cards that were not sold: else it is walked from its first row.
     and p.serial >= $2 and p.serial <= $3 and $6::boolean is null
   left join cards.standing_money b on b.merchant_id = c.merchant_id and b.serial = c.serial
     and b.serial >= $2 and b.serial <= $3 and $6::boolean is null
   where c.merchant_id = $1 and c.id <> all($16::uuid[]) and $17::timestamptz is not null`,
  /** As it is now, for the others. */
  live: `left join lateral (select m.balance, m.held, ${stageNow('$17::timestamptz')} as stage, c.serial, c.sold_store_id as store_id,
       c.activated_at, c.valid_until, c.holder from ${moneyNow('$17::timestamptz')}) p on c.state <> 'generated'
   cross join lateral (select p.serial, p.balance, p.held) b
   where c.merchant_id = $1 and c.id = any($16::uuid[])`,
};
type Source = keyof typeof sources;

const cardsAndBatches = `from cards.card c
   left join cards.released_batch r on r.merchant_id = c.merchant_id and r.batch_id = c.batch_id`;
const filters = `and c.serial >= $2 and c.serial <= $3 and ($4::text is null or c.last4 = $4)
     and ($5::text is null or p.stage = $5)
     and ($6::boolean is null or (c.state = 'generated' and (r.batch_id is not null) = $6))
     and ($7::uuid[] is null or c.version_id = any($7)) and ($8::uuid is null or c.batch_id = $8)
     and ($9::uuid[] is null or p.store_id = any($9))
     and ($10::bigint is null or b.balance >= $10) and ($11::bigint is null or b.balance <= $11)
     and ($12::timestamptz is null or p.activated_at >= $12) and ($13::timestamptz is null or p.activated_at < $13)
     and ($14::timestamptz is null or p.valid_until >= $14) and ($15::timestamptz is null or p.valid_until < $15)
     and ($18::text is null or p.holder = $18)`;

const keys = {
  serial: { column: 'c.serial', serial: 'c.serial', type: 'bigint' },
  balance: { column: 'b.balance', serial: 'b.serial', type: 'bigint' },
  activatedAt: { column: 'p.activated_at', serial: 'p.serial', type: 'timestamptz' },
  validUntil: { column: 'p.valid_until', serial: 'p.serial', type: 'timestamptz' },
} as const satisfies Readonly<Record<Sort, { column: string; serial: string; type: string }>>;

function pageStatement(source: Source, sort: Sort, way: 'asc' | 'desc'): Statement {
  // The serial of the same table as the key: of two tables no index has both.
  const { column, serial, type } = keys[sort];
  const beyond = way === 'asc' ? '>' : '<';
  return statement(
    `cards.page.${source}.${sort}.${way}`,
    // The terms are looked up for the page alone: joined before that, their few rows spoil what the planner expects.
    `select l.*, v.currency, v.program_id as "programId", v.version as "programVersion" from (
       select ${cardColumns}, coalesce(b.balance, 0)::bigint as balance, coalesce(b.held, 0)::bigint as held,
         r.batch_id is not null as released, ${column} as key, ${serial} as key_serial
       ${cardsAndBatches} ${sources[source]} ${filters} and ${column} is not null
       and ($19::${type} is null or (${column}, ${serial}) ${beyond} ($19::${type}, $20::bigint))
       order by ${column} ${way}, ${serial} ${way} limit $21) as l
     join programs.version_view v on v.merchant_id = $1 and v.id = l."versionId"
     order by l.key ${way}, l.key_serial ${way}`,
  );
}

const pages = new Map(
  (['kept', 'live'] as const).flatMap((source) =>
    (['serial', 'balance', 'activatedAt', 'validUntil'] as const).flatMap((sort) =>
      (['asc', 'desc'] as const).map(
        (way) => [`${source} ${sort} ${way}`, pageStatement(source, sort, way)] as const,
      ),
    ),
  ),
);

const countStatement = (source: Source) =>
  statement(
    `cards.count.${source}`,
    `select count(*) as count from (select 1 ${cardsAndBatches} ${sources[source]} ${filters} limit $19) as counted`,
  );
const counts = { kept: countStatement('kept'), live: countStatement('live') };

const selectSince = statement(
  'cards.changedSince',
  `select a.subject_id as id from ledger.activity_view a
   where a.merchant_id = $1 and a.seq > $2 and a.seq <= $2 + $3 and a.subject_id is not null
   union select p.owner_id from ledger.owner_posting_view p
   where p.merchant_id = $1 and p.activity_seq > $2 and p.activity_seq <= $2 + $3 and p.purpose = 'card'
   union select h.owner_id from ledger.hold_view h
   where h.merchant_id = $1 and h.state = 'open' and h.expires_at <= $4
   union select c.id from cards.card c where c.merchant_id = $1 and c.state = 'active' and c.valid_until <= $4`,
);
/** The job that keeps `cards.standing`. */
export const keepListName = 'cards.keepList';

const selectCursor = statement(
  'cards.standingCursor',
  `select f.seq from ledger.follower_view f where f.merchant_id = $1 and f.job = '${keepListName}'`,
);

/** Entries of the log that a list looks up beyond what is kept; the job that keeps it up is seldom a hundredth as far behind. */
const entriesMax = 20_000;

/** How a list of cards is read: what is narrowed by, and which cards are to be looked at anew. */
export type Reading = {
  readonly filter: CardFilter;
  readonly changed: readonly string[];
  readonly now: Date;
};

/** The ids of all that something happened to since `cards.standing` was brought up, by the log or by time alone. */
export async function changedSince(db: Db, merchantId: string, now: Date): Promise<readonly string[]> {
  const [cursor] = await db.query<{ seq: bigint }>(selectCursor, [merchantId]);
  const params = [merchantId, cursor?.seq ?? 0n, entriesMax, now];
  return (await db.query<{ id: string }>(selectSince, params)).map(({ id }) => id);
}

const selectVersions = statement(
  'cards.versionsOfProgram',
  `select v.id from programs.version_view v where v.merchant_id = $1 and v.program_id = $2`,
);

async function paramsOf(db: Db, merchantId: string, { filter, changed, now }: Reading) {
  const { programId } = filter;
  const versions =
    programId === null ? null : await db.query<{ id: string }>(selectVersions, [merchantId, programId]);
  return [
    merchantId,
    filter.serialFrom,
    filter.serialTo,
    filter.last4,
    filter.stage,
    filter.released,
    versions?.map(({ id }) => id),
    filter.batchId,
    filter.storeIds,
    filter.balanceMin,
    filter.balanceMax,
    filter.activatedFrom,
    filter.activatedTo,
    filter.validFrom,
    filter.validTo,
    changed,
    now,
    filter.holder,
  ];
}

export type PageAsked = {
  readonly sort: Sort;
  readonly way: 'asc' | 'desc';
  readonly after: Position | undefined;
  readonly limit: number;
};

/** Up to `limit` cards beyond a place in an order, the nearest first. */
export async function selectCards(
  db: Db,
  merchantId: string,
  reading: Reading,
  { sort, way, after, limit }: PageAsked,
): Promise<ListedCard[]> {
  const isTime = sort === 'activatedAt' || sort === 'validUntil';
  const key = after && (isTime ? new Date(jsonAmount(after.key)) : after.key);
  const near =
    sort === 'serial' && after ? { ...reading, filter: beyond(reading.filter, way, after.serial) } : reading;
  const params = [...(await paramsOf(db, merchantId, near)), key ?? null, after?.serial ?? null, limit];
  const from = async (source: Source) => {
    const page = pages.get(`${source} ${sort} ${way}`);
    return page ? db.query<ListedCard>(page, params) : [];
  };
  const kept = await from('kept');
  if (reading.changed.length === 0) return kept;
  const sign = way === 'asc' ? 1 : -1;
  const order = (one: ListedCard, other: ListedCard) =>
    sign * (compare(sortKey(one, sort), sortKey(other, sort)) || compare(one.serial, other.serial));
  return [...kept, ...(await from('live'))].toSorted(order).slice(0, limit);
}

/** The filter beyond a serial number. */
function beyond(filter: CardFilter, way: 'asc' | 'desc', serial: bigint): CardFilter {
  const { serialFrom, serialTo } = filter;
  return way === 'asc'
    ? { ...filter, serialFrom: serial >= serialFrom ? serial + 1n : serialFrom }
    : { ...filter, serialTo: serial <= serialTo ? serial - 1n : serialTo };
}

const compare = (one: bigint, other: bigint) => (one < other ? -1 : one > other ? 1 : 0);

/** What a card stands by in an order; times as milliseconds. */
export function sortKey(card: ListedCard, sort: Sort): bigint {
  if (sort === 'serial') return card.serial;
  if (sort === 'balance') return card.balance;
  return BigInt((sort === 'activatedAt' ? card.activatedAt : card.validUntil)?.getTime() ?? 0);
}

/** How many cards there are, counted up to `most`. */
export async function countCards(
  db: Db,
  merchantId: string,
  reading: Reading,
  most: number,
): Promise<bigint> {
  const params = [...(await paramsOf(db, merchantId, reading)), most];
  const [kept] = await db.query<{ count: bigint }>(counts.kept, params);
  const live = reading.changed.length === 0 ? [] : await db.query<{ count: bigint }>(counts.live, params);
  return (kept?.count ?? 0n) + (live[0]?.count ?? 0n);
}
