-- What a merchant sells, by category, and what it gives for points; by which rules points are earned and spent.
create schema catalog;
grant usage on schema catalog to scrip_app;

create table catalog.category (
  merchant_id uuid not null,
  id uuid not null,
  parent_id uuid,
  name_zh text not null check (length(name_zh) between 1 and 100),
  name_en text check (length(name_en) between 1 and 100),
  revision integer not null check (revision > 0),
  created_at timestamptz not null,
  primary key (merchant_id, id),
  foreign key (merchant_id, parent_id) references catalog.category (merchant_id, id)
);
comment on table catalog.category is 'A tree of categories of goods. A category stays where it is; its names may change.';
grant select, insert, update on catalog.category to scrip_app;

create table catalog.product (
  merchant_id uuid not null,
  id uuid not null,
  sku text not null check (length(sku) between 1 and 64),
  name_zh text not null check (length(name_zh) between 1 and 200),
  name_en text check (length(name_en) between 1 and 200),
  category_id uuid,
  price bigint not null check (price between 0 and 1000000000000000),
  cost bigint check (cost between 0 and 1000000000000000),
  state text not null check (state in ('sold', 'retired')),
  revision integer not null check (revision > 0),
  created_at timestamptz not null,
  primary key (merchant_id, id),
  unique (merchant_id, sku),
  foreign key (merchant_id, category_id) references catalog.category (merchant_id, id)
);
comment on table catalog.product is 'Goods and services, by the merchant''s own number for each, which never changes.';
comment on column catalog.product.cost is 'What it costs the merchant; shown only to who may change it.';
create index product_category on catalog.product (merchant_id, category_id, id);
grant select, insert, update on catalog.product to scrip_app;

create table catalog.gift (
  merchant_id uuid not null,
  id uuid not null,
  name_zh text not null check (length(name_zh) between 1 and 200),
  name_en text check (length(name_en) between 1 and 200),
  product_id uuid,
  points bigint not null check (points between 1 and 1000000000000),
  state text not null check (state in ('offered', 'resting')),
  revision integer not null check (revision > 0),
  created_at timestamptz not null,
  primary key (merchant_id, id),
  foreign key (merchant_id, product_id) references catalog.product (merchant_id, id)
);
comment on table catalog.gift is 'What members get for points. How many are in which store is a balance in the ledger.';
grant select, insert, update on catalog.gift to scrip_app;

create schema points;
grant usage on schema points to scrip_app;

create table points.scheme (
  merchant_id uuid not null,
  id uuid not null,
  number integer not null check (number > 0),
  valid_from timestamptz not null,
  note text check (length(note) between 1 and 500),
  body jsonb not null,
  created_at timestamptz not null,
  primary key (merchant_id, id),
  unique (merchant_id, number)
);
comment on table points.scheme is 'By which rules points are earned and spent, from valid_from until a later one. Never changed.';
grant select, insert on points.scheme to scrip_app;

create table points.gift_order (
  merchant_id uuid not null,
  id uuid not null,
  gift_id uuid not null,
  member_id uuid not null,
  store_id uuid not null,
  quantity integer not null check (quantity between 1 and 1000),
  points bigint not null check (points > 0),
  parts jsonb not null,
  state text not null check (state in ('waiting', 'handed', 'cancelled')),
  created_at timestamptz not null,
  ended_at timestamptz check ((ended_at is null) = (state = 'waiting')),
  primary key (merchant_id, id)
);
comment on table points.gift_order is 'Gifts that members took with points: waiting in a store, handed over, or given back.';
comment on column points.gift_order.parts is 'Which lots paid how many points: [{"detail", "points"}], points as text.';
create index gift_order_member on points.gift_order (merchant_id, member_id, id);
create index gift_order_store on points.gift_order (merchant_id, store_id, state, id);
grant select, insert, update on points.gift_order to scrip_app;

select platform.guard_by_merchant(guarded::regclass)
from unnest(array['catalog.category', 'catalog.product', 'catalog.gift', 'points.scheme', 'points.gift_order']) as guarded;

create view catalog.product_view with (security_invoker = true) as
  select merchant_id, id, sku, name_zh, name_en, category_id, price, state from catalog.product;
create view catalog.gift_view with (security_invoker = true) as
  select merchant_id, id, name_zh, name_en, points, state from catalog.gift;
grant select on catalog.product_view, catalog.gift_view to scrip_app;

-- Lots of points whose time may be up. A swept lot is closed; before that nothing in here changes, so balances stay cheap to update.
create index account_ending_points on ledger.account (usable_until, merchant_id)
  where purpose = 'points' and usable_until is not null and state = 'open';
create view ledger.points_lot_view with (security_invoker = true) as
  select merchant_id, owner_id, balance, usable_until from ledger.account
  where purpose = 'points' and usable_until is not null and state = 'open';
comment on view ledger.points_lot_view is 'Lots of points that end at some time and were not swept yet.';
grant select on ledger.points_lot_view to scrip_app;
