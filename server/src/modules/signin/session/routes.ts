import { z } from 'zod';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { commandRoute, type Route, readRoute, visitRoute } from '../../../platform/http/route.ts';
import { idIn, idOut, instant, textIn } from '../../../platform/http/shapes.ts';
import { readStaff } from '../../people/index.ts';
import { loginOf } from '../login.ts';
import type { Desk } from '../parts.ts';
import { hasSecondFactor, provenAgain, provenByCode, provenByPassword } from '../proof.ts';
import { membershipsOf, personById } from '../store.ts';
import { SessionAnswer, sessionAnswer } from './answer.ts';
import { endSessions } from './endSessions.ts';
import { openSession } from './opening.ts';
import type { Sessions } from './registry.ts';
import { sessionId } from './session.ts';
import { answerOf, codeIn, passwordIn, proven, SignedIn } from './shapes.ts';
import { endSession, type Listed, sessionsOfPerson, sessionsOfStaff } from './store.ts';

const tag = 'Signing in';

const Listing = {
  id: idOut('ses'),
  agent: z.string().nullable().meta({ description: 'What the browser says of itself.' }),
  client: z.string().nullable().meta({ description: 'Which page signed in.' }),
  place: z.string().nullable().meta({ description: 'The network it came from, without the last part.' }),
  createdAt: instant,
  lastUsedAt: instant,
};

function listingOf({ id, agent, client, place, createdAt, lastUsedAt }: Listed) {
  return {
    id: sessionId(id),
    agent,
    client,
    place,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt.toISOString(),
  };
}

/** Signing in by password, and by a second factor where there is one. */
const signingIn = (desk: Desk, sessions: Sessions): readonly Route[] => [
  visitRoute({
    path: '/v1/session',
    tag,
    summary: 'Sign in',
    access: 'anyone',
    body: z.strictObject({ login: textIn(254), password: passwordIn }),
    answer: SignedIn,
    async visit({ body }, visit) {
      const person = await provenByPassword(
        desk,
        loginOf(body.login),
        body.password,
        visit.network,
        visit.now,
      );
      if (isRefused(person)) return person;
      const state = hasSecondFactor(person) ? 'second_factor' : 'signed_in';
      return desk.note(async (db) =>
        answerOf(desk, await openSession(desk, db, visit, { person, state }), visit),
      );
    },
  }),
  visitRoute({
    path: '/v1/session/second-factor',
    tag,
    summary: 'Go on signing in: by a code of the app, or one for recovery',
    access: 'session',
    body: z.strictObject({ code: codeIn }),
    answer: SignedIn,
    async visit({ body }, visit) {
      const session = await sessions.find(visit.cookies.session);
      if (session?.state !== 'second_factor') return refused('unauthenticated');
      const person = await desk.ask((db) => personById(db, session.personId));
      if (!person) return refused('unauthenticated');
      const denied = await provenByCode(desk, person, body.code, visit.network, visit.now);
      if (denied) return denied;
      return desk.note(async (db) =>
        answerOf(desk, await openSession(desk, db, visit, { person, state: 'signed_in' }), visit),
      );
    },
  }),
];

