import type { z } from 'zod';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Db } from '../db/statement.ts';
import type { Actor, UseCase } from '../executor/useCase.ts';
import type { Cookie, CookieName } from './cookies.ts';

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
  /** What it takes besides; its use case sees to it. */
  readonly besides?: string;
  readonly movesValue: boolean;
  readonly params?: Shape | undefined;
  readonly query?: Shape | undefined;
  readonly body?: Shape | undefined;
  /** What it takes in the place of a JSON body: a file. */
  readonly upload?: Upload;
  readonly status: number;
  /** Whether it may have to wait for a second person, and is then answered with 202. */
  readonly mayWait?: boolean;
  /** The body of a good answer: JSON, CSV, a table as CSV or a workbook, a document as PDF or a workbook, a picture, or a pass for a phone. */
  readonly answer:
    | Shape
    | 'text/csv'
    | 'text/plain'
    | 'table'
    | 'document'
    | 'image'
    | 'application/vnd.apple.pkpass';
};

/** A command as its route reads it from a request. */
export type Asked = { readonly useCase: UseCase<never, unknown, unknown>; readonly input: never };

/** What of a request is not in its body: whose it is, and the key that a retry will carry again. */
export type Edge = { readonly merchantId: string; readonly idempotencyKey: string | null };

export type ReadContext = { readonly merchantId: string; readonly actor: Actor; readonly now: Date };

/** A body that is sent piece by piece. */
export type Streamed = {
  readonly stream: AsyncIterable<string | Uint8Array>;
  readonly filename: string;
  /** Its media type; CSV if left out. */
  readonly type?: string;
};

/** A file as a body: of which media types, and how large at most. */
export type Upload = { readonly types: readonly string[]; readonly bytesMax: number };

/** A file as it arrives. Reading on beyond what is allowed throws. */
export type Sent = {
  readonly merchantId: string;
  readonly type: string;
  readonly bytes: AsyncIterable<Buffer>;
};

/** A picture, which never changes under its address. */
export type Picture = { readonly picture: Buffer; readonly type: string };

/** Who comes by, as far as the request itself tells. */
export type Visit = {
  readonly now: Date;
  /** What guesses are counted by: an address, or the network of an IPv6 one, since that has 2^64. */
  readonly network: string;
  /** The network without the last part, which may be kept. */
  readonly place: string;
  readonly agent: string | null;
  /** Which of our pages asks. */
  readonly client: string | null;
  /** Where the page is: scheme, host and port. */
  readonly origin: string;
  readonly cookies: Readonly<Record<CookieName, string | undefined>>;
  readonly idempotencyKey: string | null;
};

/** What another system sent: the bytes as it signed them. */
export type Call = {
  readonly bytes: Buffer;
  /** By lower-case name; those that came once. */
  readonly headers: Readonly<Record<string, string>>;
  readonly now: Date;
};

/** What that system wants to hear, in its own form. */
export type CallAnswer = { readonly status: number; readonly type: string; readonly body: string };

/** An answer, with cookies to keep or (null) to forget. */
export type VisitAnswer = {
  readonly body: unknown;
  readonly cookies?: Partial<Readonly<Record<CookieName, Cookie | null>>>;
};

export type Route = RouteFacts &
  (
    | {
        readonly kind: 'command';
        readonly ask: (parsed: Parsed, edge: Edge, prepared: unknown) => Asked;
        /** What takes time before it can be asked for, and moves no value: a picture encoded anew, a file put aside, a one-time code tried. */
        readonly prepare:
          | ((parsed: Parsed, sent: Sent | undefined, edge: Edge) => Promise<unknown>)
          | undefined;
        readonly finish: Finish | undefined;
        readonly waiting: Waiting | undefined;
      }
    | {
        readonly kind: 'read';
        readonly read: (db: Db, parsed: Parsed, context: ReadContext) => Promise<unknown>;
      }
    | {
        readonly kind: 'visit';
        readonly sharedWith: SharedWith<unknown> | undefined;
        readonly visit: (parsed: Parsed, visit: Visit) => Promise<VisitAnswer | Refusal>;
      }
    | {
        readonly kind: 'callback';
        readonly receive: (params: unknown, call: Call) => Promise<CallAnswer | Refusal>;
      }
  );

/** Whether a page of another site may ask this too. Only what needs no cookie and changes nothing is ever shared. */
type SharedWith<Params> = (params: Params, origin: string) => Promise<boolean>;

/** What is done after a command is durable and before its answer goes out: streams, and secrets that are stored nowhere. */
export type Finish<Input = never> = (
  body: string,
  merchantId: string,
  input: Input,
  replayed: boolean,
  keyId: string,
) => Promise<string | Streamed | Refusal>;

