import type { z } from 'zod';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Db } from '../db/statement.ts';
import type { Actor, UseCase } from '../executor/useCase.ts';

export type Method = 'GET' | 'POST' | 'PATCH';
type Shape = z.ZodType;

/** What a route says of itself; the OpenAPI document is made of this and nothing else. */
export type RouteFacts = {
  readonly method: Method;
  /** With parameters as `:id`. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly permission: string;
  readonly movesValue: boolean;
  readonly params?: Shape | undefined;
  readonly query?: Shape | undefined;
  readonly body?: Shape | undefined;
  readonly status: number;
  /** The body of a good answer, JSON unless it is streamed as CSV. */
  readonly answer: Shape | 'text/csv' | 'application/vnd.apple.pkpass';
};

/** A command as its route reads it from a request. */
export type Asked = { readonly useCase: UseCase<never, unknown, unknown>; readonly input: never };

/** What of a request is not in its body: whose it is, and the key that a retry will carry again. */
export type Edge = { readonly merchantId: string; readonly idempotencyKey: string | null };

export type ReadContext = { readonly merchantId: string; readonly actor: Actor; readonly now: Date };

/** A body that is sent piece by piece. */
export type Streamed = { readonly stream: AsyncIterable<string>; readonly filename: string };

export type Route = RouteFacts &
  (
    | {
        readonly kind: 'command';
        readonly ask: (parsed: Parsed, edge: Edge) => Asked;
        readonly finish: Finish | undefined;
      }
    | {
        readonly kind: 'read';
        readonly read: (db: Db, parsed: Parsed, context: ReadContext) => Promise<unknown>;
      }
    | OpenKind
  );

/** Who asks, where no API key says so. */
export type Caller = {
  /** The network that the request came from. */
  readonly address: string;
  readonly cookie: (name: string) => string | undefined;
  readonly idempotencyKey: string | null;
};

type OpenKind = {
  readonly kind: 'open';
  /** Whom it is for; only for the document, since its module asks. */
  readonly access: 'anyone' | 'member';
  readonly respond: (
    parsed: Parsed,
    caller: Caller,
  ) => Promise<{ readonly body: unknown; readonly cookie?: string | undefined } | Refusal>;
};
export type OpenRoute = RouteFacts & OpenKind;

/** What is done after a command is durable and before its answer goes out: streams, and secrets that are stored nowhere. */
export type Finish<Input = never> = (
  body: string,
  merchantId: string,
  input: Input,
  replayed: boolean,
) => Promise<string | Streamed | Refusal>;

export type Parsed = { readonly params: unknown; readonly query: unknown; readonly body: unknown };

type OutputOf<S> = S extends Shape ? z.output<S> : undefined;
type ParsedOf<P, Q, B> = {
  readonly params: OutputOf<P>;
  readonly query: OutputOf<Q>;
  readonly body: OutputOf<B>;
};

type CommandParts<P, Q, B, Input, Rows, Result> = Omit<
  RouteFacts,
  'method' | 'permission' | 'movesValue' | 'params' | 'query' | 'body'
> & {
  readonly method?: Method;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly useCase: UseCase<Input, Rows, Result>;
  readonly input: (parsed: ParsedOf<P, Q, B>, edge: Edge) => Input;
  readonly finish?: Finish<Input>;
};

/** A route that hands a use case to the executor. */
export function commandRoute<
  P extends Shape | undefined,
  Q extends Shape | undefined,
  B extends Shape | undefined,
  Input,
  Rows,
  Result,
>(parts: CommandParts<P, Q, B, Input, Rows, Result>): Route {
  const { useCase, input, finish, ...facts } = parts;
  return {
    ...facts,
    kind: 'command',
    method: facts.method ?? 'POST',
    permission: useCase.permission,
    movesValue: useCase.movesValue,
    finish,
    // The schemas above parse what arrives, so it is of the type that they say; here that type is forgotten again.
    ask: (parsed, edge) => ({ useCase, input: input(parsed as ParsedOf<P, Q, B>, edge) }) as unknown as Asked,
  };
}

type ReadParts<P, Q> = Omit<RouteFacts, 'method' | 'movesValue' | 'params' | 'query' | 'body' | 'status'> & {
  readonly params?: P;
  readonly query?: Q;
  readonly read: (
    db: Db,
    parsed: ParsedOf<P, Q, undefined>,
    context: ReadContext,
  ) => Promise<unknown | Refusal>;
};

/** A route that reads over one snapshot of the database and changes nothing. */
export function readRoute<P extends Shape | undefined, Q extends Shape | undefined>(
  parts: ReadParts<P, Q>,
): Route {
  return {
    ...parts,
    kind: 'read',
    method: 'GET',
    movesValue: false,
    status: 200,
    read: (db, parsed, context) => parts.read(db, parsed as ParsedOf<P, Q, undefined>, context),
  };
}
