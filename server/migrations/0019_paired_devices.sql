-- A counter's phone or till is paired, bears its store, and limits what is done on it.
alter table merchants.device
  add column limits jsonb not null default '{}',
  add column paired_at timestamptz,
  add column last_seen_at timestamptz;
comment on column merchants.device.limits is 'What may be done on it, as people.staff.limits is written.';

alter table signin.session
  add column device_id uuid,
  add column by_pin boolean not null default false;
comment on column signin.session.device_id is 'The device that it was opened on, which bounds it; null: some browser.';
comment on column signin.session.by_pin is 'Opened by six digits, which let do what is done at a counter and no more.';
create index session_device on signin.session (merchant_id, device_id) where ended_at is null and device_id is not null;

create table signin.pairing (
  merchant_id uuid not null,
  device_id uuid not null,
  code_hash bytea check (length(code_hash) = 32),
  code_expires_at timestamptz,
  token_hash bytea check (length(token_hash) = 32),
  previous_hash bytea,
  token_at timestamptz,
  primary key (merchant_id, device_id)
);
comment on table signin.pairing is 'How a device is known by its cookie, and the code by which one becomes it.';
comment on column signin.pairing.code_hash is 'SHA-256 of a code of 256 random bits, good once; null: none is out.';
comment on column signin.pairing.previous_hash is 'Of the cookie before the last renewal, whose answer may have got lost.';
create index pairing_code on signin.pairing (code_hash) where code_hash is not null;
create index pairing_token on signin.pairing (token_hash) where token_hash is not null;
create index pairing_previous on signin.pairing (previous_hash) where previous_hash is not null;

create table signin.device_pin (
  merchant_id uuid not null,
  staff_id uuid not null,
  pin_hash bytea not null check (length(pin_hash) = 32),
  set_at timestamptz not null,
  primary key (merchant_id, staff_id)
);
comment on table signin.device_pin is 'Six digits by which a member of staff signs in on a paired device, as keyed hash.';

grant select, insert, update on signin.pairing, signin.device_pin to scrip_app;
select platform.guard_by_merchant(guarded::regclass) from unnest(array['signin.pairing', 'signin.device_pin']) as guarded;
