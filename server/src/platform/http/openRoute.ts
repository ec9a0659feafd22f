import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { isRefused, type Refusal, refused } from '../../kernel/outcome.ts';
import { networkOf } from './address.ts';
import type { Metrics } from './metrics.ts';
import { sendRefusal } from './refuse.ts';
import type { Caller, Method, OpenRoute, Parsed, Route, RouteFacts } from './route.ts';
import { cookieIn, isFromOwnPage } from './sameOrigin.ts';
import { slotEnd } from './slot.ts';

type Shape = z.ZodType;
type OutputOf<S> = S extends Shape ? z.output<S> : undefined;

type OpenParts<P, Q, B> = Omit<
  RouteFacts,
  'method' | 'permission' | 'movesValue' | 'params' | 'query' | 'body'
> & {
  readonly method?: Method;
  readonly movesValue?: boolean;
  readonly access: OpenRoute['access'];
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly respond: (
    parsed: { readonly params: OutputOf<P>; readonly query: OutputOf<Q>; readonly body: OutputOf<B> },
    caller: Caller,
  ) => ReturnType<OpenRoute['respond']>;
};

/** A route for people without an API key: anyone, or whoever a cookie tells. Its module finds out who that is. */
export function openRoute<
  P extends Shape | undefined,
  Q extends Shape | undefined,
  B extends Shape | undefined,
>(parts: OpenParts<P, Q, B>): Route {
  type Given = Parameters<OpenParts<P, Q, B>['respond']>[0];
  return {
    ...parts,
    kind: 'open',
    method: parts.method ?? 'POST',
    permission: '',
    movesValue: parts.movesValue ?? false,
    // The schemas above parse what arrives, so it is of the type that they say.
    respond: (parsed, caller) => parts.respond(parsed as Given, caller),
  };
}

type Incoming = {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly started: number;
  readonly parse: () => Parsed | Refusal;
  readonly keyOf: () => string | null | Refusal;
};

/** Answers a request to an open route. Nothing of it may be kept on the way: it is somebody's own. */
export async function answerOpen(
  route: OpenRoute,
  { request, reply, started, parse, keyOf }: Incoming,
  metrics: Metrics,
): Promise<FastifyReply> {
  reply.header('cache-control', 'no-store');
  if (route.method !== 'GET' && !isFromOwnPage(request.headers))
    return sendRefusal(reply, refused('cross_origin'), metrics);
  const parsed = parse();
  if (isRefused(parsed)) return sendRefusal(reply, parsed);
  const idempotencyKey = keyOf();
  if (isRefused(idempotencyKey)) return sendRefusal(reply, idempotencyKey);
  const answered = await route.respond(parsed, {
    address: networkOf(request.ip),
    cookie: (name) => cookieIn(request.headers, name),
    idempotencyKey,
  });
  if (isRefused(answered)) {
    if (answered.refused === 'not_recognised') await slotEnd(started);
    return sendRefusal(reply, answered, metrics);
  }
  if (answered.cookie !== undefined) reply.header('set-cookie', answered.cookie);
  const { answer } = route;
  const type = typeof answer === 'string' ? answer : 'application/json; charset=utf-8';
  const sent = Buffer.isBuffer(answered.body) ? answered.body : JSON.stringify(answered.body);
  return reply.code(route.status).header('content-type', type).send(sent);
}
