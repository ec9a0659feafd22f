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
  kind text not null check (kind in ('gift')),
  name_zh text not null check (length(name_zh) between 1 and 100),
  name_en text not null check (length(name_en) between 1 and 100),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  has_pin boolean not null,
  bearer boolean not null,
  medium text not null check (medium in ('physical', 'digital')),
  reloadable boolean not null,
  transferable boolean not null,
  terms jsonb not null,
  created_at timestamptz not null,
  primary key (merchant_id, id),
  unique (merchant_id, program_id, version)
);
comment on column programs.version.terms is 'Denominations, range, sale prices, validity, accepting stores and the most it may hold; amounts as text.';

grant select, insert, update on programs.program to scrip_app;
grant select, insert on programs.version to scrip_app;
select platform.guard_by_merchant(guarded::regclass)
from unnest(array['programs.program', 'programs.version']) as guarded;

create view programs.version_view with (security_invoker = true) as
select merchant_id, id, program_id, version, name_zh, name_en, currency, has_pin, bearer from programs.version;
grant select on programs.version_view to scrip_app;
