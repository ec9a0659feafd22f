-- Family sharing: one member, the payer, lets another, the relative, pay from their wallet.
create schema families;
grant usage on schema families to scrip_app;

create table families.share (
  merchant_id uuid not null,
  id uuid not null,
  payer_id uuid not null,
  relative_id uuid,
  phone_hash bytea,
  phone_end text check (phone_end ~ '^\d{4}$'),
  state text not null check (state in ('offered', 'active', 'ended')),
  payment_max bigint check (payment_max > 0),
  day_max bigint check (day_max > 0),
  with_discount boolean not null,
  day date,
  used bigint not null default 0 check (used >= 0),
  begun_by text not null check (begun_by in ('payer', 'staff')),
  ended_by text check (ended_by in ('payer', 'relative', 'staff', 'merge', 'lapse')),
  created_at timestamptz not null,
  expires_at timestamptz,
  begun_at timestamptz,
  ended_at timestamptz,
  revision integer not null check (revision > 0),
  primary key (merchant_id, id),
  constraint share_not_with_oneself check (relative_id <> payer_id),
  constraint share_offered check ((state = 'offered') = (phone_hash is not null)),
  constraint share_phone check ((phone_hash is null) = (phone_end is null) and (phone_hash is null or expires_at is not null)),
  constraint share_active check (state <> 'active' or (relative_id is not null and begun_at is not null)),
  constraint share_ended check ((state = 'ended') = (ended_at is not null) and (ended_at is null) = (ended_by is null))
);
comment on table families.share is 'Who lets whom pay from their wallet.';
comment on column families.share.payer_id is 'Whose wallet it is.';
comment on column families.share.relative_id is 'Who may pay from it; null: nobody has accepted.';
comment on column families.share.phone_hash is 'To whose number it is offered, as members are looked up by; gone once it is accepted or over.';
comment on column families.share.phone_end is 'The last digits of that number, for the payer to know it by.';
comment on column families.share.payment_max is 'The most at once, in the currency of the merchant; null: no limit.';
comment on column families.share.day_max is 'The most in a day of the merchant; null: no limit.';
comment on column families.share.with_discount is 'Whether what the payer gets off counts where the payer''s wallet pays all.';
comment on column families.share.day is 'The merchant''s day that `used` is of. A new day begins it anew.';
create index share_of_payer on families.share (merchant_id, payer_id, id);
create index share_of_relative on families.share (merchant_id, relative_id, id);
create index share_offered_to on families.share (merchant_id, phone_hash) where phone_hash is not null;
create unique index share_of_pair on families.share (merchant_id, payer_id, relative_id) where state = 'active';
create index share_to_end on families.share (expires_at) where state = 'offered';
grant select, insert, update on families.share to scrip_app;
select platform.guard_by_merchant('families.share');

alter table wallets.policy
  add column relatives_max integer not null default 5 check (relatives_max between 0 and 50);
comment on column wallets.policy.relatives_max is 'How many relatives a member may let pay from their wallet; 0: nobody.';
