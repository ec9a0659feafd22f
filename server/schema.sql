-- Generated from the migrations by `npm run generate`. To change it, add a migration.

create schema platform;

CREATE OR REPLACE FUNCTION platform.as_judged(holds boolean, otherwise text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  if holds is not true then
    raise exception '%', otherwise using errcode = 'SC001';
  end if;
end $function$;

CREATE OR REPLACE FUNCTION platform.guard_beyond_merchants(guarded regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  execute format('alter table %s enable row level security', guarded);
  execute format('alter table %s force row level security', guarded);
  execute format($policy$
    create policy all_merchants on %s
      using ((select platform.sees_all())) with check ((select platform.sees_all()))
  $policy$, guarded);
end $function$;

CREATE OR REPLACE FUNCTION platform.guard_by_merchant(guarded regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  execute format('alter table %s enable row level security', guarded);
  execute format('alter table %s force row level security', guarded);
  -- The sub-selects are run once a statement, not once a row.
  execute format($policy$
    create policy one_merchant on %s
      using (merchant_id = (select platform.seen_merchant()) or (select platform.sees_all()))
      with check (merchant_id = (select platform.seen_merchant()) or (select platform.sees_all()))
  $policy$, guarded);
  execute format('alter table %s alter column merchant_id set (n_distinct = 1)', guarded);
end $function$;

CREATE OR REPLACE FUNCTION platform.refresh_statistics()
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION platform.seen_merchant()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$
  select case when current_setting('scrip.merchant_id', true) ~ '^[0-9a-f-]{36}$'
    then current_setting('scrip.merchant_id', true)::uuid end
$function$;

CREATE OR REPLACE FUNCTION platform.sees_all()
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select current_setting('scrip.merchant_id', true) = '*'
$function$;

create table platform.migration (
  name text not null,
  digest text not null,
  applied_at timestamp with time zone default now() not null,
  constraint migration_pkey PRIMARY KEY (name)
);

grant execute on function platform.refresh_statistics() to scrip_app;
grant usage on schema platform to scrip_app;
grant select on table platform.migration to scrip_app;

create schema ledger;

create table ledger.account (
  merchant_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  purpose text not null,
  detail text default ''::text not null,
  asset text not null,
  balance bigint default 0 not null,
  held bigint default 0 not null,
  floor bigint,
  ceiling bigint,
  state text default 'open'::text not null,
  usable_from timestamp with time zone,
  usable_until timestamp with time zone,
  postings bigint default 0 not null,
  constraint account_pkey PRIMARY KEY (merchant_id, id),
  constraint account_terms UNIQUE (merchant_id, owner_id, purpose, detail, asset),
  constraint account_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES ledger.journal(merchant_id),
  constraint account_balance_check CHECK (((balance >= '-1000000000000000'::bigint) AND (balance <= '1000000000000000'::bigint))),
  constraint account_ceiling CHECK (((ceiling IS NULL) OR (balance <= ceiling))),
  constraint account_floor CHECK (((floor IS NULL) OR ((balance - held) >= floor))),
  constraint account_held_check CHECK ((held >= 0)),
  constraint account_postings_check CHECK ((postings >= 0)),
  constraint account_state_check CHECK ((state = ANY (ARRAY['open'::text, 'frozen'::text, 'closed'::text])))
) with (fillfactor=70, autovacuum_vacuum_scale_factor=0.05);
CREATE INDEX account_ending_points ON ledger.account USING btree (usable_until, merchant_id) WHERE ((purpose = 'points'::text) AND (usable_until IS NOT NULL) AND (state = 'open'::text));
CREATE INDEX account_ending_wallet ON ledger.account USING btree (usable_until, merchant_id) WHERE ((purpose = 'wallet'::text) AND (usable_until IS NOT NULL) AND (state = 'open'::text));
CREATE INDEX account_wallet ON ledger.account USING btree (merchant_id, owner_id) WHERE (purpose = 'wallet'::text);
alter table ledger.account enable row level security;
alter table ledger.account force row level security;
create policy one_merchant on ledger.account as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table ledger.account is 'A balance of one asset. Lots with equal terms are one account; its terms are in detail.';
comment on column ledger.account.owner_id is 'The card, the store or the merchant that it belongs to.';
comment on column ledger.account.postings is 'How many postings it has had: the account_seq of the last one.';

create table ledger.activity (
  merchant_id uuid not null,
  seq bigint not null,
  type text not null,
  occurred_at timestamp with time zone not null,
  actor_id uuid not null,
  store_id uuid,
  subject_id uuid,
  related_seq bigint,
  reference text,
  amount bigint,
  details text,
  idempotency_key text,
  fingerprint bytea,
  result text,
  hash bytea not null,
  constraint activity_pkey PRIMARY KEY (merchant_id, seq),
  constraint activity_seq_check CHECK ((seq > 0))
);
CREATE INDEX activity_actor ON ledger.activity USING btree (merchant_id, actor_id, seq);
CREATE UNIQUE INDEX activity_idempotency_key ON ledger.activity USING btree (merchant_id, idempotency_key) WHERE (idempotency_key IS NOT NULL);
CREATE INDEX activity_low_wallet ON ledger.activity USING btree (occurred_at) WHERE (type = 'wallet.balance_low'::text);
CREATE INDEX activity_occurred_at ON ledger.activity USING brin (occurred_at) WITH (pages_per_range='16');
CREATE INDEX activity_purchase_refund ON ledger.activity USING btree (merchant_id, related_seq) WHERE (type = 'purchase.refunded'::text);
CREATE UNIQUE INDEX activity_reference ON ledger.activity USING btree (merchant_id, reference, store_id) WHERE (reference IS NOT NULL);
CREATE INDEX activity_store ON ledger.activity USING btree (merchant_id, store_id, seq) WHERE (store_id IS NOT NULL);
CREATE INDEX activity_subject ON ledger.activity USING btree (merchant_id, subject_id, seq) WHERE (subject_id IS NOT NULL);
CREATE INDEX activity_type ON ledger.activity USING btree (merchant_id, type, seq);
alter table ledger.activity enable row level security;
alter table ledger.activity force row level security;
create policy one_merchant on ledger.activity as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table ledger.activity is 'The append-only log: what happened, in the order in which it was committed. Also the outbox.';
comment on column ledger.activity.related_seq is 'The earlier activity that this one refunds, reverses, captures or releases.';
comment on column ledger.activity.details is 'JSON, kept as text to the byte because the hash covers it.';
comment on column ledger.activity.result is 'The answer given under idempotency_key, JSON text to the byte.';

create table ledger.follower (
  merchant_id uuid not null,
  job text not null,
  seq bigint not null,
  constraint follower_pkey PRIMARY KEY (merchant_id, job),
  constraint follower_seq_check CHECK ((seq >= 0))
);
alter table ledger.follower enable row level security;
alter table ledger.follower force row level security;
create policy one_merchant on ledger.follower as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table ledger.follower is 'Up to which entry of the log a job has come. Moves in the transaction that writes what the job makes; its row lock is the claim of the process at work.';
comment on column ledger.follower.job is 'The name of the job, as the runner has it.';

create table ledger.hold (
  merchant_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  seq bigint not null,
  amount bigint not null,
  captured bigint default 0 not null,
  state text not null,
  parts jsonb not null,
  store_id uuid not null,
  reference text,
  expires_at timestamp with time zone not null,
  ended_seq bigint,
  constraint hold_pkey PRIMARY KEY (merchant_id, id),
  constraint hold_amount_check CHECK ((amount > 0)),
  constraint hold_check CHECK (((captured >= 0) AND (captured <= amount))),
  constraint hold_state_check CHECK ((state = ANY (ARRAY['open'::text, 'captured'::text, 'released'::text, 'expired'::text])))
) with (fillfactor=80);
CREATE INDEX hold_expiry ON ledger.hold USING btree (expires_at, merchant_id) WHERE (state = 'open'::text);
CREATE INDEX hold_owner ON ledger.hold USING btree (merchant_id, owner_id, expires_at) WHERE (state = 'open'::text);
alter table ledger.hold enable row level security;
alter table ledger.hold force row level security;
create policy one_merchant on ledger.hold as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table ledger.hold is 'A reservation on the lots of one owner; it ends once: captured, released or expired.';
comment on column ledger.hold.parts is 'Which account holds how much: [{"accountId", "amount"}], amounts as text.';
comment on column ledger.hold.ended_seq is 'The activity that captured, released or expired it.';

create table ledger.journal (
  merchant_id uuid not null,
  seq bigint default 0 not null,
  hash bytea not null,
  frozen_reason text,
  frozen_at timestamp with time zone,
  constraint journal_pkey PRIMARY KEY (merchant_id),
  constraint journal_seq_check CHECK ((seq >= 0))
) with (fillfactor=50);
alter table ledger.journal enable row level security;
alter table ledger.journal force row level security;
create policy one_merchant on ledger.journal as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table ledger.journal is 'One row a merchant: the head of its log. Its row lock is the one lock that a batch takes.';
comment on column ledger.journal.hash is 'Hash of the entry numbered seq; at seq 0 a hash of the merchant''s id.';
comment on column ledger.journal.frozen_reason is 'Set by the verifier on a mismatch: nothing moves until an operator has looked.';

create table ledger.posting (
  merchant_id uuid not null,
  activity_seq bigint not null,
  line smallint not null,
  account_id uuid not null,
  account_seq bigint not null,
  amount bigint not null,
  balance_after bigint not null,
  constraint posting_pkey PRIMARY KEY (merchant_id, account_id, account_seq),
  constraint posting_account_seq_check CHECK ((account_seq > 0)),
  constraint posting_amount_check CHECK (((amount <> 0) AND ((amount >= '-1000000000000000'::bigint) AND (amount <= '1000000000000000'::bigint)))),
  constraint posting_line_check CHECK ((line > 0))
);
CREATE INDEX posting_activity ON ledger.posting USING btree (merchant_id, activity_seq);
alter table ledger.posting enable row level security;
alter table ledger.posting force row level security;
create policy one_merchant on ledger.posting as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table ledger.posting is 'Append-only. The postings of an activity sum to zero in each asset.';
comment on column ledger.posting.line is 'Its place among the postings of its activity.';

create table ledger.verification (
  merchant_id uuid not null,
  seq bigint not null,
  verified_at timestamp with time zone not null,
  constraint verification_pkey PRIMARY KEY (merchant_id),
  constraint verification_seq_check CHECK ((seq >= 0))
) with (fillfactor=50);
alter table ledger.verification enable row level security;
alter table ledger.verification force row level security;
create policy one_merchant on ledger.verification as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table ledger.verification is 'How far each log was found to hold. Without a foreign key: its check would lock the journal''s row.';

create view ledger.account_view with (security_invoker=true) as
 SELECT merchant_id,
    id,
    owner_id,
    purpose,
    detail,
    asset,
    balance,
    held,
    state
   FROM ledger.account;

create view ledger.activity_view with (security_invoker=true) as
 SELECT merchant_id,
    seq,
    type,
    occurred_at,
    actor_id,
    store_id,
    subject_id,
    related_seq,
    reference,
    amount,
    details
   FROM ledger.activity;

create view ledger.follower_view with (security_invoker=true) as
 SELECT merchant_id,
    job,
    seq
   FROM ledger.follower;

create view ledger.hold_view with (security_invoker=true) as
 SELECT merchant_id,
    owner_id,
    amount,
    state,
    expires_at
   FROM ledger.hold;

create view ledger.journal_view with (security_invoker=true) as
 SELECT merchant_id,
    seq,
    frozen_reason,
    frozen_at
   FROM ledger.journal;

create view ledger.owner_posting_view with (security_invoker=true) as
 SELECT p.merchant_id,
    p.activity_seq,
    p.line,
    p.account_id,
    a.owner_id,
    p.amount,
    p.balance_after,
    a.purpose,
    a.detail,
    a.asset,
    p.account_seq
   FROM ledger.posting p
     JOIN ledger.account a ON a.merchant_id = p.merchant_id AND a.id = p.account_id;

create view ledger.points_lot_view with (security_invoker=true) as
 SELECT merchant_id,
    owner_id,
    balance,
    usable_until
   FROM ledger.account
  WHERE purpose = 'points'::text AND usable_until IS NOT NULL AND state = 'open'::text;
comment on view ledger.points_lot_view is 'Lots of points that end at some time and were not swept yet.';

create view ledger.store_movement_view with (security_invoker=true) as
 SELECT p.merchant_id,
    a.owner_id,
    a.purpose,
    a.detail,
    a.asset,
    p.activity_seq,
    p.amount
   FROM ledger.posting p
     JOIN ledger.account a ON a.merchant_id = p.merchant_id AND a.id = p.account_id;
comment on view ledger.store_movement_view is 'Postings with the terms of their accounts, for statements.';

create view ledger.wallet_lot_view with (security_invoker=true) as
 SELECT merchant_id,
    owner_id,
    detail,
    asset,
    balance,
    held,
    usable_from,
    usable_until,
    state
   FROM ledger.account
  WHERE purpose = 'wallet'::text;
comment on view ledger.wallet_lot_view is 'The lots of members'' wallets: value on the same terms, of which detail tells the kind.';

grant usage on schema ledger to scrip_app;
grant insert, select, update on table ledger.account to scrip_app;
grant select on table ledger.account_view to scrip_app;
grant insert, select on table ledger.activity to scrip_app;
grant select on table ledger.activity_view to scrip_app;
grant insert, select on table ledger.follower to scrip_app;
grant update on table ledger.follower (seq) to scrip_app;
grant select on table ledger.follower_view to scrip_app;
grant insert, select, update on table ledger.hold to scrip_app;
grant select on table ledger.hold_view to scrip_app;
grant insert, select, update on table ledger.journal to scrip_app;
grant select on table ledger.journal_view to scrip_app;
grant select on table ledger.owner_posting_view to scrip_app;
grant select on table ledger.points_lot_view to scrip_app;
grant insert, select on table ledger.posting to scrip_app;
grant select on table ledger.store_movement_view to scrip_app;
grant insert, select, update on table ledger.verification to scrip_app;
grant select on table ledger.wallet_lot_view to scrip_app;

create schema merchants;

CREATE OR REPLACE FUNCTION merchants.slug_owner(wanted text)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET "scrip.merchant_id" TO '*'
AS $function$
  select merchant_id from merchants.merchant where slug = wanted -- all merchants: a slug is one merchant's alone
$function$;

create table merchants.device (
  merchant_id uuid not null,
  id uuid not null,
  store_id uuid not null,
  name text not null,
  state text not null,
  created_at timestamp with time zone not null,
  limits jsonb default '{}'::jsonb not null,
  paired_at timestamp with time zone,
  last_seen_at timestamp with time zone,
  constraint device_pkey PRIMARY KEY (merchant_id, id),
  constraint device_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchants.merchant(merchant_id),
  constraint device_merchant_id_store_id_fkey FOREIGN KEY (merchant_id, store_id) REFERENCES merchants.store(merchant_id, id),
  constraint device_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint device_state_check CHECK ((state = ANY (ARRAY['active'::text, 'revoked'::text])))
);
alter table merchants.device enable row level security;
alter table merchants.device force row level security;
create policy one_merchant on merchants.device as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table merchants.device is 'A till, terminal or handheld. It stays in its store; revoked, its keys are dead.';
comment on column merchants.device.limits is 'What may be done on it, as people.staff.limits is written.';

create table merchants.legal_entity (
  merchant_id uuid not null,
  id uuid not null,
  name text not null,
  registration text,
  created_at timestamp with time zone not null,
  constraint legal_entity_pkey PRIMARY KEY (merchant_id, id),
  constraint legal_entity_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchants.merchant(merchant_id),
  constraint legal_entity_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint legal_entity_registration_check CHECK (((length(registration) >= 1) AND (length(registration) <= 100)))
);
alter table merchants.legal_entity enable row level security;
alter table merchants.legal_entity force row level security;
create policy one_merchant on merchants.legal_entity as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on column merchants.legal_entity.registration is 'Its number in the companies register, as the merchant writes it.';

create table merchants.merchant (
  merchant_id uuid not null,
  name text not null,
  currency text not null,
  timezone text not null,
  created_at timestamp with time zone not null,
  slug text not null,
  contact_phone text,
  contact_email text,
  contact_address text,
  contact_website text,
  terms_zh text,
  terms_en text,
  terms_version integer default 1 not null,
  widget_origins text[] default '{}'::text[] not null,
  constraint merchant_pkey PRIMARY KEY (merchant_id),
  constraint merchant_contact_address_check CHECK (((length(contact_address) >= 1) AND (length(contact_address) <= 300))),
  constraint merchant_contact_email_check CHECK (((length(contact_email) >= 3) AND (length(contact_email) <= 254))),
  constraint merchant_contact_phone_check CHECK (((length(contact_phone) >= 1) AND (length(contact_phone) <= 40))),
  constraint merchant_contact_website_check CHECK (((contact_website ~ '^https://'::text) AND (length(contact_website) <= 300))),
  constraint merchant_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint merchant_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint merchant_slug_form CHECK (((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND ((length(slug) >= 3) AND (length(slug) <= 60)))),
  constraint merchant_terms_en_check CHECK (((length(terms_en) >= 1) AND (length(terms_en) <= 20000))),
  constraint merchant_terms_version_check CHECK ((terms_version > 0)),
  constraint merchant_terms_zh_check CHECK (((length(terms_zh) >= 1) AND (length(terms_zh) <= 20000))),
  constraint merchant_widget_origins_check CHECK ((cardinality(widget_origins) <= 20))
);
CREATE UNIQUE INDEX merchant_slug ON merchants.merchant USING btree (slug);
alter table merchants.merchant enable row level security;
alter table merchants.merchant force row level security;
create policy one_merchant on merchants.merchant as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on column merchants.merchant.timezone is 'IANA zone: where its days end.';
comment on column merchants.merchant.slug is 'Names it in the address of its public pages, so that a code is never looked up without a merchant.';
comment on column merchants.merchant.terms_version is 'Goes up with each change of the terms: who agreed, agreed to a version.';
comment on column merchants.merchant.widget_origins is 'Scheme, host and port of each site whose pages may look cards up; no other does.';

create table merchants.region (
  merchant_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  state text not null,
  created_at timestamp with time zone not null,
  constraint region_pkey PRIMARY KEY (merchant_id, id),
  constraint region_code UNIQUE (merchant_id, code),
  constraint region_name UNIQUE (merchant_id, name),
  constraint region_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchants.merchant(merchant_id),
  constraint region_code_check CHECK (((length(code) >= 1) AND (length(code) <= 64))),
  constraint region_name_check CHECK (((length(name) >= 1) AND (length(name) <= 64))),
  constraint region_state_check CHECK ((state = ANY (ARRAY['active'::text, 'retired'::text])))
);
alter table merchants.region enable row level security;
alter table merchants.region force row level security;
create policy one_merchant on merchants.region as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table merchants.region is 'Where a chain has stores: scopes of staff, terms of cards and rules of acceptance go by it.';
comment on column merchants.region.code is 'What stores, scopes and terms name it by; never changes.';
comment on column merchants.region.state is 'No store is in a retired one.';

create table merchants.store (
  merchant_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  region text,
  legal_entity_id uuid,
  state text not null,
  created_at timestamp with time zone not null,
  ownership text default 'direct'::text not null,
  constraint store_pkey PRIMARY KEY (merchant_id, id),
  constraint store_code UNIQUE (merchant_id, code),
  constraint store_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchants.merchant(merchant_id),
  constraint store_merchant_id_legal_entity_id_fkey FOREIGN KEY (merchant_id, legal_entity_id) REFERENCES merchants.legal_entity(merchant_id, id),
  constraint store_region FOREIGN KEY (merchant_id, region) REFERENCES merchants.region(merchant_id, code),
  constraint store_code_check CHECK (((length(code) >= 1) AND (length(code) <= 64))),
  constraint store_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint store_ownership_check CHECK ((ownership = ANY (ARRAY['direct'::text, 'franchise'::text]))),
  constraint store_region_check CHECK (((length(region) >= 1) AND (length(region) <= 64))),
  constraint store_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text])))
);
alter table merchants.store enable row level security;
alter table merchants.store force row level security;
create policy one_merchant on merchants.store as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on column merchants.store.code is 'The merchant''s own name for it; never changes.';
comment on column merchants.store.region is 'The code of its region.';
comment on column merchants.store.ownership is 'Whether the merchant runs it itself, or somebody does under its name.';

