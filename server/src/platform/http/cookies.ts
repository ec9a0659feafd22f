import type { FastifyReply, FastifyRequest } from 'fastify';

/** The cookies that there are: of somebody who signed in, and of a counter's phone or till. */
export type CookieName = 'session' | 'device';

const loopback = /^(localhost|[a-z0-9-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/;

/**
 * Whether cookies of this request are for HTTPS only. Over plain HTTP to another host than this machine they are too, so
 * that a browser rather keeps none than sends one that others can read on the way.
 */
export function isSecure(request: FastifyRequest): boolean {
  return request.protocol === 'https' || !loopback.test(request.host);
}

/** The name under which a browser keeps it. `__Host-` binds it to this very host, over HTTPS. */
function nameOf(name: CookieName, secure: boolean): string {
  return secure ? `__Host-scrip-${name}` : `scrip-${name}`;
}

/** The value of a cookie; undefined where it is not there, or there twice. */
export function cookieOf(request: FastifyRequest, name: CookieName): string | undefined {
  const { cookie } = request.headers;
  if (cookie === undefined) return undefined;
  const lead = `${nameOf(name, isSecure(request))}=`;
  const found = cookie.split('; ').filter((part) => part.startsWith(lead));
  const value = found[0]?.slice(lead.length);
  return found.length === 1 && value !== '' ? value : undefined;
}

/** Has the browser keep a cookie for so many seconds; null takes it away. Scripts never see it, other sites never send it. */
export function setCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  name: CookieName,
  cookie: { readonly value: string; readonly maxAgeSeconds: number } | null,
): void {
  const secure = isSecure(request);
  const { value, maxAgeSeconds } = cookie ?? { value: '', maxAgeSeconds: 0 };
  const parts = [
    `${nameOf(name, secure)}=${value}`,
    'Path=/',
    `Max-Age=${maxAgeSeconds}`,
    'HttpOnly',
    'SameSite=Strict',
    ...(secure ? ['Secure'] : []),
  ];
  reply.header('set-cookie', parts.join('; '));
}
