-- Stored value: what comes onto members' wallets. What is on them are balances in the ledger, each lot an account.
create schema wallets;
grant usage on schema wallets to scrip_app;

create table wallets.policy (
  merchant_id uuid not null primary key,
  spending_order text not null check (spending_order in ('soonest_end', 'bonus_first', 'principal_first', 'pro_rata')),
  refund_rule text not null check (refund_rule in ('paid_ratio', 'list_price', 'time')),
  seven_days boolean not null,
  balance_max bigint check (balance_max >= 0),
  low_below bigint check (low_below >= 0),
  code_above bigint check (code_above >= 0),
  revision integer not null check (revision > 0)
);
comment on table wallets.policy is 'How a merchant''s wallets are spent, limited and paid back; without a row as by default.';
grant select, insert, update on wallets.policy to scrip_app;

create table wallets.bonus_rule (
  merchant_id uuid not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 80),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  terms jsonb not null,
  starts_at timestamptz not null,
  ends_at timestamptz check (ends_at > starts_at),
  state text not null check (state in ('active', 'ended')),
  created_at timestamptz not null,
  primary key (merchant_id, id)
);
comment on table wallets.bonus_rule is 'What is given to who tops up. Its terms never change; another rule takes its place.';
grant select, insert on wallets.bonus_rule to scrip_app;
grant update (state) on wallets.bonus_rule to scrip_app;

create table wallets.top_up (
  merchant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  store_id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  tender text not null,
  reference text,
  source_id uuid,
  principal bigint not null check (principal between 1 and 1000000000000000),
  paid bigint not null check (paid >= 0),
  commission bigint not null check (commission >= 0),
  bonus bigint not null check (bonus >= 0),
  rule_id uuid,
  lot text not null,
  bonus_parts jsonb not null,
  refunded_principal bigint not null check (refunded_principal between 0 and principal),
  refunded_bonus bigint not null check (refunded_bonus between 0 and bonus),
  refunded bigint not null check (refunded >= 0),
  created_at timestamptz not null,
  primary key (merchant_id, id)
);
comment on table wallets.top_up is 'Value that came onto a wallet at once, who paid how for it, and what of it went back.';
comment on column wallets.top_up.source_id is 'The payment order or recharge card that it came from.';
comment on column wallets.top_up.lot is 'The detail of the account that the principal is on; bonus_parts has those of the bonus.';
create index top_up_of_member on wallets.top_up (merchant_id, member_id, id);
create unique index top_up_of_source on wallets.top_up (merchant_id, source_id) where source_id is not null;
grant select, insert on wallets.top_up to scrip_app;
grant update (refunded_principal, refunded_bonus, refunded) on wallets.top_up to scrip_app;

select platform.guard_by_merchant(guarded::regclass)
from unnest(array['wallets.policy', 'wallets.bonus_rule', 'wallets.top_up']) as guarded;
