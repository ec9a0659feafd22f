/** The part of the catalog that is ours: not the server's own schemas. */
export const ours = `n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public')`;

/** What a schema consists of, in the order in which it is read. */
export const kinds = [
  'columns',
  'constraints',
  'indexes',
  'policies',
  'comments',
  'types',
  'functions',
  'views',
  'grants',
] as const;
export type Kind = (typeof kinds)[number];

const ofTable = 'join pg_class c on c.oid =';
const inSchema = 'join pg_namespace n on n.oid =';
const byName = 'order by n.nspname collate "C", c.relname collate "C"';

/** Each answers rows of schema, table (or the thing's own name) and text: the SQL that would make it. */
export const queries: Readonly<Record<Kind, string>> = {
  columns: `
    select n.nspname as schema, c.relname as table, concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod),
      case when a.attidentity <> '' then 'generated ' || case a.attidentity when 'a' then 'always' else 'by default' end || ' as identity' end,
      case when a.attgenerated = 's' then 'generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
        when d.adbin is not null then 'default ' || pg_get_expr(d.adbin, d.adrelid) end,
      case when a.attnotnull then 'not null' end) as text
    from pg_attribute a ${ofTable} a.attrelid ${inSchema} c.relnamespace
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p') and ${ours} ${byName}, a.attnum`,
  // 'n' are the not-null constraints that PostgreSQL 18 lists here and 15 does not; the columns say them.
  constraints: `
    select n.nspname as schema, c.relname as table, 'constraint ' || k.conname || ' ' || pg_get_constraintdef(k.oid) as text
    from pg_constraint k ${ofTable} k.conrelid ${inSchema} c.relnamespace
    where k.contype <> 'n' and ${ours} ${byName}, array_position(array['p', 'u', 'f', 'c', 'x'], k.contype::text), k.conname collate "C"`,
  indexes: `
    select n.nspname as schema, c.relname as table, pg_get_indexdef(i.indexrelid) || ';' as text
    from pg_index i ${ofTable} i.indrelid ${inSchema} c.relnamespace join pg_class x on x.oid = i.indexrelid
    where not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x')) and ${ours}
    ${byName}, x.relname collate "C"`,
  policies: `
    select n.nspname as schema, c.relname as table, concat_ws(E'\\n  ', 'create policy ' || p.polname || ' on ' || n.nspname || '.' || c.relname
      || ' as ' || case when p.polpermissive then 'permissive' else 'restrictive' end
      || ' for ' || case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
      'using (' || pg_get_expr(p.polqual, p.polrelid) || ')', 'with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')') || ';' as text
    from pg_policy p ${ofTable} p.polrelid ${inSchema} c.relnamespace where ${ours} ${byName}, p.polname collate "C"`,
  comments: `
    select n.nspname as schema, c.relname as table, 'comment on ' || case when a.attname is null
        then 'table ' || n.nspname || '.' || c.relname else 'column ' || n.nspname || '.' || c.relname || '.' || a.attname end
      || ' is ' || quote_literal(d.description) || ';' as text
    from pg_description d ${ofTable} d.objoid ${inSchema} c.relnamespace
      left join pg_attribute a on a.attrelid = c.oid and a.attnum = d.objsubid and d.objsubid > 0
    where d.classoid = 'pg_class'::regclass and c.relkind in ('r', 'p') and ${ours} ${byName}, d.objsubid`,
  types: `
    select n.nspname as schema, t.typname as table, case t.typtype
      when 'e' then 'create type ' || n.nspname || '.' || t.typname || ' as enum ('
        || (select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid) || ');'
      else 'create domain ' || n.nspname || '.' || t.typname || ' as ' || format_type(t.typbasetype, t.typtypmod)
        || coalesce((select ' ' || string_agg(pg_get_constraintdef(k.oid), ' ' order by k.conname) from pg_constraint k where k.contypid = t.oid), '') || ';' end as text
    from pg_type t ${inSchema} t.typnamespace where t.typtype in ('e', 'd') and ${ours} order by n.nspname collate "C", t.typname collate "C"`,
  functions: `
    select n.nspname as schema, p.proname as table, rtrim(pg_get_functiondef(p.oid), E'\\n') || ';' as text
    from pg_proc p ${inSchema} p.pronamespace where p.prokind in ('f', 'p') and ${ours}
    order by n.nspname collate "C", p.proname collate "C", pg_get_function_identity_arguments(p.oid)`,
  views: `
    select n.nspname as schema, c.relname as table, 'create ' || case c.relkind when 'm' then 'materialized ' else '' end || 'view '
      || n.nspname || '.' || c.relname || coalesce(' with (' || array_to_string(c.reloptions, ', ') || ')', '')
      || E' as\\n' || pg_get_viewdef(c.oid, true)
      || coalesce(E'\\ncomment on view ' || n.nspname || '.' || c.relname || ' is ' || quote_literal(obj_description(c.oid, 'pg_class')) || ';', '') as text
    from pg_class c ${inSchema} c.relnamespace where c.relkind in ('v', 'm') and ${ours} ${byName}`,
  // What the owner holds by owning is left out: its name differs between servers.
  grants: `
    select g.schema, g.name as table, 'grant ' || string_agg(lower(g.privilege_type), ', ' order by g.privilege_type) || ' on ' || g.kind || ' ' || g.name
      || ' to ' || g.grantee || ';' as text
    from (
      select n.nspname as schema, 'schema' as kind, n.nspname::text as name, x.privilege_type, n.nspowner as owner, x.grantee as oid,
        coalesce(r.rolname, 'public') as grantee
      from pg_namespace n, aclexplode(n.nspacl) x left join pg_roles r on r.oid = x.grantee where ${ours}
      union all
      select n.nspname, case c.relkind when 'S' then 'sequence' else 'table' end, n.nspname || '.' || c.relname, x.privilege_type, c.relowner, x.grantee,
        coalesce(r.rolname, 'public')
      from pg_class c ${inSchema} c.relnamespace, aclexplode(c.relacl) x left join pg_roles r on r.oid = x.grantee where ${ours}
      union all
      select n.nspname, 'table', n.nspname || '.' || c.relname || ' (' || a.attname || ')', x.privilege_type, c.relowner, x.grantee,
        coalesce(r.rolname, 'public')
      from pg_attribute a ${ofTable} a.attrelid ${inSchema} c.relnamespace, aclexplode(a.attacl) x left join pg_roles r on r.oid = x.grantee where ${ours}
      union all
      select n.nspname, 'function', n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', x.privilege_type, p.proowner,
        x.grantee, coalesce(r.rolname, 'public')
      from pg_proc p ${inSchema} p.pronamespace, aclexplode(p.proacl) x left join pg_roles r on r.oid = x.grantee where ${ours}
    ) g
    where g.oid <> g.owner
    group by g.schema, g.kind, g.name, g.grantee
    order by g.schema collate "C", g.kind collate "C", g.name collate "C", g.grantee collate "C"`,
};
