create schema programs;
grant usage on schema programs to scrip_app;

create table programs.program (
  merchant_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('gift')),
  state text not null check (state in ('active', 'retired')),
  version_id uuid not null,
  version integer not null,
  created_at timestamptz not null,
  primary key (merchant_id, id)
);
comment on column programs.program.version_id is 'The terms that new cards get. Cards already issued keep theirs.';

create table programs.version (
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
comment on column programs.version.terms is 'Denominations, range, sale prices, validity and accepting stores.';

grant select, insert, update on programs.program to scrip_app;
grant select, insert on programs.version to scrip_app;
select platform.guard_by_merchant(guarded::regclass)
from unnest(array['programs.program', 'programs.version']) as guarded;

create view programs.version_view with (security_invoker = true) as
select merchant_id, id, program_id, version, name_zh, name_en, currency, has_pin, bearer from programs.version;
grant select on programs.version_view to scrip_app;
