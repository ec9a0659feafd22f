create schema merchants;
grant usage on schema merchants to scrip_app;

create table merchants.merchant (
  merchant_id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  timezone text not null,
  created_at timestamptz not null
);
comment on column merchants.merchant.timezone is 'IANA zone: where its days end.';

create table merchants.legal_entity (
  merchant_id uuid not null references merchants.merchant,
  id uuid not null,
  name text not null check (length(name) between 1 and 200),
  registration text check (length(registration) between 1 and 100),
  created_at timestamptz not null,
  primary key (merchant_id, id)
);
comment on column merchants.legal_entity.registration is 'Its number in the companies register, as the merchant writes it.';

create table merchants.store (
  merchant_id uuid not null references merchants.merchant,
  id uuid not null,
  code text not null check (length(code) between 1 and 64),
  name text not null check (length(name) between 1 and 200),
  region text check (length(region) between 1 and 64),
  legal_entity_id uuid,
  state text not null check (state in ('open', 'closed')),
  created_at timestamptz not null,
  primary key (merchant_id, id),
  constraint store_code unique (merchant_id, code),
  foreign key (merchant_id, legal_entity_id) references merchants.legal_entity (merchant_id, id)
);
comment on column merchants.store.code is 'The merchant''s own name for it; never changes.';

create table merchants.device (
  merchant_id uuid not null references merchants.merchant,
  id uuid not null,
  store_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  state text not null check (state in ('active', 'revoked')),
  created_at timestamptz not null,
  primary key (merchant_id, id),
  foreign key (merchant_id, store_id) references merchants.store (merchant_id, id)
);
comment on table merchants.device is 'A till, terminal or handheld. It stays in its store; revoked, its keys are dead.';

grant select, insert, update on merchants.merchant, merchants.legal_entity, merchants.store, merchants.device to scrip_app;
select platform.guard_by_merchant(guarded::regclass)
from unnest(array['merchants.merchant', 'merchants.legal_entity', 'merchants.store', 'merchants.device']) as guarded;

-- What other modules and outlets may read.
create view merchants.store_view with (security_invoker = true) as
select merchant_id, id, code, name, region, legal_entity_id from merchants.store;
create view merchants.device_view with (security_invoker = true) as
select merchant_id, id, store_id, name, state, created_at from merchants.device;
grant select on merchants.store_view, merchants.device_view to scrip_app;
