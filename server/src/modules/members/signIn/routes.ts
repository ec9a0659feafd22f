import { z } from 'zod';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { read } from '../../../platform/db/read.ts';
import { fieldsOf } from '../../../platform/http/merge.ts';
import { type Route, visitRoute } from '../../../platform/http/route.ts';
import { idIn } from '../../../platform/http/shapes.ts';
import { knownAnswer } from '../answers.ts';
import { enrolMyself, mayConsent } from '../enrolMember.ts';
import type { MemberParts } from '../parts.ts';
import { enrolInput, resealed, type Said } from '../person.ts';
import * as shapes from '../shapes.ts';
import { readMember, readMemberByPhone } from '../store.ts';
import { updateMyself } from '../updateMember.ts';
import {
  closeSession,
  codeForMs,
  codeWrong,
  merchantOf,
  openSession,
  sendCode,
  signedIn,
  takeCode,
} from './signIn.ts';

const tag = 'Wallet';
const made = z.object({ id: idIn('mem') });

/** How a member comes in and goes out, and what they see and change of themselves. */
export function signInRoutes(parts: MemberParts): readonly Route[] {
  return [...doorRoutes(parts), ...selfRoutes(parts)];
}

function doorRoutes(parts: MemberParts): readonly Route[] {
  return [
    visitRoute({
      path: '/v1/wallet/:slug/sign-in',
      tag,
      access: 'anyone',
      summary: 'Have a one-time code sent to a phone',
      params: shapes.slugParams,
      body: z.strictObject({ phone: shapes.phoneIn, language: shapes.languageIn.default('zh') }),
      status: 202,
      answer: z.object({ expiresIn: z.int(), nextIn: z.int() }),
      async visit({ params, body }, { network }) {
        const merchant = await merchantOf(parts, params.slug);
        if (isRefused(merchant)) return merchant;
        const refusal = await sendCode(parts, merchant.id, { ...body, network });
        return refusal ?? { body: { expiresIn: codeForMs / 1000, nextIn: 60 } };
      },
    }),
    visitRoute({
      path: '/v1/wallet/:slug/sessions',
      tag,
      access: 'anyone',
      summary: 'Sign in with a one-time code; whoever is new agrees to the terms and becomes a member',
      params: shapes.slugParams,
      body: z.strictObject({
        phone: shapes.phoneIn,
        code: shapes.codeIn,
        name: shapes.nameIn.optional(),
        language: shapes.languageIn.default('zh'),
        consent: shapes.consentIn.optional(),
      }),
      status: 201,
      answer: shapes.knownMemberShape,
      visit: ({ params, body }, { network }) => enter(parts, params.slug, { ...body, network }),
    }),
    visitRoute({
      path: '/v1/wallet/:slug/sign-out',
      tag,
      access: 'member',
      summary: 'Sign out, here or everywhere',
      params: shapes.slugParams,
      body: z.strictObject({ everywhere: z.boolean().default(false) }),
      status: 200,
      answer: z.object({ signedOut: z.literal(true) }),
      async visit({ params, body }, caller) {
        const session = await signedIn(parts, params.slug, caller);
        if (isRefused(session)) return session;
        return {
          body: { signedOut: true },
          cookies: { member: await closeSession(parts, session, body.everywhere) },
        };
      },
    }),
  ];
}

type Entering = Said & { readonly code: string; readonly network: string };

async function enter(parts: MemberParts, slug: string, { code, network, ...person }: Entering) {
  const merchant = await merchantOf(parts, slug);
  if (isRefused(merchant)) return merchant;
  const hashes = parts.vault.phoneHashes(merchant.id, person.phone);
  const known = await read(parts.readers, merchant.id, (db) => readMemberByPhone(db, merchant.id, hashes));
  const unasked = known ? undefined : mayConsent(person.consent, merchant.termsVersion);
  const refusal = await takeCode(parts, merchant.id, { phone: person.phone, code, network, unasked });
  if (refusal) return refusal;
  const answer = await parts.asWallet(merchant.id, enrolMyself, enrolInput(parts, merchant.id, person));
  if ('refusal' in answer) return answer.refusal;
  const { id } = fieldsOf(answer.body, made);
  const member = await read(parts.readers, merchant.id, (db) => readMember(db, merchant.id, id));
  const cookie = await openSession(parts, merchant, id, hashes);
  if (!member || isRefused(cookie)) return codeWrong;
  return { body: knownAnswer(merchant.id, member, parts.vault), cookies: { member: cookie } };
}

function selfRoutes(parts: MemberParts): readonly Route[] {
  const { readers, vault } = parts;
  const show = async (merchantId: string, id: string) => {
    const known = await read(readers, merchantId, (db) => readMember(db, merchantId, id));
    return known ? { body: knownAnswer(merchantId, known, vault) } : refused('not_signed_in');
  };
  const facts = { path: '/v1/wallet/:slug/me', tag, access: 'member', params: shapes.slugParams } as const;
  return [
    visitRoute({
      ...facts,
      method: 'GET',
      summary: 'Who is signed in, and what they agreed to',
      status: 200,
      answer: shapes.knownMemberShape,
      async visit({ params }, caller) {
        const session = await signedIn(parts, params.slug, caller);
        return isRefused(session) ? session : show(session.merchant.id, session.memberId);
      },
    }),
    visitRoute({
      ...facts,
      method: 'PATCH',
      summary: 'Change one’s name, language, reminders and consent',
      body: shapes.updateMyselfBody,
      status: 200,
      answer: shapes.knownMemberShape,
      async visit({ params, body }, caller) {
        const session = await signedIn(parts, params.slug, caller);
        if (isRefused(session)) return session;
        const { merchant, memberId: id } = session;
        const input = resealed(parts, merchant.id, id, body);
        const answer = await parts.asWallet(merchant.id, updateMyself, input);
        return 'refusal' in answer ? answer.refusal : show(merchant.id, id);
      },
    }),
  ];
}
