-- What the public pages of a merchant are found by, and what they say.
alter table merchants.merchant
  add column slug text,
  add column contact_phone text check (length(contact_phone) between 1 and 40),
  add column contact_email text check (length(contact_email) between 3 and 254),
  add column contact_address text check (length(contact_address) between 1 and 300),
  add column contact_website text check (contact_website ~ '^https://' and length(contact_website) <= 300),
  add column terms_zh text check (length(terms_zh) between 1 and 20000),
  add column terms_en text check (length(terms_en) between 1 and 20000),
  add column terms_version integer not null default 1 check (terms_version > 0);
comment on column merchants.merchant.slug is 'Names it in the address of its public pages, so that a code is never looked up without a merchant.';
comment on column merchants.merchant.terms_version is 'Goes up with each change of the terms: who agreed, agreed to a version.';

-- The owner of the tables may be bound by their policies too.
select set_config('scrip.merchant_id', '*', true);
update merchants.merchant set slug = 'm-' || right(replace(merchant_id::text, '-', ''), 12);
alter table merchants.merchant
  alter column slug set not null,
  add constraint merchant_slug_form check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) between 3 and 60);
create unique index merchant_slug on merchants.merchant (slug); -- all merchants: the address has nothing else to tell them apart

-- Whose slug it is, also where it is another merchant's: what a merchant who wants one must be told, and no more.
create function merchants.slug_owner(wanted text) returns uuid
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  set scrip.merchant_id = '*'
as $$
  select merchant_id from merchants.merchant where slug = wanted -- all merchants: a slug is one merchant's alone
$$;
revoke all on function merchants.slug_owner(text) from public;
grant execute on function merchants.slug_owner(text) to scrip_app;