/** What the answer to a command that waits shows besides: secrets that are good once it was approved, and stored nowhere. */
export type Waiting<Input = never> = (body: string, input: Input, replayed: boolean) => string;

export type Parsed = { readonly params: unknown; readonly query: unknown; readonly body: unknown };

type OutputOf<S> = S extends Shape ? z.output<S> : undefined;
type ParsedOf<P, Q, B> = {
  readonly params: OutputOf<P>;
  readonly query: OutputOf<Q>;
  readonly body: OutputOf<B>;
};

type CommandParts<P, Q, B, Input, Rows, Result, Prepared> = Omit<
  RouteFacts,
  'method' | 'permission' | 'movesValue' | 'params' | 'query' | 'body'
> & {
  readonly method?: Method;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly useCase: UseCase<Input, Rows, Result>;
  /** `sent`: where the route takes a file. */
  readonly prepare?: (
    parsed: ParsedOf<P, Q, B>,
    sent: Sent | undefined,
    edge: Edge,
  ) => Promise<Prepared | Refusal>;
  readonly input: (parsed: ParsedOf<P, Q, B>, edge: Edge, prepared: Prepared) => Input;
  readonly finish?: Finish<Input>;
  readonly waiting?: Waiting<Input>;
};

/** A route that hands a use case to the executor. */
export function commandRoute<
  P extends Shape | undefined,
  Q extends Shape | undefined,
  B extends Shape | undefined,
  Input,
  Rows,
  Result,
  Prepared = undefined,
>(parts: CommandParts<P, Q, B, Input, Rows, Result, Prepared>): Route {
  const { useCase, input, finish, waiting, prepare, ...facts } = parts;
  return {
    ...facts,
    kind: 'command',
    method: facts.method ?? 'POST',
    permission: useCase.permission,
    movesValue: useCase.movesValue,
    mayWait: useCase.secondPerson !== undefined,
    finish,
    waiting,
    // The schemas above parse what arrives, so it is of the type that they say; here that type is forgotten again.
    prepare: prepare && ((parsed, sent, edge) => prepare(parsed as ParsedOf<P, Q, B>, sent, edge)),
    ask: (parsed, edge, prepared) =>
      ({
        useCase,
        input: input(parsed as ParsedOf<P, Q, B>, edge, prepared as Prepared),
      }) as unknown as Asked,
  };
}

/** Whom a visit answers: anybody, somebody of the staff who is signed in, whatever they may, or a member who is. */
export type Access = 'anyone' | 'session' | 'member' | 'signature';

type VisitParts<P, Q, B> = Pick<RouteFacts, 'path' | 'summary' | 'tag' | 'answer'> & {
  readonly method?: Method;
  readonly status?: number;
  readonly movesValue?: boolean;
  /** For the document; the module asks who it is. */
  readonly access: Access;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly sharedWith?: SharedWith<OutputOf<P>>;
  readonly visit: (parsed: ParsedOf<P, Q, B>, visit: Visit) => Promise<VisitAnswer | Refusal>;
};

/** A route that deals with a person at a browser, before or beside what they may do for a merchant: it knows cookies. */
export function visitRoute<
  P extends Shape | undefined,
  Q extends Shape | undefined,
  B extends Shape | undefined,
>(parts: VisitParts<P, Q, B>): Route {
  const { access, visit, sharedWith, ...facts } = parts;
  return {
    status: 200,
    movesValue: false,
    ...facts,
    kind: 'visit',
    method: facts.method ?? 'POST',
    permission: access,
    sharedWith: sharedWith && ((params, origin) => sharedWith(params as OutputOf<P>, origin)),
    visit: (parsed, who) => visit(parsed as ParsedOf<P, Q, B>, who),
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

type CallbackParts<P> = Pick<RouteFacts, 'path' | 'summary' | 'tag'> & {
  readonly params: P;
  /** Parameters that do not fit are undefined: it answers them like any other call that is not good. */
  readonly receive: (params: OutputOf<P> | undefined, call: Call) => Promise<CallAnswer | Refusal>;
};

/** A route that another system calls, which proves who it is by a signature over what it sends. */
export function callbackRoute<P extends Shape>({ receive, ...parts }: CallbackParts<P>): Route {
  return {
    ...parts,
    kind: 'callback',
    method: 'POST',
    permission: 'signature',
    movesValue: false,
    status: 200,
    answer: 'text/plain',
    receive(given, call) {
      const parsed = parts.params.safeParse(given);
      return receive(parsed.success ? (parsed.data as OutputOf<P>) : undefined, call);
    },
  };
}
