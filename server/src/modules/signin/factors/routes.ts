import { z } from 'zod';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { type Route, visitRoute } from '../../../platform/http/route.ts';
import type { Desk } from '../parts.ts';
import { unfitPassword } from '../passwordRules.ts';
import { provenAgain, totpSecret } from '../proof.ts';
import type { Sessions } from '../session/registry.ts';
import { codeIn, passwordIn } from '../session/shapes.ts';
import { endOtherSessions } from '../session/store.ts';
import { beginTotp, confirmTotp, removeTotp, setPassword, setRecoveryCodes } from '../store.ts';
import { known, newRecoveryCodes, recoveryCodes } from './known.ts';
import { passkeyRoutes } from './passkeys/routes.ts';
import { totpSecretBytes, totpStep, totpText, totpUri } from './totp.ts';

const tag = 'Signing in';

const totpRoutes = (desk: Desk, sessions: Sessions): readonly Route[] => [
  visitRoute({
    path: '/v1/session/totp/begin',
    tag,
    summary: 'Begin with codes of an authenticator app',
    access: 'session',
    body: z.strictObject({}),
    answer: z.object({
      secret: z.string(),
      uri: z.string().meta({ description: 'To be shown as a QR code.' }),
    }),
    async visit(_parsed, visit) {
      const who = await known(desk, sessions, visit, 'fresh');
      if (isRefused(who)) return who;
      const { id, loginMasked } = who.person;
      const secret = desk.random(totpSecretBytes);
      const text = Buffer.from(secret).toString('base64url');
      const sealed = desk.keys.seal(text, `totp|${id}`, desk.random);
      await desk.note((db) => beginTotp(db, id, sealed));
      return { body: { secret: totpText(secret), uri: totpUri(secret, loginMasked, 'Scrip') } };
    },
  }),
  visitRoute({
    path: '/v1/session/totp/confirm',
    tag,
    summary: 'Show that the app has it, by its first code; from now on signing in takes one',
    access: 'session',
    body: z.strictObject({ code: codeIn }),
    answer: z.object({ recoveryCodes }),
    async visit({ body }, visit) {
      const who = await known(desk, sessions, visit, 'fresh');
      if (isRefused(who)) return who;
      const { id, totpBegunSealed: begun } = who.person;
      if (begun === null) return refused('totp_not_begun');
      const step = totpStep(totpSecret(desk, id, begun), body.code, visit.now, 0n);
      if (step === undefined) return refused('second_factor_wrong', { field: 'code' });
      return desk.note(async (db) => {
        if (!(await confirmTotp(db, id, begun, step))) return refused('totp_not_begun');
        return { body: { recoveryCodes: await newRecoveryCodes(desk, db, id) } };
      });
    },
  }),
  visitRoute({
    path: '/v1/session/totp/remove',
    tag,
    summary: 'Go without codes of an app',
    access: 'session',
    body: z.strictObject({}),
    answer: z.object({}),
    async visit(_parsed, visit) {
      const who = await known(desk, sessions, visit, 'fresh');
      if (isRefused(who)) return who;
      await desk.note(async (db) => {
        await removeTotp(db, who.person.id);
        if (who.person.passkeys === 0n) await setRecoveryCodes(db, who.person.id, []);
      });
      return { body: {} };
    },
  }),
  visitRoute({
    path: '/v1/session/recovery-codes',
    tag,
    summary: 'Get new recovery codes; those before are void',
    access: 'session',
    body: z.strictObject({}),
    answer: z.object({ recoveryCodes }),
    async visit(_parsed, visit) {
      const who = await known(desk, sessions, visit, 'fresh');
      if (isRefused(who)) return who;
      return { body: { recoveryCodes: await desk.note((db) => newRecoveryCodes(desk, db, who.person.id)) } };
    },
  }),
];

const passwordRoutes = (desk: Desk, sessions: Sessions): readonly Route[] => [
  visitRoute({
    path: '/v1/session/password',
    tag,
    summary: 'Change one’s password; elsewhere one is signed out',
    access: 'session',
    body: z.strictObject({ current: passwordIn, next: passwordIn }),
    answer: z.object({}),
    async visit({ body }, visit) {
      const who = await known(desk, sessions, visit, 'any');
      if (isRefused(who)) return who;
      const { person, session } = who;
      const { network, now } = visit;
      const denied = await provenAgain(desk, person, body.current, network, now, 'current');
      if (denied) return denied;
      const login = desk.keys.unseal(person.loginSealed, `login|${person.id}`);
      const unfit = await unfitPassword(body.next, [login, person.name], 'next');
      if (unfit) return unfit;
      const kept = await desk.passwords.hash(body.next, desk.random);
      if (isRefused(kept)) return kept;
      return desk.note(async (db) => {
        if (!(await setPassword(db, person, kept, now)))
          return refused('password_wrong', { field: 'current' });
        await endOtherSessions(db, person.id, session.id, now);
        return { body: {} };
      });
    },
  }),
];

export const factorRoutes = (desk: Desk, sessions: Sessions): readonly Route[] => [
  ...totpRoutes(desk, sessions),
  ...passkeyRoutes(desk, sessions),
  ...passwordRoutes(desk, sessions),
];
