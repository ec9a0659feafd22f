-- What one person does not do alone, and what waits for a second one.
alter table people.api_key add column made_by uuid;
comment on column people.api_key.made_by is 'The person who had it made, and so has seen it; null: the operator.';

create table people.policy (
  merchant_id uuid primary key,
  rules jsonb not null,
  wait_hours integer not null check (wait_hours between 1 and 720),
  proven_above bigint not null check (proven_above >= 0)
);
comment on table people.policy is 'How much a merchant lets one person do alone; no row: the standard policy.';
comment on column people.policy.rules is 'Above which amount, minor units as text, a second person is needed: {"refund": {"isOn": true, "above": "100000"}}.';
comment on column people.policy.proven_above is 'Above which amount who signed in proves anew who they are.';
grant select, insert, update on people.policy to scrip_app;
select platform.guard_by_merchant('people.policy');

create schema approvals;
grant usage on schema approvals to scrip_app;

create table approvals.approval (
  merchant_id uuid not null,
  id uuid not null,
  kind text not null,
  use_case text not null,
  permission text not null,
  input_sealed bytea not null,
  input_hash bytea not null check (length(input_hash) = 32),
  diff text not null,
  revision integer not null check (revision >= 1),
  store_id uuid,
  amount bigint,
  asked_by uuid not null,
  key_id uuid,
  persons uuid[] not null,
  idempotency_key text,
  fingerprint bytea,
  state text not null check (state in ('pending', 'permitted', 'done', 'rejected', 'withdrawn', 'expired')),
  decided_by uuid,
  decided_by_person uuid,
  decided_at timestamptz,
  reason text,
  result text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (merchant_id, id),
  constraint approval_second_person check (decided_by_person <> all (persons))
);
comment on table approvals.approval is 'Commands that wait for a second person, and what came of them.';
comment on column approvals.approval.input_sealed is 'What was asked for, to the last detail, under the key file.';
comment on column approvals.approval.input_hash is 'Keyed hash of it, by which who asked is let do it once it is permitted.';
comment on column approvals.approval.diff is 'What will happen, JSON: by it the second person decides.';
comment on column approvals.approval.revision is 'Which diff it is: when the rows change it is asked again.';
comment on column approvals.approval.persons is 'Who asked: the person, and of a key who made it. None of them approves it.';
comment on column approvals.approval.expires_at is 'Until when it may be decided; once permitted, until when it may be done.';
create index approval_state on approvals.approval (merchant_id, state, id);
create index approval_permitted on approvals.approval (merchant_id, input_hash) where state = 'permitted';
create index approval_expires on approvals.approval (expires_at) where state in ('pending', 'permitted');

grant select, insert, update on approvals.approval to scrip_app;
select platform.guard_by_merchant('approvals.approval');