create view merchants.device_view with (security_invoker=true) as
 SELECT merchant_id,
    id,
    store_id,
    name,
    state,
    created_at
   FROM merchants.device;

create view merchants.merchant_view with (security_invoker=true) as
 SELECT merchant_id,
    name,
    currency,
    timezone,
    created_at
   FROM merchants.merchant;

create view merchants.store_view with (security_invoker=true) as
 SELECT merchant_id,
    id,
    code,
    name,
    region,
    legal_entity_id,
    state,
    ownership
   FROM merchants.store;

grant execute on function merchants.slug_owner(wanted text) to scrip_app;
grant usage on schema merchants to scrip_app;
grant insert, select, update on table merchants.device to scrip_app;
grant select on table merchants.device_view to scrip_app;
grant insert, select, update on table merchants.legal_entity to scrip_app;
grant insert, select, update on table merchants.merchant to scrip_app;
grant select on table merchants.merchant_view to scrip_app;
grant insert, select, update on table merchants.region to scrip_app;
grant insert, select, update on table merchants.store to scrip_app;
grant select on table merchants.store_view to scrip_app;

create schema people;

create table people.api_key (
  merchant_id uuid not null,
  id uuid not null,
  kind text not null,
  name text not null,
  prefix text not null,
  secret_hash bytea not null,
  staff_id uuid,
  device_id uuid,
  role text,
  permissions text[] default '{}'::text[] not null,
  store_ids uuid[],
  ceilings jsonb default '{}'::jsonb not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  made_by uuid,
  constraint api_key_pkey PRIMARY KEY (merchant_id, id),
  constraint api_key_merchant_id_staff_id_fkey FOREIGN KEY (merchant_id, staff_id) REFERENCES people.staff(merchant_id, id),
  constraint api_key_kind_check CHECK ((kind = ANY (ARRAY['secret'::text, 'public'::text]))),
  constraint api_key_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint api_key_role_or_permissions CHECK (((role IS NULL) = (cardinality(permissions) > 0))),
  constraint api_key_secret_hash_check CHECK ((length(secret_hash) = 32))
);
CREATE INDEX api_key_role ON people.api_key USING btree (merchant_id, role) WHERE ((revoked_at IS NULL) AND (role IS NOT NULL));
CREATE INDEX api_key_secret_hash ON people.api_key USING btree (secret_hash);
CREATE INDEX api_key_staff ON people.api_key USING btree (merchant_id, staff_id) WHERE ((revoked_at IS NULL) AND (staff_id IS NOT NULL));
alter table people.api_key enable row level security;
alter table people.api_key force row level security;
create policy one_merchant on people.api_key as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on column people.api_key.secret_hash is 'SHA-256 of the key, which has 256 random bits: a slow hash would protect nothing more.';
comment on column people.api_key.role is 'Where it is set the key can do what the role can, also what a later version adds to it.';
comment on column people.api_key.store_ids is 'The stores that it may act for; null: all.';
comment on column people.api_key.ceilings is 'The largest amount for a permission, minor units as text: {"cards.redeem": "50000"}.';
comment on column people.api_key.made_by is 'The person who had it made, and so has seen it; null: the operator.';

create table people.day_use (
  merchant_id uuid not null,
  id text not null,
  day date not null,
  used bigint not null,
  constraint day_use_pkey PRIMARY KEY (merchant_id, id),
  constraint day_use_used_check CHECK ((used >= 0))
);
alter table people.day_use enable row level security;
alter table people.day_use force row level security;
create policy one_merchant on people.day_use as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table people.day_use is 'What is taken of somebody''s allowance for a day. A new day begins the row anew.';
comment on column people.day_use.id is 'The id of a member of staff or a device, a colon, the permission.';

create table people.key_use (
  merchant_id uuid not null,
  key_id uuid not null,
  last_used_at timestamp with time zone not null,
  constraint key_use_pkey PRIMARY KEY (merchant_id, key_id)
);
alter table people.key_use enable row level security;
alter table people.key_use force row level security;
create policy one_merchant on people.key_use as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table people.key_use is 'Apart from the key, so that noting a use never waits for, or makes wait, what moves value.';

create table people.policy (
  merchant_id uuid not null,
  rules jsonb not null,
  wait_hours integer not null,
  proven_above bigint not null,
  constraint policy_pkey PRIMARY KEY (merchant_id),
  constraint policy_proven_above_check CHECK ((proven_above >= 0)),
  constraint policy_wait_hours_check CHECK (((wait_hours >= 1) AND (wait_hours <= 720)))
);
alter table people.policy enable row level security;
alter table people.policy force row level security;
create policy one_merchant on people.policy as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table people.policy is 'How much a merchant lets one person do alone; no row: the standard policy.';
comment on column people.policy.rules is 'Above which amount, minor units as text, a second person is needed: {"refund": {"isOn": true, "above": "100000"}}.';
comment on column people.policy.proven_above is 'Above which amount who signed in proves anew who they are.';

create table people.role (
  merchant_id uuid not null,
  id uuid not null,
  name text not null,
  permissions text[] not null,
  created_at timestamp with time zone not null,
  constraint role_pkey PRIMARY KEY (merchant_id, id),
  constraint role_name UNIQUE (merchant_id, name),
  constraint role_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
);
alter table people.role enable row level security;
alter table people.role force row level security;
create policy one_merchant on people.role as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));

create table people.staff (
  merchant_id uuid not null,
  id uuid not null,
  name text not null,
  role text,
  state text not null,
  created_at timestamp with time zone not null,
  role_id uuid,
  person_id uuid,
  login text,
  store_ids uuid[],
  regions text[],
  limits jsonb default '{}'::jsonb not null,
  constraint staff_pkey PRIMARY KEY (merchant_id, id),
  constraint staff_person UNIQUE (merchant_id, person_id),
  constraint staff_role FOREIGN KEY (merchant_id, role_id) REFERENCES people.role(merchant_id, id),
  constraint staff_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint staff_one_role CHECK (((role IS NULL) <> (role_id IS NULL))),
  constraint staff_state_check CHECK ((state = ANY (ARRAY['active'::text, 'left'::text])))
);
CREATE INDEX staff_of_person ON people.staff USING btree (person_id) WHERE (person_id IS NOT NULL);
alter table people.staff enable row level security;
alter table people.staff force row level security;
create policy one_merchant on people.staff as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on column people.staff.role is 'What their keys can do at most.';
comment on column people.staff.role_id is 'A role of the merchant''s own, where it is none of the built-in ones.';
comment on column people.staff.person_id is 'Who signs in as this member of staff (signin.person); null: nobody.';
comment on column people.staff.login is 'What they sign in by, masked: 138****5678.';
comment on column people.staff.store_ids is 'The stores that they work in; with no regions either: everywhere.';
comment on column people.staff.limits is 'What a permission may amount to, minor units as text: {"cards.reload": {"each": "50000", "day": "200000"}}.';

create view people.key_view with (security_invoker=true) as
 SELECT merchant_id,
    id,
    name,
    staff_id,
    device_id,
    prefix,
    store_ids,
    revoked_at
   FROM people.api_key;

create view people.staff_view with (security_invoker=true) as
 SELECT merchant_id,
    id,
    name,
    role,
    role_id,
    person_id,
    state,
    created_at,
    login,
    store_ids
   FROM people.staff;

grant usage on schema people to scrip_app;
grant insert, select, update on table people.api_key to scrip_app;
grant insert, select, update on table people.day_use to scrip_app;
grant insert, select, update on table people.key_use to scrip_app;
grant select on table people.key_view to scrip_app;
grant insert, select, update on table people.policy to scrip_app;
grant insert, select, update on table people.role to scrip_app;
grant insert, select, update on table people.staff to scrip_app;
grant select on table people.staff_view to scrip_app;

create schema signin;

create table signin.challenge (
  challenge_hash bytea not null,
  purpose text not null,
  person_id uuid,
  expires_at timestamp with time zone not null,
  constraint challenge_pkey PRIMARY KEY (challenge_hash),
  constraint challenge_purpose_check CHECK ((purpose = ANY (ARRAY['sign_in'::text, 'register'::text])))
);
CREATE INDEX challenge_expires ON signin.challenge USING btree (expires_at);
alter table signin.challenge enable row level security;
alter table signin.challenge force row level security;
create policy all_merchants on signin.challenge as permissive for all
  using (( SELECT platform.sees_all() AS sees_all))
  with check (( SELECT platform.sees_all() AS sees_all));
comment on table signin.challenge is 'What a passkey is asked to sign; taken away when it comes back, so that it counts once.';

create table signin.device_pin (
  merchant_id uuid not null,
  staff_id uuid not null,
  pin_hash bytea not null,
  set_at timestamp with time zone not null,
  constraint device_pin_pkey PRIMARY KEY (merchant_id, staff_id),
  constraint device_pin_pin_hash_check CHECK ((length(pin_hash) = 32))
);
alter table signin.device_pin enable row level security;
alter table signin.device_pin force row level security;
create policy one_merchant on signin.device_pin as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table signin.device_pin is 'Six digits by which a member of staff signs in on a paired device, as keyed hash.';

create table signin.guess (
  subject bytea not null,
  due_at timestamp with time zone not null,
  constraint guess_pkey PRIMARY KEY (subject)
);
CREATE INDEX guess_due ON signin.guess USING btree (due_at);
alter table signin.guess enable row level security;
alter table signin.guess force row level security;
create policy all_merchants on signin.guess as permissive for all
  using (( SELECT platform.sees_all() AS sees_all))
  with check (( SELECT platform.sees_all() AS sees_all));
comment on table signin.guess is 'How fast a secret may be guessed at, for a login, a person or an address: each guess moves due_at on before it is looked at.';

create table signin.link (
  token_hash bytea not null,
  purpose text not null,
  person_id uuid,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint link_pkey PRIMARY KEY (token_hash),
  constraint link_person_id_fkey FOREIGN KEY (person_id) REFERENCES signin.person(id) ON DELETE CASCADE,
  constraint link_purpose_check CHECK ((purpose = ANY (ARRAY['first_owner'::text, 'password'::text, 'all_factors'::text]))),
  constraint link_token_hash_check CHECK ((length(token_hash) = 32))
);
alter table signin.link enable row level security;
alter table signin.link force row level security;
create policy all_merchants on signin.link as permissive for all
  using (( SELECT platform.sees_all() AS sees_all))
  with check (( SELECT platform.sees_all() AS sees_all));
comment on table signin.link is 'One-time links beyond merchants: to make the first owner, and to set a password anew.';

create table signin.pairing (
  merchant_id uuid not null,
  device_id uuid not null,
  code_hash bytea,
  code_expires_at timestamp with time zone,
  token_hash bytea,
  previous_hash bytea,
  token_at timestamp with time zone,
  constraint pairing_pkey PRIMARY KEY (merchant_id, device_id),
  constraint pairing_code_hash_check CHECK ((length(code_hash) = 32)),
  constraint pairing_token_hash_check CHECK ((length(token_hash) = 32))
);
CREATE INDEX pairing_code ON signin.pairing USING btree (code_hash) WHERE (code_hash IS NOT NULL);
CREATE INDEX pairing_previous ON signin.pairing USING btree (previous_hash) WHERE (previous_hash IS NOT NULL);
CREATE INDEX pairing_token ON signin.pairing USING btree (token_hash) WHERE (token_hash IS NOT NULL);
alter table signin.pairing enable row level security;
alter table signin.pairing force row level security;
create policy one_merchant on signin.pairing as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table signin.pairing is 'How a device is known by its cookie, and the code by which one becomes it.';
comment on column signin.pairing.code_hash is 'SHA-256 of a code of 256 random bits, good once; null: none is out.';
comment on column signin.pairing.previous_hash is 'Of the cookie before the last renewal, whose answer may have got lost.';

create table signin.passkey (
  id uuid not null,
  person_id uuid not null,
  credential_id text not null,
  public_key bytea not null,
  uses bigint not null,
  host text not null,
  transports text[] not null,
  name text not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  constraint passkey_pkey PRIMARY KEY (id),
  constraint passkey_credential UNIQUE (credential_id),
  constraint passkey_person_id_fkey FOREIGN KEY (person_id) REFERENCES signin.person(id) ON DELETE CASCADE,
  constraint passkey_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
);
CREATE INDEX passkey_person ON signin.passkey USING btree (person_id);
alter table signin.passkey enable row level security;
alter table signin.passkey force row level security;
create policy all_merchants on signin.passkey as permissive for all
  using (( SELECT platform.sees_all() AS sees_all))
  with check (( SELECT platform.sees_all() AS sees_all));
comment on column signin.passkey.uses is 'What the authenticator says how often it was used; one that goes backwards was copied.';
comment on column signin.passkey.host is 'The name of the site that it was made for, and signs in to only.';

create table signin.person (
  id uuid not null,
  login_hash bytea not null,
  login_sealed bytea not null,
  login_masked text not null,
  name text not null,
  password text not null,
  password_set_at timestamp with time zone not null,
  totp_sealed bytea,
  totp_begun_sealed bytea,
  totp_step bigint default 0 not null,
  last_merchant uuid,
  created_at timestamp with time zone not null,
  constraint person_pkey PRIMARY KEY (id),
  constraint person_login UNIQUE (login_hash),
  constraint person_login_hash_check CHECK ((length(login_hash) = 32)),
  constraint person_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
);
alter table signin.person enable row level security;
alter table signin.person force row level security;
create policy all_merchants on signin.person as permissive for all
  using (( SELECT platform.sees_all() AS sees_all))
  with check (( SELECT platform.sees_all() AS sees_all));
comment on table signin.person is 'Somebody who signs in, to whichever merchants they work for (people.staff.person_id).';
comment on column signin.person.login_hash is 'Keyed hash of their e-mail address or phone number, which finds them.';
comment on column signin.person.password is 'Argon2id over the password and a key outside the database, as kid:salt:hash with its costs.';
comment on column signin.person.totp_step is 'The time step of the last code that was taken: none at or before it is taken again.';

create table signin.recovery_code (
  person_id uuid not null,
  code_hash bytea not null,
  used_at timestamp with time zone,
  constraint recovery_code_pkey PRIMARY KEY (person_id, code_hash),
  constraint recovery_code_person_id_fkey FOREIGN KEY (person_id) REFERENCES signin.person(id) ON DELETE CASCADE,
  constraint recovery_code_code_hash_check CHECK ((length(code_hash) = 32))
);
alter table signin.recovery_code enable row level security;
alter table signin.recovery_code force row level security;
create policy all_merchants on signin.recovery_code as permissive for all
  using (( SELECT platform.sees_all() AS sees_all))
  with check (( SELECT platform.sees_all() AS sees_all));

create table signin.session (
  merchant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  staff_id uuid,
  state text not null,
  token_hash bytea not null,
  token_at timestamp with time zone not null,
  previous_hash bytea,
  proven_at timestamp with time zone,
  agent text,
  place text,
  client text,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  device_id uuid,
  by_pin boolean default false not null,
  constraint session_pkey PRIMARY KEY (merchant_id, id),
  constraint session_person_id_fkey FOREIGN KEY (person_id) REFERENCES signin.person(id) ON DELETE CASCADE,
  constraint session_state_check CHECK ((state = ANY (ARRAY['second_factor'::text, 'signed_in'::text]))),
  constraint session_token_hash_check CHECK ((length(token_hash) = 32))
);
CREATE INDEX session_device ON signin.session USING btree (merchant_id, device_id) WHERE ((ended_at IS NULL) AND (device_id IS NOT NULL));
CREATE INDEX session_ends ON signin.session USING btree (ends_at);
CREATE INDEX session_person ON signin.session USING btree (person_id) WHERE (ended_at IS NULL);
CREATE INDEX session_previous ON signin.session USING btree (previous_hash) WHERE ((ended_at IS NULL) AND (previous_hash IS NOT NULL));
CREATE INDEX session_staff ON signin.session USING btree (merchant_id, staff_id) WHERE (ended_at IS NULL);
CREATE INDEX session_token ON signin.session USING btree (token_hash) WHERE (ended_at IS NULL);
alter table signin.session enable row level security;
alter table signin.session force row level security;
create policy one_merchant on signin.session as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on column signin.session.merchant_id is 'Whom it acts for; all zeros before the second factor, and where somebody works for nobody.';
comment on column signin.session.token_hash is 'SHA-256 of the cookie, which has 256 random bits.';
comment on column signin.session.previous_hash is 'Of the cookie before it was renewed; good until the new one has been seen for a minute.';
comment on column signin.session.proven_at is 'When the person last proved who they are: by password, code or passkey.';
comment on column signin.session.place is 'The network it was opened from, without the last part of the address.';
comment on column signin.session.device_id is 'The device that it was opened on, which bounds it; null: some browser.';
comment on column signin.session.by_pin is 'Opened by six digits, which let do what is done at a counter and no more.';

grant usage on schema signin to scrip_app;
grant delete, insert, select, update on table signin.challenge to scrip_app;
grant insert, select, update on table signin.device_pin to scrip_app;
grant delete, insert, select, update on table signin.guess to scrip_app;
grant delete, insert, select, update on table signin.link to scrip_app;
grant insert, select, update on table signin.pairing to scrip_app;
grant delete, insert, select, update on table signin.passkey to scrip_app;
grant delete, insert, select, update on table signin.person to scrip_app;
grant delete, insert, select, update on table signin.recovery_code to scrip_app;
grant delete, insert, select, update on table signin.session to scrip_app;

create schema invitations;

create table invitations.invitation (
  merchant_id uuid not null,
  id uuid not null,
  name text not null,
  login_hash bytea,
  login_sealed bytea,
  login_masked text,
  role text,
  role_id uuid,
  store_ids uuid[],
  regions text[],
  limits jsonb default '{}'::jsonb not null,
  token_hash bytea not null,
  state text not null,
  invited_by uuid not null,
  staff_id uuid,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint invitation_pkey PRIMARY KEY (merchant_id, id),
  constraint invitation_login CHECK ((((login_hash IS NULL) = (login_sealed IS NULL)) AND ((login_hash IS NULL) = (login_masked IS NULL)))),
  constraint invitation_login_hash_check CHECK ((length(login_hash) = 32)),
  constraint invitation_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint invitation_one_role CHECK (((role IS NULL) <> (role_id IS NULL))),
  constraint invitation_state_check CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'revoked'::text]))),
  constraint invitation_token_hash_check CHECK ((length(token_hash) = 32))
);
CREATE INDEX invitation_token ON invitations.invitation USING btree (token_hash) WHERE (state = 'open'::text);
alter table invitations.invitation enable row level security;
alter table invitations.invitation force row level security;
create policy one_merchant on invitations.invitation as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table invitations.invitation is 'Links by which somebody comes to work for a merchant; each is good once.';
comment on column invitations.invitation.login_hash is 'Keyed hash of the e-mail address or phone number that it is for; null: whoever has the link (the operator''s own).';

grant usage on schema invitations to scrip_app;
grant insert, select, update on table invitations.invitation to scrip_app;

create schema catalog;

create table catalog.category (
  merchant_id uuid not null,
  id uuid not null,
  parent_id uuid,
  name_zh text not null,
  name_en text,
  revision integer not null,
  created_at timestamp with time zone not null,
  constraint category_pkey PRIMARY KEY (merchant_id, id),
  constraint category_merchant_id_parent_id_fkey FOREIGN KEY (merchant_id, parent_id) REFERENCES catalog.category(merchant_id, id),
  constraint category_name_en_check CHECK (((length(name_en) >= 1) AND (length(name_en) <= 100))),
  constraint category_name_zh_check CHECK (((length(name_zh) >= 1) AND (length(name_zh) <= 100))),
  constraint category_revision_check CHECK ((revision > 0))
);
alter table catalog.category enable row level security;
alter table catalog.category force row level security;
create policy one_merchant on catalog.category as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table catalog.category is 'A tree of categories of goods. A category stays where it is; its names may change.';

