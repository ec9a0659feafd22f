import type { FastifyReply, FastifyRequest } from 'fastify';

/** The cookies that there are: of staff who signed in, of a counter's phone or till, and of a member who signed in. */
export const cookieNames = ['session', 'device', 'member'] as const;
export type CookieName = (typeof cookieNames)[number];

export type Cookie = {
  readonly value: string;
  readonly maxAgeSeconds: number;
  /** Below which address it is sent; left out: everywhere here. */
  readonly path?: string;
};

const loopback = /^(localhost|[a-z0-9-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/;

/**
 * Whether cookies of this request are for HTTPS only. Over plain HTTP to another host than this machine they are too, so
 * that a browser rather keeps none than sends one that others can read on the way.
 */
export function isSecure(request: FastifyRequest): boolean {
  return request.protocol === 'https' || !loopback.test(request.host);
}

/**
 * The name under which a browser keeps it. `__Host-` binds it to this very host, over HTTPS, and does not go with a path: a
 * member may be signed in at several merchants of one server, each below its own.
 */
function nameOf(name: CookieName, secure: boolean): string {
  if (!secure) return `scrip-${name}`;
  return name === 'member' ? '__Secure-scrip-member' : `__Host-scrip-${name}`;
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
  cookie: Cookie | null,
): void {
  const secure = isSecure(request);
  const { value, maxAgeSeconds, path = '/' } = cookie ?? { value: '', maxAgeSeconds: 0 };
  const parts = [
    `${nameOf(name, secure)}=${value}`,
    `Path=${path}`,
    `Max-Age=${maxAgeSeconds}`,
    'HttpOnly',
    'SameSite=Strict',
    ...(secure ? ['Secure'] : []),
  ];
  reply.header('set-cookie', parts.join('; '));
}
