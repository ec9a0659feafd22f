-- What stores pay each other, and which store takes what others sold: laid down in versions that stay as they were.
create schema settlement;
grant usage on schema settlement to scrip_app;

alter table merchants.store add column ownership text not null default 'direct' check (ownership in ('direct', 'franchise'));
comment on column merchants.store.ownership is 'Whether the merchant runs it itself, or somebody does under its name.';
create or replace view merchants.store_view with (security_invoker = true) as
  select merchant_id, id, code, name, region, legal_entity_id, state, ownership from merchants.store;

create table settlement.version (
  merchant_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('terms', 'acceptance')),
  number integer not null check (number > 0),
  valid_from timestamptz not null,
  note text check (length(note) between 1 and 500),
  body jsonb not null,
  created_at timestamptz not null,
  primary key (merchant_id, id),
  unique (merchant_id, kind, number)
);
comment on table settlement.version is 'Terms between stores, and who takes whose cards, each from valid_from until a later one. Never changed.';
grant select, insert on settlement.version to scrip_app;

create table settlement.party (
  merchant_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('issuer', 'sponsor')),
  name text not null check (length(name) between 1 and 100),
  created_at timestamptz not null,
  primary key (merchant_id, id),
  unique (merchant_id, name)
);
comment on table settlement.party is 'Who bears cost beside the merchant and its stores.';
grant select, insert on settlement.party to scrip_app;

select platform.guard_by_merchant(guarded::regclass) from unnest(array['settlement.version', 'settlement.party']) as guarded;

create view settlement.party_view with (security_invoker = true) as
  select merchant_id, id, kind, name from settlement.party;
grant select on settlement.party_view to scrip_app;
