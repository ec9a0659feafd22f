import type { Duplex } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { type Refusal, refused } from '../../kernel/outcome.ts';
import type { Metrics } from './metrics.ts';
import { problemOf, problemType } from './problem.ts';

/** Answers with a problem document. */
export function sendRefusal(reply: FastifyReply, refusal: Refusal, metrics?: Metrics): FastifyReply {
  metrics?.refusal(refusal.refused);
  const { status, body } = problemOf(refusal);
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  if (status === 429) reply.header('retry-after', '60');
  if (status === 503) reply.header('retry-after', '1');
  return reply.code(status).header('content-type', problemType).send(body);
}

/** What no route answers: an address that there is not, or one that answers to other methods. Before any route is added. */
export function refuseUnrouted(app: FastifyInstance): void {
  const methodsOf = new Map<string, Set<string>>();
  const patterns: { readonly pattern: RegExp; readonly methods: Set<string> }[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    // A page that stands for all addresses is no answer of its own: which methods there are, the others say.
    if (url.includes('*')) return;
    const methods = methodsOf.get(url) ?? new Set();
    if (!methodsOf.has(url)) {
      patterns.push({ pattern: new RegExp(`^${url.replace(/:\w+/g, '[^/]+')}$`), methods });
      methodsOf.set(url, methods);
    }
    for (const one of [method].flat()) methods.add(one);
  });
  app.setNotFoundHandler((request, reply) => {
    const [path = ''] = request.url.split('?');
    const methods = patterns
      .filter(({ pattern }) => pattern.test(path))
      .flatMap((known) => [...known.methods]);
    // With the right method it is the address that is wrong, such as an id far too long.
    if (methods.length === 0 || methods.includes(request.method))
      return sendRefusal(reply, refused('route_not_found'));
    const allow = [...new Set(methods)].sort().join(', ');
    return sendRefusal(
      reply.header('allow', allow),
      refused('method_not_allowed', { detail: `It answers to ${allow}.` }),
    );
  });
}

/** Answers what is no HTTP, or too much of it, and hangs up. */
export function refuseConnection(error: Error & { readonly code?: string }, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const refusal = tooLarge
    ? refused('headers_too_large')
    : refused('invalid_request', { detail: 'This is no HTTP.' });
  const { status, body } = problemOf(refusal);
  const head = [
    `HTTP/1.1 ${status} ${tooLarge ? 'Request Header Fields Too Large' : 'Bad Request'}`,
    `content-type: ${problemType}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroy(error);
}