create table catalog.gift (
  merchant_id uuid not null,
  id uuid not null,
  name_zh text not null,
  name_en text,
  product_id uuid,
  points bigint not null,
  state text not null,
  revision integer not null,
  created_at timestamp with time zone not null,
  constraint gift_pkey PRIMARY KEY (merchant_id, id),
  constraint gift_merchant_id_product_id_fkey FOREIGN KEY (merchant_id, product_id) REFERENCES catalog.product(merchant_id, id),
  constraint gift_name_en_check CHECK (((length(name_en) >= 1) AND (length(name_en) <= 200))),
  constraint gift_name_zh_check CHECK (((length(name_zh) >= 1) AND (length(name_zh) <= 200))),
  constraint gift_points_check CHECK (((points >= 1) AND (points <= '1000000000000'::bigint))),
  constraint gift_revision_check CHECK ((revision > 0)),
  constraint gift_state_check CHECK ((state = ANY (ARRAY['offered'::text, 'resting'::text])))
);
alter table catalog.gift enable row level security;
alter table catalog.gift force row level security;
create policy one_merchant on catalog.gift as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table catalog.gift is 'What members get for points. How many are in which store is a balance in the ledger.';

create table catalog.product (
  merchant_id uuid not null,
  id uuid not null,
  sku text not null,
  name_zh text not null,
  name_en text,
  category_id uuid,
  price bigint not null,
  cost bigint,
  state text not null,
  revision integer not null,
  created_at timestamp with time zone not null,
  constraint product_pkey PRIMARY KEY (merchant_id, id),
  constraint product_merchant_id_sku_key UNIQUE (merchant_id, sku),
  constraint product_merchant_id_category_id_fkey FOREIGN KEY (merchant_id, category_id) REFERENCES catalog.category(merchant_id, id),
  constraint product_cost_check CHECK (((cost >= 0) AND (cost <= '1000000000000000'::bigint))),
  constraint product_name_en_check CHECK (((length(name_en) >= 1) AND (length(name_en) <= 200))),
  constraint product_name_zh_check CHECK (((length(name_zh) >= 1) AND (length(name_zh) <= 200))),
  constraint product_price_check CHECK (((price >= 0) AND (price <= '1000000000000000'::bigint))),
  constraint product_revision_check CHECK ((revision > 0)),
  constraint product_sku_check CHECK (((length(sku) >= 1) AND (length(sku) <= 64))),
  constraint product_state_check CHECK ((state = ANY (ARRAY['sold'::text, 'retired'::text])))
);
CREATE INDEX product_category ON catalog.product USING btree (merchant_id, category_id, id);
alter table catalog.product enable row level security;
alter table catalog.product force row level security;
create policy one_merchant on catalog.product as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table catalog.product is 'Goods and services, by the merchant''s own number for each, which never changes.';
comment on column catalog.product.cost is 'What it costs the merchant; shown only to who may change it.';

create view catalog.gift_view with (security_invoker=true) as
 SELECT merchant_id,
    id,
    name_zh,
    name_en,
    points,
    state
   FROM catalog.gift;

create view catalog.product_view with (security_invoker=true) as
 SELECT merchant_id,
    id,
    sku,
    name_zh,
    name_en,
    category_id,
    price,
    state
   FROM catalog.product;

grant usage on schema catalog to scrip_app;
grant insert, select, update on table catalog.category to scrip_app;
grant insert, select, update on table catalog.gift to scrip_app;
grant select on table catalog.gift_view to scrip_app;
grant insert, select, update on table catalog.product to scrip_app;
grant select on table catalog.product_view to scrip_app;

create schema programs;

create table programs.program (
  merchant_id uuid not null,
  id uuid not null,
  kind text not null,
  state text not null,
  version_id uuid not null,
  version integer not null,
  created_at timestamp with time zone not null,
  constraint program_pkey PRIMARY KEY (merchant_id, id),
  constraint program_kind_check CHECK ((kind = 'gift'::text)),
  constraint program_state_check CHECK ((state = ANY (ARRAY['active'::text, 'retired'::text])))
);
alter table programs.program enable row level security;
alter table programs.program force row level security;
create policy one_merchant on programs.program as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on column programs.program.version_id is 'The terms that new cards get. Cards already issued keep theirs.';

create table programs.version (
  merchant_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  version integer not null,
  kind text not null,
  name_zh text not null,
  name_en text not null,
  currency text not null,
  has_pin boolean not null,
  bearer boolean not null,
  medium text not null,
  reloadable boolean not null,
  transferable boolean not null,
  terms jsonb not null,
  created_at timestamp with time zone not null,
  constraint version_pkey PRIMARY KEY (merchant_id, id),
  constraint version_merchant_id_program_id_version_key UNIQUE (merchant_id, program_id, version),
  constraint version_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint version_kind_check CHECK ((kind = 'gift'::text)),
  constraint version_medium_check CHECK ((medium = ANY (ARRAY['physical'::text, 'digital'::text]))),
  constraint version_name_en_check CHECK (((length(name_en) >= 1) AND (length(name_en) <= 100))),
  constraint version_name_zh_check CHECK (((length(name_zh) >= 1) AND (length(name_zh) <= 100)))
);
alter table programs.version enable row level security;
alter table programs.version force row level security;
create policy one_merchant on programs.version as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on column programs.version.terms is 'Denominations, range, sale prices, validity, accepting stores and the most it may hold; amounts as text.';

create view programs.version_view with (security_invoker=true) as
 SELECT merchant_id,
    id,
    program_id,
    version,
    name_zh,
    name_en,
    currency,
    has_pin,
    bearer
   FROM programs.version;

grant usage on schema programs to scrip_app;
grant insert, select, update on table programs.program to scrip_app;
grant insert, select on table programs.version to scrip_app;
grant select on table programs.version_view to scrip_app;

create schema storefunds;

create table storefunds.fund (
  merchant_id uuid not null,
  store_id uuid not null,
  currency text not null,
  keeps_cash boolean not null,
  credit_limit bigint not null,
  created_at timestamp with time zone not null,
  constraint fund_pkey PRIMARY KEY (merchant_id, store_id),
  constraint fund_credit_limit_check CHECK (((credit_limit >= 0) AND (credit_limit <= '1000000000000000'::bigint))),
  constraint fund_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text))
);
alter table storefunds.fund enable row level security;
alter table storefunds.fund force row level security;
create policy one_merchant on storefunds.fund as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table storefunds.fund is 'Stores that settle by an account of their own. What is on it, the credit with it, is a balance in the ledger.';
comment on column storefunds.fund.keeps_cash is 'Cash that members hand over at the store stays there; the account pays for it, less the commission.';
comment on column storefunds.fund.credit_limit is 'Stands on the account too, posted there against the merchant, so that it is claimed like money.';

grant usage on schema storefunds to scrip_app;
grant insert, select, update on table storefunds.fund to scrip_app;

create schema settlement;

create table settlement.party (
  merchant_id uuid not null,
  id uuid not null,
  kind text not null,
  name text not null,
  created_at timestamp with time zone not null,
  constraint party_pkey PRIMARY KEY (merchant_id, id),
  constraint party_merchant_id_name_key UNIQUE (merchant_id, name),
  constraint party_kind_check CHECK ((kind = ANY (ARRAY['issuer'::text, 'sponsor'::text]))),
  constraint party_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100)))
);
alter table settlement.party enable row level security;
alter table settlement.party force row level security;
create policy one_merchant on settlement.party as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table settlement.party is 'Who bears cost beside the merchant and its stores.';

create table settlement.version (
  merchant_id uuid not null,
  id uuid not null,
  kind text not null,
  number integer not null,
  valid_from timestamp with time zone not null,
  note text,
  body jsonb not null,
  created_at timestamp with time zone not null,
  constraint version_pkey PRIMARY KEY (merchant_id, id),
  constraint version_merchant_id_kind_number_key UNIQUE (merchant_id, kind, number),
  constraint version_kind_check CHECK ((kind = ANY (ARRAY['terms'::text, 'acceptance'::text]))),
  constraint version_note_check CHECK (((length(note) >= 1) AND (length(note) <= 500))),
  constraint version_number_check CHECK ((number > 0))
);
alter table settlement.version enable row level security;
alter table settlement.version force row level security;
create policy one_merchant on settlement.version as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table settlement.version is 'Terms between stores, and who takes whose cards, each from valid_from until a later one. Never changed.';

create view settlement.party_view with (security_invoker=true) as
 SELECT merchant_id,
    id,
    kind,
    name
   FROM settlement.party;

grant usage on schema settlement to scrip_app;
grant insert, select on table settlement.party to scrip_app;
grant select on table settlement.party_view to scrip_app;
grant insert, select on table settlement.version to scrip_app;

create schema cards;

create table cards.action (
  merchant_id uuid not null,
  id uuid not null,
  verb text not null,
  reason text not null,
  until date,
  card_ids uuid[] not null,
  balances bigint[] not null,
  actor_id uuid not null,
  created_at timestamp with time zone not null,
  constraint action_pkey PRIMARY KEY (merchant_id, id),
  constraint action_card_ids_check CHECK (((cardinality(card_ids) >= 1) AND (cardinality(card_ids) <= 10000))),
  constraint action_check CHECK ((cardinality(balances) =
CASE verb
    WHEN 'void'::text THEN cardinality(card_ids)
    ELSE 0
END)),
  constraint action_verb_check CHECK ((verb = ANY (ARRAY['freeze'::text, 'void'::text, 'extend'::text])))
);
alter table cards.action enable row level security;
alter table cards.action force row level security;
create policy one_merchant on cards.action as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table cards.action is 'One verb on many cards, each carried out by itself through the executor, for who asked for it.';
comment on column cards.action.card_ids is 'The set as it was previewed, in the order in which it is gone through.';
comment on column cards.action.balances is 'Of cards to be voided, what was on each when it was asked for: more is never voided.';

create table cards.action_progress (
  merchant_id uuid not null,
  action_id uuid not null,
  done integer not null,
  total integer not null,
  constraint action_progress_pkey PRIMARY KEY (merchant_id, action_id),
  constraint action_progress_done_check CHECK ((done >= 0))
) with (fillfactor=50);
CREATE INDEX action_unfinished ON cards.action_progress USING btree (action_id) WHERE (done < total);
alter table cards.action_progress enable row level security;
alter table cards.action_progress force row level security;
create policy one_merchant on cards.action_progress as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table cards.action_progress is 'How many of its cards were gone through. A kill between a card and this does that card again, which changes nothing.';

create table cards.action_refusal (
  merchant_id uuid not null,
  action_id uuid not null,
  card_id uuid not null,
  code text not null,
  constraint action_refusal_pkey PRIMARY KEY (merchant_id, action_id, card_id)
);
alter table cards.action_refusal enable row level security;
alter table cards.action_refusal force row level security;
create policy one_merchant on cards.action_refusal as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));

create table cards.card (
  merchant_id uuid not null,
  id uuid not null,
  batch_id uuid,
  version_id uuid not null,
  serial bigint not null,
  code_hash bytea not null,
  pin_hash bytea,
  key_version smallint not null,
  draw smallint not null,
  last4 text not null,
  face_value bigint not null,
  state text not null,
  loaded bigint default 0 not null,
  load_postings integer default 0 not null,
  activation_seq bigint,
  pin_tries smallint default 0 not null,
  activated_at timestamp with time zone,
  sold_store_id uuid,
  valid_until timestamp with time zone,
  holder text,
  replaced_by uuid,
  replaces uuid,
  reason text,
  constraint card_pkey PRIMARY KEY (merchant_id, id),
  constraint card_code UNIQUE (merchant_id, code_hash),
  constraint card_serial UNIQUE (merchant_id, serial),
  constraint card_pin_tries_check CHECK (((pin_tries >= 0) AND (pin_tries <= 5))),
  constraint card_state_check CHECK ((state = ANY (ARRAY['generated'::text, 'active'::text, 'frozen'::text, 'expired'::text, 'voided'::text, 'replaced'::text])))
) with (fillfactor=90);
CREATE INDEX card_batch ON cards.card USING btree (merchant_id, batch_id, serial) WHERE (batch_id IS NOT NULL);
CREATE INDEX card_expiry ON cards.card USING btree (valid_until, merchant_id) WHERE ((state = 'active'::text) AND (valid_until IS NOT NULL));
CREATE INDEX card_holder ON cards.card USING btree (merchant_id, holder, serial) WHERE (holder IS NOT NULL);
CREATE INDEX card_last4 ON cards.card USING btree (merchant_id, last4, serial);
CREATE INDEX card_state ON cards.card USING btree (merchant_id, state, serial) WHERE (state <> 'generated'::text);
CREATE INDEX card_unsold ON cards.card USING btree (merchant_id, serial) WHERE (state = 'generated'::text);
CREATE INDEX card_version ON cards.card USING btree (merchant_id, version_id, serial);
alter table cards.card enable row level security;
alter table cards.card force row level security;
create policy one_merchant on cards.card as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on column cards.card.code_hash is 'HMAC of the code under a key that is not in the database. The code itself is stored nowhere.';
comment on column cards.card.draw is 'How many earlier draws for this serial met a code that was taken.';
comment on column cards.card.loaded is 'All that was ever put on it: less on it than this means that some has been used.';
comment on column cards.card.load_postings is 'How many postings loading has made on its lots: more on them means that it has been used.';
comment on column cards.card.pin_tries is 'Wrong PINs since the last right one; at 5 the PIN channel is locked.';
comment on column cards.card.valid_until is 'Exclusive: the first instant at which it is no longer valid; null: never ends.';

create table cards.cohort (
  merchant_id uuid not null,
  store_id uuid not null,
  currency text not null,
  activated_on date not null,
  ends_on date not null,
  cards bigint not null,
  balance bigint not null,
  constraint cohort_pkey PRIMARY KEY (merchant_id, store_id, currency, activated_on, ends_on)
);
alter table cards.cohort enable row level security;
alter table cards.cohort force row level security;
create policy one_merchant on cards.cohort as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table cards.cohort is 'cards.standing added up by days in the merchant''s zone: how old balances are, and when they end. Moves with it.';
comment on column cards.cohort.ends_on is 'The first day on which they are no longer valid; infinity: they never end.';

create table cards.custody_rule (
  merchant_id uuid not null,
  sell_only_held boolean not null,
  updated_at timestamp with time zone not null,
  constraint custody_rule_pkey PRIMARY KEY (merchant_id)
);
alter table cards.custody_rule enable row level security;
alter table cards.custody_rule force row level security;
create policy one_merchant on cards.custody_rule as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on column cards.custody_rule.sell_only_held is 'A store sells a card of a batch only where it holds it.';

create table cards.holding (
  merchant_id uuid not null,
  batch_id uuid not null,
  first_serial bigint not null,
  last_serial bigint not null,
  place text not null,
  store_id uuid,
  since timestamp with time zone not null,
  constraint holding_pkey PRIMARY KEY (merchant_id, batch_id, first_serial),
  constraint holding_first_serial_check CHECK ((first_serial > 0)),
  constraint holding_order CHECK ((first_serial <= last_serial)),
  constraint holding_place_check CHECK ((place = ANY (ARRAY['hq'::text, 'sent'::text, 'held'::text, 'returning'::text]))),
  constraint holding_store CHECK (((place = 'hq'::text) = (store_id IS NULL)))
);
CREATE INDEX holding_of_store ON cards.holding USING btree (merchant_id, store_id, batch_id, first_serial) WHERE (store_id IS NOT NULL);
alter table cards.holding enable row level security;
alter table cards.holding force row level security;
create policy one_merchant on cards.holding as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table cards.holding is 'Cards of a batch that are in one place together. Ranges of a batch do not overlap: each move is judged over all of them under the merchant''s lock.';
comment on column cards.holding.place is 'hq; sent: on the way to the store; held: by the store; returning: on the way from the store to HQ.';

create table cards.payment_code_use (
  merchant_id uuid not null,
  id bytea not null,
  card_id uuid not null,
  actor_id uuid not null,
  seen_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint payment_code_use_pkey PRIMARY KEY (merchant_id, id),
  constraint payment_code_use_id_check CHECK ((length(id) = 32))
);
CREATE INDEX payment_code_use_age ON cards.payment_code_use USING btree (seen_at);
alter table cards.payment_code_use enable row level security;
alter table cards.payment_code_use force row level security;
create policy one_merchant on cards.payment_code_use as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table cards.payment_code_use is 'Payment codes that a till has seen, and whether one has paid. Kept for longer than any of them is good.';

create table cards.redemption_return (
  merchant_id uuid not null,
  redemption_seq bigint not null,
  returned bigint not null,
  reversal_seq bigint,
  constraint redemption_return_pkey PRIMARY KEY (merchant_id, redemption_seq),
  constraint redemption_return_returned_check CHECK ((returned >= 0))
);
alter table cards.redemption_return enable row level security;
alter table cards.redemption_return force row level security;
create policy one_merchant on cards.redemption_return as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table cards.redemption_return is 'What has gone back of a redemption; no row: nothing.';

create table cards.released_batch (
  merchant_id uuid not null,
  batch_id uuid not null,
  released_at timestamp with time zone not null,
  constraint released_batch_pkey PRIMARY KEY (merchant_id, batch_id)
);
alter table cards.released_batch enable row level security;
alter table cards.released_batch force row level security;
create policy one_merchant on cards.released_batch as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table cards.released_batch is 'Batches whose codes have left the system: their cards that are not yet sold are printed, no longer merely generated.';

create table cards.serial_counter (
  merchant_id uuid not null,
  last bigint not null,
  constraint serial_counter_pkey PRIMARY KEY (merchant_id),
  constraint serial_counter_last_check CHECK ((last >= 0))
);
alter table cards.serial_counter enable row level security;
alter table cards.serial_counter force row level security;
create policy one_merchant on cards.serial_counter as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));

create table cards.standing (
  merchant_id uuid not null,
  serial bigint not null,
  card_id uuid not null,
  stage text not null,
  currency text not null,
  pin_locked boolean not null,
  store_id uuid,
  activated_at timestamp with time zone,
  valid_until timestamp with time zone,
  holder text,
  constraint standing_pkey PRIMARY KEY (merchant_id, serial)
) with (fillfactor=80);
CREATE INDEX standing_activated ON cards.standing USING btree (merchant_id, activated_at, serial);
CREATE INDEX standing_holder ON cards.standing USING btree (merchant_id, holder, serial) WHERE (holder IS NOT NULL);
CREATE INDEX standing_pin ON cards.standing USING btree (merchant_id, serial) WHERE pin_locked;
CREATE INDEX standing_stage ON cards.standing USING btree (merchant_id, stage, serial);
CREATE INDEX standing_store ON cards.standing USING btree (merchant_id, store_id, serial);
CREATE INDEX standing_validity ON cards.standing USING btree (merchant_id, valid_until, serial) WHERE (valid_until IS NOT NULL);
alter table cards.standing enable row level security;
alter table cards.standing force row level security;
create policy one_merchant on cards.standing as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table cards.standing is 'Cards that were sold, as the log has them up to where cards.keepList has come. Can be made anew from the log.';
comment on column cards.standing.stage is 'The state that people are shown.';

create table cards.standing_money (
  merchant_id uuid not null,
  serial bigint not null,
  balance bigint not null,
  held bigint not null,
  constraint standing_money_pkey PRIMARY KEY (merchant_id, serial)
) with (fillfactor=80);
CREATE INDEX standing_money_balance ON cards.standing_money USING btree (merchant_id, balance, serial);
alter table cards.standing_money enable row level security;
alter table cards.standing_money force row level security;
create policy one_merchant on cards.standing_money as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table cards.standing_money is 'The balance of each card in cards.standing. Moves with it.';

