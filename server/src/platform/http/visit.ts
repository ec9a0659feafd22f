import { isIPv6 } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isRefused } from '../../kernel/outcome.ts';
import { cookieOf, isSecure, setCookie } from './cookies.ts';
import { sendRefusal } from './refuse.ts';
import type { Parsed, Route, Visit } from './route.ts';
import { clientOf } from './sameOrigin.ts';
import { slotEnd } from './slot.ts';

type VisitRoute = Extract<Route, { kind: 'visit' }>;

/** Refusals that answer a guess: they leave at the end of a slot, so that their time tells nothing. */
const guessed: ReadonlySet<string> = new Set(['sign_in_refused', 'link_not_good', 'second_factor_wrong']);

/** Answers a visit. */
export async function answerVisit(
  route: VisitRoute,
  parsed: Parsed,
  request: FastifyRequest,
  reply: FastifyReply,
  now: Date,
  started: number,
): Promise<FastifyReply> {
  const answer = await route.visit(parsed, visitOf(request, now));
  reply.header('cache-control', 'no-store');
  if (isRefused(answer)) {
    if (guessed.has(answer.refused)) await slotEnd(started);
    return sendRefusal(reply, answer);
  }
  const { session, device } = answer.cookies ?? {};
  if (session !== undefined) setCookie(request, reply, 'session', session);
  if (device !== undefined) setCookie(request, reply, 'device', device);
  return reply
    .code(route.status)
    .header('content-type', 'application/json; charset=utf-8')
    .send(JSON.stringify(answer.body));
}

function visitOf(request: FastifyRequest, now: Date): Visit {
  const { 'user-agent': agent, origin } = request.headers;
  const address = request.ip.replace(/^::ffff:(?=\d+\.)/, '');
  return {
    now,
    network: isIPv6(address) ? `${groupsOf(address, 4)}::/64` : address,
    place: isIPv6(address) ? `${groupsOf(address, 3)}::` : address.replace(/\.\d+$/, '.*'),
    agent: agent === undefined ? null : agent.replace(/[^\x20-\x7e]/g, '').slice(0, 200),
    client: clientOf(request),
    origin: origin ?? `${isSecure(request) ? 'https' : 'http'}://${request.host}`,
    cookies: { session: cookieOf(request, 'session'), device: cookieOf(request, 'device') },
  };
}

/** The first groups of an IPv6 address, written out. */
function groupsOf(address: string, count: number): string {
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array.from({ length: gap }, () => '0'), ...after].slice(0, count).join(':');
}
