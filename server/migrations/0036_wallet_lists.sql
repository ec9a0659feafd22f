-- What is on members' wallets, member by member, and who is to be reminded of it.
create index account_wallet on ledger.account (merchant_id, owner_id) where purpose = 'wallet';
create index account_ending_wallet on ledger.account (usable_until, merchant_id)
  where purpose = 'wallet' and usable_until is not null;
create view ledger.wallet_lot_view with (security_invoker = true) as
  select merchant_id, owner_id, detail, asset, balance, held, usable_from, usable_until, state from ledger.account
  where purpose = 'wallet';
comment on view ledger.wallet_lot_view is 'The lots of members'' wallets: value on the same terms, of which detail tells the kind.';
grant select on ledger.wallet_lot_view to scrip_app;

create index activity_low_wallet on ledger.activity (occurred_at) where type = 'wallet.balance_low';
create index notice_member on notices.notice (merchant_id, member_id, event, id) where member_id is not null;

create view wallets.policy_view with (security_invoker = true) as
  select merchant_id, low_below from wallets.policy;
comment on view wallets.policy_view is 'Below which balance members are reminded; without a row nobody is.';
grant select on wallets.policy_view to scrip_app;
