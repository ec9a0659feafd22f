import type { Owner } from './owner.ts';

/** A merchant whose two stores sold of two programs. */
export type Stocked = {
  readonly merchantId: string;
  /** How many cards, the last tenth of them not sold. */
  readonly cards: number;
};

/**
 * Cards as sales would leave them, written at once, since a million sales take an hour: every thousandth is something
 * special (frozen, of the rare program, of the other store, with a holder, used up, partly used).
 */
export async function fillCards(owner: Owner, { merchantId, cards }: Stocked): Promise<void> {
  await owner.rows(
    `insert into cards.card (merchant_id, id, version_id, serial, code_hash, key_version, draw, last4, face_value, state, loaded,
       activated_at, sold_store_id, valid_until, holder)
     select '${merchantId}', gen_random_uuid(), v.id, n, sha256(n::text::bytea), 1, 0, lpad((n % 10000)::text, 4, '0'), 100,
       case when n > ${cards * 0.9} then 'generated' when n % 1000 = 999 then 'frozen' else 'active' end, 100,
       case when n <= ${cards * 0.9} then timestamptz '2026-01-01' + n * interval '1 minute' end,
       case when n <= ${cards * 0.9} then s.id end,
       case when n <= ${cards * 0.9} then timestamptz '2027-01-01' + n * interval '1 minute' end,
       case when n % 1000 = 7 then 'H' || n end
     from generate_series(1, ${cards}) n
     join (select id, row_number() over (order by created_at, id) - 1 as at from programs.version where merchant_id = '${merchantId}') v
       on v.at = (n % 1000 = 5)::int
     join (select id, row_number() over (order by code) - 1 as at from merchants.store where merchant_id = '${merchantId}') s
       on s.at = (n % 1000 = 6)::int`,
  );
  await owner.rows(
    `insert into ledger.account (merchant_id, id, owner_id, purpose, detail, asset, balance, floor)
     select merchant_id, gen_random_uuid(), id, 'card', 'principal|' || sold_store_id, 'CNY',
       case when serial % 1000 = 8 then 0 when serial % 1000 = 9 then serial % 100 else 100 end, 0
     from cards.card where merchant_id = '${merchantId}' and state <> 'generated' and serial > 0`,
  );
  await owner.rows(
    `insert into cards.standing (merchant_id, serial, card_id, stage, currency, pin_locked, store_id, activated_at, valid_until,
       holder)
     select c.merchant_id, c.serial, c.id,
       case when c.state = 'frozen' then 'frozen' when a.balance = 0 then 'used_up' when a.balance < 100 then 'partially_used' else 'active' end,
       'CNY', false, c.sold_store_id, c.activated_at, c.valid_until, c.holder
     from cards.card c join ledger.account a on a.merchant_id = c.merchant_id and a.owner_id = c.id where c.merchant_id = '${merchantId}'`,
  );
  await owner.rows(
    `insert into cards.standing_money (merchant_id, serial, balance, held)
     select c.merchant_id, c.serial, a.balance, 0
     from cards.card c join ledger.account a on a.merchant_id = c.merchant_id and a.owner_id = c.id where c.merchant_id = '${merchantId}'`,
  );
  for (const table of ['cards.card', 'cards.standing', 'cards.standing_money', 'ledger.account'])
    await owner.rows(`analyze ${table}`);
}

/** What such a list is asked for: every filter, order and direction, alone and in pairs. */
export function listQueries({ programId, rare, storeId, otherStoreId }: Asked, cards: number): string[] {
  const middle = cards * 0.75;
  return [
    '',
    'serial=777',
    'serialPrefix=00000399',
    'last4=1234',
    ...[
      'active',
      'used_up',
      'partially_used',
      'frozen',
      'voided',
      'held',
      'expired',
      'generated',
      'printed',
    ].map((state) => `state=${state}`),
    `programId=${programId}`,
    `programId=${rare}`,
    `programId=${rare}&sort=-serial`,
    `storeId=${storeId}`,
    `storeId=${otherStoreId}`,
    'balanceMin=1&balanceMax=50',
    'balanceMin=100',
    'sort=balance',
    'sort=-balance',
    'sort=activatedAt&cursor=n~1767300000000~100',
    'activatedFrom=2026-01-25T00:00:00Z',
    'activatedTo=2026-01-01T03:00:00Z',
    'validFrom=2027-01-25T00:00:00Z&sort=-validUntil',
    'validTo=2027-01-01T03:00:00Z',
    'holder=H7007',
    'sort=balance&cursor=n~100~20000',
    `cursor=n~${middle}~${middle}`,
    `cursor=p~${middle}~${middle}`,
    `storeId=${storeId}&state=frozen`,
    `storeId=${otherStoreId}&state=active&sort=-balance`,
    `programId=${rare}&state=active`,
  ];
}

type Asked = {
  readonly programId: string;
  readonly rare: string;
  readonly storeId: string;
  readonly otherStoreId: string;
};
