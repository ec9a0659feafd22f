-- A region is a thing with a name. Its code is what stores, scopes of staff and terms of programs name, and never
-- changes: the texts that stood there become codes, so what was agreed is not rewritten and means what it meant.
create table merchants.region (
  merchant_id uuid not null references merchants.merchant (merchant_id),
  id uuid not null,
  code text not null check (length(code) between 1 and 64),
  name text not null check (length(name) between 1 and 64),
  state text not null check (state in ('active', 'retired')),
  created_at timestamptz not null,
  primary key (merchant_id, id),
  constraint region_code unique (merchant_id, code),
  constraint region_name unique (merchant_id, name)
);
comment on table merchants.region is 'Where a chain has stores: scopes of staff, terms of cards and rules of acceptance go by it.';
comment on column merchants.region.code is 'What stores, scopes and terms name it by; never changes.';
comment on column merchants.region.state is 'No store is in a retired one.';

insert into merchants.region (merchant_id, id, code, name, state, created_at)
  select merchant_id, gen_random_uuid(), code, code, 'active', now()
  from (
    select merchant_id, region as code from merchants.store where region is not null
    union
    select merchant_id, unnest(regions) from people.staff
    union
    select merchant_id, unnest(regions) from invitations.invitation
    union
    select merchant_id, jsonb_array_elements_text(terms #> '{stores,regions}') from programs.version
    where terms #>> '{stores,type}' = 'regions'
  ) as named
  order by merchant_id, code;

alter table merchants.store add constraint store_region
  foreign key (merchant_id, region) references merchants.region (merchant_id, code);
comment on column merchants.store.region is 'The code of its region.';

grant select, insert, update on merchants.region to scrip_app;
select platform.guard_by_merchant('merchants.region');
