import type { FastifyReply } from 'fastify';
import type { Picture, Streamed } from './route.ts';

const jsonType = 'application/json; charset=utf-8';

/** Answers with JSON text. */
export function send(reply: FastifyReply, status: number, body: string): FastifyReply {
  return reply.code(status).header('content-type', jsonType).send(body);
}

/** Tells a picture from what is sent as JSON. */
export function isPicture(result: unknown): result is Picture {
  return typeof result === 'object' && result !== null && 'picture' in result;
}

/** Tells what is sent piece by piece from what is sent as JSON. */
export function isStreamed(result: unknown): result is Streamed {
  return typeof result === 'object' && result !== null && 'stream' in result && 'filename' in result;
}

/** A picture that somebody sent us: shown as that and as nothing else, on our own pages only. */
export function sendPicture(reply: FastifyReply, { picture, type }: Picture): FastifyReply {
  return reply
    .code(200)
    .header('content-type', type)
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cross-origin-resource-policy', 'same-origin')
    .header('content-disposition', 'inline')
    .header('cache-control', 'private, max-age=31536000, immutable')
    .send(picture);
}

/** Answers with a body that is sent piece by piece. */
export function sendStream(
  reply: FastifyReply,
  status: number,
  { stream, filename, type = 'text/csv; charset=utf-8' }: Streamed,
): FastifyReply {
  return reply
    .code(status)
    .header('content-type', type)
    .header('x-content-type-options', 'nosniff')
    .header('content-disposition', `attachment; filename="${filename}"`)
    .header('cache-control', 'no-store')
    .send(stream);
}
