-- What the desk reads: lists of a million cards, and the log by what happened, where and by whom.

-- A card's money lies on its lots, which change with each payment: an index there would make every payment write more. So
-- what lists filter and sort by is kept here, a little behind the log; what came since is looked up in the log itself.
create table cards.standing (
  merchant_id uuid not null,
  serial bigint not null,
  card_id uuid not null,
  stage text not null,
  balance bigint not null,
  held bigint not null,
  currency text not null,
  pin_locked boolean not null,
  store_id uuid,
  activated_at timestamptz,
  valid_until timestamptz,
  holder text,
  primary key (merchant_id, serial)
) with (fillfactor = 80);
comment on table cards.standing is 'Cards that were sold, as the log has them up to cards.standing_cursor. Can be made anew from the log.';
comment on column cards.standing.stage is 'The state that people are shown.';
-- Each is a filter or an order of the list, with the serial number that its cursor walks by. Measured over 1,000,000 cards.
create index standing_stage on cards.standing (merchant_id, stage, serial);
create index standing_balance on cards.standing (merchant_id, balance, serial);
create index standing_store on cards.standing (merchant_id, store_id, serial);
create index standing_activated on cards.standing (merchant_id, activated_at, serial);
create index standing_validity on cards.standing (merchant_id, valid_until, serial) where valid_until is not null;
create index standing_holder on cards.standing (merchant_id, holder, serial) where holder is not null;

create index standing_pin on cards.standing (merchant_id, serial) where pin_locked;

create table cards.cohort (
  merchant_id uuid not null,
  store_id uuid not null,
  currency text not null,
  activated_on date not null,
  ends_on date not null,
  cards bigint not null,
  balance bigint not null,
  primary key (merchant_id, store_id, currency, activated_on, ends_on)
);
comment on table cards.cohort is 'cards.standing added up by days in the merchant''s zone: how old balances are, and when they end. Moves with it.';
comment on column cards.cohort.ends_on is 'The first day on which they are no longer valid; infinity: they never end.';

create table cards.standing_cursor (
  merchant_id uuid not null,
  seq bigint not null check (seq >= 0),
  primary key (merchant_id)
) with (fillfactor = 50);
comment on table cards.standing_cursor is 'Up to which entry of the log cards.standing has come; its row lock is the claim of the process at work.';

-- Four digits find a hundred among a million.
create index card_last4 on cards.card (merchant_id, last4, serial);
-- The cards of a program that is a small part of all; of a large one the serial numbers are walked.
create index card_version on cards.card (merchant_id, version_id, serial);
-- What is left of a stock that is nearly sold out. Written only while a card is made and sold.
create index card_unsold on cards.card (merchant_id, serial) where state = 'generated';

grant select, insert, update, delete on cards.standing to scrip_app;
grant select, insert, update on cards.cohort to scrip_app;
grant select, insert, update on cards.standing_cursor to scrip_app;
select platform.guard_by_merchant(guarded::regclass) from unnest(array['cards.standing', 'cards.cohort', 'cards.standing_cursor']) as guarded;

-- The log by kind, by place and by who: each ends in the number that a page walks by, so a rare kind, a small store and a
-- quiet clerk are found among millions. Entries are appended at one end of each, which is what an insert costs least for.
create index activity_type on ledger.activity (merchant_id, type, seq);
create index activity_store on ledger.activity (merchant_id, store_id, seq) where store_id is not null;
create index activity_actor on ledger.activity (merchant_id, actor_id, seq);

-- More of a key and of a member of staff for who may see people: how a key begins, what it is bound to.
create or replace view people.key_view with (security_invoker = true) as
  select merchant_id, id, name, staff_id, device_id, prefix, store_ids, revoked_at from people.api_key;
create or replace view people.staff_view with (security_invoker = true) as
  select merchant_id, id, name, role, role_id, person_id, state, created_at, login, store_ids from people.staff;
create or replace view merchants.store_view with (security_invoker = true) as
  select merchant_id, id, code, name, region, legal_entity_id, state from merchants.store;

create or replace view ledger.journal_view with (security_invoker = true) as
  select merchant_id, seq, frozen_reason, frozen_at from ledger.journal;
grant select on ledger.journal_view to scrip_app;

create or replace view ledger.owner_posting_view with (security_invoker = true) as
  select p.merchant_id, p.activity_seq, p.line, p.account_id, a.owner_id, p.amount, p.balance_after, a.purpose, a.detail, a.asset
  from ledger.posting p join ledger.account a on a.merchant_id = p.merchant_id and a.id = p.account_id;
create view cards.card_view with (security_invoker = true) as
  select merchant_id, id, serial, last4, code_hash, state, batch_id, version_id, sold_store_id from cards.card;
create view cards.redemption_return_view with (security_invoker = true) as
  select merchant_id, redemption_seq, returned, reversal_seq from cards.redemption_return;
create view cards.standing_view with (security_invoker = true) as
  select merchant_id, serial, card_id, stage, balance, currency, pin_locked, store_id from cards.standing;
create view cards.cohort_view with (security_invoker = true) as
  select merchant_id, store_id, currency, activated_on, ends_on, cards, balance from cards.cohort;
create view cards.standing_cursor_view with (security_invoker = true) as
  select merchant_id, seq from cards.standing_cursor;
create view batches.batch_view with (security_invoker = true) as
  select merchant_id, id, program_id, quantity, first_serial, status, failure, created_at from batches.batch;
grant select on cards.card_view, cards.redemption_return_view, cards.standing_view, cards.cohort_view, cards.standing_cursor_view, batches.batch_view to scrip_app;
-- A failed batch is an alert; there are few.
create index batch_failed on batches.batch (merchant_id, created_at) where status = 'failed';
