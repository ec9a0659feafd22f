create schema cards;
grant usage on schema cards to scrip_app;

create table cards.program (
  merchant_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('gift')),
  state text not null check (state in ('active', 'retired')),
  version_id uuid not null,
  version integer not null,
  created_at timestamptz not null,
  primary key (merchant_id, id)
);
comment on column cards.program.version_id is 'The terms that new cards get. Cards already issued keep theirs.';

create table cards.program_version (
  merchant_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  version integer not null,
  name_zh text not null,
  name_en text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  has_pin boolean not null,
  bearer boolean not null,
  digital boolean not null,
  reloadable boolean not null,
  transferable boolean not null,
  terms jsonb not null,
  created_at timestamptz not null,
  primary key (merchant_id, id),
  unique (merchant_id, program_id, version)
);
comment on column cards.program_version.terms is 'Denominations, range, sale prices, validity and accepting stores.';

create table cards.serial_counter (
  merchant_id uuid primary key,
  last bigint not null check (last >= 0)
);

create table cards.batch (
  merchant_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  version_id uuid not null,
  quantity integer not null check (quantity between 1 and 1000000),
  face_value bigint not null check (face_value > 0),
  first_serial bigint not null,
  status text not null check (status in ('pending', 'running', 'ready', 'failed')),
  data_key bytea,
  released_at timestamptz,
  created_at timestamptz not null,
  primary key (merchant_id, id),
  foreign key (merchant_id, version_id) references cards.program_version (merchant_id, id)
);
comment on column cards.batch.data_key is 'Sealed key that its codes derive from; destroyed at release, and the codes with it.';
create index batch_unfinished on cards.batch (created_at) where status in ('pending', 'running');

create table cards.batch_progress (
  merchant_id uuid not null,
  batch_id uuid not null,
  done integer not null,
  failure text,
  primary key (merchant_id, batch_id)
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
  state text not null check (state in ('generated', 'printed', 'active', 'frozen', 'expired', 'voided', 'replaced')),
  loaded bigint not null default 0,
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
comment on column cards.card.pin_tries is 'Wrong PINs since the last right one; at 5 the PIN channel is locked.';
comment on column cards.card.valid_until is 'Exclusive: the first instant at which it is no longer valid; null: never ends.';
comment on column cards.card.draw is 'How many earlier draws for this serial met a code that was taken.';
create index card_batch on cards.card (merchant_id, batch_id, serial) where batch_id is not null;
create index card_expiry on cards.card (valid_until, merchant_id) where state in ('active', 'frozen') and valid_until is not null;

create table cards.redemption_return (
  merchant_id uuid not null,
  redemption_seq bigint not null,
  returned bigint not null check (returned >= 0),
  reversed boolean not null,
  primary key (merchant_id, redemption_seq)
);
comment on table cards.redemption_return is 'What has gone back of a redemption; no row: nothing.';

create table cards.reveal (
  merchant_id uuid not null,
  card_id uuid not null,
  sealed bytea not null,
  expires_at timestamptz not null,
  primary key (merchant_id, card_id)
);
comment on table cards.reveal is 'Sealed secrets of a card that took another''s place, for a retry of the same request; gone after a day.';
create index reveal_expiry on cards.reveal (expires_at);

grant select, insert, update on cards.program, cards.program_version, cards.serial_counter, cards.batch,
  cards.batch_progress, cards.card, cards.redemption_return to scrip_app;
grant select, insert, delete on cards.reveal to scrip_app;
select platform.guard_by_merchant(guarded::regclass)
from unnest(array['cards.program', 'cards.program_version', 'cards.serial_counter', 'cards.batch', 'cards.batch_progress',
  'cards.card', 'cards.redemption_return', 'cards.reveal']) as guarded;
