create schema shifts;
grant usage on schema shifts to scrip_app;

create table shifts.shift (
  merchant_id uuid not null,
  id uuid not null,
  store_id uuid not null,
  device_id uuid,
  opened_by uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  opening_float bigint not null check (opening_float between 0 and 1000000000000000),
  state text not null check (state in ('open', 'counted', 'closed')),
  opened_at timestamptz not null,
  opened_seq bigint not null check (opened_seq > 0),
  counted bigint check (counted between 0 and 1000000000000000),
  counted_at timestamptz,
  counted_seq bigint check (counted_seq > opened_seq),
  counted_by uuid,
  expected bigint,
  closed_at timestamptz,
  closed_by uuid,
  reason text check (length(reason) between 1 and 500),
  corrected bigint not null default 0,
  primary key (merchant_id, id),
  constraint shift_counted check ((state = 'open') = (counted_seq is null) and (counted_seq is null) = (counted is null)),
  constraint shift_closed check ((state = 'closed') = (closed_at is not null) and (closed_at is null) = (expected is null)),
  constraint shift_difference check (state <> 'closed' or counted = expected or reason is not null)
);
comment on table shifts.shift is 'Somebody''s time at a counter: it has the takings of its device, or of who opened it, between opened_seq and counted_seq.';
comment on column shifts.shift.counted_seq is 'The entry of the log that counted it: with it its takings end, and the next shift may be opened.';
comment on column shifts.shift.expected is 'What should have been in the drawer: the float and the cash that was taken.';
comment on column shifts.shift.corrected is 'What corrections after the closing added to what was counted.';
create unique index shift_open_on_device on shifts.shift (merchant_id, device_id) where state = 'open' and device_id is not null;
create unique index shift_open_by on shifts.shift (merchant_id, opened_by) where state = 'open' and device_id is null;
create index shift_store on shifts.shift (merchant_id, store_id, id);
create index shift_device on shifts.shift (merchant_id, device_id, opened_seq) where device_id is not null;

grant select, insert, update on shifts.shift to scrip_app;
select platform.guard_by_merchant('shifts.shift');

create or replace view people.key_view with (security_invoker = true) as
select merchant_id, id, name, staff_id, device_id from people.api_key;
