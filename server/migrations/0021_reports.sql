-- Reports: the log added up by days, so that a year is read as some hundred rows a store.
create schema reports;
grant usage on schema reports to scrip_app;

create table reports.day (
  merchant_id uuid not null,
  day date not null,
  store_id uuid not null,
  currency text not null,
  sold bigint not null,
  paid bigint not null,
  activations bigint not null,
  redeemed bigint not null,
  redemptions bigint not null,
  refunded bigint not null,
  refunds bigint not null,
  voided bigint not null,
  adjusted bigint not null,
  outstanding bigint not null,
  primary key (merchant_id, day, store_id, currency)
);
comment on table reports.day is 'What the postings of a day come to, in the merchant''s zone, up to reports.cursor. Made anew from the log it is the same.';
comment on column reports.day.store_id is 'Of sold and outstanding: the store that sold the card; of redeemed and refunded: the one that took it; the merchant''s own id: no store.';
comment on column reports.day.sold is 'Value put on cards for a payment, less what was undone.';
comment on column reports.day.paid is 'What was taken for it.';
comment on column reports.day.outstanding is 'By how much the balances of cards changed. All days up to one, added up, are what was owed then.';

create table reports.actor_day (
  merchant_id uuid not null,
  day date not null,
  actor_id uuid not null,
  currency text not null,
  redeemed bigint not null,
  redemptions bigint not null,
  refunded bigint not null,
  refunds bigint not null,
  adjusted bigint not null,
  adjustments bigint not null,
  primary key (merchant_id, day, actor_id, currency)
);
comment on column reports.actor_day.adjusted is 'Corrections upward and downward, added up without their signs.';

create table reports.cursor (
  merchant_id uuid not null,
  seq bigint not null check (seq >= 0),
  primary key (merchant_id)
) with (fillfactor = 50);
comment on table reports.cursor is 'Up to which entry the log was added up. Moves in the transaction that adds; its row lock is the claim of the process at work.';

grant select, insert, update on reports.day, reports.actor_day, reports.cursor to scrip_app;
select platform.guard_by_merchant(guarded::regclass) from unnest(array['reports.day', 'reports.actor_day', 'reports.cursor']) as guarded;
