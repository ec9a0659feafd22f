alter table payments.refund add column coupon_ids uuid[] not null default '{}';
comment on column payments.refund.coupon_ids is 'The coupons that were withdrawn for it, to come again if it fails.';
