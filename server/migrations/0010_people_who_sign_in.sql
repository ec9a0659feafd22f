-- Roles that a merchant puts together, where somebody works, what they may in a day, and who signs in as them.
create table people.role (
  merchant_id uuid not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 200),
  permissions text[] not null,
  created_at timestamptz not null,
  primary key (merchant_id, id),
  constraint role_name unique (merchant_id, name)
);

alter table people.staff
  alter column role drop not null,
  add column role_id uuid,
  add column person_id uuid,
  add column login text,
  add column store_ids uuid[],
  add column regions text[],
  add column limits jsonb not null default '{}',
  add constraint staff_one_role check ((role is null) <> (role_id is null)),
  add constraint staff_role foreign key (merchant_id, role_id) references people.role (merchant_id, id),
  add constraint staff_person unique (merchant_id, person_id);
comment on column people.staff.role_id is 'A role of the merchant''s own, where it is none of the built-in ones.';
comment on column people.staff.person_id is 'Who signs in as this member of staff (signin.person); null: nobody.';
comment on column people.staff.login is 'What they sign in by, masked: 138****5678.';
comment on column people.staff.store_ids is 'The stores that they work in; with no regions either: everywhere.';
comment on column people.staff.limits is 'What a permission may amount to, minor units as text: {"cards.reload": {"each": "50000", "day": "200000"}}.';
create index staff_of_person on people.staff (person_id) where person_id is not null;

create table people.day_use (
  merchant_id uuid not null,
  id text not null,
  day date not null,
  used bigint not null check (used >= 0),
  primary key (merchant_id, id)
);
comment on table people.day_use is 'What is taken of somebody''s allowance for a day. A new day begins the row anew.';
comment on column people.day_use.id is 'The id of a member of staff or a device, a colon, the permission.';

grant select, insert, update on people.role, people.day_use to scrip_app;
select platform.guard_by_merchant(guarded::regclass) from unnest(array['people.role', 'people.day_use']) as guarded;

create view people.staff_view with (security_invoker = true) as
select merchant_id, id, name, role, role_id, person_id, state, created_at from people.staff;
create view people.key_view with (security_invoker = true) as
select merchant_id, id, name, staff_id from people.api_key;
create view merchants.merchant_view with (security_invoker = true) as
select merchant_id, name, currency, timezone, created_at from merchants.merchant;
grant select on people.staff_view, people.key_view, merchants.merchant_view to scrip_app;

