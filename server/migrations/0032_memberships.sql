-- What members buy to be members, and how far they are on the merchant's tiers.
create schema memberships;
grant usage on schema memberships to scrip_app;

create table memberships.plan (
  merchant_id uuid not null,
  id uuid not null,
  version integer not null check (version > 0),
  state text not null check (state in ('active', 'retired')),
  name_zh text not null check (length(name_zh) between 1 and 100),
  name_en text not null check (length(name_en) between 1 and 100),
  span_count integer not null check (span_count > 0),
  span_unit text not null check (span_unit in ('days', 'months', 'years')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  price bigint not null check (price between 0 and 1000000000000000),
  discount jsonb not null,
  grace_days integer not null check (grace_days between 0 and 366),
  pause_days_max integer not null check (pause_days_max between 0 and 3660),
  created_at timestamptz not null,
  primary key (merchant_id, id, version)
);
comment on table memberships.plan is 'Card types in all their versions. The last is sold; a membership keeps the one that it was bought in. Never changed.';
comment on column memberships.plan.discount is 'Parts per million off, by category where one has its own; walletPpm where all is paid out of the wallet.';
grant select, insert on memberships.plan to scrip_app;

create table memberships.ladder (
  merchant_id uuid not null,
  number integer not null check (number > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  body jsonb not null,
  created_at timestamptz not null,
  primary key (merchant_id, number)
);
comment on table memberships.ladder is 'A merchant''s tiers, the lowest first, with what leads to them and what keeps them. The last number holds. Never changed.';
grant select, insert on memberships.ladder to scrip_app;

create table memberships.membership (
  merchant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  plan_id uuid not null,
  plan_version integer not null,
  store_id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  paid bigint not null check (paid >= 0),
  paid_from date not null,
  first_day date not null,
  last_day date not null,
  anchor smallint not null check (anchor between 1 and 31),
  starts_at timestamptz not null,
  valid_until timestamptz not null,
  grace_until timestamptz not null check (grace_until >= valid_until),
  paused_from timestamptz,
  paused_until timestamptz,
  paused_days integer not null check (paused_days >= 0),
  cancelled_at timestamptz,
  revision integer not null check (revision > 0),
  created_at timestamptz not null,
  primary key (merchant_id, id),
  foreign key (merchant_id, plan_id, plan_version) references memberships.plan (merchant_id, id, version),
  check ((paused_from is null) = (paused_until is null)),
  check (first_day <= last_day)
);
comment on table memberships.membership is 'What members bought of a plan. Its state follows from the time: nothing runs at its end.';
comment on column memberships.membership.paid is 'The price of what is not over, from paid_from to the last day; an upgrade and a cancellation take their part of it.';
comment on column memberships.membership.anchor is 'The day of the month to which months lead, whatever shorter months lie between.';
create index membership_member on memberships.membership (merchant_id, member_id);
create index membership_plan on memberships.membership (merchant_id, plan_id, id);
create index membership_end on memberships.membership (merchant_id, valid_until);
grant select, insert, update on memberships.membership to scrip_app;

create table memberships.standing (
  merchant_id uuid not null,
  member_id uuid not null,
  start_tier text,
  period_start timestamptz not null,
  period_end timestamptz,
  spent bigint not null,
  points bigint not null,
  given_tier text,
  given_until timestamptz,
  visits integer not null check (visits >= 0),
  last_visit_at timestamptz,
  revision integer not null check (revision > 0),
  primary key (merchant_id, member_id)
);
comment on table memberships.standing is 'What a member did in the present period: their tier follows from it and the time. Written with each purchase.';
grant select, insert, update on memberships.standing to scrip_app;

select platform.guard_by_merchant(guarded::regclass)
from unnest(array['memberships.plan', 'memberships.ladder', 'memberships.membership', 'memberships.standing']) as guarded;

create view memberships.membership_view with (security_invoker = true) as
  select merchant_id, id, member_id, plan_id, plan_version, store_id, last_day, starts_at, valid_until, grace_until, paused_from,
    paused_until, cancelled_at from memberships.membership;
comment on view memberships.membership_view is 'Whose membership ends when: for reminders.';
grant select on memberships.membership_view to scrip_app;
