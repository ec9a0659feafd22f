import type { FastifyRequest } from 'fastify';
import { type Refusal, refused } from '../../kernel/outcome.ts';

const clientForm = /^[a-z0-9][a-z0-9./-]{0,39}$/;

/**
 * Refused unless a request that a cookie speaks for comes from a page of this very site. Two things another site's page
 * cannot do: send the header `Scrip-Client`, which a browser asks us about first and we never allow, and say that it is
 * of the same origin, which the browser says itself.
 */
export function foreignOrigin(request: FastifyRequest): Refusal | undefined {
  const { 'scrip-client': client, 'sec-fetch-site': site, origin } = request.headers;
  if (typeof client !== 'string' || !clientForm.test(client)) {
    return refused('cross_origin', { field: 'Scrip-Client', detail: 'The header Scrip-Client is missing.' });
  }
  if (site !== undefined) return site === 'same-origin' ? undefined : refused('cross_origin');
  // Sec-Fetch-Site is not sent over plain HTTP; Origin is, with all that changes something.
  return origin !== undefined && isHere(origin, request.host) ? undefined : refused('cross_origin');
}

/** Which of our pages asks, as it says itself. */
export function clientOf(request: FastifyRequest): string | null {
  const { 'scrip-client': client } = request.headers;
  return typeof client === 'string' && clientForm.test(client) ? client : null;
}

/** Written out or not, a scheme's own port is the same place. */
function isHere(origin: string, host: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host: from } = new URL(origin);
  const here = `${protocol}//${host}`;
  return from !== '' && URL.canParse(here) && new URL(here).host === from;
}
