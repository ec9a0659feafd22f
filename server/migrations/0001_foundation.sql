-- The role that the service's login is a member of. It owns nothing; each migration grants what the service may do.
do $$
begin
  if not exists (select 1 from pg_roles where rolname = 'scrip_app') then
    create role scrip_app nologin;
  end if;
exception when duplicate_object or unique_violation then null; -- another database of this server made it just now
end $$;

grant usage on schema platform to scrip_app;
grant select on platform.migration to scrip_app;

-- The second net under every `where merchant_id = $1`: a transaction sees the merchant it named, or all ('*') where it
-- said so on purpose; one that named nobody sees nothing.
create function platform.sees_all() returns boolean language sql stable as $$
  select current_setting('scrip.merchant_id', true) = '*'
$$;
create function platform.seen_merchant() returns uuid language sql stable as $$
  select case when current_setting('scrip.merchant_id', true) ~ '^[0-9a-f-]{36}$'
    then current_setting('scrip.merchant_id', true)::uuid end
$$;
create function platform.guard_by_merchant(guarded regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', guarded);
  execute format('alter table %s force row level security', guarded);
  -- The sub-selects are run once a statement, not once a row.
  execute format($policy$
    create policy one_merchant on %s
      using (merchant_id = (select platform.seen_merchant()) or (select platform.sees_all()))
      with check (merchant_id = (select platform.seen_merchant()) or (select platform.sees_all()))
  $policy$, guarded);
end $$;

-- The planner takes a table that has just grown for the small one it was, and walks through it from the wrong side, until
-- the next automatic analyze, up to a minute later. The service's login may not analyze what it does not own, so this does
-- it for tables that have more than doubled; their size on disk is known at once, row counts only after a second.
create function platform.refresh_statistics() returns integer
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  grown regclass;
  refreshed integer := 0;
begin
  for grown in
    select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('ledger', 'merchants', 'people', 'programs', 'cards', 'batches') and c.relkind = 'r'
      and pg_relation_size(c.oid) / current_setting('block_size')::bigint > 2 * c.relpages
  loop
    execute format('analyze %s', grown);
    refreshed := refreshed + 1;
  end loop;
  return refreshed;
end $$;
revoke all on function platform.refresh_statistics() from public;
grant execute on function platform.refresh_statistics() to scrip_app;
