-- What a merchant keeps of its members besides who they are.
alter table members.member
  add column tags jsonb not null default '[]' check (jsonb_typeof(tags) = 'array'),
  add column sealed_birthday bytea,
  add column birthday_hash bytea check (length(birthday_hash) = 32),
  add column sealed_fields bytea,
  add constraint member_birthday check ((sealed_birthday is null) = (birthday_hash is null)),
  add constraint member_no_profile_left
    check (state = 'active' or (tags = '[]' and sealed_birthday is null and sealed_fields is null));
comment on column members.member.tags is 'What staff sort members by: a list of short texts.';
comment on column members.member.birthday_hash is 'HMAC of the member, month and day under a key that is not in the database.';
comment on column members.member.sealed_fields is 'What is kept in fields of members.form: JSON by key, sealed as one.';
create index member_tags on members.member using gin (tags jsonb_path_ops) where tags <> '[]';

create table members.form (
  merchant_id uuid primary key,
  fields jsonb not null check (jsonb_typeof(fields) = 'array'),
  revision integer not null check (revision > 0)
);
comment on table members.form is 'The fields of its own that a merchant keeps of its members, in the order in which they are asked for.';
grant select, insert, update on members.form to scrip_app;
select platform.guard_by_merchant('members.form');
