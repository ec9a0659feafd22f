create schema people;
grant usage on schema people to scrip_app;

create table people.staff (
  merchant_id uuid not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 200),
  role text not null,
  state text not null check (state in ('active', 'left')),
  created_at timestamptz not null,
  primary key (merchant_id, id)
);
comment on column people.staff.role is 'What their keys can do at most.';

create table people.api_key (
  merchant_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('secret', 'public')),
  name text not null check (length(name) between 1 and 200),
  prefix text not null,
  secret_hash bytea not null check (length(secret_hash) = 32),
  staff_id uuid,
  device_id uuid,
  role text,
  permissions text[] not null default '{}',
  store_ids uuid[],
  ceilings jsonb not null default '{}',
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  primary key (merchant_id, id),
  foreign key (merchant_id, staff_id) references people.staff (merchant_id, id),
  constraint api_key_role_or_permissions check ((role is null) = (cardinality(permissions) > 0))
);
comment on column people.api_key.secret_hash is 'SHA-256 of the key, which has 256 random bits: a slow hash would protect nothing more.';
comment on column people.api_key.role is 'Where it is set the key can do what the role can, also what a later version adds to it.';
comment on column people.api_key.store_ids is 'The stores that it may act for; null: all.';
comment on column people.api_key.ceilings is 'The largest amount for a permission, minor units as text: {"cards.redeem": "50000"}.';
create index api_key_secret_hash on people.api_key (secret_hash);
create index api_key_role on people.api_key (merchant_id, role) where revoked_at is null and role is not null;
create index api_key_staff on people.api_key (merchant_id, staff_id) where revoked_at is null and staff_id is not null;

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
