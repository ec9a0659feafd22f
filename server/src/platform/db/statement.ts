/** One SQL statement under the name that the server prepares it by. Names are unique in the program. */
export type Statement = { readonly name: string; readonly text: string };

const names = new Map<string, string>();

/** Declares a statement; two different texts under one name would run each other's plan, so that throws at start. */
export function statement(name: string, text: string): Statement {
  const known = names.get(name);
  if (known !== undefined && known !== text) throw new Error(`two statements are named ${name}`);
  names.set(name, text);
  return { name, text };
}

/**
 * Declares a change of rows, or a look at them, that must still be as they were judged: its last parameter, after those in the text, is how
 * many it has to reach. The server sees to it, so that COMMIT may travel with it; where it reaches fewer, the transaction
 * fails with `Conflict`'s SQLSTATE and these words.
 */
export function guarded(name: string, text: string, otherwise: string): Statement {
  const last = Math.max(...[...text.matchAll(/\$(\d+)/g)].map(([, place]) => Number(place)));
  const reached = /^\s*select/.test(text) ? text : `${text} returning 1`;
  return statement(
    name,
    `with reached as (${reached})
     select platform.as_judged(count(*) = $${last + 1}::bigint, '${otherwise}') from reached`,
  );
}

/** What a `store.ts` is handed: a connection inside the caller's transaction. */
export type Db = {
  /** The rows that a statement answers with. Columns of type int8 arrive as bigint. */
  query<Row>(statement: Statement, params: readonly unknown[]): Promise<Row[]>;
  /** How many rows a statement wrote. */
  execute(statement: Statement, params: readonly unknown[]): Promise<number>;
};
