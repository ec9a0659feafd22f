import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refused } from '../../kernel/outcome.ts';
import { sendRefusal } from './refuse.ts';
import type { Route } from './route.ts';

type VisitRoute = Extract<Route, { kind: 'visit' }>;

/** How long a browser remembers that it may ask, in seconds. */
const rememberedFor = 600;

/**
 * Whether a page of another site may ask this, and if so, says it to the browser: to that very site, and never together
 * with a cookie, since credentials are allowed to nobody.
 */
export async function isShared(
  route: VisitRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<boolean> {
  const { origin } = request.headers;
  if (!route.sharedWith || origin === undefined) return false;
  const params = route.params?.safeParse(request.params);
  reply.header('vary', 'Origin');
  if (params?.success === false || !(await route.sharedWith(params?.data, origin))) return false;
  reply.header('access-control-allow-origin', origin);
  return true;
}

/** Answers the question that a browser asks before it lets a page of another site ask. */
export function answerPreflights(app: FastifyInstance, routes: readonly Route[]): void {
  for (const route of routes) {
    if (route.kind !== 'visit' || !route.sharedWith) continue;
    app.options(route.path, async (request, reply) => {
      if (!(await isShared(route, request, reply))) return sendRefusal(reply, refused('cross_origin'));
      return reply
        .header('access-control-allow-methods', route.method)
        .header('access-control-allow-headers', 'content-type')
        .header('access-control-max-age', rememberedFor)
        .code(204)
        .send();
    });
  }
}
