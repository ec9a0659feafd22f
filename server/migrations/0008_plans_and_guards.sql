-- The planner takes a merchant who began after the last analyze for one without rows; then any index that begins with
-- merchant_id looks as good as the one on the whole key, and the wrong one is walked through for each row. To a plan that is
-- kept, a merchant is as good as any other, so it is told that there is one: an index must narrow by more than that.
create or replace function platform.guard_by_merchant(guarded regclass) returns void language plpgsql as $$
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
end $$;

do $$
declare
  guarded regclass;
begin
  for guarded in select polrelid from pg_policy where polname = 'one_merchant' loop
    execute format('alter table %s alter column merchant_id set (n_distinct = 1)', guarded);
  end loop;
end $$;

-- A table that was analyzed while what fills it was not committed yet counts as empty, however large it is; when it is
-- committed the server knows of the rows, and it is analyzed again.
create or replace function platform.refresh_statistics() returns integer
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  grown regclass;
  refreshed integer := 0;
begin
  for grown in
    select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('ledger', 'merchants', 'people', 'programs', 'cards', 'batches') and c.relkind = 'r'
      and (pg_relation_size(c.oid) / current_setting('block_size')::bigint > 2 * c.relpages
        or pg_stat_get_live_tuples(c.oid) > 2 * greatest(c.reltuples, 0))
  loop
    execute format('analyze %s', grown);
    refreshed := refreshed + 1;
  end loop;
  return refreshed;
end $$;

-- A change of rows names how many of them must still be as they were judged; where they are not, the transaction fails
-- here, before the COMMIT that is already on its way behind it.
create function platform.as_judged(holds boolean, otherwise text) returns void language plpgsql as $$
begin
  if holds is not true then
    raise exception '%', otherwise using errcode = 'SC001';
  end if;
end $$;
