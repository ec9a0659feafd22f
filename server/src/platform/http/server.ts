import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { isRefused, type Refusal, refused } from '../../kernel/outcome.ts';
import type { Db } from '../db/statement.ts';
import type { Command } from '../executor/batch.ts';
import type { Executor } from '../executor/executor.ts';
import { isCutOff, isTransient, OutcomeUnknown } from '../executor/failures.ts';
import type { Actor } from '../executor/useCase.ts';
import type { Log } from '../log/log.ts';
import type { Identity, KeyRegistry, SessionRegistry } from './auth.ts';
import { addCallbacks } from './callback.ts';
import { cookieOf, setCookie } from './cookies.ts';
import { fingerprintsOf } from './fingerprint.ts';
import { BadJson, parseStrict } from './json.ts';
import type { Metrics } from './metrics.ts';
import { refuseConnection, refuseUnrouted, sendRefusal } from './refuse.ts';
import type { Parsed, Route } from './route.ts';
import { foreignOrigin } from './sameOrigin.ts';
import { isPicture, isStreamed, send, sendPicture, sendStream } from './send.ts';
import { answerPreflights, isShared } from './shared.ts';
import { guessed, slotEnd } from './slot.ts';
import { sentIn, takeFiles } from './upload.ts';
import { answerVisit } from './visit.ts';

export type HttpServices = {
  readonly executor: Executor;
  readonly keys: KeyRegistry;
  readonly sessions: SessionRegistry;
  /** Whose word about whom a request came from counts: addresses or networks, comma-separated. */
  readonly trustedProxies: string | undefined;
  /** Runs reads of one merchant over one snapshot. */
  readonly read: <T>(merchantId: string, work: (db: Db) => Promise<T>) => Promise<T>;
  readonly actorForRead: (db: Db, merchantId: string, keyId: string, now: Date) => Promise<Actor | undefined>;
  readonly clock: () => Date;
  /** Secrets, the current one first; they must not be used for anything else. */
  readonly fingerprintKeys: readonly string[];
  readonly log: Log;
  readonly metrics: Metrics;
};

const bodyMaxBytes = 1 << 20;
const keyForm = /^[\x21-\x7e]{1,255}$/;

/** An HTTP server over declared routes. Pages and probes are added by the caller. */
export function buildServer(routes: readonly Route[], services: HttpServices): FastifyInstance {
  const app = fastify({
    bodyLimit: bodyMaxBytes,
    logger: false,
    routerOptions: { maxParamLength: 200 },
    requestTimeout: 60_000,
    trustProxy: services.trustedProxies ?? false,
    // While stopping, what still arrives over an open connection is answered, and that connection closed.
    return503OnClosing: false,
    frameworkErrors: (_error, _request, reply) => {
      sendRefusal(reply, refused('route_not_found'));
    },
    clientErrorHandler: refuseConnection,
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (_request, bytes, done) => {
    try {
      // An action without parameters may be sent with no body at all.
      done(null, bytes.length === 0 ? undefined : parseStrict(bytes));
    } catch (error) {
      done(error instanceof Error ? error : new BadJson('the body is not JSON'));
    }
  });
  app.setErrorHandler((error, request, reply) => sendRefusal(reply, refusalOf(error, request, services)));
  refuseUnrouted(app);
  addCallbacks(app, routes, services);
  const own = routes.filter((route): route is OwnRoute => route.kind !== 'callback');
  for (const route of own) if (!route.upload) addRoute(app, route, services);
  app.register(async (scope) => {
    takeFiles(scope);
    for (const route of own) if (route.upload) addRoute(scope, route, services);
  });
  answerPreflights(app, routes);
  return app;
}

type OwnRoute = Exclude<Route, { kind: 'callback' }>;

function addRoute(app: FastifyInstance, route: OwnRoute, services: HttpServices): void {
  const name = `${route.method} ${route.path}`;
  app.route({
    method: route.method,
    url: route.path,
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      const started = performance.now();
      await answer(route, request, reply, services, started);
      services.metrics.request(name, reply.statusCode, performance.now() - started);
      return reply;
    },
  });
}

