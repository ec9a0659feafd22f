import { z } from 'zod';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { fieldsOf } from '../../../platform/http/merge.ts';
import { commandRoute, type Route, visitRoute } from '../../../platform/http/route.ts';
import { idIn, instant } from '../../../platform/http/shapes.ts';
import { removeAllPasskeys } from '../factors/store.ts';
import { type Desk, newToken, tokenHash } from '../parts.ts';
import { unfitPassword } from '../passwordRules.ts';
import { openLogin } from '../persons.ts';
import { countedLook } from '../proof.ts';
import { nobody } from '../session/session.ts';
import { passwordIn } from '../session/shapes.ts';
import { endOtherSessions } from '../session/store.ts';
import { membershipsOf, personById, removeTotp, setPassword, setRecoveryCodes } from '../store.ts';
import { resetPassword } from './resetPassword.ts';
import { addLink, findLink, takeLink } from './store.ts';

const tag = 'Signing in';
const linkMs = 24 * 60 * 60_000;
export const tokenIn = z.string().regex(/^[\w-]{43}$/, 'must be the token of a link');

/** Setting a password anew by a link. */
export const linkRoutes = (desk: Desk, clock: () => Date): readonly Route[] => [
  commandRoute({
    path: '/v1/staff/:id/password-link',
    tag,
    summary: 'Make a link by which a member of staff sets their password anew',
    status: 201,
    params: z.object({ id: idIn('stf') }),
    body: z.strictObject({
      allFactors: z
        .boolean()
        .default(false)
        .meta({ description: 'Also take away their codes and passkeys, which they have lost.' }),
    }),
    answer: z.object({
      link: z.string().nullable().meta({
        description: 'Its address on this site, to be handed over. null in the answer to a repeated request.',
      }),
      expiresAt: instant.nullable(),
    }),
    useCase: resetPassword,
    input: ({ params, body }) => ({ staffId: params.id, allFactors: body.allFactors }),
    async finish(body, merchantId, { allFactors }, replayed) {
      if (replayed) return JSON.stringify({ link: null, expiresAt: null });
      const { personId } = fieldsOf(body, z.object({ personId: z.string() }));
      const works = await desk.ask((db) => membershipsOf(db, personId));
      // Else whoever manages people here could become them there.
      if (works.some((work) => work.merchantId !== merchantId)) return refused('staff_works_elsewhere');
      const { text, hash } = newToken(desk.random);
      const expiresAt = new Date(clock().getTime() + linkMs);
      const purpose = allFactors ? 'all_factors' : 'password';
      await desk.note((db) => addLink(db, hash, { purpose, personId }, expiresAt));
      return JSON.stringify({ link: `/#/password?token=${text}`, expiresAt: expiresAt.toISOString() });
    },
  }),
  visitRoute({
    path: '/v1/password-links/use',
    tag,
    summary: 'Set one’s password anew by a link; everywhere one is signed out',
    access: 'anyone',
    body: z.strictObject({ token: tokenIn, password: passwordIn }),
    answer: z.object({}),
    async visit({ body }, { network, now }) {
      const tooMany = await countedLook(desk, network, now);
      if (tooMany) return tooMany;
      const hash = tokenHash(body.token);
      const found = await desk.ask(async (db) => {
        const link = await findLink(db, hash, now);
        const person = link?.personId == null ? undefined : await personById(db, link.personId);
        return link && person ? { link, person } : undefined;
      });
      if (!found) return refused('link_not_good');
      const { link, person } = found;
      const login = openLogin(desk, person.loginSealed, person.id);
      const unfit = await unfitPassword(body.password, [login.text, person.name]);
      if (unfit) return unfit;
      const kept = await desk.passwords.hash(body.password, desk.random);
      if (isRefused(kept)) return kept;
      return desk.note(async (db) => {
        if (!(await takeLink(db, hash, now))) return refused('link_not_good');
        if (!(await setPassword(db, person, kept, now))) throw new Error('a password was changed meanwhile');
        if (link.purpose === 'all_factors') {
          await removeTotp(db, person.id);
          await removeAllPasskeys(db, person.id);
          await setRecoveryCodes(db, person.id, []);
        }
        await endOtherSessions(db, person.id, nobody, now);
        return { body: {}, cookies: { session: null } };
      });
    },
  }),
];
