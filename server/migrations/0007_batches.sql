create schema batches;
grant usage on schema batches to scrip_app;

create table batches.batch (
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
  primary key (merchant_id, id)
);
comment on column batches.batch.data_key is 'Sealed key that its codes derive from; destroyed at release, and the codes with it.';
create index batch_unfinished on batches.batch (created_at) where status in ('pending', 'running');

create table batches.progress (
  merchant_id uuid not null,
  batch_id uuid not null,
  done integer not null,
  failure text,
  primary key (merchant_id, batch_id)
);

grant select, insert, update on batches.batch, batches.progress to scrip_app;
select platform.guard_by_merchant(guarded::regclass)
from unnest(array['batches.batch', 'batches.progress']) as guarded;
