import type { IncomingHttpHeaders } from 'node:http';

/** The header that our own pages send with every request that changes something. No form can, and no other origin may. */
const clientHeader = 'scrip-client';

/** The cookie of a member who is signed in. */
export const memberCookie = 'scrip_member';

/**
 * Whether a request that a cookie lets in comes from a page of this very origin: it says so in a header that only the
 * browser writes, and carries one that a page elsewhere could not add without being asked about it first.
 */
export function isFromOwnPage(headers: IncomingHttpHeaders): boolean {
  const client = headers[clientHeader];
  if (typeof client !== 'string' || client === '') return false;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = headers;
  if (origin === undefined || host === undefined || !URL.canParse(origin)) return false;
  const { protocol, host: from } = new URL(origin);
  // Written out or not, a scheme's own port is the same place.
  const here = `${protocol}//${host}`;
  return URL.canParse(here) && new URL(here).host === from && from !== '';
}

/** The value of a cookie; undefined when it is not there, or there twice and so not to be trusted. */
export function cookieIn(headers: IncomingHttpHeaders, name: string): string | undefined {
  const values = (headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 ? values[0] : undefined;
}
