-- What of a bonus ended before it was spent is taken off the wallet, and is no part of what a refund is reckoned by.
alter table wallets.top_up add column lapsed_bonus bigint not null default 0
  constraint top_up_lapsed_bonus_check check (lapsed_bonus between 0 and bonus);
comment on column wallets.top_up.lapsed_bonus is 'What of the bonus ended before it was spent.';
grant update (lapsed_bonus) on wallets.top_up to scrip_app;

-- Lots whose end was noted are closed: who looks for what ends, or has ended, need not walk over them.
drop index ledger.account_ending_wallet;
create index account_ending_wallet on ledger.account (usable_until, merchant_id)
  where purpose = 'wallet' and usable_until is not null and state = 'open';
