create schema people;
grant usage on schema people to scrip_app;

create table people.staff (
  merchant_id uuid not null,
  id uuid not null,
  name text not null,
  role text not null,
  state text not null check (state in ('active', 'left')),
  created_at timestamptz not null,
  primary key (merchant_id, id)
);

create table people.api_key (
  merchant_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('secret', 'public')),
  name text not null,
  prefix text not null,
  secret_hash bytea not null,
  staff_id uuid,
  device_id uuid,
  permissions text[] not null,
  store_ids uuid[],
  ceilings jsonb not null default '{}',
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  primary key (merchant_id, id),
  foreign key (merchant_id, staff_id) references people.staff (merchant_id, id)
);
comment on column people.api_key.secret_hash is 'SHA-256 of the key, which has 256 random bits: a slow hash would protect nothing more.';
comment on column people.api_key.store_ids is 'The stores that it may act for; null: all.';
create index api_key_secret_hash on people.api_key (secret_hash);

create table people.key_use (
  merchant_id uuid not null,
  key_id uuid not null,
  last_used_at timestamptz not null,
  primary key (merchant_id, key_id)
);
comment on table people.key_use is 'Apart from the key, so that noting a use never waits for, or makes wait, what moves value.';

grant select, insert, update on people.staff, people.api_key, people.key_use to scrip_app;
select platform.guard_by_merchant(guarded::regclass)
from unnest(array['people.staff', 'people.api_key', 'people.key_use']) as guarded;
