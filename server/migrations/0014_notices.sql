create schema notices;
grant usage on schema notices to scrip_app;

create table notices.notice (
  merchant_id uuid not null,
  id uuid not null,
  occasion text not null,
  event text not null,
  member_id uuid,
  language text not null check (language in ('zh', 'en')),
  sealed_content bytea,
  channel text check (channel in ('email', 'sms', 'wechat', 'outbox')),
  state text not null check (state in ('waiting', 'sending', 'sent', 'dead')),
  attempts smallint not null default 0 check (attempts >= 0),
  next_at timestamptz not null,
  good_until timestamptz,
  created_at timestamptz not null,
  ended_at timestamptz,
  failure text check (length(failure) <= 200),
  primary key (merchant_id, id),
  constraint notice_occasion unique (merchant_id, occasion),
  constraint notice_ended check ((state in ('sent', 'dead')) = (ended_at is not null))
);
comment on table notices.notice is 'The queue of what people are told, and what became of it.';
comment on column notices.notice.occasion is 'What it is about, exactly: one occasion makes one notice, however often it is come upon.';
comment on column notices.notice.sealed_content is 'To whom and with what words; encrypted. Gone as soon as it is not needed.';
comment on column notices.notice.next_at is 'When it is tried next; of one that is being sent, when the sender counts as lost.';
comment on column notices.notice.good_until is 'After this it is not sent any more: nobody wants a late one-time code.';
comment on column notices.notice.failure is 'A word of ours for what went wrong last; never what the other side said.';
create index notice_due on notices.notice (next_at) where state in ('waiting', 'sending');
create index notice_ended_at on notices.notice (ended_at) where sealed_content is not null and state in ('sent', 'dead');

create table notices.low_balance (
  merchant_id uuid not null,
  card_id uuid not null,
  is_low boolean not null,
  crossings integer not null check (crossings >= 0),
  primary key (merchant_id, card_id)
);
comment on table notices.low_balance is 'On which side of the mark a card was seen last: each crossing downwards is one occasion.';

grant select, insert, update on notices.notice, notices.low_balance to scrip_app;
select platform.guard_by_merchant(guarded::regclass)
from unnest(array['notices.notice', 'notices.low_balance']) as guarded;