async function answer(
  route: OwnRoute,
  request: FastifyRequest,
  reply: FastifyReply,
  services: HttpServices,
  started: number,
) {
  if (route.kind === 'visit') {
    // What changes something must come from a page of this site or of one it is shared with, signed in or not: signing in sets a cookie.
    const foreign = route.method === 'GET' ? undefined : foreignOrigin(request);
    if (foreign && !(await isShared(route, request, reply))) return sendRefusal(reply, foreign);
    const parsed = parse(route, request);
    if (isRefused(parsed)) return sendRefusal(reply, parsed);
    const idempotencyKey = keyOf(request, route);
    if (isRefused(idempotencyKey)) return sendRefusal(reply, idempotencyKey);
    return answerVisit(
      route,
      { parsed, idempotencyKey, request, reply, now: services.clock(), started },
      services.metrics,
    );
  }
  const identity = await identityOf(route, request, reply, services);
  if (isRefused(identity)) return sendRefusal(reply, identity);
  const parsed = parse(route, request);
  if (isRefused(parsed)) return sendRefusal(reply, parsed);
  if (route.kind === 'read') {
    const now = services.clock();
    const result = await services.read(identity.merchantId, async (db) => {
      const actor = await services.actorForRead(db, identity.merchantId, identity.keyId, now);
      if (!actor) return refused('unauthenticated');
      if (!actor.permissions.has(route.permission))
        return refused('permission_denied', { detail: route.permission });
      return route.read(db, parsed, { merchantId: identity.merchantId, actor, now });
    });
    if (isRefused(result)) return sendRefusal(reply, result);
    if (isPicture(result)) return sendPicture(reply, result);
    return isStreamed(result) ? sendStream(reply, 200, result) : send(reply, 200, JSON.stringify(result));
  }
  const idempotencyKey = keyOf(request, route);
  if (isRefused(idempotencyKey)) return sendRefusal(reply, idempotencyKey);
  // What takes time is begun only for who may; the executor asks again.
  const denied = route.prepare && (await deniedTo(identity, route, services));
  if (denied) return sendRefusal(reply, denied);
  const sent = route.upload && sentIn(request, route.upload, identity.merchantId);
  if (isRefused(sent)) return sendRefusal(reply, sent);
  const edge = { merchantId: identity.merchantId, idempotencyKey };
  const prepared = route.prepare && (await route.prepare(parsed, sent, edge));
  if (isRefused(prepared)) return sendRefusal(reply, prepared);
  const asked = route.ask(parsed, edge, prepared);
  const [fingerprint = null, ...earlierFingerprints] =
    idempotencyKey === null ? [] : fingerprintsOf(services.fingerprintKeys, asked.useCase.name, parsed);
  const command: Command = {
    ...asked,
    keyId: identity.keyId,
    idempotencyKey,
    fingerprint,
    earlierFingerprints,
  };
  const given = await services.executor.run(identity.merchantId, command);
  if ('refusal' in given) {
    if (guessed.has(given.refusal.refused)) await slotEnd(started);
    return sendRefusal(reply, given.refusal, services.metrics);
  }
  if (given.replayed) reply.header('idempotent-replayed', 'true');
  if (given.isPending) {
    const body = route.waiting?.(given.body, asked.input, given.replayed) ?? given.body;
    return send(reply, 202, body);
  }
  if (!route.finish) return send(reply, route.status, given.body);
  const finished = await route.finish(
    given.body,
    identity.merchantId,
    asked.input,
    given.replayed,
    identity.keyId,
  );
  if (isRefused(finished)) return sendRefusal(reply, finished);
  if (typeof finished === 'string') return send(reply, route.status, finished);
  return sendStream(reply, route.status, finished);
}

async function deniedTo(
  { merchantId, keyId }: Identity,
  { permission }: Route,
  services: HttpServices,
): Promise<Refusal | undefined> {
  const actor = await services.read(merchantId, (db) =>
    services.actorForRead(db, merchantId, keyId, services.clock()),
  );
  if (!actor) return refused('unauthenticated');
  return actor.permissions.has(permission) ? undefined : refused('permission_denied', { detail: permission });
}

/** Who asks: by the key that the request carries, or else by the cookie of somebody who signed in. */
async function identityOf(
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  services: HttpServices,
): Promise<Identity | Refusal> {
  const { authorization } = request.headers;
  const token = authorization === undefined ? cookieOf(request, 'session') : undefined;
  if (token === undefined) return (await services.keys.identify(authorization)) ?? refused('unauthenticated');
  const foreign = route.method === 'GET' ? undefined : foreignOrigin(request);
  if (foreign) return foreign;
  const found = await services.sessions.identify(token);
  if (isRefused(found)) return found;
  if (found.renewed) setCookie(request, reply, 'session', found.renewed);
  return found.identity;
}

function parse(route: Route, request: FastifyRequest): Parsed | Refusal {
  const { params, query } = request;
  const parts = { params, query, body: request.body === undefined ? {} : request.body };
  if (!route.query)
    for (const field in Object(query)) return refused('invalid_request', { field, detail: noSuchField });
  const parsed: { params: unknown; query: unknown; body: unknown } = {
    params: undefined,
    query: undefined,
    body: undefined,
  };
  for (const part of ['params', 'query', 'body'] as const) {
    const shape = route[part];
    if (!shape) continue;
    const result = shape.safeParse(parts[part]);
    if (!result.success) return invalid(result.error.issues);
    parsed[part] = result.data;
  }
  return parsed;
}

const noSuchField = 'There is no such field.';

type Issue = {
  readonly code: string;
  readonly path: PropertyKey[];
  readonly message: string;
  readonly keys?: string[];
};

function invalid(issues: readonly Issue[]): Refusal {
  const [issue] = issues;
  const unknown = issue?.keys?.[0];
  const path = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].map(String).join('.');
  const detail = unknown === undefined ? (issue?.message ?? '') : noSuchField;
  return refused('invalid_request', path === '' ? { detail } : { detail, field: path });
}

function keyOf(request: FastifyRequest, route: Route): string | null | Refusal {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return route.movesValue ? refused('idempotency_key_required') : null;
  if (typeof key === 'string' && keyForm.test(key)) return key;
  return refused('invalid_request', {
    field: 'Idempotency-Key',
    detail: '1 to 255 visible ASCII characters',
  });
}

function refusalOf(error: unknown, request: FastifyRequest, services: HttpServices): Refusal {
  if (error instanceof BadJson) return refused('invalid_request', { detail: error.message });
  if (error instanceof OutcomeUnknown) return refused('outcome_unknown');
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return refused('body_too_large');
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return refused('unsupported_media_type');
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  if (typeof status === 'number' && status >= 400 && status < 500) return refused('invalid_request');
  services.log.error('request failed', { method: request.method, route: request.routeOptions.url }, error);
  return refused(isTransient(error) || isCutOff(error) ? 'unavailable' : 'internal_error');
}
