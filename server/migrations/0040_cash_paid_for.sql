-- A store that keeps the cash it takes pays the merchant for it at once: the value is the merchant's to answer for.
alter table rechargecards.card add column merchant_answers boolean not null default false;
comment on column rechargecards.card.merchant_answers is
  'The store that sold it paid for it out of its settlement account: what it puts on a wallet settles with the merchant.';
