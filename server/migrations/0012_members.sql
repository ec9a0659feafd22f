create schema members;
grant usage on schema members to scrip_app;

create table members.member (
  merchant_id uuid not null,
  id uuid not null,
  state text not null check (state in ('active', 'erased')),
  phone_hash bytea check (length(phone_hash) = 32),
  sealed_phone bytea,
  sealed_name bytea,
  sealed_email bytea,
  language text not null check (language in ('zh', 'en')),
  remind_expiry boolean not null,
  remind_low boolean not null,
  revision integer not null check (revision > 0),
  created_at timestamptz not null,
  primary key (merchant_id, id),
  constraint member_phone unique (merchant_id, phone_hash),
  constraint member_erased check ((state = 'erased') = (sealed_phone is null and phone_hash is null)),
  constraint member_nothing_left check (state = 'active' or (sealed_name is null and sealed_email is null))
);
comment on table members.member is 'Customers who are known by their phone number. All that names them is encrypted; their cards name their id.';
comment on column members.member.phone_hash is 'HMAC of the number under a key that is not in the database.';
comment on column members.member.sealed_phone is 'AES-256-GCM; its first byte is the version of the key.';
comment on column members.member.revision is 'Goes up with each change: a change is only written over what was judged.';

create table members.consent (
  merchant_id uuid not null,
  member_id uuid not null,
  seq bigint not null,
  purpose text not null check (purpose in ('service', 'marketing')),
  given boolean not null,
  text_version integer not null check (text_version > 0),
  at timestamptz not null,
  primary key (merchant_id, member_id, seq, purpose),
  foreign key (merchant_id, member_id) references members.member (merchant_id, id)
);
comment on column members.consent.seq is 'The entry of the log that tells of it.';
comment on table members.consent is 'What was agreed to or taken back, when, and which version of the text. The last of a purpose is what holds.';

create table members.sign_in_code (
  merchant_id uuid not null,
  phone_hash bytea not null,
  code_hash bytea not null check (length(code_hash) = 32),
  tries smallint not null default 0 check (tries between 0 and 5),
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (merchant_id, phone_hash)
);
comment on table members.sign_in_code is 'The last one-time code of a phone; a new one takes its place. The code itself stands nowhere.';
comment on column members.sign_in_code.tries is 'Counted before the code is looked at, in a transaction of its own.';
create index sign_in_code_expiry on members.sign_in_code (expires_at);

create table members.session (
  merchant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  token_hash bytea not null check (length(token_hash) = 32),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  primary key (merchant_id, id),
  constraint session_token unique (merchant_id, token_hash),
  foreign key (merchant_id, member_id) references members.member (merchant_id, id)
);
comment on column members.session.token_hash is 'SHA-256 of a token of 256 random bits.';
create index session_member on members.session (merchant_id, member_id) where revoked_at is null;
create index session_expiry on members.session (expires_at);

create table members.attempt (
  merchant_id uuid not null,
  bucket bytea not null,
  window_start timestamptz not null,
  window_end timestamptz not null,
  count integer not null check (count > 0),
  primary key (merchant_id, bucket, window_start)
);
comment on table members.attempt is 'How often something was tried from one phone or address. The bucket is a keyed hash of what, and of whom.';
create index attempt_end on members.attempt (window_end);

grant select, insert, update on members.member to scrip_app;
grant select, insert on members.consent to scrip_app;
grant select, insert, update, delete on members.sign_in_code, members.session, members.attempt to scrip_app;
select platform.guard_by_merchant(guarded::regclass)
from unnest(array['members.member', 'members.consent', 'members.sign_in_code', 'members.session', 'members.attempt']) as guarded;

create view members.member_view with (security_invoker = true) as
select merchant_id, id, language, remind_expiry, remind_low from members.member where state = 'active';
comment on view members.member_view is 'Whom to remind, and of what; nothing that names anybody.';
grant select on members.member_view to scrip_app;

-- Cards by whom they belong to, for lists of one's own and for reminders.
create index card_holder on cards.card (merchant_id, holder, serial) where holder is not null;
create view cards.held_card_view with (security_invoker = true) as
select merchant_id, id, version_id, holder, state, valid_until, last4, face_value from cards.card where holder is not null;
grant select on cards.held_card_view to scrip_app;

create table cards.payment_code_use (
  merchant_id uuid not null,
  id bytea not null check (length(id) = 32),
  card_id uuid not null,
  actor_id uuid not null,
  seen_at timestamptz not null,
  used_at timestamptz,
  primary key (merchant_id, id)
);
comment on table cards.payment_code_use is 'Payment codes that a till has seen, and whether one has paid. Kept for longer than any of them is good.';
create index payment_code_use_age on cards.payment_code_use (seen_at);
grant select, insert, update, delete on cards.payment_code_use to scrip_app;
select platform.guard_by_merchant('cards.payment_code_use');

-- As before, and for what is our own alone: on a server that others use too, a table of theirs is theirs to look after.
create or replace function platform.refresh_statistics() returns integer
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  grown regclass;
  refreshed integer := 0;
begin
  for grown in
    select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname !~ '^(pg_|information_schema$)' and c.relkind = 'r' and c.relowner = (select oid from pg_roles where rolname = current_user)
      and (pg_relation_size(c.oid) / current_setting('block_size')::bigint > 2 * c.relpages
        or pg_stat_get_live_tuples(c.oid) > 2 * greatest(c.reltuples, 0))
  loop
    execute format('analyze %s', grown);
    refreshed := refreshed + 1;
  end loop;
  return refreshed;
end $$;
