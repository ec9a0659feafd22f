-- Purchases are listed out of the log: by member, reference and day it has what finds them. By store and by what paid they are
-- found here, by rows that a job keeps behind the log.
create table checkout.listed (
  merchant_id uuid not null,
  tender text not null,
  purchase_seq bigint not null,
  store_id uuid not null,
  primary key (merchant_id, tender, purchase_seq)
);
comment on table checkout.listed is 'By which tenders purchases were paid, as the log has them up to checkout.listed_cursor. Can be made anew from the log.';
comment on column checkout.listed.tender is 'What a drawer calls it; each purchase has one row of * besides.';
create index listed_store on checkout.listed (merchant_id, store_id, tender, purchase_seq);
grant select, insert on checkout.listed to scrip_app;

create table checkout.listed_cursor (
  merchant_id uuid not null,
  seq bigint not null check (seq >= 0),
  primary key (merchant_id)
);
comment on table checkout.listed_cursor is 'Up to which entry of the log checkout.listed has come; its row lock is the claim of the process at work.';
grant select, insert on checkout.listed_cursor to scrip_app;
grant update (seq) on checkout.listed_cursor to scrip_app;

-- What went back of a purchase: few entries of the log are of this kind, and no other one pays for it.
create index activity_purchase_refund on ledger.activity (merchant_id, related_seq) where type = 'purchase.refunded';

select platform.guard_by_merchant(guarded::regclass)
from unnest(array['checkout.listed', 'checkout.listed_cursor']) as guarded;
