-- Reports of stored value and of members: the log added up by days, as for cards.
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
  primary key (merchant_id, day, store_id, currency)
);
comment on table reports.value_day is 'What became of value on wallets in a day of the merchant''s zone, up to where reports.addUp has come. Made anew from the log it is the same.';
comment on column reports.value_day.store_id is 'The store that answers for it; the merchant''s own id: the merchant.';
comment on column reports.value_day.principal is 'By how much principal on wallets changed. All days up to one, added up, are what was owed then.';
comment on column reports.value_day.given is 'The same of what was given on top.';

create table reports.member_day (
  merchant_id uuid not null,
  day date not null,
  store_id uuid not null,
  joined bigint not null,
  gone bigint not null,
  memberships bigint not null,
  renewals bigint not null,
  visits bigint not null,
  primary key (merchant_id, day, store_id)
);
comment on table reports.member_day is 'Members who came and went in a day of the merchant''s zone, up to where reports.addUp has come. Made anew from the log it is the same.';
comment on column reports.member_day.store_id is 'Where it was; the merchant''s own id: in no store.';
comment on column reports.member_day.gone is 'Erased, or merged into another.';
comment on column reports.member_day.visits is 'Purchases of members.';

grant select, insert, update on reports.value_day, reports.member_day to scrip_app;
select platform.guard_by_merchant(guarded::regclass) from unnest(array['reports.value_day', 'reports.member_day']) as guarded;

-- What members paid from wallets and in cash was added to the figures of cards, and as what went back. All days are added up anew.
delete from reports.day;
delete from reports.actor_day;
delete from ledger.follower where job = 'reports.addUp';
comment on column reports.actor_day.redeemed is 'What they took at a till: from cards, and for purchases whatever paid.';
comment on column reports.actor_day.refunded is 'What they gave back of it.';