create view cards.card_face_view with (security_invoker=true) as
 SELECT merchant_id,
    id,
    version_id,
    last4
   FROM cards.card;

create view cards.card_view with (security_invoker=true) as
 SELECT merchant_id,
    id,
    serial,
    last4,
    code_hash,
    state,
    batch_id,
    version_id,
    sold_store_id
   FROM cards.card;

create view cards.cohort_view with (security_invoker=true) as
 SELECT merchant_id,
    store_id,
    currency,
    activated_on,
    ends_on,
    cards,
    balance
   FROM cards.cohort;

create view cards.held_card_view with (security_invoker=true) as
 SELECT merchant_id,
    id,
    version_id,
    holder,
    state,
    valid_until,
    last4,
    face_value
   FROM cards.card
  WHERE holder IS NOT NULL;

create view cards.redemption_return_view with (security_invoker=true) as
 SELECT merchant_id,
    redemption_seq,
    returned,
    reversal_seq
   FROM cards.redemption_return;

create view cards.standing_view with (security_invoker=true) as
 SELECT merchant_id,
    serial,
    card_id,
    stage,
    currency,
    pin_locked,
    store_id
   FROM cards.standing;

grant usage on schema cards to scrip_app;
grant insert, select on table cards.action to scrip_app;
grant insert, select, update on table cards.action_progress to scrip_app;
grant insert, select on table cards.action_refusal to scrip_app;
grant insert, select, update on table cards.card to scrip_app;
grant select on table cards.card_face_view to scrip_app;
grant select on table cards.card_view to scrip_app;
grant insert, select, update on table cards.cohort to scrip_app;
grant select on table cards.cohort_view to scrip_app;
grant insert, select, update on table cards.custody_rule to scrip_app;
grant select on table cards.held_card_view to scrip_app;
grant insert, select, update on table cards.holding to scrip_app;
grant delete, insert, select, update on table cards.payment_code_use to scrip_app;
grant insert, select, update on table cards.redemption_return to scrip_app;
grant select on table cards.redemption_return_view to scrip_app;
grant insert, select on table cards.released_batch to scrip_app;
grant insert, select, update on table cards.serial_counter to scrip_app;
grant delete, insert, select, update on table cards.standing to scrip_app;
grant delete, insert, select, update on table cards.standing_money to scrip_app;
grant select on table cards.standing_view to scrip_app;

create schema batches;

create table batches.batch (
  merchant_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  version_id uuid not null,
  quantity integer not null,
  face_value bigint not null,
  first_serial bigint not null,
  status text not null,
  failure text,
  released_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint batch_pkey PRIMARY KEY (merchant_id, id),
  constraint batch_face_value_check CHECK ((face_value > 0)),
  constraint batch_failure CHECK (((status = 'failed'::text) = (failure IS NOT NULL))),
  constraint batch_first_serial_check CHECK ((first_serial > 0)),
  constraint batch_quantity_check CHECK (((quantity >= 1) AND (quantity <= 1000000))),
  constraint batch_released_when_ready CHECK (((released_at IS NULL) OR (status = 'ready'::text))),
  constraint batch_status_check CHECK ((status = ANY (ARRAY['generating'::text, 'ready'::text, 'failed'::text])))
);
CREATE INDEX batch_failed ON batches.batch USING btree (merchant_id, created_at) WHERE (status = 'failed'::text);
CREATE INDEX batch_generating ON batches.batch USING btree (created_at) WHERE (status = 'generating'::text);
CREATE INDEX batch_released ON batches.batch USING btree (released_at) WHERE (released_at IS NOT NULL);
alter table batches.batch enable row level security;
alter table batches.batch force row level security;
create policy one_merchant on batches.batch as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on column batches.batch.version_id is 'The terms that its cards are issued under; a later edit of the program does not reach them.';

create table batches.data_key (
  merchant_id uuid not null,
  batch_id uuid not null,
  sealed bytea not null,
  constraint data_key_pkey PRIMARY KEY (merchant_id, batch_id),
  constraint data_key_merchant_id_batch_id_fkey FOREIGN KEY (merchant_id, batch_id) REFERENCES batches.batch(merchant_id, id)
);
alter table batches.data_key enable row level security;
alter table batches.data_key force row level security;
create policy one_merchant on batches.data_key as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table batches.data_key is 'What a batch''s codes derive from, sealed by the key file. The row is deleted at release, and the codes with it.';

create table batches.progress (
  merchant_id uuid not null,
  batch_id uuid not null,
  done integer not null,
  constraint progress_pkey PRIMARY KEY (merchant_id, batch_id),
  constraint progress_merchant_id_batch_id_fkey FOREIGN KEY (merchant_id, batch_id) REFERENCES batches.batch(merchant_id, id),
  constraint progress_done_check CHECK ((done >= 0))
) with (fillfactor=50);
alter table batches.progress enable row level security;
alter table batches.progress force row level security;
create policy one_merchant on batches.progress as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table batches.progress is 'How many of its cards are there. Moves in the transaction that inserts them; its row lock is the claim of the process at work.';

create view batches.batch_view with (security_invoker=true) as
 SELECT merchant_id,
    id,
    program_id,
    quantity,
    first_serial,
    status,
    failure,
    created_at
   FROM batches.batch;

grant usage on schema batches to scrip_app;
grant insert, select, update on table batches.batch to scrip_app;
grant select on table batches.batch_view to scrip_app;
grant delete, insert, select on table batches.data_key to scrip_app;
grant insert, select, update on table batches.progress to scrip_app;

create schema members;

create table members.attempt (
  merchant_id uuid not null,
  bucket bytea not null,
  window_start timestamp with time zone not null,
  window_end timestamp with time zone not null,
  count integer not null,
  constraint attempt_pkey PRIMARY KEY (merchant_id, bucket, window_start),
  constraint attempt_count_check CHECK ((count > 0))
);
CREATE INDEX attempt_end ON members.attempt USING btree (window_end);
alter table members.attempt enable row level security;
alter table members.attempt force row level security;
create policy one_merchant on members.attempt as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table members.attempt is 'How often something was tried from one phone or address. The bucket is a keyed hash of what, and of whom.';

create table members.consent (
  merchant_id uuid not null,
  member_id uuid not null,
  seq bigint not null,
  purpose text not null,
  given boolean not null,
  text_version integer not null,
  at timestamp with time zone not null,
  constraint consent_pkey PRIMARY KEY (merchant_id, member_id, seq, purpose),
  constraint consent_merchant_id_member_id_fkey FOREIGN KEY (merchant_id, member_id) REFERENCES members.member(merchant_id, id),
  constraint consent_purpose_check CHECK ((purpose = ANY (ARRAY['service'::text, 'marketing'::text]))),
  constraint consent_text_version_check CHECK ((text_version >= 0))
);
alter table members.consent enable row level security;
alter table members.consent force row level security;
create policy one_merchant on members.consent as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table members.consent is 'What was agreed to or taken back, when, and which version of the text. The last of a purpose is what holds.';
comment on column members.consent.seq is 'The entry of the log that tells of it.';
comment on column members.consent.text_version is 'Of the merchant''s terms; 0: said to another system, of which the file of an import tells.';

create table members.form (
  merchant_id uuid not null,
  fields jsonb not null,
  revision integer not null,
  constraint form_pkey PRIMARY KEY (merchant_id),
  constraint form_fields_check CHECK ((jsonb_typeof(fields) = 'array'::text)),
  constraint form_revision_check CHECK ((revision > 0))
);
alter table members.form enable row level security;
alter table members.form force row level security;
create policy one_merchant on members.form as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table members.form is 'The fields of its own that a merchant keeps of its members, in the order in which they are asked for.';

create table members.left_number (
  merchant_id uuid not null,
  seq bigint not null,
  member_id uuid not null,
  sealed_phone bytea not null,
  language text not null,
  why text default 'changed'::text not null,
  constraint left_number_pkey PRIMARY KEY (merchant_id, seq),
  constraint left_number_language_check CHECK ((language = ANY (ARRAY['zh'::text, 'en'::text]))),
  constraint left_number_why_check CHECK ((why = ANY (ARRAY['changed'::text, 'merged'::text])))
);
alter table members.left_number enable row level security;
alter table members.left_number force row level security;
create policy one_merchant on members.left_number as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table members.left_number is 'Numbers that members have left and that have not been told so yet; a job tells them and takes the row away.';
comment on column members.left_number.seq is 'The entry of the log that tells of the change.';
comment on column members.left_number.sealed_phone is 'As it stood with the member.';
comment on column members.left_number.why is 'Whether its member has another number, or is another record now.';

create table members.member (
  merchant_id uuid not null,
  id uuid not null,
  state text not null,
  phone_hash bytea,
  sealed_phone bytea,
  sealed_name bytea,
  sealed_email bytea,
  language text not null,
  remind_expiry boolean not null,
  remind_low boolean not null,
  revision integer not null,
  created_at timestamp with time zone not null,
  tags jsonb default '[]'::jsonb not null,
  sealed_birthday bytea,
  birthday_hash bytea,
  sealed_fields bytea,
  phone_count integer default 1 not null,
  merged_into uuid,
  merged_at timestamp with time zone,
  card_number text,
  constraint member_pkey PRIMARY KEY (merchant_id, id),
  constraint member_phone UNIQUE (merchant_id, phone_hash),
  constraint member_merged_into_fkey FOREIGN KEY (merchant_id, merged_into) REFERENCES members.member(merchant_id, id),
  constraint member_birthday CHECK (((sealed_birthday IS NULL) = (birthday_hash IS NULL))),
  constraint member_birthday_hash_check CHECK ((length(birthday_hash) = 32)),
  constraint member_card_number CHECK ((card_number ~ '^[0-9A-Z][0-9A-Z-]{3,31}$'::text)),
  constraint member_erased CHECK (((state <> 'active'::text) = ((sealed_phone IS NULL) AND (phone_hash IS NULL)))),
  constraint member_language_check CHECK ((language = ANY (ARRAY['zh'::text, 'en'::text]))),
  constraint member_merged CHECK ((((state = 'merged'::text) = (merged_into IS NOT NULL)) AND ((merged_into IS NULL) = (merged_at IS NULL)))),
  constraint member_merged_into_another CHECK ((merged_into <> id)),
  constraint member_no_profile_left CHECK (((state = 'active'::text) OR ((tags = '[]'::jsonb) AND (sealed_birthday IS NULL) AND (sealed_fields IS NULL)))),
  constraint member_nothing_left CHECK (((state = 'active'::text) OR ((sealed_name IS NULL) AND (sealed_email IS NULL)))),
  constraint member_phone_count_check CHECK ((phone_count > 0)),
  constraint member_phone_hash_check CHECK ((length(phone_hash) = 32)),
  constraint member_revision_check CHECK ((revision > 0)),
  constraint member_state_check CHECK ((state = ANY (ARRAY['active'::text, 'erased'::text, 'merged'::text]))),
  constraint member_tags_check CHECK ((jsonb_typeof(tags) = 'array'::text))
);
CREATE UNIQUE INDEX member_by_card_number ON members.member USING btree (merchant_id, card_number);
CREATE INDEX member_merged_into ON members.member USING btree (merchant_id, merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX member_tags ON members.member USING gin (tags jsonb_path_ops) WHERE (tags <> '[]'::jsonb);
alter table members.member enable row level security;
alter table members.member force row level security;
create policy one_merchant on members.member as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table members.member is 'Customers who are known by their phone number. All that names them is encrypted; their cards name their id.';
comment on column members.member.phone_hash is 'HMAC of the number under a key that is not in the database.';
comment on column members.member.sealed_phone is 'AES-256-GCM; its first byte is the version of the key.';
comment on column members.member.revision is 'Goes up with each change: a change is only written over what was judged.';
comment on column members.member.tags is 'What staff sort members by: a list of short texts.';
comment on column members.member.birthday_hash is 'HMAC of the member, month and day under a key that is not in the database.';
comment on column members.member.sealed_fields is 'What is kept in fields of members.form: JSON by key, sealed as one.';
comment on column members.member.phone_count is 'Which of their numbers this is, from 1: a session is good for the number it was opened by.';
comment on column members.member.merged_into is 'The member that this one is part of now; that one may have been merged later itself.';
comment on column members.member.card_number is 'Leads to the member at a counter, and proves nothing. It stays with a record that was merged, and leads on from there; null once erased.';

create table members.session (
  merchant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  token_hash bytea not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  phone_count integer default 1 not null,
  constraint session_pkey PRIMARY KEY (merchant_id, id),
  constraint session_token UNIQUE (merchant_id, token_hash),
  constraint session_merchant_id_member_id_fkey FOREIGN KEY (merchant_id, member_id) REFERENCES members.member(merchant_id, id),
  constraint session_phone_count_check CHECK ((phone_count > 0)),
  constraint session_token_hash_check CHECK ((length(token_hash) = 32))
);
CREATE INDEX session_expiry ON members.session USING btree (expires_at);
CREATE INDEX session_member ON members.session USING btree (merchant_id, member_id) WHERE (revoked_at IS NULL);
alter table members.session enable row level security;
alter table members.session force row level security;
create policy one_merchant on members.session as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on column members.session.token_hash is 'SHA-256 of a token of 256 random bits.';
comment on column members.session.phone_count is 'Which number of its member it was opened by.';

create table members.sign_in_code (
  merchant_id uuid not null,
  phone_hash bytea not null,
  code_hash bytea not null,
  tries smallint default 0 not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint sign_in_code_pkey PRIMARY KEY (merchant_id, phone_hash),
  constraint sign_in_code_code_hash_check CHECK ((length(code_hash) = 32)),
  constraint sign_in_code_tries_check CHECK (((tries >= 0) AND (tries <= 5)))
);
CREATE INDEX sign_in_code_expiry ON members.sign_in_code USING btree (expires_at);
alter table members.sign_in_code enable row level security;
alter table members.sign_in_code force row level security;
create policy one_merchant on members.sign_in_code as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table members.sign_in_code is 'The last one-time code of a phone; a new one takes its place. The code itself stands nowhere.';
comment on column members.sign_in_code.tries is 'Counted before the code is looked at, in a transaction of its own.';

create view members.heir_view with (security_invoker=true) as
 WITH RECURSIVE way AS (
         SELECT m.merchant_id,
            m.id,
            m.merged_into AS heir_id
           FROM members.member m
          WHERE m.merged_into IS NOT NULL
        UNION ALL
         SELECT w_1.merchant_id,
            w_1.id,
            m.merged_into
           FROM way w_1
             JOIN members.member m ON m.merchant_id = w_1.merchant_id AND m.id = w_1.heir_id AND m.merged_into IS NOT NULL
        )
 SELECT w.merchant_id,
    w.id,
    w.heir_id
   FROM way w
     JOIN members.member h ON h.merchant_id = w.merchant_id AND h.id = w.heir_id AND h.state = 'active'::text;
comment on view members.heir_view is 'Of each record that was merged who stands for it now; nothing that names anybody.';

create view members.member_view with (security_invoker=true) as
 SELECT merchant_id,
    id,
    language,
    remind_expiry,
    remind_low
   FROM members.member
  WHERE state = 'active'::text;
comment on view members.member_view is 'Whom to remind, and of what; nothing that names anybody.';

create view members.signed_in_view with (security_invoker=true) as
 SELECT DISTINCT merchant_id,
    member_id
   FROM members.session;
comment on view members.signed_in_view is 'Who has come in at the public pages at least once.';

grant usage on schema members to scrip_app;
grant delete, insert, select, update on table members.attempt to scrip_app;
grant insert, select on table members.consent to scrip_app;
grant insert, select, update on table members.form to scrip_app;
grant select on table members.heir_view to scrip_app;
grant delete, insert, select, update on table members.left_number to scrip_app;
grant insert, select, update on table members.member to scrip_app;
grant select on table members.member_view to scrip_app;
grant delete, insert, select, update on table members.session to scrip_app;
grant delete, insert, select, update on table members.sign_in_code to scrip_app;
grant select on table members.signed_in_view to scrip_app;

create schema points;

create table points.gift_order (
  merchant_id uuid not null,
  id uuid not null,
  gift_id uuid not null,
  member_id uuid not null,
  store_id uuid not null,
  quantity integer not null,
  points bigint not null,
  parts jsonb not null,
  state text not null,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint gift_order_pkey PRIMARY KEY (merchant_id, id),
  constraint gift_order_check CHECK (((ended_at IS NULL) = (state = 'waiting'::text))),
  constraint gift_order_points_check CHECK ((points > 0)),
  constraint gift_order_quantity_check CHECK (((quantity >= 1) AND (quantity <= 1000))),
  constraint gift_order_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'handed'::text, 'cancelled'::text])))
);
CREATE INDEX gift_order_member ON points.gift_order USING btree (merchant_id, member_id, id);
CREATE INDEX gift_order_store ON points.gift_order USING btree (merchant_id, store_id, state, id);
alter table points.gift_order enable row level security;
alter table points.gift_order force row level security;
create policy one_merchant on points.gift_order as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table points.gift_order is 'Gifts that members took with points: waiting in a store, handed over, or given back.';
comment on column points.gift_order.parts is 'Which lots paid how many points: [{"detail", "points"}], points as text.';

create table points.scheme (
  merchant_id uuid not null,
  id uuid not null,
  number integer not null,
  valid_from timestamp with time zone not null,
  note text,
  body jsonb not null,
  created_at timestamp with time zone not null,
  constraint scheme_pkey PRIMARY KEY (merchant_id, id),
  constraint scheme_merchant_id_number_key UNIQUE (merchant_id, number),
  constraint scheme_note_check CHECK (((length(note) >= 1) AND (length(note) <= 500))),
  constraint scheme_number_check CHECK ((number > 0))
);
alter table points.scheme enable row level security;
alter table points.scheme force row level security;
create policy one_merchant on points.scheme as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table points.scheme is 'By which rules points are earned and spent, from valid_from until a later one. Never changed.';

grant usage on schema points to scrip_app;
grant insert, select, update on table points.gift_order to scrip_app;
grant insert, select on table points.scheme to scrip_app;

create schema coupons;

create table coupons.coupon (
  merchant_id uuid not null,
  id uuid not null,
  template_id uuid not null,
  member_id uuid not null,
  cause text not null,
  source_id uuid,
  state text not null,
  usable_from timestamp with time zone,
  usable_until timestamp with time zone,
  used_seq bigint,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  revision integer not null,
  constraint coupon_pkey PRIMARY KEY (merchant_id, id),
  constraint coupon_cause_check CHECK ((cause = ANY (ARRAY['given'::text, 'top_up'::text]))),
  constraint coupon_check CHECK (((source_id IS NOT NULL) = (cause = 'top_up'::text))),
  constraint coupon_check1 CHECK (((used_seq IS NOT NULL) = (state = 'used'::text))),
  constraint coupon_check2 CHECK (((ended_at IS NULL) = (state = 'held'::text))),
  constraint coupon_revision_check CHECK ((revision > 0)),
  constraint coupon_state_check CHECK ((state = ANY (ARRAY['held'::text, 'used'::text, 'lapsed'::text, 'withdrawn'::text])))
);
CREATE INDEX coupon_ending ON coupons.coupon USING btree (usable_until) WHERE ((state = 'held'::text) AND (usable_until IS NOT NULL));
CREATE INDEX coupon_member ON coupons.coupon USING btree (merchant_id, member_id, id);
CREATE INDEX coupon_source ON coupons.coupon USING btree (merchant_id, source_id) WHERE (source_id IS NOT NULL);
CREATE INDEX coupon_template ON coupons.coupon USING btree (merchant_id, template_id, id);
alter table coupons.coupon enable row level security;
alter table coupons.coupon force row level security;
create policy one_merchant on coupons.coupon as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table coupons.coupon is 'Coupons of members.';
comment on column coupons.coupon.source_id is 'The top-up that it came with.';
comment on column coupons.coupon.usable_from is 'null: from when it was given.';
comment on column coupons.coupon.usable_until is 'Exclusive; null: it does not end.';
comment on column coupons.coupon.used_seq is 'The purchase that it was used for, by its number in the log.';

