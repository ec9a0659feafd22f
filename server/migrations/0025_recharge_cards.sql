create schema rechargecards;
grant usage on schema rechargecards to scrip_app;

create table rechargecards.batch (
  merchant_id uuid not null,
  id uuid not null,
  prefix text not null check (prefix ~ '^[1-9][0-9]{3}$'),
  name text not null check (length(name) between 1 and 80),
  quantity integer not null check (quantity between 1 and 1000000),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  face_value bigint not null check (face_value > 0),
  sale_price bigint not null check (sale_price >= 0),
  bonus bigint not null check (bonus >= 0),
  validity jsonb not null,
  activation text not null check (activation in ('on_sale', 'on_release')),
  store_id uuid,
  status text not null check (status in ('generating', 'ready', 'failed')),
  failure text,
  released_at timestamptz,
  voided_at timestamptz,
  created_at timestamptz not null,
  primary key (merchant_id, id),
  constraint batch_failure check ((status = 'failed') = (failure is not null)),
  constraint batch_released_when_ready check (released_at is null or status = 'ready'),
  constraint batch_answered_for check (activation = 'on_sale' or store_id is not null)
);
comment on table rechargecards.batch is 'Recharge cards that are made together, on the same terms.';
comment on column rechargecards.batch.prefix is 'What their numbers begin with, and no other batch''s: by it a number tells its face value without telling whether there is such a card.';
comment on column rechargecards.batch.sale_price is 'What one is sold for: with the face value the paid ratio of what it puts on a wallet.';
create unique index batch_prefix on rechargecards.batch (merchant_id, prefix);
create index batch_generating on rechargecards.batch (created_at) where status = 'generating';

create table rechargecards.progress (
  merchant_id uuid not null,
  batch_id uuid not null,
  done integer not null check (done >= 0),
  primary key (merchant_id, batch_id),
  foreign key (merchant_id, batch_id) references rechargecards.batch (merchant_id, id)
) with (fillfactor = 50);
comment on table rechargecards.progress is 'How many cards of a batch are there; its row lock is the claim of the process at work.';

create table rechargecards.data_key (
  merchant_id uuid not null,
  batch_id uuid not null,
  sealed bytea not null,
  primary key (merchant_id, batch_id),
  foreign key (merchant_id, batch_id) references rechargecards.batch (merchant_id, id)
);
comment on table rechargecards.data_key is 'What numbers and passwords derive from, sealed by the key file. Deleted at release, and the passwords with it.';

create table rechargecards.card (
  merchant_id uuid not null,
  id uuid not null,
  batch_id uuid not null,
  serial bigint not null check (serial >= 0),
  number text not null check (number ~ '^[0-9]{16}$'),
  password_hash bytea not null,
  key_version integer not null,
  draw integer not null check (draw >= 0),
  state text not null check (state in ('made', 'sold', 'used', 'void')),
  tries integer not null default 0 check (tries between 0 and 5),
  sold_store_id uuid,
  sold_at timestamptz,
  used_by uuid,
  used_at timestamptz,
  primary key (merchant_id, id),
  constraint card_sold check ((sold_store_id is null) = (sold_at is null) and (state <> 'sold' or sold_at is not null)),
  constraint card_used check ((state = 'used') = (used_at is not null) and (used_at is null) = (used_by is null))
) with (fillfactor = 90);
comment on table rechargecards.card is 'A number and a password, good for one top-up. The row whose id is the merchant''s stands in for unknown numbers.';
comment on column rechargecards.card.password_hash is 'HMAC over merchant, number and password, under a key outside the database.';
comment on column rechargecards.card.tries is 'Wrong passwords in a row; at five it is locked.';
create unique index card_number on rechargecards.card (merchant_id, number);
create unique index card_serial on rechargecards.card (merchant_id, batch_id, serial);
create index card_state on rechargecards.card (merchant_id, batch_id, state) include (tries);
create index card_of_store on rechargecards.card (merchant_id, sold_store_id, id) where sold_store_id is not null;
create index card_of_member on rechargecards.card (merchant_id, used_by) where used_by is not null;

grant select, insert, update on rechargecards.batch, rechargecards.progress, rechargecards.card to scrip_app;
grant select, insert, delete on rechargecards.data_key to scrip_app;
select platform.guard_by_merchant(guarded::regclass)
from unnest(array['rechargecards.batch', 'rechargecards.progress', 'rechargecards.data_key', 'rechargecards.card']) as guarded;
