import pg from 'pg';
import type { Db, Statement } from './statement.ts';

const int8 = 20;
const date = 1082;

/** int8 as bigint, dates as text (a civil date has no instant), all else as the driver has it. */
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (oid === int8 && format !== 'binary') return (text: string) => BigInt(text);
    if (oid === date && format !== 'binary') return (text: string) => text;
    return pg.types.getTypeParser(oid, format);
  },
};

/** Connections to one database by one login. */
export type Pool = pg.Pool;

export type ConnectionSettings = {
  readonly url: string;
  readonly applicationName: string;
  /**
   * `kept`: a statement is planned once, which the executor's are written for. `fresh`: it is planned for what it is
   * given, each time, which costs a fraction of a millisecond and cannot rest on what a table was like before it grew.
   */
  readonly plans: 'kept' | 'fresh';
};

/** How long a statement may go unanswered before its connection counts as dead: longer than the server lets one run. */
const silenceMaxMs = 35_000;

/**
 * A pool whose connections pipeline: statements sent without waiting travel in one round trip.
 * Sequential scans are priced out, so that a plan made while a table was empty still uses its index when the table is not.
 */
export function openPool(settings: ConnectionSettings, connectionsMax: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: settings.url,
    application_name: settings.applicationName,
    max: connectionsMax,
    pipeline: true,
    types,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 5_000,
    query_timeout: silenceMaxMs,
    options:
      `-c enable_seqscan=off -c plan_cache_mode=${settings.plans === 'kept' ? 'force_generic_plan' : 'force_custom_plan'} ` +
      '-c jit=off -c timezone=UTC -c lock_timeout=5000 -c statement_timeout=30000 -c idle_in_transaction_session_timeout=10000',
  });
  // A connection that breaks is replaced by the pool, and whoever used it hears of it from his statement: but without
  // listeners, one for idle connections and one for those in use, it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

type Corkable = { readonly connection?: { readonly stream?: { cork(): void; uncork(): void } } };

/**
 * Lets the statements that are sent in one turn leave in one packet: the driver would write each by itself, and each
 * write wakes the server up.
 */
function gatherWrites(client: pg.ClientBase): () => void {
  // The driver's types do not show its stream; without one each statement is simply written by itself.
  const stream = (client as Corkable).connection?.stream;
  let corked = false;
  return () => {
    if (!stream || corked) return;
    corked = true;
    stream.cork();
    process.nextTick(() => {
      corked = false;
      stream.uncork();
    });
  };
}

/** What a statement behind one that failed is answered in the same transaction. */
const inFailedTransaction = '25P02';

/** A connection as the stores see it. */
export function dbOf(client: pg.ClientBase): Db {
  const sending = gatherWrites(client);
  let cause: unknown;

  async function run(statement: Statement, params: readonly unknown[]): Promise<pg.QueryResult> {
    sending();
    try {
      return await client.query({ name: statement.name, text: statement.text, values: [...params] });
    } catch (error) {
      // Whoever hears first of a failed transaction hears why it failed.
      const isAfter = error instanceof Error && 'code' in error && error.code === inFailedTransaction;
      if (!isAfter) cause = error;
      throw isAfter ? (cause ?? error) : error;
    }
  }

  return {
    query: async <Row>(statement: Statement, params: readonly unknown[]) =>
      (await run(statement, params)).rows as Row[],
    execute: async (statement, params) => (await run(statement, params)).rowCount ?? 0,
  };
}

/** Waits for all, then throws the first failure: in a pipeline the others fail after it and must not go unheard. */
export async function allOf<T>(sent: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(sent);
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}
