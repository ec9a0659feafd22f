import type { FastifyReply, FastifyRequest } from 'fastify';
import { isRefused } from '../../kernel/outcome.ts';
import { networkOf, placeOf } from './address.ts';
import { cookieNames, cookieOf, isSecure, setCookie } from './cookies.ts';
import type { Metrics } from './metrics.ts';
import { sendRefusal } from './refuse.ts';
import type { Parsed, Route, Visit } from './route.ts';
import { clientOf } from './sameOrigin.ts';
import { isPicture, sendPicture } from './send.ts';
import { guessed, slotEnd } from './slot.ts';

type VisitRoute = Extract<Route, { kind: 'visit' }>;

type Incoming = {
  readonly parsed: Parsed;
  readonly idempotencyKey: string | null;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly now: Date;
  readonly started: number;
};

/** Answers a visit. Nothing of it may be kept on the way: it is somebody's own. */
export async function answerVisit(
  route: VisitRoute,
  { parsed, idempotencyKey, request, reply, now, started }: Incoming,
  metrics: Metrics,
): Promise<FastifyReply> {
  const answer = await route.visit(parsed, visitOf(request, idempotencyKey, now));
  reply.header('cache-control', 'no-store');
  if (isRefused(answer)) {
    if (guessed.has(answer.refused)) await slotEnd(started);
    return sendRefusal(reply, answer, metrics);
  }
  for (const name of cookieNames) {
    const cookie = answer.cookies?.[name];
    if (cookie !== undefined) setCookie(request, reply, name, cookie);
  }
  if (isPicture(answer.body)) return sendPicture(reply, answer.body);
  const type = typeof route.answer === 'string' ? route.answer : 'application/json; charset=utf-8';
  const sent = Buffer.isBuffer(answer.body) ? answer.body : JSON.stringify(answer.body);
  return reply.code(route.status).header('content-type', type).send(sent);
}

function visitOf(request: FastifyRequest, idempotencyKey: string | null, now: Date): Visit {
  const { 'user-agent': agent, origin } = request.headers;
  return {
    now,
    network: networkOf(request.ip),
    place: placeOf(request.ip),
    agent: agent === undefined ? null : agent.replace(/[^\x20-\x7e]/g, '').slice(0, 200),
    client: clientOf(request),
    origin: origin ?? `${isSecure(request) ? 'https' : 'http'}://${request.host}`,
    cookies: {
      session: cookieOf(request, 'session'),
      device: cookieOf(request, 'device'),
      member: cookieOf(request, 'member'),
    },
    idempotencyKey,
  };
}
