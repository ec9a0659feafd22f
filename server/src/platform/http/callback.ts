import type { FastifyInstance } from 'fastify';
import { isRefused } from '../../kernel/outcome.ts';
import type { Metrics } from './metrics.ts';
import { sendRefusal } from './refuse.ts';
import type { Route } from './route.ts';

type CallbackRoute = Extract<Route, { kind: 'callback' }>;

const callbackBytesMax = 64 * 1024;

/**
 * Adds the addresses at which another system calls us. What it sends is handed on as the very bytes that it signed, whatever
 * their type; no cookie and no key speaks for it.
 */
export function addCallbacks(
  app: FastifyInstance,
  routes: readonly Route[],
  { clock, metrics }: { readonly clock: () => Date; readonly metrics: Metrics },
): void {
  const callbacks = routes.filter((route): route is CallbackRoute => route.kind === 'callback');
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser<Buffer>(
      '*',
      { parseAs: 'buffer', bodyLimit: callbackBytesMax },
      (_request, bytes, done) => done(null, bytes),
    );
    for (const route of callbacks) {
      scope.route({
        method: route.method,
        url: route.path,
        exposeHeadRoute: false,
        handler: async (request, reply) => {
          const started = performance.now();
          const headers: Record<string, string> = {};
          for (const [name, value] of Object.entries(request.headers)) {
            if (typeof value === 'string') headers[name] = value;
          }
          const { body, params } = request;
          const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
          const answer = await route.receive(params, { bytes, headers, now: clock() });
          reply.header('cache-control', 'no-store');
          if (isRefused(answer)) sendRefusal(reply, answer, metrics);
          else reply.code(answer.status).header('content-type', answer.type).send(answer.body);
          metrics.request(`${route.method} ${route.path}`, reply.statusCode, performance.now() - started);
          return reply;
        },
      });
    }
  });
}