create table coupons.template (
  merchant_id uuid not null,
  id uuid not null,
  name text not null,
  currency text not null,
  terms jsonb not null,
  issue_max bigint,
  state text not null,
  ends_at timestamp with time zone,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint template_pkey PRIMARY KEY (merchant_id, id),
  constraint template_check CHECK (((ended_at IS NULL) = (state = 'active'::text))),
  constraint template_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint template_issue_max_check CHECK ((issue_max > 0)),
  constraint template_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80))),
  constraint template_state_check CHECK ((state = ANY (ARRAY['active'::text, 'ended'::text])))
);
alter table coupons.template enable row level security;
alter table coupons.template force row level security;
create policy one_merchant on coupons.template as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table coupons.template is 'What coupons of a kind take off, where and for what, and how long they are good. Terms never change.';
comment on column coupons.template.issue_max is 'How many may be given in all; null: no limit.';
comment on column coupons.template.ends_at is 'When all of them are over, where that is one day for all; exclusive.';

grant usage on schema coupons to scrip_app;
grant insert, select on table coupons.coupon to scrip_app;
grant update on table coupons.coupon (ended_at) to scrip_app;
grant update on table coupons.coupon (member_id) to scrip_app;
grant update on table coupons.coupon (revision) to scrip_app;
grant update on table coupons.coupon (state) to scrip_app;
grant update on table coupons.coupon (used_seq) to scrip_app;
grant insert, select on table coupons.template to scrip_app;
grant update on table coupons.template (ended_at) to scrip_app;
grant update on table coupons.template (state) to scrip_app;

create schema wallets;

create table wallets.bonus_rule (
  merchant_id uuid not null,
  id uuid not null,
  name text not null,
  currency text not null,
  terms jsonb not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone,
  state text not null,
  created_at timestamp with time zone not null,
  constraint bonus_rule_pkey PRIMARY KEY (merchant_id, id),
  constraint bonus_rule_check CHECK ((ends_at > starts_at)),
  constraint bonus_rule_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint bonus_rule_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80))),
  constraint bonus_rule_state_check CHECK ((state = ANY (ARRAY['active'::text, 'ended'::text])))
);
alter table wallets.bonus_rule enable row level security;
alter table wallets.bonus_rule force row level security;
create policy one_merchant on wallets.bonus_rule as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table wallets.bonus_rule is 'What is given to who tops up. Its terms never change; another rule takes its place.';

create table wallets.policy (
  merchant_id uuid not null,
  spending_order text not null,
  refund_rule text not null,
  seven_days boolean not null,
  balance_max bigint,
  low_below bigint,
  code_above bigint,
  revision integer not null,
  relatives_max integer default 5 not null,
  refund_term_months integer default 12 not null,
  constraint policy_pkey PRIMARY KEY (merchant_id),
  constraint policy_balance_max_check CHECK ((balance_max >= 0)),
  constraint policy_code_above_check CHECK ((code_above >= 0)),
  constraint policy_low_below_check CHECK ((low_below >= 0)),
  constraint policy_refund_rule_check CHECK ((refund_rule = ANY (ARRAY['paid_ratio'::text, 'list_price'::text, 'time'::text]))),
  constraint policy_refund_term_months_check CHECK (((refund_term_months >= 1) AND (refund_term_months <= 120))),
  constraint policy_relatives_max_check CHECK (((relatives_max >= 0) AND (relatives_max <= 50))),
  constraint policy_revision_check CHECK ((revision > 0)),
  constraint policy_spending_order_check CHECK ((spending_order = ANY (ARRAY['soonest_end'::text, 'bonus_first'::text, 'principal_first'::text, 'pro_rata'::text])))
);
alter table wallets.policy enable row level security;
alter table wallets.policy force row level security;
create policy one_merchant on wallets.policy as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table wallets.policy is 'How a merchant''s wallets are spent, limited and paid back; without a row as by default.';
comment on column wallets.policy.relatives_max is 'How many relatives a member may let pay from their wallet; 0: nobody.';
comment on column wallets.policy.refund_term_months is 'Over how many months a top-up without an end counts as used up by time, where it is paid back by time.';

create table wallets.top_up (
  merchant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  store_id uuid not null,
  currency text not null,
  tender text not null,
  reference text,
  source_id uuid,
  principal bigint not null,
  paid bigint not null,
  commission bigint not null,
  bonus bigint not null,
  rule_id uuid,
  lot text not null,
  bonus_parts jsonb not null,
  refunded_principal bigint not null,
  refunded_bonus bigint not null,
  refunded bigint not null,
  created_at timestamp with time zone not null,
  lapsed_bonus bigint default 0 not null,
  points bigint default 0 not null,
  points_lot text,
  constraint top_up_pkey PRIMARY KEY (merchant_id, id),
  constraint top_up_bonus_check CHECK ((bonus >= 0)),
  constraint top_up_check CHECK (((refunded_principal >= 0) AND (refunded_principal <= principal))),
  constraint top_up_check1 CHECK (((refunded_bonus >= 0) AND (refunded_bonus <= bonus))),
  constraint top_up_commission_check CHECK ((commission >= 0)),
  constraint top_up_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint top_up_lapsed_bonus_check CHECK (((lapsed_bonus >= 0) AND (lapsed_bonus <= bonus))),
  constraint top_up_paid_check CHECK ((paid >= 0)),
  constraint top_up_points_check CHECK ((points >= 0)),
  constraint top_up_points_lot_check CHECK (((points = 0) OR (points_lot IS NOT NULL))),
  constraint top_up_principal_check CHECK ((((principal >= 0) AND (principal <= '1000000000000000'::bigint)) AND ((principal + bonus) > 0))),
  constraint top_up_refunded_check CHECK ((refunded >= 0))
);
CREATE INDEX top_up_of_member ON wallets.top_up USING btree (merchant_id, member_id, id);
CREATE UNIQUE INDEX top_up_of_source ON wallets.top_up USING btree (merchant_id, source_id) WHERE (source_id IS NOT NULL);
alter table wallets.top_up enable row level security;
alter table wallets.top_up force row level security;
create policy one_merchant on wallets.top_up as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table wallets.top_up is 'Value that came onto a wallet at once, who paid how for it, and what of it went back.';
comment on column wallets.top_up.source_id is 'The payment order or recharge card that it came from.';
comment on column wallets.top_up.lot is 'The detail of the account that the principal is on; bonus_parts has those of the bonus.';
comment on column wallets.top_up.lapsed_bonus is 'What of the bonus ended before it was spent.';
comment on column wallets.top_up.points is 'Given with it.';
comment on column wallets.top_up.points_lot is 'The detail of the account that they went onto; null: none were given.';

create table wallets.unproven_spend (
  merchant_id uuid not null,
  member_id uuid not null,
  day date not null,
  amount bigint not null,
  constraint unproven_spend_pkey PRIMARY KEY (merchant_id, member_id),
  constraint unproven_spend_amount_check CHECK ((amount > 0))
) with (fillfactor=50);
alter table wallets.unproven_spend enable row level security;
alter table wallets.unproven_spend force row level security;
create policy one_merchant on wallets.unproven_spend as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table wallets.unproven_spend is 'What a member paid out of wallets without showing a code, in the merchant''s day that it was last done in.';

create view wallets.policy_view with (security_invoker=true) as
 SELECT merchant_id,
    low_below
   FROM wallets.policy;
comment on view wallets.policy_view is 'Below which balance members are reminded; without a row nobody is.';

grant usage on schema wallets to scrip_app;
grant insert, select on table wallets.bonus_rule to scrip_app;
grant update on table wallets.bonus_rule (state) to scrip_app;
grant insert, select, update on table wallets.policy to scrip_app;
grant select on table wallets.policy_view to scrip_app;
grant insert, select on table wallets.top_up to scrip_app;
grant update on table wallets.top_up (bonus_parts) to scrip_app;
grant update on table wallets.top_up (lapsed_bonus) to scrip_app;
grant update on table wallets.top_up (lot) to scrip_app;
grant update on table wallets.top_up (member_id) to scrip_app;
grant update on table wallets.top_up (refunded) to scrip_app;
grant update on table wallets.top_up (refunded_bonus) to scrip_app;
grant update on table wallets.top_up (refunded_principal) to scrip_app;
grant insert, select, update on table wallets.unproven_spend to scrip_app;

create schema memberships;

create table memberships.ladder (
  merchant_id uuid not null,
  number integer not null,
  currency text not null,
  body jsonb not null,
  created_at timestamp with time zone not null,
  constraint ladder_pkey PRIMARY KEY (merchant_id, number),
  constraint ladder_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint ladder_number_check CHECK ((number > 0))
);
alter table memberships.ladder enable row level security;
alter table memberships.ladder force row level security;
create policy one_merchant on memberships.ladder as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table memberships.ladder is 'A merchant''s tiers, the lowest first, with what leads to them and what keeps them. The last number holds. Never changed.';

create table memberships.membership (
  merchant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  plan_id uuid not null,
  plan_version integer not null,
  store_id uuid not null,
  currency text not null,
  paid bigint not null,
  paid_from date not null,
  first_day date not null,
  last_day date not null,
  anchor smallint not null,
  starts_at timestamp with time zone not null,
  valid_until timestamp with time zone not null,
  grace_until timestamp with time zone not null,
  paused_from timestamp with time zone,
  paused_until timestamp with time zone,
  paused_days integer not null,
  cancelled_at timestamp with time zone,
  revision integer not null,
  created_at timestamp with time zone not null,
  payers jsonb default '[]'::jsonb not null,
  constraint membership_pkey PRIMARY KEY (merchant_id, id),
  constraint membership_merchant_id_plan_id_plan_version_fkey FOREIGN KEY (merchant_id, plan_id, plan_version) REFERENCES memberships.plan(merchant_id, id, version),
  constraint membership_anchor_check CHECK (((anchor >= 1) AND (anchor <= 31))),
  constraint membership_check CHECK ((grace_until >= valid_until)),
  constraint membership_check1 CHECK (((paused_from IS NULL) = (paused_until IS NULL))),
  constraint membership_check2 CHECK ((first_day <= last_day)),
  constraint membership_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint membership_paid_check CHECK ((paid >= 0)),
  constraint membership_paused_days_check CHECK ((paused_days >= 0)),
  constraint membership_revision_check CHECK ((revision > 0))
);
CREATE INDEX membership_end ON memberships.membership USING btree (merchant_id, valid_until);
CREATE INDEX membership_member ON memberships.membership USING btree (merchant_id, member_id);
CREATE INDEX membership_plan ON memberships.membership USING btree (merchant_id, plan_id, id);
alter table memberships.membership enable row level security;
alter table memberships.membership force row level security;
create policy one_merchant on memberships.membership as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table memberships.membership is 'What members bought of a plan. Its state follows from the time: nothing runs at its end.';
comment on column memberships.membership.paid is 'The price of what is not over, from paid_from to the last day; an upgrade and a cancellation take their part of it.';
comment on column memberships.membership.anchor is 'The day of the month to which months lead, whatever shorter months lie between.';
comment on column memberships.membership.payers is 'What paid for what is not over, the oldest first: how much, and of what came out of a wallet the entry of the log; null: money. What it does not tell of was money.';

create table memberships.plan (
  merchant_id uuid not null,
  id uuid not null,
  version integer not null,
  state text not null,
  name_zh text not null,
  name_en text not null,
  span_count integer not null,
  span_unit text not null,
  currency text not null,
  price bigint not null,
  discount jsonb not null,
  grace_days integer not null,
  pause_days_max integer not null,
  created_at timestamp with time zone not null,
  constraint plan_pkey PRIMARY KEY (merchant_id, id, version),
  constraint plan_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint plan_grace_days_check CHECK (((grace_days >= 0) AND (grace_days <= 366))),
  constraint plan_name_en_check CHECK (((length(name_en) >= 1) AND (length(name_en) <= 100))),
  constraint plan_name_zh_check CHECK (((length(name_zh) >= 1) AND (length(name_zh) <= 100))),
  constraint plan_pause_days_max_check CHECK (((pause_days_max >= 0) AND (pause_days_max <= 3660))),
  constraint plan_price_check CHECK (((price >= 0) AND (price <= '1000000000000000'::bigint))),
  constraint plan_span_count_check CHECK ((span_count > 0)),
  constraint plan_span_unit_check CHECK ((span_unit = ANY (ARRAY['days'::text, 'months'::text, 'years'::text]))),
  constraint plan_state_check CHECK ((state = ANY (ARRAY['active'::text, 'retired'::text]))),
  constraint plan_version_check CHECK ((version > 0))
);
alter table memberships.plan enable row level security;
alter table memberships.plan force row level security;
create policy one_merchant on memberships.plan as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table memberships.plan is 'Card types in all their versions. The last is sold; a membership keeps the one that it was bought in. Never changed.';
comment on column memberships.plan.discount is 'Parts per million off, by category where one has its own; walletPpm where all is paid out of the wallet.';

create table memberships.standing (
  merchant_id uuid not null,
  member_id uuid not null,
  start_tier text,
  period_start timestamp with time zone not null,
  period_end timestamp with time zone,
  spent bigint not null,
  points bigint not null,
  given_tier text,
  given_until timestamp with time zone,
  visits integer not null,
  last_visit_at timestamp with time zone,
  revision integer not null,
  constraint standing_pkey PRIMARY KEY (merchant_id, member_id),
  constraint standing_revision_check CHECK ((revision > 0)),
  constraint standing_visits_check CHECK ((visits >= 0))
);
alter table memberships.standing enable row level security;
alter table memberships.standing force row level security;
create policy one_merchant on memberships.standing as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table memberships.standing is 'What a member did in the present period: their tier follows from it and the time. Written with each purchase.';

create view memberships.membership_view with (security_invoker=true) as
 SELECT merchant_id,
    id,
    member_id,
    plan_id,
    plan_version,
    store_id,
    last_day,
    starts_at,
    valid_until,
    grace_until,
    paused_from,
    paused_until,
    cancelled_at
   FROM memberships.membership;
comment on view memberships.membership_view is 'Whose membership ends when: for reminders.';

grant usage on schema memberships to scrip_app;
grant insert, select on table memberships.ladder to scrip_app;
grant insert, select, update on table memberships.membership to scrip_app;
grant select on table memberships.membership_view to scrip_app;
grant insert, select on table memberships.plan to scrip_app;
grant insert, select, update on table memberships.standing to scrip_app;

create schema families;

create table families.share (
  merchant_id uuid not null,
  id uuid not null,
  payer_id uuid not null,
  relative_id uuid,
  phone_hash bytea,
  phone_end text,
  state text not null,
  payment_max bigint,
  day_max bigint,
  with_discount boolean not null,
  day date,
  used bigint default 0 not null,
  begun_by text not null,
  ended_by text,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  begun_at timestamp with time zone,
  ended_at timestamp with time zone,
  revision integer not null,
  constraint share_pkey PRIMARY KEY (merchant_id, id),
  constraint share_active CHECK (((state <> 'active'::text) OR ((relative_id IS NOT NULL) AND (begun_at IS NOT NULL)))),
  constraint share_begun_by_check CHECK ((begun_by = ANY (ARRAY['payer'::text, 'staff'::text]))),
  constraint share_day_max_check CHECK ((day_max > 0)),
  constraint share_ended CHECK ((((state = 'ended'::text) = (ended_at IS NOT NULL)) AND ((ended_at IS NULL) = (ended_by IS NULL)))),
  constraint share_ended_by_check CHECK ((ended_by = ANY (ARRAY['payer'::text, 'relative'::text, 'staff'::text, 'merge'::text, 'lapse'::text]))),
  constraint share_not_with_oneself CHECK ((relative_id <> payer_id)),
  constraint share_offered CHECK (((state = 'offered'::text) = (phone_hash IS NOT NULL))),
  constraint share_payment_max_check CHECK ((payment_max > 0)),
  constraint share_phone CHECK ((((phone_hash IS NULL) = (phone_end IS NULL)) AND ((phone_hash IS NULL) OR (expires_at IS NOT NULL)))),
  constraint share_phone_end_check CHECK ((phone_end ~ '^\d{4}$'::text)),
  constraint share_revision_check CHECK ((revision > 0)),
  constraint share_state_check CHECK ((state = ANY (ARRAY['offered'::text, 'active'::text, 'ended'::text]))),
  constraint share_used_check CHECK ((used >= 0))
);
CREATE UNIQUE INDEX share_of_pair ON families.share USING btree (merchant_id, payer_id, relative_id) WHERE (state = 'active'::text);
CREATE INDEX share_of_payer ON families.share USING btree (merchant_id, payer_id, id);
CREATE INDEX share_of_relative ON families.share USING btree (merchant_id, relative_id, id);
CREATE INDEX share_offered_to ON families.share USING btree (merchant_id, phone_hash) WHERE (phone_hash IS NOT NULL);
CREATE INDEX share_to_end ON families.share USING btree (expires_at) WHERE (state = 'offered'::text);
alter table families.share enable row level security;
alter table families.share force row level security;
create policy one_merchant on families.share as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table families.share is 'Who lets whom pay from their wallet.';
comment on column families.share.payer_id is 'Whose wallet it is.';
comment on column families.share.relative_id is 'Who may pay from it; null: nobody has accepted.';
comment on column families.share.phone_hash is 'To whose number it is offered, as members are looked up by; gone once it is accepted or over.';
comment on column families.share.phone_end is 'The last digits of that number, for the payer to know it by.';
comment on column families.share.payment_max is 'The most at once, in the currency of the merchant; null: no limit.';
comment on column families.share.day_max is 'The most in a day of the merchant; null: no limit.';
comment on column families.share.with_discount is 'Whether what the payer gets off counts where the payer''s wallet pays all.';
comment on column families.share.day is 'The merchant''s day that `used` is of. A new day begins it anew.';

grant usage on schema families to scrip_app;
grant insert, select, update on table families.share to scrip_app;

create schema payments;

create table payments.channel (
  merchant_id uuid not null,
  id uuid not null,
  kind text not null,
  name text not null,
  store_id uuid not null,
  currency text not null,
  account text not null,
  base_url text,
  public_url text not null,
  late_rule text not null,
  credentials bytea not null,
  state text not null,
  created_at timestamp with time zone not null,
  constraint channel_pkey PRIMARY KEY (merchant_id, id),
  constraint channel_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint channel_kind_check CHECK ((kind = ANY (ARRAY['alipay'::text, 'wechat'::text, 'stripe'::text, 'bank_card'::text]))),
  constraint channel_late_rule_check CHECK ((late_rule = ANY (ARRAY['credit'::text, 'refund'::text]))),
  constraint channel_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80))),
  constraint channel_state_check CHECK ((state = ANY (ARRAY['active'::text, 'disabled'::text])))
);
alter table payments.channel enable row level security;
alter table payments.channel force row level security;
create policy one_merchant on payments.channel as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table payments.channel is 'A merchant''s accounts with those who take payments for it.';
comment on column payments.channel.late_rule is 'What becomes of money that arrives after its order has ended.';
comment on column payments.channel.credentials is 'Keys and secrets, sealed by the key file for this very row; never shown.';

create table payments.difference (
  merchant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  kind text not null,
  transaction text not null,
  amount bigint not null,
  currency text not null,
  reason text,
  state text not null,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint difference_pkey PRIMARY KEY (merchant_id, id),
  constraint difference_ended CHECK (((state = ANY (ARRAY['open'::text, 'refunding'::text])) = (ended_at IS NULL))),
  constraint difference_state_check CHECK ((state = ANY (ARRAY['open'::text, 'refunding'::text, 'refunded'::text, 'credited'::text, 'dismissed'::text])))
);
CREATE UNIQUE INDEX difference_once ON payments.difference USING btree (merchant_id, order_id, kind, transaction) WHERE (kind <> 'refund_failed'::text);
CREATE INDEX difference_state ON payments.difference USING btree (merchant_id, state, id);
alter table payments.difference enable row level security;
alter table payments.difference force row level security;
create policy one_merchant on payments.difference as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table payments.difference is 'Where what a channel says and what was expected are not the same; each once, until it is set right.';