-- Of people there is one set for all merchants, since somebody may work for several: only a transaction that said '*'
-- sees them, none of a merchant's own.
create function platform.guard_beyond_merchants(guarded regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', guarded);
  execute format('alter table %s force row level security', guarded);
  execute format($policy$
    create policy all_merchants on %s
      using ((select platform.sees_all())) with check ((select platform.sees_all()))
  $policy$, guarded);
end $$;

create schema signin;
grant usage on schema signin to scrip_app;

create table signin.person (
  id uuid primary key,
  login_hash bytea not null check (length(login_hash) = 32),
  login_sealed bytea not null,
  login_masked text not null,
  name text not null check (length(name) between 1 and 200),
  password text not null,
  password_set_at timestamptz not null,
  totp_sealed bytea,
  totp_begun_sealed bytea,
  totp_step bigint not null default 0,
  last_merchant uuid,
  created_at timestamptz not null,
  constraint person_login unique (login_hash)
);
comment on table signin.person is 'Somebody who signs in, to whichever merchants they work for (people.staff.person_id).';
comment on column signin.person.login_hash is 'Keyed hash of their e-mail address or phone number, which finds them.';
comment on column signin.person.password is 'Argon2id over the password and a key outside the database, as kid:salt:hash with its costs.';
comment on column signin.person.totp_step is 'The time step of the last code that was taken: none at or before it is taken again.';

create table signin.recovery_code (
  person_id uuid not null references signin.person on delete cascade,
  code_hash bytea not null check (length(code_hash) = 32),
  used_at timestamptz,
  primary key (person_id, code_hash)
);

create table signin.passkey (
  id uuid primary key,
  person_id uuid not null references signin.person on delete cascade,
  credential_id text not null,
  public_key bytea not null,
  uses bigint not null,
  host text not null,
  transports text[] not null,
  name text not null check (length(name) between 1 and 200),
  created_at timestamptz not null,
  last_used_at timestamptz,
  constraint passkey_credential unique (credential_id)
);
comment on column signin.passkey.uses is 'What the authenticator says how often it was used; one that goes backwards was copied.';
comment on column signin.passkey.host is 'The name of the site that it was made for, and signs in to only.';
create index passkey_person on signin.passkey (person_id);

create table signin.challenge (
  challenge_hash bytea primary key,
  purpose text not null check (purpose in ('sign_in', 'register')),
  person_id uuid,
  expires_at timestamptz not null
);
comment on table signin.challenge is 'What a passkey is asked to sign; taken away when it comes back, so that it counts once.';
create index challenge_expires on signin.challenge (expires_at);

create table signin.guess (
  subject bytea primary key,
  due_at timestamptz not null
);
comment on table signin.guess is 'How fast a secret may be guessed at, for a login, a person or an address: each guess moves due_at on before it is looked at.';
create index guess_due on signin.guess (due_at);

create table signin.session (
  merchant_id uuid not null,
  id uuid not null,
  person_id uuid not null references signin.person on delete cascade, -- all merchants: persons are beyond them
  staff_id uuid,
  state text not null check (state in ('second_factor', 'signed_in')),
  token_hash bytea not null check (length(token_hash) = 32),
  token_at timestamptz not null,
  previous_hash bytea,
  proven_at timestamptz,
  agent text,
  place text,
  client text,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  primary key (merchant_id, id)
);
comment on column signin.session.merchant_id is 'Whom it acts for; all zeros before the second factor, and where somebody works for nobody.';
comment on column signin.session.token_hash is 'SHA-256 of the cookie, which has 256 random bits.';
comment on column signin.session.previous_hash is 'Of the cookie before it was renewed; good until the new one has been seen for a minute.';
comment on column signin.session.proven_at is 'When the person last proved who they are: by password, code or passkey.';
comment on column signin.session.place is 'The network it was opened from, without the last part of the address.';
create index session_token on signin.session (token_hash) where ended_at is null;
create index session_previous on signin.session (previous_hash) where ended_at is null and previous_hash is not null;
create index session_person on signin.session (person_id) where ended_at is null;
create index session_staff on signin.session (merchant_id, staff_id) where ended_at is null;
create index session_ends on signin.session (ends_at);

create table signin.link (
  token_hash bytea primary key check (length(token_hash) = 32),
  purpose text not null check (purpose in ('first_owner', 'password', 'all_factors')),
  person_id uuid references signin.person on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz
);
comment on table signin.link is 'One-time links beyond merchants: to make the first owner, and to set a password anew.';

grant select, insert, update on signin.person, signin.recovery_code, signin.passkey, signin.challenge, signin.guess,
  signin.session, signin.link to scrip_app;
grant delete on signin.person, signin.recovery_code, signin.passkey, signin.challenge, signin.guess, signin.session,
  signin.link to scrip_app;
select platform.guard_by_merchant('signin.session');
select platform.guard_beyond_merchants(guarded::regclass)
from unnest(array['signin.person', 'signin.recovery_code', 'signin.passkey', 'signin.challenge', 'signin.guess',
  'signin.link']) as guarded;

-- As before, but for whatever tables are guarded, so that a new schema need not be named here.
create or replace function platform.refresh_statistics() returns integer
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  grown regclass;
  refreshed integer := 0;
begin
  for grown in
    select c.oid from pg_class c
    where c.relkind = 'r' and c.relrowsecurity
      and (pg_relation_size(c.oid) / current_setting('block_size')::bigint > 2 * c.relpages
        or pg_stat_get_live_tuples(c.oid) > 2 * greatest(c.reltuples, 0))
  loop
    execute format('analyze %s', grown);
    refreshed := refreshed + 1;
  end loop;
  return refreshed;
end $$;

create schema invitations;
grant usage on schema invitations to scrip_app;

create table invitations.invitation (
  merchant_id uuid not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 200),
  login_hash bytea check (length(login_hash) = 32),
  login_sealed bytea,
  login_masked text,
  role text,
  role_id uuid,
  store_ids uuid[],
  regions text[],
  limits jsonb not null default '{}',
  token_hash bytea not null check (length(token_hash) = 32),
  state text not null check (state in ('open', 'accepted', 'revoked')),
  invited_by uuid not null,
  staff_id uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (merchant_id, id),
  constraint invitation_one_role check ((role is null) <> (role_id is null)),
  constraint invitation_login check ((login_hash is null) = (login_sealed is null) and (login_hash is null) = (login_masked is null))
);
comment on table invitations.invitation is 'Links by which somebody comes to work for a merchant; each is good once.';
comment on column invitations.invitation.login_hash is 'Keyed hash of the e-mail address or phone number that it is for; null: whoever has the link (the operator''s own).';
create index invitation_token on invitations.invitation (token_hash) where state = 'open';

grant select, insert, update on invitations.invitation to scrip_app;
select platform.guard_by_merchant('invitations.invitation');
