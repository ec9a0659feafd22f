-- Of a purchase its lines can go back, by pieces. What a bonus that is bound to goods paid of them goes back with them, so it is
-- kept apart how much of that has.
alter table checkout.purchase_return add column parts jsonb not null default '{"pieces":[],"bound":[]}';
comment on column checkout.purchase_return.parts is
  'Pieces that went back of each line, and what went back of each share that a bonus bound to goods paid, in their order in the log.';
grant update (parts) on checkout.purchase_return to scrip_app;