create table payments.payment_order (
  merchant_id uuid not null,
  id uuid not null,
  purpose text not null,
  member_id uuid not null,
  channel_id uuid not null,
  store_id uuid not null,
  currency text not null,
  amount bigint not null,
  method text not null,
  state text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  paid_at timestamp with time zone,
  transaction text,
  refunded bigint default 0 not null,
  ended_at timestamp with time zone,
  constraint payment_order_pkey PRIMARY KEY (merchant_id, id),
  constraint order_ended CHECK (((state = 'pending'::text) = (ended_at IS NULL))),
  constraint order_paid CHECK ((((transaction IS NULL) = (paid_at IS NULL)) AND ((state <> 'paid'::text) OR (transaction IS NOT NULL)))),
  constraint payment_order_amount_check CHECK (((amount >= 1) AND (amount <= '1000000000000000'::bigint))),
  constraint payment_order_check CHECK ((expires_at > created_at)),
  constraint payment_order_check1 CHECK (((refunded >= 0) AND (refunded <= amount))),
  constraint payment_order_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint payment_order_method_check CHECK ((method = ANY (ARRAY['qr'::text, 'redirect'::text]))),
  constraint payment_order_purpose_check CHECK ((purpose = 'wallet_top_up'::text)),
  constraint payment_order_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'paid'::text, 'expired'::text, 'closed'::text, 'refunded'::text])))
);
CREATE INDEX order_of_member ON payments.payment_order USING btree (merchant_id, member_id, id);
CREATE INDEX order_state ON payments.payment_order USING btree (merchant_id, state, id);
CREATE UNIQUE INDEX order_transaction ON payments.payment_order USING btree (merchant_id, channel_id, transaction) WHERE (transaction IS NOT NULL);
alter table payments.payment_order enable row level security;
alter table payments.payment_order force row level security;
create policy one_merchant on payments.payment_order as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table payments.payment_order is 'What somebody is to pay through a channel. It credits once: its transaction is set in the command that posts.';

create table payments.presentation (
  merchant_id uuid not null,
  order_id uuid not null,
  kind text not null,
  content text not null,
  handle text,
  constraint presentation_pkey PRIMARY KEY (merchant_id, order_id),
  constraint presentation_kind_check CHECK ((kind = ANY (ARRAY['qr'::text, 'redirect'::text])))
);
alter table payments.presentation enable row level security;
alter table payments.presentation force row level security;
create policy one_merchant on payments.presentation as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table payments.presentation is 'How an order is paid: what a channel answered when it was told of it, and what it calls it.';

create table payments.refund (
  merchant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  transaction text not null,
  amount bigint not null,
  reason text not null,
  state text not null,
  difference_id uuid,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  principal bigint default 0 not null,
  bonus_parts jsonb default '[]'::jsonb not null,
  coupon_ids uuid[] default '{}'::uuid[] not null,
  constraint refund_pkey PRIMARY KEY (merchant_id, id),
  constraint refund_amount_check CHECK ((amount > 0)),
  constraint refund_ended CHECK (((state = 'due'::text) = (ended_at IS NULL))),
  constraint refund_principal_check CHECK ((principal >= 0)),
  constraint refund_state_check CHECK ((state = ANY (ARRAY['due'::text, 'done'::text, 'failed'::text])))
);
CREATE INDEX refund_of_order ON payments.refund USING btree (merchant_id, order_id);
alter table payments.refund enable row level security;
alter table payments.refund force row level security;
create policy one_merchant on payments.refund as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table payments.refund is 'Money on its way back by the channel that it came through.';
comment on column payments.refund.principal is 'Taken off the wallet for it of what was paid for; 0 where the money never came onto one.';
comment on column payments.refund.bonus_parts is 'Taken off of what was given, by the order of the parts of the top-up''s bonus.';
comment on column payments.refund.coupon_ids is 'The coupons that were withdrawn for it, to come again if it fails.';

create table payments.watch (
  merchant_id uuid not null,
  id uuid not null,
  what text not null,
  due_at timestamp with time zone not null,
  tries integer not null,
  constraint watch_pkey PRIMARY KEY (merchant_id, id),
  constraint watch_tries_check CHECK ((tries >= 0)),
  constraint watch_what_check CHECK ((what = ANY (ARRAY['order'::text, 'refund'::text])))
) with (fillfactor=50);
CREATE INDEX watch_due ON payments.watch USING btree (due_at);
alter table payments.watch enable row level security;
alter table payments.watch force row level security;
create policy one_merchant on payments.watch as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table payments.watch is 'When a job asks a channel about an order, or sends a refund, next. The row goes when there is nothing more to ask.';

grant usage on schema payments to scrip_app;
grant insert, select, update on table payments.channel to scrip_app;
grant insert, select, update on table payments.difference to scrip_app;
grant insert, select, update on table payments.payment_order to scrip_app;
grant insert, select on table payments.presentation to scrip_app;
grant insert, select, update on table payments.refund to scrip_app;
grant delete, insert, select, update on table payments.watch to scrip_app;

create schema rechargecards;

create table rechargecards.batch (
  merchant_id uuid not null,
  id uuid not null,
  prefix text not null,
  name text not null,
  quantity integer not null,
  currency text not null,
  face_value bigint not null,
  sale_price bigint not null,
  bonus bigint not null,
  validity jsonb not null,
  activation text not null,
  store_id uuid,
  status text not null,
  failure text,
  released_at timestamp with time zone,
  voided_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint batch_pkey PRIMARY KEY (merchant_id, id),
  constraint batch_activation_check CHECK ((activation = ANY (ARRAY['on_sale'::text, 'on_release'::text]))),
  constraint batch_answered_for CHECK (((activation = 'on_sale'::text) OR (store_id IS NOT NULL))),
  constraint batch_bonus_check CHECK ((bonus >= 0)),
  constraint batch_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint batch_face_value_check CHECK ((face_value > 0)),
  constraint batch_failure CHECK (((status = 'failed'::text) = (failure IS NOT NULL))),
  constraint batch_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80))),
  constraint batch_prefix_check CHECK ((prefix ~ '^[1-9][0-9]{3}$'::text)),
  constraint batch_quantity_check CHECK (((quantity >= 1) AND (quantity <= 1000000))),
  constraint batch_released_when_ready CHECK (((released_at IS NULL) OR (status = 'ready'::text))),
  constraint batch_sale_price_check CHECK ((sale_price >= 0)),
  constraint batch_status_check CHECK ((status = ANY (ARRAY['generating'::text, 'ready'::text, 'failed'::text])))
);
CREATE INDEX batch_generating ON rechargecards.batch USING btree (created_at) WHERE (status = 'generating'::text);
CREATE UNIQUE INDEX batch_prefix ON rechargecards.batch USING btree (merchant_id, prefix);
alter table rechargecards.batch enable row level security;
alter table rechargecards.batch force row level security;
create policy one_merchant on rechargecards.batch as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table rechargecards.batch is 'Recharge cards that are made together, on the same terms.';
comment on column rechargecards.batch.prefix is 'What their numbers begin with, and no other batch''s: by it a number tells its face value without telling whether there is such a card.';
comment on column rechargecards.batch.sale_price is 'What one is sold for: with the face value the paid ratio of what it puts on a wallet.';

create table rechargecards.card (
  merchant_id uuid not null,
  id uuid not null,
  batch_id uuid not null,
  serial bigint not null,
  number text not null,
  password_hash bytea not null,
  key_version integer not null,
  draw integer not null,
  state text not null,
  tries integer default 0 not null,
  sold_store_id uuid,
  sold_at timestamp with time zone,
  used_by uuid,
  used_at timestamp with time zone,
  merchant_answers boolean default false not null,
  constraint card_pkey PRIMARY KEY (merchant_id, id),
  constraint card_draw_check CHECK ((draw >= 0)),
  constraint card_number_check CHECK ((number ~ '^[0-9]{16}$'::text)),
  constraint card_serial_check CHECK ((serial >= 0)),
  constraint card_sold CHECK ((((sold_store_id IS NULL) = (sold_at IS NULL)) AND ((state <> 'sold'::text) OR (sold_at IS NOT NULL)))),
  constraint card_state_check CHECK ((state = ANY (ARRAY['made'::text, 'sold'::text, 'used'::text, 'void'::text]))),
  constraint card_tries_check CHECK (((tries >= 0) AND (tries <= 5))),
  constraint card_used CHECK ((((state = 'used'::text) = (used_at IS NOT NULL)) AND ((used_at IS NULL) = (used_by IS NULL))))
) with (fillfactor=90);
CREATE UNIQUE INDEX card_number ON rechargecards.card USING btree (merchant_id, number);
CREATE INDEX card_of_member ON rechargecards.card USING btree (merchant_id, used_by) WHERE (used_by IS NOT NULL);
CREATE INDEX card_of_store ON rechargecards.card USING btree (merchant_id, sold_store_id, id) WHERE (sold_store_id IS NOT NULL);
CREATE UNIQUE INDEX card_serial ON rechargecards.card USING btree (merchant_id, batch_id, serial);
CREATE INDEX card_state ON rechargecards.card USING btree (merchant_id, batch_id, state) INCLUDE (tries);
alter table rechargecards.card enable row level security;
alter table rechargecards.card force row level security;
create policy one_merchant on rechargecards.card as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table rechargecards.card is 'A number and a password, good for one top-up. The row whose id is the merchant''s stands in for unknown numbers.';
comment on column rechargecards.card.password_hash is 'HMAC over merchant, number and password, under a key outside the database.';
comment on column rechargecards.card.tries is 'Wrong passwords in a row; at five it is locked.';
comment on column rechargecards.card.merchant_answers is 'The store that sold it paid for it out of its settlement account: what it puts on a wallet settles with the merchant.';

create table rechargecards.data_key (
  merchant_id uuid not null,
  batch_id uuid not null,
  sealed bytea not null,
  constraint data_key_pkey PRIMARY KEY (merchant_id, batch_id),
  constraint data_key_merchant_id_batch_id_fkey FOREIGN KEY (merchant_id, batch_id) REFERENCES rechargecards.batch(merchant_id, id)
);
alter table rechargecards.data_key enable row level security;
alter table rechargecards.data_key force row level security;
create policy one_merchant on rechargecards.data_key as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table rechargecards.data_key is 'What numbers and passwords derive from, sealed by the key file. Deleted at release, and the passwords with it.';

create table rechargecards.progress (
  merchant_id uuid not null,
  batch_id uuid not null,
  done integer not null,
  constraint progress_pkey PRIMARY KEY (merchant_id, batch_id),
  constraint progress_merchant_id_batch_id_fkey FOREIGN KEY (merchant_id, batch_id) REFERENCES rechargecards.batch(merchant_id, id),
  constraint progress_done_check CHECK ((done >= 0))
) with (fillfactor=50);
alter table rechargecards.progress enable row level security;
alter table rechargecards.progress force row level security;
create policy one_merchant on rechargecards.progress as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table rechargecards.progress is 'How many cards of a batch are there; its row lock is the claim of the process at work.';

grant usage on schema rechargecards to scrip_app;
grant insert, select, update on table rechargecards.batch to scrip_app;
grant insert, select, update on table rechargecards.card to scrip_app;
grant delete, insert, select on table rechargecards.data_key to scrip_app;
grant insert, select, update on table rechargecards.progress to scrip_app;

create schema dividends;

create table dividends.dividend (
  merchant_id uuid not null,
  id uuid not null,
  name text not null,
  first_day date not null,
  last_day date not null,
  currency text not null,
  source jsonb not null,
  weighing jsonb not null,
  lapses_at timestamp with time zone,
  state text not null,
  base bigint not null,
  pool bigint not null,
  members bigint not null,
  paid_members bigint not null,
  paid bigint not null,
  revision integer not null,
  created_at timestamp with time zone not null,
  constraint dividend_pkey PRIMARY KEY (merchant_id, id),
  constraint dividend_base_check CHECK ((base >= 0)),
  constraint dividend_check CHECK ((last_day >= first_day)),
  constraint dividend_check1 CHECK (((paid_members >= 0) AND (paid_members <= members))),
  constraint dividend_check2 CHECK (((paid >= 0) AND (paid <= pool))),
  constraint dividend_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint dividend_members_check CHECK ((members >= 0)),
  constraint dividend_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint dividend_pool_check CHECK (((pool >= 0) AND (pool <= '1000000000000000'::bigint))),
  constraint dividend_revision_check CHECK ((revision > 0)),
  constraint dividend_state_check CHECK ((state = ANY (ARRAY['counting'::text, 'counted'::text, 'approved'::text, 'paid'::text, 'cancelled'::text])))
);
CREATE INDEX dividend_work ON dividends.dividend USING btree (merchant_id, id) WHERE (state = ANY (ARRAY['counting'::text, 'approved'::text]));
alter table dividends.dividend enable row level security;
alter table dividends.dividend force row level security;
create policy one_merchant on dividends.dividend as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table dividends.dividend is 'A period''s dividend: counted once, approved by a second person, then credited member by member.';
comment on column dividends.dividend.source is 'What the pool is: a sum, or a part of sales or of profit.';
comment on column dividends.dividend.weighing is 'Who takes part, and by what weight.';

create table dividends.share (
  merchant_id uuid not null,
  dividend_id uuid not null,
  member_id uuid not null,
  weight bigint not null,
  amount bigint not null,
  state text not null,
  constraint share_pkey PRIMARY KEY (merchant_id, dividend_id, member_id),
  constraint share_amount_check CHECK ((amount > 0)),
  constraint share_state_check CHECK ((state = ANY (ARRAY['due'::text, 'paid'::text, 'skipped'::text]))),
  constraint share_weight_check CHECK ((weight > 0))
);
CREATE INDEX share_due ON dividends.share USING btree (merchant_id, dividend_id, member_id) WHERE (state = 'due'::text);
alter table dividends.share enable row level security;
alter table dividends.share force row level security;
create policy one_merchant on dividends.share as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table dividends.share is 'What each member gets, to the last minor unit: the shares of a dividend sum to its pool.';
comment on column dividends.share.state is 'Skipped: the member was erased before it was credited.';

grant usage on schema dividends to scrip_app;
grant insert, select, update on table dividends.dividend to scrip_app;
grant insert, select, update on table dividends.share to scrip_app;

create schema imports;

create table imports.block (
  merchant_id uuid not null,
  import_id uuid not null,
  n integer not null,
  rows integer not null,
  state text not null,
  sealed bytea,
  constraint block_pkey PRIMARY KEY (merchant_id, import_id, n),
  constraint block_n_check CHECK ((n >= 0)),
  constraint block_rows_check CHECK ((rows > 0)),
  constraint block_state_check CHECK ((state = ANY (ARRAY['staged'::text, 'applied'::text, 'reversed'::text])))
);
CREATE INDEX block_work ON imports.block USING btree (merchant_id, import_id, state, n);
alter table imports.block enable row level security;
alter table imports.block force row level security;
create policy one_merchant on imports.block as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table imports.block is 'Rows of a file that are carried out together, encrypted; its state moves in the transaction that carries them out.';

create table imports.import (
  merchant_id uuid not null,
  id uuid not null,
  kind text not null,
  file_name text not null,
  format text not null,
  sha256 bytea not null,
  bytes bigint not null,
  state text not null,
  failure text,
  headings jsonb not null,
  quantity integer not null,
  blocks integer not null,
  mapping jsonb not null,
  existing text not null,
  store_id uuid,
  currency text not null,
  checks integer not null,
  found jsonb not null,
  done integer not null,
  became jsonb not null,
  reversed_done integer not null,
  taken_back jsonb not null,
  revision integer not null,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint import_pkey PRIMARY KEY (merchant_id, id),
  constraint import_blocks_check CHECK ((blocks >= 0)),
  constraint import_bytes_check CHECK ((bytes > 0)),
  constraint import_check CHECK (((done >= 0) AND (done <= quantity))),
  constraint import_check1 CHECK (((reversed_done >= 0) AND (reversed_done <= quantity))),
  constraint import_checks_check CHECK ((checks >= 0)),
  constraint import_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint import_existing_check CHECK ((existing = ANY (ARRAY['skip'::text, 'update'::text]))),
  constraint import_file_name_check CHECK (((length(file_name) >= 1) AND (length(file_name) <= 200))),
  constraint import_format_check CHECK ((format = ANY (ARRAY['csv'::text, 'xlsx'::text]))),
  constraint import_kind_check CHECK ((kind = ANY (ARRAY['members'::text, 'goods'::text]))),
  constraint import_quantity_check CHECK ((quantity >= 0)),
  constraint import_revision_check CHECK ((revision > 0)),
  constraint import_sha256_check CHECK ((length(sha256) = 32)),
  constraint import_state_check CHECK ((state = ANY (ARRAY['reading'::text, 'failed'::text, 'read'::text, 'checking'::text, 'checked'::text, 'applying'::text, 'applied'::text, 'reversing'::text, 'reversed'::text, 'cancelled'::text])))
);
CREATE UNIQUE INDEX import_file ON imports.import USING btree (merchant_id, kind, sha256) WHERE (state <> ALL (ARRAY['failed'::text, 'cancelled'::text, 'reversed'::text]));
CREATE INDEX import_work ON imports.import USING btree (merchant_id, id) WHERE (state = ANY (ARRAY['reading'::text, 'checking'::text, 'applying'::text, 'reversing'::text]));
alter table imports.import enable row level security;
alter table imports.import force row level security;
create policy one_merchant on imports.import as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table imports.import is 'A file that was sent in, and how far it is: read, looked through without changing anything, applied, taken back.';
comment on column imports.import.sha256 is 'Of the file as it was sent: whoever keeps it can prove that this is it.';
comment on column imports.import.mapping is 'Which column, counted from 0, holds which field.';
comment on column imports.import.checks is 'How often it was looked through; what is noted of it is of the last time.';
comment on column imports.import.found is 'What the last look through the file found; became and taken_back: what came of it and of taking it back.';

create table imports.part (
  merchant_id uuid not null,
  import_id uuid not null,
  n integer not null,
  sealed bytea not null,
  stored_at timestamp with time zone not null,
  constraint part_pkey PRIMARY KEY (merchant_id, import_id, n),
  constraint part_n_check CHECK ((n >= 0))
);
CREATE INDEX part_age ON imports.part USING btree (stored_at) WHERE (n = 0);
alter table imports.part enable row level security;
alter table imports.part force row level security;
create policy one_merchant on imports.part as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table imports.part is 'The file itself, encrypted piece by piece: the evidence for a time, then gone.';

create table imports.problem (
  merchant_id uuid not null,
  import_id uuid not null,
  row_number integer not null,
  col integer not null,
  block integer not null,
  code text not null,
  constraint problem_pkey PRIMARY KEY (merchant_id, import_id, row_number, col),
  constraint problem_block_check CHECK ((block >= 0)),
  constraint problem_col_check CHECK ((col >= 0)),
  constraint problem_row_number_check CHECK ((row_number > 0))
);
alter table imports.problem enable row level security;
alter table imports.problem force row level security;
create policy one_merchant on imports.problem as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table imports.problem is 'Why a row cannot be imported. What stands in the cell is in the block, and nowhere else.';

create table imports.progress (
  merchant_id uuid not null,
  import_id uuid not null,
  read jsonb,
  checks integer not null,
  blocks integer not null,
  done integer not null,
  good integer not null,
  known integer not null,
  principal bigint not null,
  bonus bigint not null,
  points bigint not null,
  constraint progress_pkey PRIMARY KEY (merchant_id, import_id),
  constraint progress_blocks_check CHECK ((blocks >= 0)),
  constraint progress_checks_check CHECK ((checks >= 0)),
  constraint progress_done_check CHECK ((done >= 0)),
  constraint progress_good_check CHECK ((good >= 0)),
  constraint progress_known_check CHECK ((known >= 0))
);
alter table imports.progress enable row level security;
alter table imports.progress force row level security;
create policy one_merchant on imports.progress as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table imports.progress is 'How far a file was looked through, and what was found so far. Its row lock is the claim of who reads or looks.';
comment on column imports.progress.read is 'What reading the file came to; null until it was read.';

