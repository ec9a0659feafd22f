import { z } from 'zod';
import { encodeId } from '../../../../kernel/id.ts';
import { isRefused, refused } from '../../../../kernel/outcome.ts';
import { type Route, visitRoute } from '../../../../platform/http/route.ts';
import { idIn, idOut, instant, textIn } from '../../../../platform/http/shapes.ts';
import type { Desk } from '../../parts.ts';
import { openSession } from '../../session/opening.ts';
import type { Sessions } from '../../session/registry.ts';
import { answerOf, proven, SignedIn } from '../../session/shapes.ts';
import { personById } from '../../store.ts';
import { known, newRecoveryCodes, recoveryCodes } from '../known.ts';
import { addPasskey, passkeysOf, recoveryCodesLeft, removePasskey } from '../store.ts';
import { madePasskey, registrationOptions, signedByPasskey, signInOptions } from './passkeys.ts';
import { assertionIn, registrationIn } from './shapes.ts';

const tag = 'Signing in';

const Options = z
  .record(z.string(), z.unknown())
  .meta({ description: 'For the browser, as WebAuthn has it.' });
const PasskeyAnswer = z.object({
  id: idOut('psk'),
  name: z.string(),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
});

/** Signing in by passkey. */
const passkeySignIn = (desk: Desk, sessions: Sessions): readonly Route[] => [
  visitRoute({
    path: '/v1/session/passkey/options',
    tag,
    summary: 'Get what a browser needs to sign in by passkey, or to prove who one is',
    access: 'anyone',
    body: z.strictObject({}),
    answer: Options,
    async visit(_parsed, visit) {
      const session = await sessions.find(visit.cookies.session);
      return { body: await signInOptions(desk, session?.personId ?? null, visit) };
    },
  }),
  visitRoute({
    path: '/v1/session/passkey',
    tag,
    summary: 'Sign in by passkey, which stands for both factors; or prove anew who one is',
    access: 'anyone',
    body: z.strictObject({ response: assertionIn }),
    answer: SignedIn,
    async visit({ body }, visit) {
      const session = await sessions.find(visit.cookies.session);
      const response = { ...body.response, response: forLibrary(body.response.response) };
      const personId = await signedByPasskey(desk, session?.personId ?? null, response, visit);
      if (isRefused(personId)) return personId;
      if (session?.state === 'signed_in') {
        const renewed = await proven(desk, session, visit);
        return isRefused(renewed) ? renewed : { ...renewed, body: { state: 'signed_in', factors: [] } };
      }
      const person = await desk.ask((db) => personById(db, personId));
      if (!person) return refused('passkey_not_good');
      const opened = await desk.note((db) => openSession(desk, db, visit, { person, state: 'signed_in' }));
      return answerOf(desk, opened, visit);
    },
  }),
];

function forLibrary({ userHandle, ...response }: z.output<typeof assertionIn>['response']) {
  return typeof userHandle === 'string' ? { ...response, userHandle } : response;
}

/** Making passkeys and forgetting them. */
const managing = (desk: Desk, sessions: Sessions): readonly Route[] => [
  visitRoute({
    path: '/v1/session/passkeys/options',
    tag,
    summary: 'Get what a browser needs to make a passkey',
    access: 'session',
    body: z.strictObject({}),
    answer: Options,
    async visit(_parsed, visit) {
      const who = await known(desk, sessions, visit, 'fresh');
      return isRefused(who) ? who : { body: await registrationOptions(desk, who.person, visit) };
    },
  }),
  visitRoute({
    path: '/v1/session/passkeys',
    tag,
    summary: 'Keep the passkey that the browser has made',
    access: 'session',
    status: 201,
    body: z.strictObject({ response: registrationIn, name: textIn(200) }),
    answer: PasskeyAnswer.extend({
      recoveryCodes: recoveryCodes.nullable().meta({ description: 'With the first second factor only.' }),
    }),
    async visit({ body }, visit) {
      const who = await known(desk, sessions, visit, 'fresh');
      if (isRefused(who)) return who;
      const passkey = await madePasskey(desk, who.person, body.response, body.name, visit);
      if (isRefused(passkey)) return passkey;
      return desk.note(async (db) => {
        if (!(await addPasskey(db, passkey))) return refused('passkey_not_good');
        const isFirst = (await recoveryCodesLeft(db, who.person.id)) === 0n;
        const codes = isFirst ? await newRecoveryCodes(desk, db, who.person.id) : null;
        return { body: { ...passkeyAnswer(passkey), recoveryCodes: codes } };
      });
    },
  }),
  visitRoute({
    method: 'GET',
    path: '/v1/session/passkeys',
    tag,
    summary: 'List one’s passkeys, oldest first',
    access: 'session',
    answer: z.object({ items: z.array(PasskeyAnswer), recoveryCodesLeft: z.int() }),
    async visit(_parsed, visit) {
      const who = await known(desk, sessions, visit, 'any');
      if (isRefused(who)) return who;
      return desk.ask(async (db) => {
        const [rows, left] = await Promise.all([
          passkeysOf(db, who.person.id),
          recoveryCodesLeft(db, who.person.id),
        ]);
        return { body: { items: rows.map(passkeyAnswer), recoveryCodesLeft: +String(left) } };
      });
    },
  }),
  visitRoute({
    path: '/v1/session/passkeys/:id/remove',
    tag,
    summary: 'Forget a passkey',
    access: 'session',
    params: z.object({ id: idIn('psk') }),
    body: z.strictObject({}),
    answer: z.object({}),
    async visit({ params }, visit) {
      const who = await known(desk, sessions, visit, 'fresh');
      if (isRefused(who)) return who;
      const isGone = await desk.note((db) => removePasskey(db, who.person.id, params.id));
      return isGone ? { body: {} } : refused('passkey_not_found');
    },
  }),
];

function passkeyAnswer({ id, name, createdAt, lastUsedAt }: Awaited<ReturnType<typeof passkeysOf>>[number]) {
  return {
    id: encodeId('psk', id),
    name,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}

export const passkeyRoutes = (desk: Desk, sessions: Sessions): readonly Route[] => [
  ...passkeySignIn(desk, sessions),
  ...managing(desk, sessions),
];
