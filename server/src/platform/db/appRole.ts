import type pg from 'pg';
import { asOwner } from './ownerSession.ts';

/** The login that the service uses on a database: it owns nothing, and has what the migrations grant to `scrip_app`. */
export function appRoleName(database: string): string {
  return `${database}_service`;
}

/** Makes a database of this name where there is none; idempotent. */
export function ensureDatabase(adminUrl: string, name: string): Promise<void> {
  return asOwner(adminUrl, async (client) => {
    const found = await client.query('select datname from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  });
}

/** Makes the service's login on this database, or sets its password anew; idempotent. */
export function ensureAppRole(ownerUrl: string, password: string): Promise<string> {
  return asOwner(ownerUrl, async (client) => {
    const { rows } = await client.query<{ database: string }>('select current_database() as database');
    const name = appRoleName(rows[0]?.database ?? 'scrip');
    const role = client.escapeIdentifier(name);
    const found = await client.query('select rolname from pg_roles where rolname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create role ${role} login noinherit`);
    await client.query(`alter role ${role} login inherit nosuperuser nocreatedb nocreaterole nobypassrls`);
    await client.query(`alter role ${role} password ${client.escapeLiteral(password)}`);
    await client.query(`grant scrip_app to ${role}`);
    return appUrl(ownerUrl, name, password);
  });
}

/** The same database by the service's login. */
function appUrl(ownerUrl: string, role: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = encodeURIComponent(role);
  url.password = encodeURIComponent(password);
  return url.toString();
}

/** Why a server may not be trusted with money: what it says of its own durability, and of this login's powers. */
export async function durabilityFaults(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit')
     union all select 'superuser', rolsuper::text from pg_roles where rolname = current_user
     union all select 'owner', exists (select 1 from pg_tables where tableowner = current_user)::text`,
  );
  const faults: string[] = [];
  for (const { name, setting } of rows) {
    if (['fsync', 'full_page_writes'].includes(name) && setting !== 'on')
      faults.push(`${name} is ${setting}`);
    if (name === 'synchronous_commit' && setting === 'off') faults.push('synchronous_commit is off');
    if (name === 'superuser' && setting === 'true') faults.push('the service logs in as a superuser');
    if (name === 'owner' && setting === 'true') faults.push("the service's login owns tables");
  }
  return faults;
}
