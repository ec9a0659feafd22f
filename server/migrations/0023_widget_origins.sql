-- Whose pages may ask what is on a card, from a customer's browser: the merchant's own shops.
alter table merchants.merchant
  add column widget_origins text[] not null default '{}' check (cardinality(widget_origins) <= 20);
comment on column merchants.merchant.widget_origins is 'Scheme, host and port of each site whose pages may look cards up; no other does.';
