import { z } from 'zod';
import { encodeId, newId } from '../../kernel/id.ts';
import { isRefused, refused } from '../../kernel/outcome.ts';
import { withFields } from '../../platform/http/merge.ts';
import { page } from '../../platform/http/page.ts';
import { commandRoute, type Route, readRoute, visitRoute } from '../../platform/http/route.ts';
import { idIn, idOut, instant, pageOf, pageQuery, textIn } from '../../platform/http/shapes.ts';
import { listRoles, oneRole, termsIn, termsOf, termsOut } from '../people/index.ts';
import {
  answerOf,
  countedLook,
  type Desk,
  enlist,
  hasSecondFactor,
  isKnownLogin,
  keptLogin,
  loginOf,
  newToken,
  openLogin,
  openSession,
  passwordIn,
  removePerson,
  SignedIn,
  tokenHash,
  tokenIn,
} from '../signin/index.ts';
import type { accept } from './accept.ts';
import { type Invitation, invitationResult } from './invitation.ts';
import { invite } from './invite.ts';
import { resend } from './resend.ts';
import { revoke } from './revoke.ts';
import { findInvitation, listInvitations } from './store.ts';

const tag = 'People';

type AcceptInput = Parameters<(typeof accept)['decide']>[1];
export type InvitationParts = {
  readonly desk: Desk;
  readonly clock: () => Date;
  /** Has the system itself carry an acceptance out; answers with its refusal, if there is one. */
  readonly accept: (
    merchantId: string,
    input: AcceptInput,
  ) => Promise<ReturnType<typeof refused> | undefined>;
};

const state = z.enum(['open', 'accepted', 'revoked', 'expired']);
const Terms = {
  id: idOut('inv'),
  ...termsOut,
  state: z.enum(['open', 'accepted', 'revoked']),
  createdAt: instant,
  expiresAt: instant,
};
const link = z.string().nullable().meta({
  description: 'Its address on this site, to be handed over. null in the answer to a repeated request.',
});
const loginIn = textIn(254).transform((text, context) => {
  const login = loginOf(text);
  if (login) return login;
  context.addIssue({ code: 'custom', message: 'must be an e-mail address or a phone number' });
  return z.NEVER;
});

/** The address on this site at which an invitation is accepted. */
export function linkOf(token: string): string {
  return `/#/invitation?token=${token}`;
}

const managing = ({ desk, clock }: InvitationParts): readonly Route[] => [
  commandRoute({
    path: '/v1/staff/invitations',
    tag,
    summary: 'Invite somebody by a link, which is good once and for seven days',
    status: 201,
    body: z
      .strictObject({ login: loginIn, name: textIn(200), ...termsIn })
      .refine(({ role, roleId }) => (role === undefined) !== (roleId === undefined), oneRole),
    answer: z.object({ ...Terms, name: z.string(), login: z.string(), link }),
    useCase: invite,
    input({ body }) {
      const id = newId(clock(), desk.random);
      const token = newToken(desk.random);
      const login = keptLogin(desk, body.login, id);
      return { id, name: body.name, login, terms: termsOf(body), token, tokenHash: token.hash };
    },
    finish: async (body, _merchantId, { name, login, token }, replayed) =>
      withFields(body, { name, login: login?.masked, link: replayed ? null : linkOf(token.text) }),
    waiting: (body, { token }, replayed) => withFields(body, { link: replayed ? null : linkOf(token.text) }),
  }),
  readRoute({
    path: '/v1/staff/invitations',
    tag,
    summary: 'List invitations, the latest first',
    permission: 'people.read',
    query: z.strictObject({ cursor: idIn('inv').optional(), limit: pageQuery.limit }),
    answer: pageOf(z.object({ ...Terms, state, name: z.string(), login: z.string().nullable() })),
    async read(db, { query }, { merchantId, now }) {
      const rows = await listInvitations(db, merchantId, query.cursor ?? null, query.limit + 1);
      const itemOf = (row: Invitation) => ({
        ...invitationResult(row),
        state: row.state === 'open' && now >= row.expiresAt ? 'expired' : row.state,
        name: row.name,
        login: row.login?.masked ?? null,
      });
      return page(rows, query.limit, itemOf, ({ id }) => encodeId('inv', id));
    },
  }),
  commandRoute({
    path: '/v1/staff/invitations/:id/resend',
    tag,
    summary: 'Give an invitation a new link and its full time; the link before is void',
    status: 200,
    params: z.object({ id: idIn('inv') }),
    body: z.strictObject({}),
    answer: z.object({ ...Terms, link }),
    useCase: resend,
    input({ params }) {
      const token = newToken(desk.random);
      return { id: params.id, token, tokenHash: token.hash };
    },
    finish: async (body, _merchantId, { token }, replayed) =>
      withFields(body, { link: replayed ? null : linkOf(token.text) }),
  }),
  commandRoute({
    path: '/v1/staff/invitations/:id/revoke',
    tag,
    summary: 'Take an invitation back',
    status: 200,
    params: z.object({ id: idIn('inv') }),
    body: z.strictObject({}),
    answer: z.object(Terms),
    useCase: revoke,
    input: ({ params }) => params,
  }),
];

