-- Who has the printed cards of a batch, by ranges of serial numbers.
create table cards.holding (
  merchant_id uuid not null,
  batch_id uuid not null,
  first_serial bigint not null check (first_serial > 0),
  last_serial bigint not null,
  place text not null check (place in ('hq', 'sent', 'held', 'returning')),
  store_id uuid,
  since timestamptz not null,
  primary key (merchant_id, batch_id, first_serial),
  constraint holding_order check (first_serial <= last_serial),
  constraint holding_store check ((place = 'hq') = (store_id is null))
);
comment on table cards.holding is 'Cards of a batch that are in one place together. Ranges of a batch do not overlap: each move is judged over all of them under the merchant''s lock.';
comment on column cards.holding.place is 'hq; sent: on the way to the store; held: by the store; returning: on the way from the store to HQ.';

create table cards.custody_rule (
  merchant_id uuid not null primary key,
  sell_only_held boolean not null,
  updated_at timestamptz not null
);
comment on column cards.custody_rule.sell_only_held is 'A store sells a card of a batch only where it holds it.';

grant select, insert, update on cards.holding, cards.custody_rule to scrip_app;
select platform.guard_by_merchant(guarded::regclass)
from unnest(array['cards.holding', 'cards.custody_rule']) as guarded;

create index holding_of_store on cards.holding (merchant_id, store_id, batch_id, first_serial) where store_id is not null;
