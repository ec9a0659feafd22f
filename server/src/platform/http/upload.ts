import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Refusal, refused } from '../../kernel/outcome.ts';
import type { Sent, Upload } from './route.ts';

/** What a file larger than it may be is answered with; the server makes a refusal of the code. */
class FileTooLarge extends Error {
  readonly code = 'FST_ERR_CTP_BODY_TOO_LARGE';
}

/** What a form sends, from whatever site it is. */
class FromForm extends Error {
  readonly code = 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
}

const formTypes = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/i;

/**
 * Has a scope hand bodies on as they arrive, whatever their type, so that a key is looked at before any of it is read; but
 * for what a form can send without asking.
 */
export function takeFiles(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', ({ headers }, payload, done) => {
    if (formTypes.test(headers['content-type'] ?? '')) done(new FromForm('a form is no file'));
    else done(null, payload);
  });
}

/** The file in a request's body, or why it is none that the route takes. */
export function sentIn(
  { headers, body }: Pick<FastifyRequest, 'headers' | 'body'>,
  { types, bytesMax }: Upload,
  merchantId: string,
): Sent | Refusal {
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  if (!types.includes(type.trim().toLowerCase())) {
    return refused('unsupported_media_type', { detail: `It takes ${types.join(', ')}.` });
  }
  // The scope hands on the stream of the request itself.
  const stream = (body ?? []) as AsyncIterable<Buffer>;
  return { merchantId, type, bytes: bounded(stream, bytesMax) };
}

async function* bounded(stream: AsyncIterable<Buffer>, bytesMax: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const piece of stream) {
    bytes += piece.length;
    if (bytes > bytesMax) throw new FileTooLarge(`more than ${bytesMax} bytes`);
    yield piece;
  }
}
