-- A payment changes the balance of a card and hardly ever anything else that lists filter by. A row whose indexed columns
-- change is written anew in every index of its table: measured, four fifths of what keeping the lists up cost went there.
-- So the balance stands by itself, in two indexes in place of seven.
create table cards.standing_money (
  merchant_id uuid not null,
  serial bigint not null,
  balance bigint not null,
  held bigint not null,
  primary key (merchant_id, serial)
) with (fillfactor = 80);
comment on table cards.standing_money is 'The balance of each card in cards.standing. Moves with it.';
insert into cards.standing_money (merchant_id, serial, balance, held)
  select merchant_id, serial, balance, held from cards.standing;
create index standing_money_balance on cards.standing_money (merchant_id, balance, serial);

drop view cards.standing_view;
alter table cards.standing drop column balance, drop column held;
create view cards.standing_view with (security_invoker = true) as
  select merchant_id, serial, card_id, stage, currency, pin_locked, store_id from cards.standing;

grant select, insert, update, delete on cards.standing_money to scrip_app;
grant select on cards.standing_view to scrip_app;
select platform.guard_by_merchant('cards.standing_money');
