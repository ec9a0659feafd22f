-- Members with their balances, and goods, out of the files of another system.
create schema imports;
grant usage on schema imports to scrip_app;

create table imports.import (
  merchant_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('members', 'goods')),
  file_name text not null check (length(file_name) between 1 and 200),
  format text not null check (format in ('csv', 'xlsx')),
  sha256 bytea not null check (length(sha256) = 32),
  bytes bigint not null check (bytes > 0),
  state text not null check (state in
    ('reading', 'failed', 'read', 'checking', 'checked', 'applying', 'applied', 'reversing', 'reversed', 'cancelled')),
  failure text,
  headings jsonb not null,
  quantity integer not null check (quantity >= 0),
  blocks integer not null check (blocks >= 0),
  mapping jsonb not null,
  existing text not null check (existing in ('skip', 'update')),
  store_id uuid,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  checks integer not null check (checks >= 0),
  found jsonb not null,
  done integer not null check (done between 0 and quantity),
  became jsonb not null,
  reversed_done integer not null check (reversed_done between 0 and quantity),
  taken_back jsonb not null,
  revision integer not null check (revision > 0),
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (merchant_id, id)
);
comment on table imports.import is 'A file that was sent in, and how far it is: read, looked through without changing anything, applied, taken back.';
comment on column imports.import.sha256 is 'Of the file as it was sent: whoever keeps it can prove that this is it.';
comment on column imports.import.mapping is 'Which column, counted from 0, holds which field.';
comment on column imports.import.found is 'What the last look through the file found; became and taken_back: what came of it and of taking it back.';
comment on column imports.import.checks is 'How often it was looked through; what is noted of it is of the last time.';
create unique index import_file on imports.import (merchant_id, kind, sha256)
  where state not in ('failed', 'cancelled', 'reversed');
create index import_work on imports.import (merchant_id, id)
  where state in ('reading', 'checking', 'applying', 'reversing');
grant select, insert, update on imports.import to scrip_app;

create table imports.part (
  merchant_id uuid not null,
  import_id uuid not null,
  n integer not null check (n >= 0),
  sealed bytea not null,
  stored_at timestamptz not null,
  primary key (merchant_id, import_id, n)
);
comment on table imports.part is 'The file itself, encrypted piece by piece: the evidence for a time, then gone.';
create index part_age on imports.part (stored_at) where n = 0;
grant select, insert, delete on imports.part to scrip_app;

create table imports.block (
  merchant_id uuid not null,
  import_id uuid not null,
  n integer not null check (n >= 0),
  rows integer not null check (rows > 0),
  state text not null check (state in ('staged', 'applied', 'reversed')),
  sealed bytea,
  primary key (merchant_id, import_id, n)
);
comment on table imports.block is 'Rows of a file that are carried out together, encrypted; its state moves in the transaction that carries them out.';
create index block_work on imports.block (merchant_id, import_id, state, n);
grant select, insert on imports.block to scrip_app;
grant update (state, sealed) on imports.block to scrip_app;

create table imports.progress (
  merchant_id uuid not null,
  import_id uuid not null,
  read jsonb,
  checks integer not null check (checks >= 0),
  blocks integer not null check (blocks >= 0),
  done integer not null check (done >= 0),
  good integer not null check (good >= 0),
  known integer not null check (known >= 0),
  principal bigint not null,
  bonus bigint not null,
  points bigint not null,
  primary key (merchant_id, import_id)
);
comment on column imports.progress.read is 'What reading the file came to; null until it was read.';
comment on table imports.progress is 'How far a file was looked through, and what was found so far. Its row lock is the claim of who reads or looks.';
grant select, insert, update on imports.progress to scrip_app;

create table imports.problem (
  merchant_id uuid not null,
  import_id uuid not null,
  row_number integer not null check (row_number > 0),
  col integer not null check (col >= 0),
  block integer not null check (block >= 0),
  code text not null,
  primary key (merchant_id, import_id, row_number, col)
);
comment on table imports.problem is 'Why a row cannot be imported. What stands in the cell is in the block, and nowhere else.';
grant select, insert, delete on imports.problem to scrip_app;

create table imports.seen (
  merchant_id uuid not null,
  import_id uuid not null,
  key bytea not null check (length(key) = 32),
  primary key (merchant_id, import_id, key)
);
comment on table imports.seen is 'Hashes of the phone numbers or item numbers of a file, so that one that stands there twice is found. Only while it is looked through.';
grant select, insert, delete on imports.seen to scrip_app;

create table imports.row (
  merchant_id uuid not null,
  import_id uuid not null,
  row_number integer not null check (row_number > 0),
  block integer not null check (block >= 0),
  outcome text not null check (outcome in ('created', 'updated', 'skipped', 'refused')),
  code text,
  subject_id uuid,
  subject_revision integer,
  top_up_id uuid,
  principal bigint not null check (principal >= 0),
  bonus bigint not null check (bonus >= 0),
  points bigint not null check (points >= 0),
  points_lot text,
  before jsonb,
  reversal text check (reversal in ('withdrawn', 'taken_back', 'kept', 'nothing')),
  missing_principal bigint not null check (missing_principal between 0 and principal),
  missing_bonus bigint not null check (missing_bonus between 0 and bonus),
  missing_points bigint not null check (missing_points between 0 and points),
  primary key (merchant_id, import_id, row_number)
);
comment on table imports.row is 'What became of a row of a file, and of taking it back: what was spent by then is missing. Nothing that names anybody.';
comment on column imports.row.subject_id is 'The member or the product.';
comment on column imports.row.before is 'Of goods: what was changed, as it was.';
create index row_of_block on imports.row (merchant_id, import_id, block, row_number);
create index row_of_outcome on imports.row (merchant_id, import_id, outcome, row_number);
create index row_missing on imports.row (merchant_id, import_id, row_number)
  where missing_principal + missing_bonus + missing_points > 0;
grant select, insert on imports.row to scrip_app;
grant update (reversal, missing_principal, missing_bonus, missing_points) on imports.row to scrip_app;

select platform.guard_by_merchant(guarded::regclass)
from unnest(array['imports.import', 'imports.part', 'imports.block', 'imports.progress', 'imports.problem', 'imports.seen',
  'imports.row']) as guarded;

-- What another system was told is of none of our terms: version 0.
alter table members.consent drop constraint consent_text_version_check;
alter table members.consent add constraint consent_text_version_check check (text_version >= 0);
comment on column members.consent.text_version is 'Of the merchant''s terms; 0: said to another system, of which the file of an import tells.';

-- An opening balance may be of bonus alone.
alter table wallets.top_up drop constraint top_up_principal_check;
alter table wallets.top_up add constraint top_up_principal_check
  check (principal between 0 and 1000000000000000 and principal + bonus > 0);

create view members.signed_in_view with (security_invoker = true) as
select distinct merchant_id, member_id from members.session;
comment on view members.signed_in_view is 'Who has come in at the public pages at least once.';
grant select on members.signed_in_view to scrip_app;
