create schema ledger;
grant usage on schema ledger to scrip_app;

create table ledger.journal (
  merchant_id uuid primary key,
  seq bigint not null default 0 check (seq >= 0),
  hash bytea not null,
  frozen_reason text,
  frozen_at timestamptz,
  verified_seq bigint not null default 0,
  verified_at timestamptz
) with (fillfactor = 50);
comment on table ledger.journal is 'One row a merchant: the head of its log. Its row lock is the one lock that a batch takes.';
comment on column ledger.journal.hash is 'Hash of the entry numbered seq; at seq 0 a hash of the merchant''s id.';
comment on column ledger.journal.frozen_reason is 'Set by the verifier on a mismatch: nothing moves until an operator has looked.';

create table ledger.activity (
  merchant_id uuid not null,
  seq bigint not null check (seq > 0),
  type text not null,
  occurred_at timestamptz not null,
  actor_id uuid not null,
  store_id uuid,
  subject_id uuid,
  related_seq bigint,
  reference text,
  amount bigint,
  details text,
  idempotency_key text,
  fingerprint bytea,
  result text,
  hash bytea not null,
  primary key (merchant_id, seq)
);
comment on table ledger.activity is 'The append-only log: what happened, in the order in which it was committed. Also the outbox.';
comment on column ledger.activity.details is 'JSON, kept as text to the byte because the hash covers it.';
comment on column ledger.activity.result is 'The answer given under idempotency_key, JSON text to the byte.';
comment on column ledger.activity.related_seq is 'The earlier activity that this one refunds, reverses, captures or releases.';
create unique index activity_idempotency_key on ledger.activity (merchant_id, idempotency_key)
  where idempotency_key is not null;
create unique index activity_reference on ledger.activity (merchant_id, reference, store_id)
  where reference is not null;
create index activity_subject on ledger.activity (merchant_id, subject_id, seq) where subject_id is not null;
create index activity_occurred_at on ledger.activity using brin (occurred_at) with (pages_per_range = 16);

create table ledger.account (
  merchant_id uuid not null references ledger.journal,
  id uuid not null,
  owner_id uuid not null,
  purpose text not null,
  detail text not null default '',
  asset text not null,
  balance bigint not null default 0 check (balance between -1000000000000000 and 1000000000000000),
  held bigint not null default 0 check (held >= 0),
  floor bigint,
  ceiling bigint,
  state text not null default 'open' check (state in ('open', 'frozen', 'closed')),
  usable_from timestamptz,
  usable_until timestamptz,
  postings bigint not null default 0 check (postings >= 0),
  primary key (merchant_id, id),
  constraint account_terms unique (merchant_id, owner_id, purpose, detail, asset),
  constraint account_floor check (floor is null or balance - held >= floor),
  constraint account_ceiling check (ceiling is null or balance <= ceiling)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
comment on table ledger.account is 'A balance of one asset. Lots with equal terms are one account; its terms are in detail.';
comment on column ledger.account.owner_id is 'The card, the store or the merchant that it belongs to.';
comment on column ledger.account.postings is 'How many postings it has had: the account_seq of the last one.';

create table ledger.posting (
  merchant_id uuid not null,
  activity_seq bigint not null,
  line smallint not null check (line > 0),
  account_id uuid not null,
  account_seq bigint not null check (account_seq > 0),
  amount bigint not null check (amount <> 0 and amount between -1000000000000000 and 1000000000000000),
  balance_after bigint not null,
  primary key (merchant_id, account_id, account_seq)
);
comment on column ledger.posting.line is 'Its place among the postings of its activity.';
comment on table ledger.posting is 'Append-only. The postings of an activity sum to zero in each asset.';
create index posting_activity on ledger.posting (merchant_id, activity_seq);

create table ledger.hold (
  merchant_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  seq bigint not null,
  amount bigint not null check (amount > 0),
  captured bigint not null default 0 check (captured >= 0 and captured <= amount),
  state text not null check (state in ('open', 'captured', 'released', 'expired')),
  parts jsonb not null,
  store_id uuid not null,
  reference text,
  expires_at timestamptz not null,
  ended_seq bigint,
  primary key (merchant_id, id)
) with (fillfactor = 80);
comment on table ledger.hold is 'A reservation on the lots of one owner; it ends once: captured, released or expired.';
comment on column ledger.hold.parts is 'Which account holds how much: [{"accountId", "amount"}], amounts as text.';
comment on column ledger.hold.ended_seq is 'The activity that captured, released or expired it.';
create index hold_owner on ledger.hold (merchant_id, owner_id, expires_at) where state = 'open';
create index hold_expiry on ledger.hold (expires_at, merchant_id) where state = 'open';

grant select, insert, update on ledger.journal, ledger.account, ledger.hold to scrip_app;
grant select, insert on ledger.activity, ledger.posting to scrip_app;

select platform.guard_by_merchant(guarded::regclass)
from unnest(array['ledger.journal', 'ledger.activity', 'ledger.account', 'ledger.posting', 'ledger.hold']) as guarded;

-- What other modules and outlets may read.
create view ledger.store_movement_view with (security_invoker = true) as
select p.merchant_id, a.owner_id, a.purpose, a.detail, a.asset, p.activity_seq, p.amount
from ledger.posting p
join ledger.account a on a.merchant_id = p.merchant_id and a.id = p.account_id;
comment on view ledger.store_movement_view is 'Postings with the terms of their accounts, for statements.';
create view ledger.activity_view with (security_invoker = true) as
select merchant_id, seq, type, occurred_at, actor_id, store_id, subject_id, related_seq, reference, amount, details
from ledger.activity;
create view ledger.account_view with (security_invoker = true) as
select merchant_id, id, owner_id, purpose, detail, asset, balance, held, state from ledger.account;
create view ledger.hold_view with (security_invoker = true) as
select merchant_id, owner_id, amount, state, expires_at from ledger.hold;
create view ledger.owner_posting_view with (security_invoker = true) as
select p.merchant_id, p.activity_seq, p.line, p.account_id, a.owner_id, p.amount, p.balance_after
from ledger.posting p
join ledger.account a on a.merchant_id = p.merchant_id and a.id = p.account_id;
grant select on ledger.hold_view, ledger.owner_posting_view, ledger.store_movement_view, ledger.activity_view, ledger.account_view to scrip_app;
