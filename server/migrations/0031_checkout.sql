-- What was bought stands in the log, with its lines and what paid; here is what of it went back.
create schema checkout;
grant usage on schema checkout to scrip_app;

create table checkout.purchase_return (
  merchant_id uuid not null,
  purchase_seq bigint not null,
  returned bigint not null check (returned > 0),
  primary key (merchant_id, purchase_seq)
);
comment on table checkout.purchase_return is 'How much of a purchase has gone back. A purchase without a row: nothing.';
grant select, insert on checkout.purchase_return to scrip_app;
grant update (returned) on checkout.purchase_return to scrip_app;
select platform.guard_by_merchant('checkout.purchase_return');
