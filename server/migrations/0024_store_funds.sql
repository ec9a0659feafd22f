create schema storefunds;
grant usage on schema storefunds to scrip_app;

create table storefunds.fund (
  merchant_id uuid not null,
  store_id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  keeps_cash boolean not null,
  credit_limit bigint not null check (credit_limit between 0 and 1000000000000000),
  created_at timestamptz not null,
  primary key (merchant_id, store_id)
);
comment on table storefunds.fund is 'Stores that settle by an account of their own. What is on it, the credit with it, is a balance in the ledger.';
comment on column storefunds.fund.keeps_cash is 'Cash that members hand over at the store stays there; the account pays for it, less the commission.';
comment on column storefunds.fund.credit_limit is 'Stands on the account too, posted there against the merchant, so that it is claimed like money.';

grant select, insert, update on storefunds.fund to scrip_app;
select platform.guard_by_merchant('storefunds.fund');
