create schema wallet;
grant usage on schema wallet to scrip_app;

create table wallet.gift (
  merchant_id uuid not null,
  id uuid not null,
  card_id uuid not null,
  from_member uuid not null,
  token_hash bytea not null check (length(token_hash) = 32),
  state text not null check (state in ('open', 'claimed', 'taken_back')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  claimed_by uuid,
  claimed_card uuid,
  ended_at timestamptz,
  primary key (merchant_id, id),
  constraint gift_token unique (merchant_id, token_hash),
  constraint gift_claimed check ((state = 'claimed') = (claimed_by is not null and claimed_card is not null)),
  constraint gift_ended check ((state = 'open') = (ended_at is null))
);
comment on table wallet.gift is 'A card on its way to a friend: whoever has the link may claim it once, until it ends or is taken back.';
comment on column wallet.gift.token_hash is 'SHA-256 of a token of 256 bits, which stands in the link and nowhere else.';
create index gift_card on wallet.gift (merchant_id, card_id) where state = 'open';
create index gift_from on wallet.gift (merchant_id, from_member, id);
create index gift_claimed_at on wallet.gift (ended_at) where state = 'claimed';

create table wallet.complaint (
  merchant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  sealed_text bytea not null,
  sealed_reference bytea,
  sealed_answer bytea,
  state text not null check (state in ('open', 'answered')),
  created_at timestamptz not null,
  answered_at timestamptz,
  primary key (merchant_id, id),
  constraint complaint_answered check ((state = 'answered') = (sealed_answer is not null and answered_at is not null))
);
comment on table wallet.complaint is 'What a member complained of, and the answer; encrypted, since people write about people.';
create index complaint_member on wallet.complaint (merchant_id, member_id, id);
create index complaint_state on wallet.complaint (merchant_id, state, id);
create index complaint_answered_at on wallet.complaint (answered_at) where state = 'answered';

grant select, insert, update on wallet.gift, wallet.complaint to scrip_app;
select platform.guard_by_merchant(guarded::regclass)
from unnest(array['wallet.gift', 'wallet.complaint']) as guarded;

create view wallet.gift_view with (security_invoker = true) as
select merchant_id, id, card_id, from_member, state, ended_at from wallet.gift;
create view wallet.complaint_view with (security_invoker = true) as
select merchant_id, id, member_id, state, answered_at from wallet.complaint;
grant select on wallet.gift_view, wallet.complaint_view to scrip_app;

create table wallet.pass_issuer (
  merchant_id uuid primary key,
  sealed bytea not null,
  apple_until timestamptz,
  has_google boolean not null,
  revision integer not null check (revision > 0)
);
comment on table wallet.pass_issuer is 'With what a merchant signs passes for the wallets of phones; keys and certificates, encrypted.';
comment on column wallet.pass_issuer.apple_until is 'When the certificate ends; null: none is set.';
grant select, insert, update on wallet.pass_issuer to scrip_app;
select platform.guard_by_merchant('wallet.pass_issuer');
