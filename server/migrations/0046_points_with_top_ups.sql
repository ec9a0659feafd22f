-- A bonus rule may give points besides money; what of them is taken back goes with the principal that goes back.
alter table wallets.top_up add column points bigint not null default 0 check (points >= 0);
comment on column wallets.top_up.points is 'Given with it.';
alter table wallets.top_up add column points_lot text;
comment on column wallets.top_up.points_lot is 'The detail of the account that they went onto; null: none were given.';
alter table wallets.top_up add constraint top_up_points_lot_check check (points = 0 or points_lot is not null);
