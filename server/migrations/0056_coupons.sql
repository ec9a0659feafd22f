-- Coupons: what takes something off what a member buys, once. Whether one can be used is a balance in the ledger; here
-- stands what it is, whose, and how it ended.
create schema coupons;
grant usage on schema coupons to scrip_app;

create table coupons.template (
  merchant_id uuid not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 80),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  terms jsonb not null,
  issue_max bigint check (issue_max > 0),
  state text not null check (state in ('active', 'ended')),
  ends_at timestamptz,
  created_at timestamptz not null,
  ended_at timestamptz check ((ended_at is null) = (state = 'active')),
  primary key (merchant_id, id)
);
comment on table coupons.template is 'What coupons of a kind take off, where and for what, and how long they are good. Terms never change.';
comment on column coupons.template.issue_max is 'How many may be given in all; null: no limit.';
comment on column coupons.template.ends_at is 'When all of them are over, where that is one day for all; exclusive.';
grant select, insert on coupons.template to scrip_app;
grant update (state, ended_at) on coupons.template to scrip_app;

create table coupons.coupon (
  merchant_id uuid not null,
  id uuid not null,
  template_id uuid not null,
  member_id uuid not null,
  cause text not null check (cause in ('given', 'top_up')),
  source_id uuid check ((source_id is not null) = (cause = 'top_up')),
  state text not null check (state in ('held', 'used', 'lapsed', 'withdrawn')),
  usable_from timestamptz,
  usable_until timestamptz,
  used_seq bigint check ((used_seq is not null) = (state = 'used')),
  created_at timestamptz not null,
  ended_at timestamptz check ((ended_at is null) = (state = 'held')),
  revision integer not null check (revision > 0),
  primary key (merchant_id, id)
);
comment on table coupons.coupon is 'Coupons of members.';
comment on column coupons.coupon.source_id is 'The top-up that it came with.';
comment on column coupons.coupon.usable_from is 'null: from when it was given.';
comment on column coupons.coupon.usable_until is 'Exclusive; null: it does not end.';
comment on column coupons.coupon.used_seq is 'The purchase that it was used for, by its number in the log.';
create index coupon_member on coupons.coupon (merchant_id, member_id, id);
create index coupon_template on coupons.coupon (merchant_id, template_id, id);
create index coupon_source on coupons.coupon (merchant_id, source_id) where source_id is not null;
create index coupon_ending on coupons.coupon (usable_until) where state = 'held' and usable_until is not null;
grant select, insert on coupons.coupon to scrip_app;
grant update (member_id, state, used_seq, ended_at, revision) on coupons.coupon to scrip_app;

-- A purchase that came to nothing, by its coupon, can be given back too.
alter table checkout.purchase_return drop constraint purchase_return_returned_check,
  add constraint purchase_return_returned_check check (returned >= 0);

select platform.guard_by_merchant(guarded::regclass)
from unnest(array['coupons.template', 'coupons.coupon']) as guarded;

alter table payments.refund
  add column coupon_ids uuid[] not null default '{}';
comment on column payments.refund.coupon_ids is 'The coupons that were withdrawn for it, to come again if it fails.';
