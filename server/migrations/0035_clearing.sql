-- What stores owe each other, by period: drawn up, answered by each store, closed for good, netted and paid; and the end of each store's day.
create schema clearing;
grant usage on schema clearing to scrip_app;

create or replace view ledger.owner_posting_view with (security_invoker = true) as
  select p.merchant_id, p.activity_seq, p.line, p.account_id, a.owner_id, p.amount, p.balance_after, a.purpose, a.detail, a.asset,
    p.account_seq
  from ledger.posting p join ledger.account a on a.merchant_id = p.merchant_id and a.id = p.account_id;

create table clearing.period (
  merchant_id uuid not null,
  id uuid not null,
  number integer not null check (number > 0),
  from_seq bigint not null,
  to_seq bigint not null,
  covers_from timestamptz,
  covers_until timestamptz not null,
  answer_by timestamptz not null,
  state text not null check (state in ('drawn', 'closed')),
  created_at timestamptz not null,
  closed_at timestamptz,
  closed_by uuid,
  primary key (merchant_id, id),
  unique (merchant_id, number),
  unique (merchant_id, from_seq),
  check (from_seq < to_seq),
  check ((state = 'closed') = (closed_at is not null and closed_by is not null))
);
comment on table clearing.period is 'A cut of the log, for all stores alike: from from_seq up to to_seq, exclusive, each where the last one ended. What is in it never changes.';
comment on column clearing.period.answer_by is 'Until then the period waits for each store to confirm or dispute; later, silence does not keep it open.';

create table clearing.statement (
  merchant_id uuid not null,
  id uuid not null,
  period_id uuid not null,
  owner_id uuid not null,
  party text not null check (party in ('store', 'merchant', 'other')),
  state text not null check (state in ('drawn', 'disputed', 'answered', 'confirmed')),
  reason text check (length(reason) between 1 and 500),
  said_at timestamptz,
  said_by uuid,
  closed_at timestamptz,
  primary key (merchant_id, id),
  unique (merchant_id, period_id, owner_id)
);
comment on table clearing.statement is 'What one party owes and is owed in a period, and what it says to that. The figures are read off the ledger.';
create index statement_owner on clearing.statement (merchant_id, owner_id, id);

create table clearing.adjustment (
  merchant_id uuid not null,
  id uuid not null,
  statement_id uuid not null,
  period_id uuid not null,
  owner_id uuid not null,
  counterpart_id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount bigint not null check (amount <> 0),
  reason text not null check (length(reason) between 1 and 500),
  seq bigint not null,
  created_at timestamptz not null,
  created_by uuid not null,
  primary key (merchant_id, id)
);
comment on table clearing.adjustment is 'Corrections of a statement, booked after its period ended. Never changed.';
create index adjustment_statement on clearing.adjustment (merchant_id, statement_id, id);

create table clearing.netting (
  merchant_id uuid not null,
  period_id uuid not null,
  number integer not null,
  created_at timestamptz not null,
  primary key (merchant_id, period_id)
);
comment on table clearing.netting is 'Closed periods up to whose end each pair was moved to the merchant. Never changed.';

create table clearing.payment (
  merchant_id uuid not null,
  id uuid not null,
  period_id uuid not null,
  payer_id uuid not null,
  payee_id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount bigint not null check (amount > 0),
  state text not null check (state in ('due', 'paid', 'replaced')),
  reference text check (length(reference) between 1 and 64),
  created_at timestamptz not null,
  paid_at timestamptz,
  paid_by uuid,
  primary key (merchant_id, id),
  check ((state = 'paid') = (paid_at is not null and paid_by is not null and reference is not null))
);
comment on table clearing.payment is 'What is left to be paid once a period was netted. A later netting takes the place of what is still due.';
create index payment_due on clearing.payment (merchant_id) where state = 'due';

create table clearing.day_close (
  merchant_id uuid not null,
  id uuid not null,
  store_id uuid not null,
  number integer not null check (number > 0),
  from_seq bigint not null,
  to_seq bigint not null,
  tenders jsonb not null,
  reason text check (length(reason) between 1 and 500),
  closed_at timestamptz not null,
  closed_by uuid not null,
  primary key (merchant_id, id),
  unique (merchant_id, store_id, number),
  check (from_seq < to_seq)
);
comment on table clearing.day_close is 'The end of a store''s day: what each tender took since the last one, what was counted, and the difference that was booked. Never changed.';

grant select, insert on clearing.period, clearing.statement, clearing.adjustment, clearing.netting, clearing.payment, clearing.day_close to scrip_app;
grant update (state, closed_at, closed_by) on clearing.period to scrip_app;
grant update (state, reason, said_at, said_by, closed_at) on clearing.statement to scrip_app;
grant update (state, reference, paid_at, paid_by) on clearing.payment to scrip_app;
select platform.guard_by_merchant(guarded::regclass) from unnest(array['clearing.period', 'clearing.statement',
  'clearing.adjustment', 'clearing.netting', 'clearing.payment', 'clearing.day_close']) as guarded;

-- What was closed stays, whoever asks.
create policy closed_stays on clearing.period as restrictive for update using (state <> 'closed') with check (true);
create policy closed_stays on clearing.statement as restrictive for update using (closed_at is null) with check (true);
create policy settled_stays on clearing.payment as restrictive for update using (state = 'due') with check (true);

-- A second person sees what corrects a statement, as where nobody chose.
select set_config('scrip.merchant_id', '*', true);
update people.policy set rules = rules || '{"settle": {"isOn": true, "above": "0"}}'::jsonb where not rules ? 'settle';
select set_config('scrip.merchant_id', '', true);
