-- What a period brought, shared among members.
create schema dividends;
grant usage on schema dividends to scrip_app;

create table dividends.dividend (
  merchant_id uuid not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  first_day date not null,
  last_day date not null check (last_day >= first_day),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  source jsonb not null,
  weighing jsonb not null,
  lapses_at timestamptz,
  state text not null check (state in ('counting', 'counted', 'approved', 'paid', 'cancelled')),
  base bigint not null check (base >= 0),
  pool bigint not null check (pool between 0 and 1000000000000000),
  members bigint not null check (members >= 0),
  paid_members bigint not null check (paid_members between 0 and members),
  paid bigint not null check (paid between 0 and pool),
  revision integer not null check (revision > 0),
  created_at timestamptz not null,
  primary key (merchant_id, id)
);
comment on table dividends.dividend is 'A period''s dividend: counted once, approved by a second person, then credited member by member.';
comment on column dividends.dividend.source is 'What the pool is: a sum, or a part of sales or of profit.';
comment on column dividends.dividend.weighing is 'Who takes part, and by what weight.';
create index dividend_work on dividends.dividend (merchant_id, id) where state in ('counting', 'approved');
grant select, insert, update on dividends.dividend to scrip_app;

create table dividends.share (
  merchant_id uuid not null,
  dividend_id uuid not null,
  member_id uuid not null,
  weight bigint not null check (weight > 0),
  amount bigint not null check (amount > 0),
  state text not null check (state in ('due', 'paid', 'skipped')),
  primary key (merchant_id, dividend_id, member_id)
);
comment on table dividends.share is 'What each member gets, to the last minor unit: the shares of a dividend sum to its pool.';
comment on column dividends.share.state is 'Skipped: the member was erased before it was credited.';
create index share_due on dividends.share (merchant_id, dividend_id, member_id) where state = 'due';
grant select, insert, update on dividends.share to scrip_app;

select platform.guard_by_merchant(guarded::regclass)
from unnest(array['dividends.dividend', 'dividends.share']) as guarded;
