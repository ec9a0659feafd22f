import { z } from 'zod';
import { refused } from '../../../kernel/outcome.ts';
import type { Visit } from '../../../platform/http/route.ts';
import { textIn } from '../../../platform/http/shapes.ts';
import { type Desk, newToken, tokenHash } from '../parts.ts';
import { passwordMax } from '../passwordRules.ts';
import { SessionAnswer, sessionAnswer } from './answer.ts';
import type { openSession } from './opening.ts';
import { cookieFor } from './registry.ts';
import { type Found, renewSession } from './store.ts';

export const passwordIn = z.string().min(1).max(passwordMax);
export const codeIn = textIn(40);
export const SignedIn = z.object({ state: SessionAnswer.shape.state, factors: SessionAnswer.shape.factors });
type Opened = Awaited<ReturnType<typeof openSession>>;

/** What who has just signed in, or half of it, is answered. */
export async function answerOf(desk: Desk, { cookie, device, session }: Opened, { now }: Pick<Visit, 'now'>) {
  const { state, factors } = await sessionAnswer(desk, session, now);
  const cookies = { session: cookie, ...(device ? { device } : {}) };
  return { body: { state, factors: state === 'signed_in' ? [] : factors }, cookies };
}

/** Notes a fresh proof under a new cookie: the old one, if somebody else has it, proves nothing. */
export async function proven(desk: Desk, session: Found, { cookies, now }: Visit) {
  const fresh = newToken(desk.random);
  const from = tokenHash(cookies.session ?? '');
  const renewal = { from, to: fresh.hash, keepsOld: false, provenAt: now };
  if (!(await desk.note((db) => renewSession(db, session, renewal, now)))) return refused('unauthenticated');
  const { steppedUpUntil } = await sessionAnswer(desk, { ...session, provenAt: now }, now);
  return { body: { steppedUpUntil }, cookies: { session: cookieFor(fresh.text, session, now) } };
}