/** The session that one is in: who, for whom, a fresh proof, its end. */
const within = (desk: Desk, sessions: Sessions): readonly Route[] => [
  visitRoute({
    method: 'GET',
    path: '/v1/session',
    tag,
    summary: 'Who is signed in, for whom, and what they may',
    access: 'session',
    answer: SessionAnswer,
    async visit(_parsed, visit) {
      const session = await sessions.find(visit.cookies.session);
      if (!session) return refused('unauthenticated');
      return { body: await sessionAnswer(desk, session, visit.now) };
    },
  }),
  visitRoute({
    path: '/v1/session/merchant',
    tag,
    summary: 'Act for another merchant that one works for',
    access: 'session',
    body: z.strictObject({ merchantId: idIn('mer') }),
    answer: SessionAnswer,
    async visit({ body }, visit) {
      const session = await sessions.find(visit.cookies.session);
      if (session?.state !== 'signed_in') return refused('unauthenticated');
      const opened = await desk.note(async (db) => {
        const works = await membershipsOf(db, session.personId);
        if (!works.some(({ merchantId }) => merchantId === body.merchantId))
          return refused('merchant_not_found');
        const person = { id: session.personId, lastMerchant: body.merchantId };
        const { provenAt, byPin } = session;
        // Six digits are good on one device, of one merchant.
        if (byPin) return refused('merchant_not_found');
        const merchantId = body.merchantId;
        return openSession(desk, db, visit, { person, state: 'signed_in', provenAt, merchantId });
      });
      if (isRefused(opened)) return opened;
      return {
        body: await sessionAnswer(desk, opened.session, visit.now),
        cookies: { session: opened.cookie },
      };
    },
  }),
  visitRoute({
    path: '/v1/session/step-up',
    tag,
    summary: 'Prove who one is anew: by a code where there is a second factor, else by the password',
    access: 'session',
    body: z.strictObject({ password: passwordIn.optional(), code: codeIn.optional() }),
    answer: z.object({ steppedUpUntil: instant }),
    async visit({ body }, visit) {
      const session = await sessions.find(visit.cookies.session);
      if (session?.state !== 'signed_in') return refused('unauthenticated');
      const { network, now } = visit;
      const person = await desk.ask((db) => personById(db, session.personId));
      if (!person) return refused('unauthenticated');
      if (hasSecondFactor(person) && body.code === undefined)
        return refused('second_factor_required', { field: 'code' });
      const denied =
        body.code !== undefined
          ? await provenByCode(desk, person, body.code, network, now)
          : await provenAgain(desk, person, body.password ?? '', network, now);
      return denied ?? proven(desk, session, visit);
    },
  }),
  visitRoute({
    path: '/v1/session/end',
    tag,
    summary: 'Sign out',
    access: 'anyone',
    body: z.strictObject({}),
    answer: z.object({}),
    async visit(_parsed, { cookies, now }) {
      const session = await sessions.find(cookies.session);
      if (session) await desk.note((db) => endSession(db, session, now));
      return { body: {}, cookies: { session: null } };
    },
  }),
];

/** Where one is signed in, and where staff are. */
const lists = (desk: Desk, sessions: Sessions): readonly Route[] => [
  visitRoute({
    method: 'GET',
    path: '/v1/sessions',
    tag,
    summary: 'Where one is signed in, the last used first',
    access: 'session',
    answer: z.object({
      items: z.array(z.object({ ...Listing, isThis: z.boolean(), merchantName: z.string().nullable() })),
    }),
    async visit(_parsed, { cookies, now }) {
      const session = await sessions.find(cookies.session);
      if (session?.state !== 'signed_in') return refused('unauthenticated');
      const rows = await desk.ask((db) => sessionsOfPerson(db, session.personId, now));
      const items = rows.map((row) => ({
        ...listingOf(row),
        isThis: row.id === session.id,
        merchantName: row.merchantName,
      }));
      return { body: { items } };
    },
  }),
  visitRoute({
    path: '/v1/sessions/:id/end',
    tag,
    summary: 'Sign out elsewhere',
    access: 'session',
    params: z.object({ id: idIn('ses') }),
    body: z.strictObject({}),
    answer: z.object({}),
    async visit({ params }, { cookies, now }) {
      const session = await sessions.find(cookies.session);
      if (session?.state !== 'signed_in') return refused('unauthenticated');
      return desk.note(async (db) => {
        const own = await sessionsOfPerson(db, session.personId, now);
        const there = own.find(({ id }) => id === params.id);
        if (!there || !(await endSession(db, there, now))) return refused('session_not_found');
        return { body: {}, ...(there.id === session.id ? { cookies: { session: null } } : {}) };
      });
    },
  }),
  readRoute({
    path: '/v1/staff/:id/sessions',
    tag,
    summary: 'Where a member of staff is signed in, the last used first',
    permission: 'people.read',
    params: z.object({ id: idIn('stf') }),
    answer: z.object({ items: z.array(z.object(Listing)) }),
    async read(db, { params }, { merchantId, now }) {
      const member = await readStaff(db, merchantId, params.id);
      if (!member) return refused('staff_not_found');
      return { items: (await sessionsOfStaff(db, merchantId, params.id, now)).map(listingOf) };
    },
  }),
  commandRoute({
    path: '/v1/staff/:id/sessions/end',
    tag,
    summary: 'Sign a member of staff out, everywhere or at one place',
    status: 200,
    params: z.object({ id: idIn('stf') }),
    body: z.strictObject({ sessionId: idIn('ses').optional() }),
    answer: z.object({ ended: z.int() }),
    useCase: endSessions,
    input: ({ params, body }) => ({ staffId: params.id, sessionId: body.sessionId }),
  }),
];

export const sessionRoutes = (desk: Desk, sessions: Sessions): readonly Route[] => [
  ...signingIn(desk, sessions),
  ...within(desk, sessions),
  ...lists(desk, sessions),
];
