import type { Client } from 'pg';
import { type Kind, kinds, ours, queries } from './schemaQueries.ts';
import { moduleNames } from './strata.ts';

type Named = { readonly schema: string; readonly name: string };
type Table = Named & { readonly options: string | null; readonly secured: boolean; readonly forced: boolean };
type Part = { readonly schema: string; readonly table: string; readonly text: string };

/**
 * The schema of a database as SQL text, in an order that depends on names alone: the same migrations give the same
 * text on every machine. It is for reading and comparing; a database is made by the migrations.
 */
export async function dumpSchema(client: Client): Promise<string> {
  const schemas = await schemaNames(client);
  const tables = await tablesIn(client);
  const parts = await partsIn(client);
  const sections: string[] = [];
  for (const schema of schemas) {
    const within = <T extends { readonly schema: string }>(all: readonly T[]): T[] =>
      all.filter((one) => one.schema === schema);
    const grants = within(parts.grants).map(({ text }) => text);
    const texts = [
      ...within(parts.types).map(({ text }) => text),
      ...within(parts.functions).map(({ text }) => text),
      ...within(tables).map((table) => tableText(table, parts)),
      ...within(parts.views).map(({ text }) => text),
      ...(grants.length === 0 ? [] : [grants.join('\n')]),
    ];
    if (texts.length > 0) sections.push([`create schema ${schema};`, ...texts].join('\n\n'));
  }
  return `-- Generated from the migrations by \`npm run generate\`. To change it, add a migration.\n\n${sections.join('\n\n')}\n`;
}

type Parts = Readonly<Record<Kind, readonly Part[]>>;

function tableText({ schema, name, options, secured, forced }: Table, parts: Parts): string {
  const full = `${schema}.${name}`;
  const mine = (all: readonly Part[]): string[] =>
    all.filter((part) => part.schema === schema && part.table === name).map(({ text }) => text);
  const body = [...mine(parts.columns), ...mine(parts.constraints)].map((text) => `  ${text}`).join(',\n');
  return [
    `create table ${full} (\n${body}\n)${options === null ? '' : ` with (${options})`};`,
    ...mine(parts.indexes),
    ...(secured ? [`alter table ${full} enable row level security;`] : []),
    ...(forced ? [`alter table ${full} force row level security;`] : []),
    ...mine(parts.policies),
    ...mine(parts.comments),
  ].join('\n');
}

/** Our schemas: platform, then the modules by stratum, then any other. */
async function schemaNames(client: Client): Promise<string[]> {
  const known = ['platform', ...moduleNames];
  const { rows } = await client.query<{ name: string }>(
    `select n.nspname as name from pg_namespace n where ${ours} order by n.nspname collate "C"`,
  );
  const rank = (name: string): number => (known.includes(name) ? known.indexOf(name) : known.length);
  return rows.map(({ name }) => name).toSorted((a, b) => rank(a) - rank(b));
}

async function tablesIn(client: Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select n.nspname as schema, c.relname as name, array_to_string(c.reloptions, ', ') as options,
      c.relrowsecurity as secured, c.relforcerowsecurity as forced
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and ${ours}
    order by n.nspname collate "C", c.relname collate "C"`);
  return rows;
}

async function partsIn(client: Client): Promise<Parts> {
  const read = async (sql: string): Promise<readonly Part[]> => (await client.query<Part>(sql)).rows;
  // One after the other: they share the one connection.
  const found = new Map<Kind, readonly Part[]>();
  for (const kind of kinds) found.set(kind, await read(queries[kind]));
  return Object.fromEntries(found) as Parts;
}
