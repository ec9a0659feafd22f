import { z } from 'zod';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { read } from '../../../platform/db/read.ts';
import { withFields } from '../../../platform/http/merge.ts';
import { commandRoute, type Finish, type Route, visitRoute } from '../../../platform/http/route.ts';
import { idOut } from '../../../platform/http/shapes.ts';
import { knownAnswer } from '../answers.ts';
import type { MemberParts } from '../parts.ts';
import * as shapes from '../shapes.ts';
import { codeForMs, openSession, sendCode, signedIn, takeCode } from '../signIn/signIn.ts';
import { readMember } from '../store.ts';
import { askForNumber, type ChangeNumberInput, changeMyNumber, changeNumber } from './changeNumber.ts';

const wantedBody = z.strictObject({ phone: shapes.phoneIn });
const provenBody = z.strictObject({ phone: shapes.phoneIn, code: shapes.codeIn });
const sentShape = z.object({ expiresIn: z.int(), nextIn: z.int() });
const sent = { expiresIn: codeForMs / 1000, nextIn: 60 };

type Proven = z.output<typeof provenBody>;
/** Whose number it is to become, and by whom the try is counted. */
type By = { readonly id: string; readonly network: string };

/** Whether the code is right, which uses it up, or why it may not be tried now. */
async function prove(parts: MemberParts, merchantId: string, { id, network }: By, proven: Proven) {
  const refusal = await takeCode(parts, merchantId, { ...proven, network, forMember: id });
  if (refusal && refusal.refused !== 'sign_in_code_wrong') return refusal;
  return { isProven: refusal === undefined };
}

function inputOf(
  { vault, random }: MemberParts,
  merchantId: string,
  id: string,
  phone: string,
): Omit<ChangeNumberInput, 'isProven'> {
  return {
    id,
    phoneHashes: vault.phoneHashes(merchantId, phone),
    sealedPhone: vault.seal(phone, { merchantId, id, field: 'phone' }, random),
  };
}

/** How a member comes to have another number, by who has it in hand. `finish`: the answer with who they are. */
export function numberRoutes(parts: MemberParts, finish: Finish<ChangeNumberInput>): readonly Route[] {
  return [...staffRoutes(parts, finish), ...ownRoutes(parts)];
}

function staffRoutes(parts: MemberParts, finish: Finish<ChangeNumberInput>): readonly Route[] {
  return [
    commandRoute({
      path: '/v1/members/:id/phone-code',
      tag: 'Members',
      summary: 'Send a code to the number that a member is to have, for them to read out',
      params: shapes.memberParams,
      body: wantedBody,
      status: 202,
      answer: z.object({ id: idOut('mem') }).extend(sentShape.shape),
      useCase: askForNumber,
      input: ({ params, body }) => ({ id: params.id, phone: body.phone }),
      async finish(body, merchantId, { id, phone }, replayed) {
        const known = await read(parts.readers, merchantId, (db) => readMember(db, merchantId, id));
        if (!known) return refused('member_not_found');
        const { language } = known.member;
        // Asked again under the same key, it is the one code that was sent.
        const refusal =
          !replayed && (await sendCode(parts, merchantId, { phone, language, network: id, forMember: id }));
        return refusal || withFields(body, sent);
      },
    }),
    commandRoute({
      path: '/v1/members/:id/phone',
      tag: 'Members',
      summary:
        'Give a member another number, with the code that was sent to it; they are signed out everywhere',
      params: shapes.memberParams,
      body: provenBody,
      status: 200,
      answer: shapes.profiledMemberShape,
      useCase: changeNumber,
      prepare: ({ params: { id }, body }, _sent, { merchantId }) =>
        prove(parts, merchantId, { id, network: id }, body),
      input: ({ params, body }, { merchantId }, { isProven }) => ({
        ...inputOf(parts, merchantId, params.id, body.phone),
        isProven,
      }),
      finish,
    }),
  ];
}

function ownRoutes(parts: MemberParts): readonly Route[] {
  const facts = { tag: 'Wallet', access: 'member', params: shapes.slugParams } as const;
  return [
    visitRoute({
      ...facts,
      path: '/v1/wallet/:slug/me/phone-code',
      summary: 'Have a code sent to the number that one wants to have',
      body: wantedBody,
      status: 202,
      answer: sentShape,
      async visit({ params, body: { phone } }, caller) {
        const session = await signedIn(parts, params.slug, caller);
        if (isRefused(session)) return session;
        const { merchant, memberId: forMember } = session;
        const known = await read(parts.readers, merchant.id, (db) => readMember(db, merchant.id, forMember));
        const language = known?.member.language ?? 'zh';
        const wanted = { phone, language, network: caller.network, forMember };
        return (await sendCode(parts, merchant.id, wanted)) ?? { body: sent };
      },
    }),
    visitRoute({
      ...facts,
      path: '/v1/wallet/:slug/me/phone',
      summary: 'Take another number, with the code that was sent to it; every other device is signed out',
      body: provenBody,
      status: 200,
      answer: shapes.knownMemberShape,
      async visit({ params, body }, caller) {
        const session = await signedIn(parts, params.slug, caller);
        if (isRefused(session)) return session;
        const { merchant, memberId: id } = session;
        const proof = await prove(parts, merchant.id, { id, network: caller.network }, body);
        if (isRefused(proof)) return proof;
        const input = { ...inputOf(parts, merchant.id, id, body.phone), ...proof };
        const answer = await parts.asWallet(merchant.id, changeMyNumber, input);
        if ('refusal' in answer) return answer.refusal;
        // The session was opened by the number that is left; who changed it stays in by the new one.
        const cookie = await openSession(parts, merchant, id, input.phoneHashes);
        const known = await read(parts.readers, merchant.id, (db) => readMember(db, merchant.id, id));
        if (!known || isRefused(cookie)) return refused('not_signed_in');
        return { body: knownAnswer(merchant.id, known, parts.vault), cookies: { member: cookie } };
      },
    }),
  ];
}