create table imports.row (
  merchant_id uuid not null,
  import_id uuid not null,
  row_number integer not null,
  block integer not null,
  outcome text not null,
  code text,
  subject_id uuid,
  subject_revision integer,
  top_up_id uuid,
  principal bigint not null,
  bonus bigint not null,
  points bigint not null,
  points_lot text,
  before jsonb,
  reversal text,
  missing_principal bigint not null,
  missing_bonus bigint not null,
  missing_points bigint not null,
  constraint row_pkey PRIMARY KEY (merchant_id, import_id, row_number),
  constraint row_block_check CHECK ((block >= 0)),
  constraint row_bonus_check CHECK ((bonus >= 0)),
  constraint row_check CHECK (((missing_principal >= 0) AND (missing_principal <= principal))),
  constraint row_check1 CHECK (((missing_bonus >= 0) AND (missing_bonus <= bonus))),
  constraint row_check2 CHECK (((missing_points >= 0) AND (missing_points <= points))),
  constraint row_outcome_check CHECK ((outcome = ANY (ARRAY['created'::text, 'updated'::text, 'skipped'::text, 'refused'::text]))),
  constraint row_points_check CHECK ((points >= 0)),
  constraint row_principal_check CHECK ((principal >= 0)),
  constraint row_reversal_check CHECK ((reversal = ANY (ARRAY['withdrawn'::text, 'taken_back'::text, 'kept'::text, 'nothing'::text]))),
  constraint row_row_number_check CHECK ((row_number > 0))
);
CREATE INDEX row_missing ON imports."row" USING btree (merchant_id, import_id, row_number) WHERE (((missing_principal + missing_bonus) + missing_points) > 0);
CREATE INDEX row_of_block ON imports."row" USING btree (merchant_id, import_id, block, row_number);
CREATE INDEX row_of_outcome ON imports."row" USING btree (merchant_id, import_id, outcome, row_number);
alter table imports.row enable row level security;
alter table imports.row force row level security;
create policy one_merchant on imports.row as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table imports.row is 'What became of a row of a file, and of taking it back: what was spent by then is missing. Nothing that names anybody.';
comment on column imports.row.subject_id is 'The member or the product.';
comment on column imports.row.before is 'Of goods: what was changed, as it was.';

create table imports.seen (
  merchant_id uuid not null,
  import_id uuid not null,
  key bytea not null,
  constraint seen_pkey PRIMARY KEY (merchant_id, import_id, key),
  constraint seen_key_check CHECK ((length(key) = 32))
);
alter table imports.seen enable row level security;
alter table imports.seen force row level security;
create policy one_merchant on imports.seen as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table imports.seen is 'Hashes of the phone numbers or item numbers of a file, so that one that stands there twice is found. Only while it is looked through.';

grant usage on schema imports to scrip_app;
grant insert, select on table imports.block to scrip_app;
grant update on table imports.block (sealed) to scrip_app;
grant update on table imports.block (state) to scrip_app;
grant insert, select, update on table imports.import to scrip_app;
grant delete, insert, select on table imports.part to scrip_app;
grant delete, insert, select on table imports.problem to scrip_app;
grant insert, select, update on table imports.progress to scrip_app;
grant insert, select on table imports.row to scrip_app;
grant update on table imports.row (missing_bonus) to scrip_app;
grant update on table imports.row (missing_points) to scrip_app;
grant update on table imports.row (missing_principal) to scrip_app;
grant update on table imports.row (reversal) to scrip_app;
grant delete, insert, select on table imports.seen to scrip_app;

create schema wallet;

create table wallet.complaint (
  merchant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  sealed_text bytea not null,
  sealed_reference bytea,
  sealed_answer bytea,
  state text not null,
  created_at timestamp with time zone not null,
  answered_at timestamp with time zone,
  constraint complaint_pkey PRIMARY KEY (merchant_id, id),
  constraint complaint_answered CHECK (((state = 'answered'::text) = ((sealed_answer IS NOT NULL) AND (answered_at IS NOT NULL)))),
  constraint complaint_state_check CHECK ((state = ANY (ARRAY['open'::text, 'answered'::text])))
);
CREATE INDEX complaint_answered_at ON wallet.complaint USING btree (answered_at) WHERE (state = 'answered'::text);
CREATE INDEX complaint_member ON wallet.complaint USING btree (merchant_id, member_id, id);
CREATE INDEX complaint_state ON wallet.complaint USING btree (merchant_id, state, id);
alter table wallet.complaint enable row level security;
alter table wallet.complaint force row level security;
create policy one_merchant on wallet.complaint as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table wallet.complaint is 'What a member complained of, and the answer; encrypted, since people write about people.';

create table wallet.gift (
  merchant_id uuid not null,
  id uuid not null,
  card_id uuid not null,
  from_member uuid not null,
  token_hash bytea not null,
  state text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  claimed_by uuid,
  claimed_card uuid,
  ended_at timestamp with time zone,
  constraint gift_pkey PRIMARY KEY (merchant_id, id),
  constraint gift_token UNIQUE (merchant_id, token_hash),
  constraint gift_claimed CHECK (((state = 'claimed'::text) = ((claimed_by IS NOT NULL) AND (claimed_card IS NOT NULL)))),
  constraint gift_ended CHECK (((state = 'open'::text) = (ended_at IS NULL))),
  constraint gift_state_check CHECK ((state = ANY (ARRAY['open'::text, 'claimed'::text, 'taken_back'::text]))),
  constraint gift_token_hash_check CHECK ((length(token_hash) = 32))
);
CREATE INDEX gift_card ON wallet.gift USING btree (merchant_id, card_id) WHERE (state = 'open'::text);
CREATE INDEX gift_claimed_at ON wallet.gift USING btree (ended_at) WHERE (state = 'claimed'::text);
CREATE INDEX gift_from ON wallet.gift USING btree (merchant_id, from_member, id);
alter table wallet.gift enable row level security;
alter table wallet.gift force row level security;
create policy one_merchant on wallet.gift as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table wallet.gift is 'A card on its way to a friend: whoever has the link may claim it once, until it ends or is taken back.';
comment on column wallet.gift.token_hash is 'SHA-256 of a token of 256 bits, which stands in the link and nowhere else.';

create table wallet.pass_issuer (
  merchant_id uuid not null,
  sealed bytea not null,
  apple_until timestamp with time zone,
  has_google boolean not null,
  revision integer not null,
  constraint pass_issuer_pkey PRIMARY KEY (merchant_id),
  constraint pass_issuer_revision_check CHECK ((revision > 0))
);
alter table wallet.pass_issuer enable row level security;
alter table wallet.pass_issuer force row level security;
create policy one_merchant on wallet.pass_issuer as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table wallet.pass_issuer is 'With what a merchant signs passes for the wallets of phones; keys and certificates, encrypted.';
comment on column wallet.pass_issuer.apple_until is 'When the certificate ends; null: none is set.';

create view wallet.complaint_view with (security_invoker=true) as
 SELECT merchant_id,
    id,
    member_id,
    state,
    answered_at
   FROM wallet.complaint;

create view wallet.gift_view with (security_invoker=true) as
 SELECT merchant_id,
    id,
    card_id,
    from_member,
    state,
    ended_at
   FROM wallet.gift;

grant usage on schema wallet to scrip_app;
grant insert, select, update on table wallet.complaint to scrip_app;
grant select on table wallet.complaint_view to scrip_app;
grant insert, select, update on table wallet.gift to scrip_app;
grant select on table wallet.gift_view to scrip_app;
grant insert, select, update on table wallet.pass_issuer to scrip_app;

create schema approvals;

create table approvals.approval (
  merchant_id uuid not null,
  id uuid not null,
  kind text not null,
  use_case text not null,
  permission text not null,
  input_sealed bytea not null,
  input_hash bytea not null,
  diff text not null,
  revision integer not null,
  store_id uuid,
  amount bigint,
  asked_by uuid not null,
  key_id uuid,
  persons uuid[] not null,
  idempotency_key text,
  fingerprint bytea,
  state text not null,
  decided_by uuid,
  decided_by_person uuid,
  decided_at timestamp with time zone,
  reason text,
  result text,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint approval_pkey PRIMARY KEY (merchant_id, id),
  constraint approval_input_hash_check CHECK ((length(input_hash) = 32)),
  constraint approval_revision_check CHECK ((revision >= 1)),
  constraint approval_second_person CHECK ((decided_by_person <> ALL (persons))),
  constraint approval_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'permitted'::text, 'done'::text, 'rejected'::text, 'withdrawn'::text, 'expired'::text])))
);
CREATE INDEX approval_expires ON approvals.approval USING btree (expires_at) WHERE (state = ANY (ARRAY['pending'::text, 'permitted'::text]));
CREATE INDEX approval_permitted ON approvals.approval USING btree (merchant_id, input_hash) WHERE (state = 'permitted'::text);
CREATE INDEX approval_state ON approvals.approval USING btree (merchant_id, state, id);
alter table approvals.approval enable row level security;
alter table approvals.approval force row level security;
create policy one_merchant on approvals.approval as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table approvals.approval is 'Commands that wait for a second person, and what came of them.';
comment on column approvals.approval.input_sealed is 'What was asked for, to the last detail, under the key file.';
comment on column approvals.approval.input_hash is 'Keyed hash of it, by which who asked is let do it once it is permitted.';
comment on column approvals.approval.diff is 'What will happen, JSON: by it the second person decides.';
comment on column approvals.approval.revision is 'Which diff it is: when the rows change it is asked again.';
comment on column approvals.approval.persons is 'Who asked: the person, and of a key who made it. None of them approves it.';
comment on column approvals.approval.expires_at is 'Until when it may be decided; once permitted, until when it may be done.';

grant usage on schema approvals to scrip_app;
grant insert, select, update on table approvals.approval to scrip_app;

create schema clearing;

create table clearing.adjustment (
  merchant_id uuid not null,
  id uuid not null,
  statement_id uuid not null,
  period_id uuid not null,
  owner_id uuid not null,
  counterpart_id uuid not null,
  currency text not null,
  amount bigint not null,
  reason text not null,
  seq bigint not null,
  created_at timestamp with time zone not null,
  created_by uuid not null,
  constraint adjustment_pkey PRIMARY KEY (merchant_id, id),
  constraint adjustment_amount_check CHECK ((amount <> 0)),
  constraint adjustment_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint adjustment_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500)))
);
CREATE INDEX adjustment_statement ON clearing.adjustment USING btree (merchant_id, statement_id, id);
alter table clearing.adjustment enable row level security;
alter table clearing.adjustment force row level security;
create policy one_merchant on clearing.adjustment as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table clearing.adjustment is 'Corrections of a statement, booked after its period ended. Never changed.';

create table clearing.day_close (
  merchant_id uuid not null,
  id uuid not null,
  store_id uuid not null,
  number integer not null,
  from_seq bigint not null,
  to_seq bigint not null,
  tenders jsonb not null,
  reason text,
  closed_at timestamp with time zone not null,
  closed_by uuid not null,
  constraint day_close_pkey PRIMARY KEY (merchant_id, id),
  constraint day_close_merchant_id_store_id_number_key UNIQUE (merchant_id, store_id, number),
  constraint day_close_check CHECK ((from_seq < to_seq)),
  constraint day_close_number_check CHECK ((number > 0)),
  constraint day_close_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500)))
);
alter table clearing.day_close enable row level security;
alter table clearing.day_close force row level security;
create policy one_merchant on clearing.day_close as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table clearing.day_close is 'The end of a store''s day: what each tender took since the last one, what was counted, and the difference that was booked. Never changed.';

create table clearing.netting (
  merchant_id uuid not null,
  period_id uuid not null,
  number integer not null,
  created_at timestamp with time zone not null,
  constraint netting_pkey PRIMARY KEY (merchant_id, period_id)
);
alter table clearing.netting enable row level security;
alter table clearing.netting force row level security;
create policy one_merchant on clearing.netting as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table clearing.netting is 'Closed periods up to whose end each pair was moved to the merchant. Never changed.';

create table clearing.payment (
  merchant_id uuid not null,
  id uuid not null,
  period_id uuid not null,
  payer_id uuid not null,
  payee_id uuid not null,
  currency text not null,
  amount bigint not null,
  state text not null,
  reference text,
  created_at timestamp with time zone not null,
  paid_at timestamp with time zone,
  paid_by uuid,
  constraint payment_pkey PRIMARY KEY (merchant_id, id),
  constraint payment_amount_check CHECK ((amount > 0)),
  constraint payment_check CHECK (((state = 'paid'::text) = ((paid_at IS NOT NULL) AND (paid_by IS NOT NULL) AND (reference IS NOT NULL)))),
  constraint payment_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint payment_reference_check CHECK (((length(reference) >= 1) AND (length(reference) <= 64))),
  constraint payment_state_check CHECK ((state = ANY (ARRAY['due'::text, 'paid'::text, 'replaced'::text])))
);
CREATE INDEX payment_due ON clearing.payment USING btree (merchant_id) WHERE (state = 'due'::text);
alter table clearing.payment enable row level security;
alter table clearing.payment force row level security;
create policy one_merchant on clearing.payment as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
create policy settled_stays on clearing.payment as restrictive for update
  using ((state = 'due'::text))
  with check (true);
comment on table clearing.payment is 'What is left to be paid once a period was netted. A later netting takes the place of what is still due.';

create table clearing.period (
  merchant_id uuid not null,
  id uuid not null,
  number integer not null,
  from_seq bigint not null,
  to_seq bigint not null,
  covers_from timestamp with time zone,
  covers_until timestamp with time zone not null,
  answer_by timestamp with time zone not null,
  state text not null,
  created_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  closed_by uuid,
  constraint period_pkey PRIMARY KEY (merchant_id, id),
  constraint period_merchant_id_from_seq_key UNIQUE (merchant_id, from_seq),
  constraint period_merchant_id_number_key UNIQUE (merchant_id, number),
  constraint period_check CHECK ((from_seq < to_seq)),
  constraint period_check1 CHECK (((state = 'closed'::text) = ((closed_at IS NOT NULL) AND (closed_by IS NOT NULL)))),
  constraint period_number_check CHECK ((number > 0)),
  constraint period_state_check CHECK ((state = ANY (ARRAY['drawn'::text, 'closed'::text])))
);
alter table clearing.period enable row level security;
alter table clearing.period force row level security;
create policy closed_stays on clearing.period as restrictive for update
  using ((state <> 'closed'::text))
  with check (true);
create policy one_merchant on clearing.period as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table clearing.period is 'A cut of the log, for all stores alike: from from_seq up to to_seq, exclusive, each where the last one ended. What is in it never changes.';
comment on column clearing.period.answer_by is 'Until then the period waits for each store to confirm or dispute; later, silence does not keep it open.';

create table clearing.plan (
  merchant_id uuid not null,
  every text not null,
  answer_days integer not null,
  since timestamp with time zone not null,
  revision integer not null,
  constraint plan_pkey PRIMARY KEY (merchant_id),
  constraint plan_answer_days_check CHECK (((answer_days >= 0) AND (answer_days <= 90))),
  constraint plan_every_check CHECK ((every = ANY (ARRAY['hand'::text, 'week'::text, 'month'::text]))),
  constraint plan_revision_check CHECK ((revision > 0))
);
alter table clearing.plan enable row level security;
alter table clearing.plan force row level security;
create policy one_merchant on clearing.plan as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table clearing.plan is 'How often a merchant''s settlement periods end; without a row by hand.';
comment on column clearing.plan.since is 'From when on: what ended before is not drawn by it.';

create table clearing.statement (
  merchant_id uuid not null,
  id uuid not null,
  period_id uuid not null,
  owner_id uuid not null,
  party text not null,
  state text not null,
  reason text,
  said_at timestamp with time zone,
  said_by uuid,
  closed_at timestamp with time zone,
  constraint statement_pkey PRIMARY KEY (merchant_id, id),
  constraint statement_merchant_id_period_id_owner_id_key UNIQUE (merchant_id, period_id, owner_id),
  constraint statement_party_check CHECK ((party = ANY (ARRAY['store'::text, 'merchant'::text, 'other'::text]))),
  constraint statement_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
  constraint statement_state_check CHECK ((state = ANY (ARRAY['drawn'::text, 'disputed'::text, 'answered'::text, 'confirmed'::text])))
);
CREATE INDEX statement_open ON clearing.statement USING btree (merchant_id, owner_id) WHERE (closed_at IS NULL);
CREATE INDEX statement_owner ON clearing.statement USING btree (merchant_id, owner_id, id);
alter table clearing.statement enable row level security;
alter table clearing.statement force row level security;
create policy closed_stays on clearing.statement as restrictive for update
  using ((closed_at IS NULL))
  with check (true);
create policy one_merchant on clearing.statement as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table clearing.statement is 'What one party owes and is owed in a period, and what it says to that. The figures are read off the ledger.';

grant usage on schema clearing to scrip_app;
grant insert, select on table clearing.adjustment to scrip_app;
grant insert, select on table clearing.day_close to scrip_app;
grant insert, select on table clearing.netting to scrip_app;
grant insert, select on table clearing.payment to scrip_app;
grant update on table clearing.payment (paid_at) to scrip_app;
grant update on table clearing.payment (paid_by) to scrip_app;
grant update on table clearing.payment (reference) to scrip_app;
grant update on table clearing.payment (state) to scrip_app;
grant insert, select on table clearing.period to scrip_app;
grant update on table clearing.period (closed_at) to scrip_app;
grant update on table clearing.period (closed_by) to scrip_app;
grant update on table clearing.period (state) to scrip_app;
grant insert, select, update on table clearing.plan to scrip_app;
grant insert, select on table clearing.statement to scrip_app;
grant update on table clearing.statement (closed_at) to scrip_app;
grant update on table clearing.statement (reason) to scrip_app;
grant update on table clearing.statement (said_at) to scrip_app;
grant update on table clearing.statement (said_by) to scrip_app;
grant update on table clearing.statement (state) to scrip_app;

create schema checkout;

create table checkout.listed (
  merchant_id uuid not null,
  tender text not null,
  purchase_seq bigint not null,
  store_id uuid not null,
  constraint listed_pkey PRIMARY KEY (merchant_id, tender, purchase_seq)
);
CREATE INDEX listed_store ON checkout.listed USING btree (merchant_id, store_id, tender, purchase_seq);
alter table checkout.listed enable row level security;
alter table checkout.listed force row level security;
create policy one_merchant on checkout.listed as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table checkout.listed is 'By which tenders purchases were paid, as the log has them up to where checkout.keepList has come. Can be made anew from the log.';
comment on column checkout.listed.tender is 'What a drawer calls it; each purchase has one row of * besides.';

create table checkout.purchase_return (
  merchant_id uuid not null,
  purchase_seq bigint not null,
  returned bigint not null,
  parts jsonb default '{"bound": [], "pieces": []}'::jsonb not null,
  constraint purchase_return_pkey PRIMARY KEY (merchant_id, purchase_seq),
  constraint purchase_return_returned_check CHECK ((returned >= 0))
);
alter table checkout.purchase_return enable row level security;
alter table checkout.purchase_return force row level security;
create policy one_merchant on checkout.purchase_return as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table checkout.purchase_return is 'How much of a purchase has gone back. A purchase without a row: nothing.';
comment on column checkout.purchase_return.parts is 'Pieces that went back of each line, and what went back of each share that a bonus bound to goods paid, in their order in the log.';

grant usage on schema checkout to scrip_app;
grant insert, select on table checkout.listed to scrip_app;
grant insert, select on table checkout.purchase_return to scrip_app;
grant update on table checkout.purchase_return (parts) to scrip_app;
grant update on table checkout.purchase_return (returned) to scrip_app;

