create schema payments;
grant usage on schema payments to scrip_app;

create table payments.channel (
  merchant_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('alipay', 'wechat', 'stripe', 'bank_card')),
  name text not null check (length(name) between 1 and 80),
  store_id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  account text not null,
  base_url text,
  public_url text not null,
  late_rule text not null check (late_rule in ('credit', 'refund')),
  credentials bytea not null,
  state text not null check (state in ('active', 'disabled')),
  created_at timestamptz not null,
  primary key (merchant_id, id)
);
comment on table payments.channel is 'A merchant''s accounts with those who take payments for it.';
comment on column payments.channel.credentials is 'Keys and secrets, sealed by the key file for this very row; never shown.';
comment on column payments.channel.late_rule is 'What becomes of money that arrives after its order has ended.';

create table payments.payment_order (
  merchant_id uuid not null,
  id uuid not null,
  purpose text not null check (purpose in ('wallet_top_up')),
  member_id uuid not null,
  channel_id uuid not null,
  store_id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount bigint not null check (amount between 1 and 1000000000000000),
  method text not null check (method in ('qr', 'redirect')),
  state text not null check (state in ('pending', 'paid', 'expired', 'closed', 'refunded')),
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  paid_at timestamptz,
  transaction text,
  refunded bigint not null default 0 check (refunded between 0 and amount),
  ended_at timestamptz,
  primary key (merchant_id, id),
  constraint order_paid check ((transaction is null) = (paid_at is null) and (state <> 'paid' or transaction is not null)),
  constraint order_ended check ((state = 'pending') = (ended_at is null))
);
comment on table payments.payment_order is 'What somebody is to pay through a channel. It credits once: its transaction is set in the command that posts.';
create unique index order_transaction on payments.payment_order (merchant_id, channel_id, transaction) where transaction is not null;
create index order_of_member on payments.payment_order (merchant_id, member_id, id);
create index order_state on payments.payment_order (merchant_id, state, id);

create table payments.presentation (
  merchant_id uuid not null,
  order_id uuid not null,
  kind text not null check (kind in ('qr', 'redirect')),
  content text not null,
  handle text,
  primary key (merchant_id, order_id)
);
comment on table payments.presentation is 'How an order is paid: what a channel answered when it was told of it, and what it calls it.';

create table payments.watch (
  merchant_id uuid not null,
  id uuid not null,
  what text not null check (what in ('order', 'refund')),
  due_at timestamptz not null,
  tries integer not null check (tries >= 0),
  primary key (merchant_id, id)
) with (fillfactor = 50);
comment on table payments.watch is 'When a job asks a channel about an order, or sends a refund, next. The row goes when there is nothing more to ask.';
create index watch_due on payments.watch (due_at);

create table payments.refund (
  merchant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  transaction text not null,
  amount bigint not null check (amount > 0),
  reason text not null,
  state text not null check (state in ('due', 'done', 'failed')),
  difference_id uuid,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (merchant_id, id),
  constraint refund_ended check ((state = 'due') = (ended_at is null))
);
comment on table payments.refund is 'Money on its way back by the channel that it came through.';
create index refund_of_order on payments.refund (merchant_id, order_id);

create table payments.difference (
  merchant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  kind text not null,
  transaction text not null,
  amount bigint not null,
  currency text not null,
  reason text,
  state text not null check (state in ('open', 'refunding', 'refunded', 'credited', 'dismissed')),
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (merchant_id, id),
  constraint difference_ended check ((state in ('open', 'refunding')) = (ended_at is null))
);
comment on table payments.difference is 'Where what a channel says and what was expected are not the same; each once, until it is set right.';
create unique index difference_once on payments.difference (merchant_id, order_id, kind, transaction) where kind <> 'refund_failed';
create index difference_state on payments.difference (merchant_id, state, id);

grant select, insert, update on payments.channel, payments.payment_order, payments.refund, payments.difference to scrip_app;
grant select, insert, update, delete on payments.watch to scrip_app;
grant select, insert on payments.presentation to scrip_app;
select platform.guard_by_merchant(guarded::regclass)
from unnest(array['payments.channel', 'payments.payment_order', 'payments.presentation', 'payments.watch', 'payments.refund',
  'payments.difference']) as guarded;