/** What an invitation shows to who has its link. */
const looking = ({ desk }: InvitationParts): readonly Route[] => [
  visitRoute({
    path: '/v1/invitations/look',
    tag,
    summary: 'What an invitation is for',
    access: 'anyone',
    body: z.strictObject({ token: tokenIn }),
    answer: z.object({
      merchantName: z.string(),
      name: z.string(),
      login: z.string().nullable().meta({ description: 'Masked. null: give one when accepting.' }),
      isKnown: z
        .boolean()
        .meta({ description: 'Whether this person signs in already: then their password.' }),
      role: termsOut.role,
      roleName: z.string().nullable(),
      expiresAt: instant,
    }),
    async visit({ body }, { network, now }) {
      const tooMany = await countedLook(desk, network, now);
      if (tooMany) return tooMany;
      const found = await desk.ask((db) => findInvitation(db, tokenHash(body.token), now));
      if (!found) return refused('link_not_good');
      const { invitation, merchantId, merchantName } = found;
      const own =
        invitation.roleId === null ? [] : await desk.askOf(merchantId, (db) => listRoles(db, merchantId));
      const login = invitation.login && openLogin(desk, invitation.login.sealed, invitation.id);
      return {
        body: {
          merchantName,
          name: invitation.name,
          login: invitation.login?.masked ?? null,
          isKnown: login !== null && (await isKnownLogin(desk, login)),
          role: invitation.role,
          roleName: own.find(({ id }) => id === invitation.roleId)?.name ?? null,
          expiresAt: invitation.expiresAt.toISOString(),
        },
      };
    },
  }),
];

/** Coming to work for the merchant. */
const accepting = ({ desk, accept }: InvitationParts): readonly Route[] => [
  visitRoute({
    path: '/v1/invitations/accept',
    tag,
    summary: 'Accept an invitation: with a new password, or by that of who signs in already',
    access: 'anyone',
    body: z.strictObject({
      token: tokenIn,
      name: textIn(200).optional(),
      login: loginIn.optional(),
      password: passwordIn,
    }),
    answer: SignedIn,
    async visit({ body }, visit) {
      const { network, now } = visit;
      const tooMany = await countedLook(desk, network, now);
      if (tooMany) return tooMany;
      const hash = tokenHash(body.token);
      const found = await desk.ask((db) => findInvitation(db, hash, now));
      if (!found) return refused('link_not_good');
      const { invitation, merchantId } = found;
      const login = invitation.login ? openLogin(desk, invitation.login.sealed, invitation.id) : body.login;
      if (!login) return refused('invalid_request', { field: 'login', detail: 'is needed' });
      const name = body.name ?? invitation.name;
      const enlisted = await enlist(desk, { login, name, password: body.password, network, now });
      if (isRefused(enlisted)) return enlisted;
      const { person, isNew } = enlisted;
      const input = {
        id: invitation.id,
        tokenHash: hash,
        name,
        personId: person.id,
        login: person.loginMasked,
      };
      const denied = await accept(merchantId, input);
      if (denied) {
        if (isNew) await desk.note((db) => removePerson(db, person.id));
        return denied;
      }
      const opening = {
        person: { id: person.id, lastMerchant: merchantId },
        state: hasSecondFactor(person) ? ('second_factor' as const) : ('signed_in' as const),
      };
      return answerOf(desk, await desk.note((db) => openSession(desk, db, visit, opening)), visit);
    },
  }),
];

/** Inviting somebody to work for a merchant, and accepting. */
export const invitationRoutes = (parts: InvitationParts): readonly Route[] => [
  ...managing(parts),
  ...looking(parts),
  ...accepting(parts),
];
