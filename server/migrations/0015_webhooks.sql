create schema webhooks;
grant usage on schema webhooks to scrip_app;

create table webhooks.endpoint (
  merchant_id uuid not null,
  id uuid not null,
  url text not null check (length(url) between 1 and 2000),
  description text check (length(description) between 1 and 200),
  event_types text[],
  state text not null check (state in ('active', 'disabled')),
  disabled_reason text check (disabled_reason in ('by_hand', 'gone', 'failing')),
  secret_sealed bytea not null,
  previous_sealed bytea,
  previous_until timestamptz,
  from_seq bigint not null check (from_seq > 0),
  created_at timestamptz not null,
  primary key (merchant_id, id),
  constraint endpoint_disabled check ((state = 'disabled') = (disabled_reason is not null)),
  constraint endpoint_previous check ((previous_sealed is null) = (previous_until is null))
);
comment on table webhooks.endpoint is 'Where a merchant wants its news sent.';
comment on column webhooks.endpoint.event_types is 'Null: all there are, also those that a later version adds.';
comment on column webhooks.endpoint.secret_sealed is 'What its messages are signed with, encrypted under a key that is not in the database.';
comment on column webhooks.endpoint.previous_sealed is 'The secret before it was rotated; until previous_until messages carry both signatures.';
comment on column webhooks.endpoint.from_seq is 'The entry of the log that made it: what came later is its news.';

create table webhooks.progress (
  merchant_id uuid not null,
  endpoint_id uuid not null,
  read_seq bigint not null,
  failing_since timestamptz,
  primary key (merchant_id, endpoint_id),
  foreign key (merchant_id, endpoint_id) references webhooks.endpoint (merchant_id, id)
);
comment on table webhooks.progress is 'How far the log was read for an endpoint; its row lock lets one process at a time claim its deliveries.';
comment on column webhooks.progress.failing_since is 'The first failure after the last success.';

create table webhooks.delivery (
  merchant_id uuid not null,
  endpoint_id uuid not null,
  seq bigint not null,
  type text not null,
  occurred_at timestamptz not null,
  subject_id uuid,
  state text not null check (state in ('waiting', 'sending', 'delivered', 'dead')),
  tries integer not null default 0 check (tries >= 0),
  due_at timestamptz not null,
  claim uuid,
  ended_at timestamptz,
  primary key (merchant_id, endpoint_id, seq),
  constraint delivery_claim check ((state = 'sending') = (claim is not null)),
  constraint delivery_ended check ((state in ('delivered', 'dead')) = (ended_at is not null)),
  foreign key (merchant_id, endpoint_id) references webhooks.endpoint (merchant_id, id)
) with (fillfactor = 70);
comment on table webhooks.delivery is 'One entry of the log on its way to one endpoint. What is sent is made of the log, not kept here.';
comment on column webhooks.delivery.tries is 'Attempts that ended, since it was last begun.';
comment on column webhooks.delivery.due_at is 'When it is sent next; while it is being sent: when whoever claimed it is taken for dead.';
create index delivery_due on webhooks.delivery (merchant_id, endpoint_id, seq) where state in ('waiting', 'sending');
create index delivery_subject on webhooks.delivery (merchant_id, endpoint_id, subject_id, seq)
  where state in ('waiting', 'sending');
create index delivery_ended on webhooks.delivery (ended_at) where state in ('delivered', 'dead');

create table webhooks.attempt (
  merchant_id uuid not null,
  id uuid not null,
  endpoint_id uuid not null,
  seq bigint not null,
  at timestamptz not null,
  duration_ms integer not null check (duration_ms >= 0),
  status smallint,
  failure text,
  request_head text not null,
  response_head text,
  response_body text,
  primary key (merchant_id, id),
  foreign key (merchant_id, endpoint_id, seq) references webhooks.delivery (merchant_id, endpoint_id, seq) on delete cascade
);
comment on table webhooks.attempt is 'What was sent and what came back, the beginning of it.';
create index attempt_delivery on webhooks.attempt (merchant_id, endpoint_id, seq, id);

create table webhooks.resend (
  merchant_id uuid not null,
  id uuid not null,
  endpoint_id uuid not null,
  next_seq bigint not null,
  until_seq bigint not null,
  since timestamptz,
  until timestamptz,
  done boolean not null default false,
  primary key (merchant_id, id),
  foreign key (merchant_id, endpoint_id) references webhooks.endpoint (merchant_id, id)
);
comment on table webhooks.resend is 'Entries of the log that are to be sent to an endpoint again: from next_seq to before until_seq, within the times.';
create index resend_open on webhooks.resend (merchant_id, endpoint_id) where not done;

grant select, insert, update on webhooks.endpoint, webhooks.progress, webhooks.delivery, webhooks.attempt, webhooks.resend
  to scrip_app;
grant delete on webhooks.delivery, webhooks.attempt to scrip_app;
select platform.guard_by_merchant(guarded::regclass)
from unnest(array['webhooks.endpoint', 'webhooks.progress', 'webhooks.delivery', 'webhooks.attempt', 'webhooks.resend'])
  as guarded;

-- How long each log is, for those that read it.
create view ledger.journal_view with (security_invoker = true) as
select merchant_id, seq from ledger.journal;
grant select on ledger.journal_view to scrip_app;
