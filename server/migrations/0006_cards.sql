create schema cards;
grant usage on schema cards to scrip_app;

create table cards.serial_counter (
  merchant_id uuid primary key,
  last bigint not null check (last >= 0)
);

create table cards.card (
  merchant_id uuid not null,
  id uuid not null,
  batch_id uuid,
  version_id uuid not null,
  serial bigint not null,
  code_hash bytea not null,
  pin_hash bytea,
  key_version smallint not null,
  draw smallint not null,
  last4 text not null,
  face_value bigint not null,
  state text not null check (state in ('generated', 'active', 'frozen', 'expired', 'voided', 'replaced')),
  loaded bigint not null default 0,
  load_postings integer not null default 0,
  activation_seq bigint,
  pin_tries smallint not null default 0 check (pin_tries between 0 and 5),
  activated_at timestamptz,
  sold_store_id uuid,
  valid_until timestamptz,
  holder text,
  replaced_by uuid,
  replaces uuid,
  reason text,
  primary key (merchant_id, id),
  constraint card_serial unique (merchant_id, serial),
  constraint card_code unique (merchant_id, code_hash)
) with (fillfactor = 90);
comment on column cards.card.code_hash is 'HMAC of the code under a key that is not in the database. The code itself is stored nowhere.';
comment on column cards.card.loaded is 'All that was ever put on it: less on it than this means that some has been used.';
comment on column cards.card.load_postings is 'How many postings loading has made on its lots: more on them means that it has been used.';
comment on column cards.card.pin_tries is 'Wrong PINs since the last right one; at 5 the PIN channel is locked.';
comment on column cards.card.valid_until is 'Exclusive: the first instant at which it is no longer valid; null: never ends.';
comment on column cards.card.draw is 'How many earlier draws for this serial met a code that was taken.';
create index card_state on cards.card (merchant_id, state, serial) where state <> 'generated';
create index card_batch on cards.card (merchant_id, batch_id, serial) where batch_id is not null;
create index card_expiry on cards.card (valid_until, merchant_id) where state = 'active' and valid_until is not null;

create table cards.redemption_return (
  merchant_id uuid not null,
  redemption_seq bigint not null,
  returned bigint not null check (returned >= 0),
  reversal_seq bigint,
  primary key (merchant_id, redemption_seq)
);
comment on table cards.redemption_return is 'What has gone back of a redemption; no row: nothing.';

create table cards.released_batch (
  merchant_id uuid not null,
  batch_id uuid not null,
  released_at timestamptz not null,
  primary key (merchant_id, batch_id)
);
comment on table cards.released_batch is 'Batches whose codes have left the system: their cards that are not yet sold are printed, no longer merely generated.';

grant select, insert, update on cards.serial_counter, cards.card, cards.redemption_return to scrip_app;
grant select, insert on cards.released_batch to scrip_app;
select platform.guard_by_merchant(guarded::regclass)
from unnest(array['cards.serial_counter', 'cards.card', 'cards.redemption_return', 'cards.released_batch']) as guarded;
