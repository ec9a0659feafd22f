create schema batches;
grant usage on schema batches to scrip_app;

create table batches.batch (
  merchant_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  version_id uuid not null,
  quantity integer not null check (quantity between 1 and 1000000),
  face_value bigint not null check (face_value > 0),
  first_serial bigint not null check (first_serial > 0),
  status text not null check (status in ('generating', 'ready', 'failed')),
  failure text,
  released_at timestamptz,
  created_at timestamptz not null,
  primary key (merchant_id, id),
  constraint batch_failure check ((status = 'failed') = (failure is not null)),
  constraint batch_released_when_ready check (released_at is null or status = 'ready')
);
comment on column batches.batch.version_id is 'The terms that its cards are issued under; a later edit of the program does not reach them.';
create index batch_generating on batches.batch (created_at) where status = 'generating';
create index batch_released on batches.batch (released_at) where released_at is not null;

create table batches.progress (
  merchant_id uuid not null,
  batch_id uuid not null,
  done integer not null check (done >= 0),
  primary key (merchant_id, batch_id),
  foreign key (merchant_id, batch_id) references batches.batch (merchant_id, id)
) with (fillfactor = 50);
comment on table batches.progress is 'How many of its cards are there. Moves in the transaction that inserts them; its row lock is the claim of the process at work.';

create table batches.data_key (
  merchant_id uuid not null,
  batch_id uuid not null,
  sealed bytea not null,
  primary key (merchant_id, batch_id),
  foreign key (merchant_id, batch_id) references batches.batch (merchant_id, id)
);
comment on table batches.data_key is 'What a batch''s codes derive from, sealed by the key file. The row is deleted at release, and the codes with it.';

grant select, insert, update on batches.batch, batches.progress to scrip_app;
grant select, insert, delete on batches.data_key to scrip_app;
select platform.guard_by_merchant(guarded::regclass)
from unnest(array['batches.batch', 'batches.progress', 'batches.data_key']) as guarded;
