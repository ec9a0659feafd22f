-- What members' wallets paid in a day at counters without the member's code: together it stays within the limit of the house.
create table wallets.unproven_spend (
  merchant_id uuid not null,
  member_id uuid not null,
  day date not null,
  amount bigint not null check (amount > 0),
  primary key (merchant_id, member_id)
) with (fillfactor = 50);
comment on table wallets.unproven_spend is 'What a member paid out of wallets without showing a code, in the merchant''s day that it was last done in.';
grant select, insert, update on wallets.unproven_spend to scrip_app;
select platform.guard_by_merchant('wallets.unproven_spend'::regclass);
