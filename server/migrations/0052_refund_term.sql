alter table wallets.policy
  add column refund_term_months integer not null default 12 check (refund_term_months between 1 and 120);
comment on column wallets.policy.refund_term_months is 'Over how many months a top-up without an end counts as used up by time, where it is paid back by time.';
