-- What people at the desk have done for them, and how they like it.

create table cards.action (
  merchant_id uuid not null,
  id uuid not null,
  verb text not null check (verb in ('freeze', 'void', 'extend')),
  reason text not null,
  until date,
  card_ids uuid[] not null check (cardinality(card_ids) between 1 and 10000),
  balances bigint[] not null,
  actor_id uuid not null,
  created_at timestamptz not null,
  primary key (merchant_id, id),
  check (cardinality(balances) = case verb when 'void' then cardinality(card_ids) else 0 end)
);
comment on column cards.action.balances is 'Of cards to be voided, what was on each when it was asked for: more is never voided.';
comment on table cards.action is 'One verb on many cards, each carried out by itself through the executor, for who asked for it.';
comment on column cards.action.card_ids is 'The set as it was previewed, in the order in which it is gone through.';

create table cards.action_progress (
  merchant_id uuid not null,
  action_id uuid not null,
  done integer not null check (done >= 0),
  total integer not null,
  primary key (merchant_id, action_id)
) with (fillfactor = 50);
comment on table cards.action_progress is 'How many of its cards were gone through. A kill between a card and this does that card again, which changes nothing.';
create index action_unfinished on cards.action_progress (action_id) where done < total;

create table cards.action_refusal (
  merchant_id uuid not null,
  action_id uuid not null,
  card_id uuid not null,
  code text not null,
  primary key (merchant_id, action_id, card_id)
);

grant select, insert on cards.action, cards.action_refusal to scrip_app;
grant select, insert, update on cards.action_progress to scrip_app;
select platform.guard_by_merchant(guarded::regclass)
from unnest(array['cards.action', 'cards.action_progress', 'cards.action_refusal']) as guarded;

create schema settings;
grant usage on schema settings to scrip_app;

create table settings.merchant (
  merchant_id uuid not null,
  logo_id uuid,
  updated_at timestamptz not null,
  primary key (merchant_id)
);
comment on table settings.merchant is 'The picture that stands for a merchant. How to reach it and its terms stand in merchants.merchant.';

create table settings.image (
  merchant_id uuid not null,
  id uuid not null,
  purpose text not null check (purpose in ('logo', 'card_face')),
  width integer not null check (width between 1 and 2000),
  height integer not null check (height between 1 and 2000),
  bytes bytea not null check (length(bytes) between 1 and 2000000),
  created_at timestamptz not null,
  primary key (merchant_id, id)
);
comment on column settings.image.bytes is 'WebP as we encoded it, of the pixels alone: nothing of the file that was sent is kept.';

create table settings.view (
  merchant_id uuid not null,
  id uuid not null,
  owner_id uuid,
  page text not null check (length(page) between 1 and 40),
  name text not null check (length(name) between 1 and 100),
  query text not null check (length(query) <= 2000),
  removed boolean not null,
  created_at timestamptz not null,
  primary key (merchant_id, id)
);
comment on table settings.view is 'A page with its filters under a name.';
comment on column settings.view.owner_id is 'Whose it is: a member of staff or a key; null: for all who work for the merchant.';
create index view_of_owner on settings.view (merchant_id, owner_id) where not removed;

grant select, insert, update on settings.merchant, settings.view to scrip_app;
grant select, insert on settings.image to scrip_app;
select platform.guard_by_merchant(guarded::regclass)
from unnest(array['settings.merchant', 'settings.image', 'settings.view']) as guarded;
