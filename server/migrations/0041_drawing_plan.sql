-- When settlement periods end by themselves.
create table clearing.plan (
  merchant_id uuid primary key,
  every text not null check (every in ('hand', 'week', 'month')),
  answer_days integer not null check (answer_days between 0 and 90),
  since timestamptz not null,
  revision integer not null check (revision > 0)
);
comment on table clearing.plan is 'How often a merchant''s settlement periods end; without a row by hand.';
comment on column clearing.plan.since is 'From when on: what ended before is not drawn by it.';
grant select, insert, update on clearing.plan to scrip_app;
select platform.guard_by_merchant('clearing.plan');