create schema reports;

create table reports.actor_day (
  merchant_id uuid not null,
  day date not null,
  actor_id uuid not null,
  currency text not null,
  redeemed bigint not null,
  redemptions bigint not null,
  refunded bigint not null,
  refunds bigint not null,
  adjusted bigint not null,
  adjustments bigint not null,
  constraint actor_day_pkey PRIMARY KEY (merchant_id, day, actor_id, currency)
);
alter table reports.actor_day enable row level security;
alter table reports.actor_day force row level security;
create policy one_merchant on reports.actor_day as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on column reports.actor_day.redeemed is 'What they took at a till: from cards, and for purchases whatever paid.';
comment on column reports.actor_day.refunded is 'What they gave back of it.';
comment on column reports.actor_day.adjusted is 'Corrections upward and downward, added up without their signs.';

create table reports.day (
  merchant_id uuid not null,
  day date not null,
  store_id uuid not null,
  currency text not null,
  sold bigint not null,
  paid bigint not null,
  activations bigint not null,
  redeemed bigint not null,
  redemptions bigint not null,
  refunded bigint not null,
  refunds bigint not null,
  voided bigint not null,
  adjusted bigint not null,
  outstanding bigint not null,
  constraint day_pkey PRIMARY KEY (merchant_id, day, store_id, currency)
);
alter table reports.day enable row level security;
alter table reports.day force row level security;
create policy one_merchant on reports.day as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table reports.day is 'What the postings of a day come to, in the merchant''s zone, up to where reports.addUp has come. Made anew from the log it is the same.';
comment on column reports.day.store_id is 'Of sold and outstanding: the store that sold the card; of redeemed and refunded: the one that took it; the merchant''s own id: no store.';
comment on column reports.day.sold is 'Value put on cards for a payment, less what was undone.';
comment on column reports.day.paid is 'What was taken for it.';
comment on column reports.day.outstanding is 'By how much the balances of cards changed. All days up to one, added up, are what was owed then.';

create table reports.member_day (
  merchant_id uuid not null,
  day date not null,
  store_id uuid not null,
  joined bigint not null,
  gone bigint not null,
  memberships bigint not null,
  renewals bigint not null,
  visits bigint not null,
  constraint member_day_pkey PRIMARY KEY (merchant_id, day, store_id)
);
alter table reports.member_day enable row level security;
alter table reports.member_day force row level security;
create policy one_merchant on reports.member_day as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table reports.member_day is 'Members who came and went in a day of the merchant''s zone, up to where reports.addUp has come. Made anew from the log it is the same.';
comment on column reports.member_day.store_id is 'Where it was; the merchant''s own id: in no store.';
comment on column reports.member_day.gone is 'Erased, or merged into another.';
comment on column reports.member_day.visits is 'Purchases of members.';

create table reports.value_day (
  merchant_id uuid not null,
  day date not null,
  store_id uuid not null,
  currency text not null,
  loaded bigint not null,
  bonus bigint not null,
  spent bigint not null,
  refunded bigint not null,
  expired bigint not null,
  adjusted bigint not null,
  transferred bigint not null,
  principal bigint not null,
  given bigint not null,
  constraint value_day_pkey PRIMARY KEY (merchant_id, day, store_id, currency)
);
alter table reports.value_day enable row level security;
alter table reports.value_day force row level security;
create policy one_merchant on reports.value_day as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table reports.value_day is 'What became of value on wallets in a day of the merchant''s zone, up to where reports.addUp has come. Made anew from the log it is the same.';
comment on column reports.value_day.store_id is 'The store that answers for it; the merchant''s own id: the merchant.';
comment on column reports.value_day.principal is 'By how much principal on wallets changed. All days up to one, added up, are what was owed then.';
comment on column reports.value_day.given is 'The same of what was given on top.';

grant usage on schema reports to scrip_app;
grant insert, select, update on table reports.actor_day to scrip_app;
grant insert, select, update on table reports.day to scrip_app;
grant insert, select, update on table reports.member_day to scrip_app;
grant insert, select, update on table reports.value_day to scrip_app;

create schema webhooks;

create table webhooks.attempt (
  merchant_id uuid not null,
  id uuid not null,
  endpoint_id uuid not null,
  seq bigint not null,
  at timestamp with time zone not null,
  duration_ms integer not null,
  status smallint,
  failure text,
  request_head text not null,
  response_head text,
  response_body text,
  constraint attempt_pkey PRIMARY KEY (merchant_id, id),
  constraint attempt_merchant_id_endpoint_id_seq_fkey FOREIGN KEY (merchant_id, endpoint_id, seq) REFERENCES webhooks.delivery(merchant_id, endpoint_id, seq) ON DELETE CASCADE,
  constraint attempt_duration_ms_check CHECK ((duration_ms >= 0))
);
CREATE INDEX attempt_delivery ON webhooks.attempt USING btree (merchant_id, endpoint_id, seq, id);
alter table webhooks.attempt enable row level security;
alter table webhooks.attempt force row level security;
create policy one_merchant on webhooks.attempt as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table webhooks.attempt is 'What was sent and what came back, the beginning of it.';

create table webhooks.delivery (
  merchant_id uuid not null,
  endpoint_id uuid not null,
  seq bigint not null,
  type text not null,
  occurred_at timestamp with time zone not null,
  subject_id uuid,
  state text not null,
  tries integer default 0 not null,
  due_at timestamp with time zone not null,
  claim uuid,
  ended_at timestamp with time zone,
  constraint delivery_pkey PRIMARY KEY (merchant_id, endpoint_id, seq),
  constraint delivery_merchant_id_endpoint_id_fkey FOREIGN KEY (merchant_id, endpoint_id) REFERENCES webhooks.endpoint(merchant_id, id),
  constraint delivery_claim CHECK (((state = 'sending'::text) = (claim IS NOT NULL))),
  constraint delivery_ended CHECK (((state = ANY (ARRAY['delivered'::text, 'dead'::text])) = (ended_at IS NOT NULL))),
  constraint delivery_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'delivered'::text, 'dead'::text]))),
  constraint delivery_tries_check CHECK ((tries >= 0))
) with (fillfactor=70);
CREATE INDEX delivery_due ON webhooks.delivery USING btree (merchant_id, endpoint_id, seq) WHERE (state = ANY (ARRAY['waiting'::text, 'sending'::text]));
CREATE INDEX delivery_ended ON webhooks.delivery USING btree (ended_at) WHERE (state = ANY (ARRAY['delivered'::text, 'dead'::text]));
CREATE INDEX delivery_subject ON webhooks.delivery USING btree (merchant_id, endpoint_id, subject_id, seq) WHERE (state = ANY (ARRAY['waiting'::text, 'sending'::text]));
alter table webhooks.delivery enable row level security;
alter table webhooks.delivery force row level security;
create policy one_merchant on webhooks.delivery as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table webhooks.delivery is 'One entry of the log on its way to one endpoint. What is sent is made of the log, not kept here.';
comment on column webhooks.delivery.tries is 'Attempts that ended, since it was last begun.';
comment on column webhooks.delivery.due_at is 'When it is sent next; while it is being sent: when whoever claimed it is taken for dead.';

create table webhooks.endpoint (
  merchant_id uuid not null,
  id uuid not null,
  url text not null,
  description text,
  event_types text[],
  state text not null,
  disabled_reason text,
  secret_sealed bytea not null,
  previous_sealed bytea,
  previous_until timestamp with time zone,
  from_seq bigint not null,
  created_at timestamp with time zone not null,
  constraint endpoint_pkey PRIMARY KEY (merchant_id, id),
  constraint endpoint_description_check CHECK (((length(description) >= 1) AND (length(description) <= 200))),
  constraint endpoint_disabled CHECK (((state = 'disabled'::text) = (disabled_reason IS NOT NULL))),
  constraint endpoint_disabled_reason_check CHECK ((disabled_reason = ANY (ARRAY['by_hand'::text, 'gone'::text, 'failing'::text]))),
  constraint endpoint_from_seq_check CHECK ((from_seq > 0)),
  constraint endpoint_previous CHECK (((previous_sealed IS NULL) = (previous_until IS NULL))),
  constraint endpoint_state_check CHECK ((state = ANY (ARRAY['active'::text, 'disabled'::text]))),
  constraint endpoint_url_check CHECK (((length(url) >= 1) AND (length(url) <= 2000)))
);
alter table webhooks.endpoint enable row level security;
alter table webhooks.endpoint force row level security;
create policy one_merchant on webhooks.endpoint as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table webhooks.endpoint is 'Where a merchant wants its news sent.';
comment on column webhooks.endpoint.event_types is 'Null: all there are, also those that a later version adds.';
comment on column webhooks.endpoint.secret_sealed is 'What its messages are signed with, encrypted under a key that is not in the database.';
comment on column webhooks.endpoint.previous_sealed is 'The secret before it was rotated; until previous_until messages carry both signatures.';
comment on column webhooks.endpoint.from_seq is 'The entry of the log that made it: what came later is its news.';

create table webhooks.progress (
  merchant_id uuid not null,
  endpoint_id uuid not null,
  read_seq bigint not null,
  failing_since timestamp with time zone,
  constraint progress_pkey PRIMARY KEY (merchant_id, endpoint_id),
  constraint progress_merchant_id_endpoint_id_fkey FOREIGN KEY (merchant_id, endpoint_id) REFERENCES webhooks.endpoint(merchant_id, id)
);
alter table webhooks.progress enable row level security;
alter table webhooks.progress force row level security;
create policy one_merchant on webhooks.progress as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table webhooks.progress is 'How far the log was read for an endpoint; its row lock lets one process at a time claim its deliveries.';
comment on column webhooks.progress.failing_since is 'The first failure after the last success.';

create table webhooks.resend (
  merchant_id uuid not null,
  id uuid not null,
  endpoint_id uuid not null,
  next_seq bigint not null,
  until_seq bigint not null,
  since timestamp with time zone,
  until timestamp with time zone,
  done boolean default false not null,
  constraint resend_pkey PRIMARY KEY (merchant_id, id),
  constraint resend_merchant_id_endpoint_id_fkey FOREIGN KEY (merchant_id, endpoint_id) REFERENCES webhooks.endpoint(merchant_id, id)
);
CREATE INDEX resend_open ON webhooks.resend USING btree (merchant_id, endpoint_id) WHERE (NOT done);
alter table webhooks.resend enable row level security;
alter table webhooks.resend force row level security;
create policy one_merchant on webhooks.resend as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table webhooks.resend is 'Entries of the log that are to be sent to an endpoint again: from next_seq to before until_seq, within the times.';

grant usage on schema webhooks to scrip_app;
grant delete, insert, select, update on table webhooks.attempt to scrip_app;
grant delete, insert, select, update on table webhooks.delivery to scrip_app;
grant insert, select, update on table webhooks.endpoint to scrip_app;
grant insert, select, update on table webhooks.progress to scrip_app;
grant insert, select, update on table webhooks.resend to scrip_app;

create schema notices;

create table notices.low_balance (
  merchant_id uuid not null,
  card_id uuid not null,
  is_low boolean not null,
  crossings integer not null,
  constraint low_balance_pkey PRIMARY KEY (merchant_id, card_id),
  constraint low_balance_crossings_check CHECK ((crossings >= 0))
);
alter table notices.low_balance enable row level security;
alter table notices.low_balance force row level security;
create policy one_merchant on notices.low_balance as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table notices.low_balance is 'On which side of the mark a card was seen last: each crossing downwards is one occasion.';

create table notices.notice (
  merchant_id uuid not null,
  id uuid not null,
  occasion text not null,
  event text not null,
  member_id uuid,
  language text not null,
  sealed_content bytea,
  channel text,
  state text not null,
  attempts smallint default 0 not null,
  next_at timestamp with time zone not null,
  good_until timestamp with time zone,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  failure text,
  constraint notice_pkey PRIMARY KEY (merchant_id, id),
  constraint notice_occasion UNIQUE (merchant_id, occasion),
  constraint notice_attempts_check CHECK ((attempts >= 0)),
  constraint notice_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text, 'wechat'::text, 'outbox'::text]))),
  constraint notice_ended CHECK (((state = ANY (ARRAY['sent'::text, 'dead'::text])) = (ended_at IS NOT NULL))),
  constraint notice_failure_check CHECK ((length(failure) <= 200)),
  constraint notice_language_check CHECK ((language = ANY (ARRAY['zh'::text, 'en'::text]))),
  constraint notice_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'sent'::text, 'dead'::text])))
);
CREATE INDEX notice_due ON notices.notice USING btree (next_at) WHERE (state = ANY (ARRAY['waiting'::text, 'sending'::text]));
CREATE INDEX notice_ended_at ON notices.notice USING btree (ended_at) WHERE ((sealed_content IS NOT NULL) AND (state = ANY (ARRAY['sent'::text, 'dead'::text])));
CREATE INDEX notice_member ON notices.notice USING btree (merchant_id, member_id, event, id) WHERE (member_id IS NOT NULL);
alter table notices.notice enable row level security;
alter table notices.notice force row level security;
create policy one_merchant on notices.notice as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table notices.notice is 'The queue of what people are told, and what became of it.';
comment on column notices.notice.occasion is 'What it is about, exactly: one occasion makes one notice, however often it is come upon.';
comment on column notices.notice.sealed_content is 'To whom and with what words; encrypted. Gone as soon as it is not needed.';
comment on column notices.notice.next_at is 'When it is tried next; of one that is being sent, when the sender counts as lost.';
comment on column notices.notice.good_until is 'After this it is not sent any more: nobody wants a late one-time code.';
comment on column notices.notice.failure is 'A word of ours for what went wrong last; never what the other side said.';

grant usage on schema notices to scrip_app;
grant insert, select, update on table notices.low_balance to scrip_app;
grant insert, select, update on table notices.notice to scrip_app;

create schema shifts;

create table shifts.shift (
  merchant_id uuid not null,
  id uuid not null,
  store_id uuid not null,
  device_id uuid,
  opened_by uuid not null,
  currency text not null,
  opening_float bigint not null,
  state text not null,
  opened_at timestamp with time zone not null,
  opened_seq bigint not null,
  counted bigint,
  counted_at timestamp with time zone,
  counted_seq bigint,
  counted_by uuid,
  expected bigint,
  closed_at timestamp with time zone,
  closed_by uuid,
  reason text,
  corrected bigint default 0 not null,
  constraint shift_pkey PRIMARY KEY (merchant_id, id),
  constraint shift_check CHECK ((counted_seq > opened_seq)),
  constraint shift_closed CHECK ((((state = 'closed'::text) = (closed_at IS NOT NULL)) AND ((closed_at IS NULL) = (expected IS NULL)))),
  constraint shift_counted CHECK ((((state = 'open'::text) = (counted_seq IS NULL)) AND ((counted_seq IS NULL) = (counted IS NULL)))),
  constraint shift_counted_check CHECK (((counted >= 0) AND (counted <= '1000000000000000'::bigint))),
  constraint shift_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint shift_difference CHECK (((state <> 'closed'::text) OR (counted = expected) OR (reason IS NOT NULL))),
  constraint shift_opened_seq_check CHECK ((opened_seq > 0)),
  constraint shift_opening_float_check CHECK (((opening_float >= 0) AND (opening_float <= '1000000000000000'::bigint))),
  constraint shift_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
  constraint shift_state_check CHECK ((state = ANY (ARRAY['open'::text, 'counted'::text, 'closed'::text])))
);
CREATE INDEX shift_device ON shifts.shift USING btree (merchant_id, device_id, opened_seq) WHERE (device_id IS NOT NULL);
CREATE UNIQUE INDEX shift_open_by ON shifts.shift USING btree (merchant_id, opened_by) WHERE ((state = 'open'::text) AND (device_id IS NULL));
CREATE UNIQUE INDEX shift_open_on_device ON shifts.shift USING btree (merchant_id, device_id) WHERE ((state = 'open'::text) AND (device_id IS NOT NULL));
CREATE INDEX shift_store ON shifts.shift USING btree (merchant_id, store_id, id);
CREATE INDEX shift_unfinished ON shifts.shift USING btree (merchant_id, store_id, id) WHERE (state <> 'closed'::text);
alter table shifts.shift enable row level security;
alter table shifts.shift force row level security;
create policy one_merchant on shifts.shift as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table shifts.shift is 'Somebody''s time at a counter: it has the takings of its device, or of who opened it, between opened_seq and counted_seq.';
comment on column shifts.shift.counted_seq is 'The entry of the log that counted it: with it its takings end, and the next shift may be opened.';
comment on column shifts.shift.expected is 'What should have been in the drawer: the float and the cash that was taken.';
comment on column shifts.shift.corrected is 'What corrections after the closing added to what was counted.';

grant usage on schema shifts to scrip_app;
grant insert, select, update on table shifts.shift to scrip_app;

create schema settings;

create table settings.image (
  merchant_id uuid not null,
  id uuid not null,
  purpose text not null,
  width integer not null,
  height integer not null,
  bytes bytea not null,
  created_at timestamp with time zone not null,
  constraint image_pkey PRIMARY KEY (merchant_id, id),
  constraint image_bytes_check CHECK (((length(bytes) >= 1) AND (length(bytes) <= 2000000))),
  constraint image_height_check CHECK (((height >= 1) AND (height <= 2000))),
  constraint image_purpose_check CHECK ((purpose = ANY (ARRAY['logo'::text, 'card_face'::text]))),
  constraint image_width_check CHECK (((width >= 1) AND (width <= 2000)))
);
alter table settings.image enable row level security;
alter table settings.image force row level security;
create policy one_merchant on settings.image as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on column settings.image.bytes is 'WebP as we encoded it, of the pixels alone: nothing of the file that was sent is kept.';

create table settings.merchant (
  merchant_id uuid not null,
  logo_id uuid,
  updated_at timestamp with time zone not null,
  constraint merchant_pkey PRIMARY KEY (merchant_id)
);
alter table settings.merchant enable row level security;
alter table settings.merchant force row level security;
create policy one_merchant on settings.merchant as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table settings.merchant is 'The picture that stands for a merchant. How to reach it and its terms stand in merchants.merchant.';

create table settings.program_face (
  merchant_id uuid not null,
  program_id uuid not null,
  image_id uuid,
  updated_at timestamp with time zone not null,
  constraint program_face_pkey PRIMARY KEY (merchant_id, program_id)
);
alter table settings.program_face enable row level security;
alter table settings.program_face force row level security;
create policy one_merchant on settings.program_face as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table settings.program_face is 'The picture on the cards of a program, whichever version of its terms they have.';
comment on column settings.program_face.image_id is 'Null: it was taken away.';

create table settings.view (
  merchant_id uuid not null,
  id uuid not null,
  owner_id uuid,
  page text not null,
  name text not null,
  query text not null,
  removed boolean not null,
  created_at timestamp with time zone not null,
  constraint view_pkey PRIMARY KEY (merchant_id, id),
  constraint view_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint view_page_check CHECK (((length(page) >= 1) AND (length(page) <= 40))),
  constraint view_query_check CHECK ((length(query) <= 2000))
);
CREATE INDEX view_of_owner ON settings.view USING btree (merchant_id, owner_id) WHERE (NOT removed);
alter table settings.view enable row level security;
alter table settings.view force row level security;
create policy one_merchant on settings.view as permissive for all
  using (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)))
  with check (((merchant_id = ( SELECT platform.seen_merchant() AS seen_merchant)) OR ( SELECT platform.sees_all() AS sees_all)));
comment on table settings.view is 'A page with its filters under a name.';
comment on column settings.view.owner_id is 'Whose it is: a member of staff or a key; null: for all who work for the merchant.';

grant usage on schema settings to scrip_app;
grant insert, select on table settings.image to scrip_app;
grant insert, select, update on table settings.merchant to scrip_app;
grant insert, select, update on table settings.program_face to scrip_app;
grant insert, select, update on table settings.view to scrip_app;
