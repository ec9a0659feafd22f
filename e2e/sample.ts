import pg from 'pg';
import { inject } from 'vitest';
import { assert } from '../server/src/kernel/assert.ts';
import { type Demo, makeDemo } from '../server/src/operator/demo.ts';
import { loadKeys } from '../server/src/platform/config/keys.ts';
import { ensureAppRole } from '../server/src/platform/db/appRole.ts';
import type { Log } from '../server/src/platform/log/log.ts';
import { templateName } from '../server/test/testServer.ts';

const name = 'scrip_sample';

/** A database with the sample merchant, to be cloned: whichever file of a run asks first has it made. */
export async function sampleTemplate(): Promise<{ readonly template: string; readonly demo: Demo }> {
  const adminUrl = inject('adminUrl');
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query('select pg_advisory_lock(hashtext($1))', [name]);
    const { rows } = await admin.query<{ demo: string | null }>(
      `select shobj_description(d.oid, 'pg_database') as demo from pg_database d where d.datname = $1`,
      [name],
    );
    const known = rows[0]?.demo;
    if (known) return { template: name, demo: JSON.parse(known) as Demo };
    const demo = await makeOn(admin, adminUrl.replace(/\/postgres(\?|$)/, `/${name}$1`));
    await admin.query(`comment on database ${name} is ${pg.escapeLiteral(JSON.stringify(demo))}`);
    return { template: name, demo };
  } finally {
    await admin.end();
  }
}

/** One that was left half made has no comment, and is made anew. */
async function makeOn(admin: pg.Client, ownerUrl: string): Promise<Demo> {
  await admin.query(`drop database if exists ${name}`);
  await admin.query(`create database ${name} template ${templateName}`);
  const keys = loadKeys(inject('keyFile'));
  const log: Log = { info: () => undefined, error: (message) => assert(false, message) };
  return makeDemo({ appUrl: await ensureAppRole(ownerUrl, keys.appPassword), keys, log }, { hasClub: false });
}
