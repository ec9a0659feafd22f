import { isRefused, type Refusal, refused } from '../../../kernel/outcome.ts';
import { read } from '../../../platform/db/read.ts';
import type { UseCase } from '../../../platform/executor/useCase.ts';
import { fieldsOf } from '../../../platform/http/merge.ts';
import { type Route, type Visit, visitRoute } from '../../../platform/http/route.ts';
import {
  claim,
  type MemberParts,
  readMember,
  type SignedIn,
  signedIn,
  slugParams,
} from '../../members/index.ts';
import { type AnswerInput, acceptShare } from '../accept.ts';
import { changeShare } from '../change.ts';
import { endOwnShare } from '../end.ts';
import { offerShare } from '../offer.ts';
import { ownFamily } from '../reading.ts';
import * as shapes from '../shapes.ts';

const facts = { tag: 'Wallet', access: 'member' } as const;

/** A member who is signed in, with the hashes of their number under each version of the key. */
type Asking = SignedIn & { readonly phoneHashes: readonly string[] };

async function asking(parts: MemberParts, slug: string, caller: Visit): Promise<Asking | Refusal> {
  const session = await signedIn(parts, slug, caller);
  if (isRefused(session)) return session;
  const { merchant, memberId: id } = session;
  const known = await read(parts.readers, merchant.id, (db) => readMember(db, merchant.id, id));
  const sealed = known?.member.sealedPhone;
  if (!sealed) return refused('not_signed_in');
  const phone = parts.vault.open(sealed, { merchantId: merchant.id, id, field: 'phone' });
  return { ...session, phoneHashes: parts.vault.phoneHashes(merchant.id, phone) };
}

/** Carries a command out for a member; answers with what they have of family sharing then. */
async function carry<Input, Rows, Result>(
  parts: MemberParts,
  session: Asking,
  useCase: UseCase<Input, Rows, Result>,
  input: Input,
) {
  const given = await parts.asWallet(session.merchant.id, useCase, input);
  return 'refusal' in given ? given.refusal : { body: fieldsOf(given.body, shapes.ShareMade) };
}

/** What members see of family sharing, and what they do about it. */
export function ownFamilyRoutes(parts: MemberParts): readonly Route[] {
  return [...giving(parts), ...answering(parts)];
}

function giving(parts: MemberParts): readonly Route[] {
  return [
    visitRoute({
      ...facts,
      method: 'GET',
      path: '/v1/wallet/:slug/family',
      summary: 'Whom I let pay from my wallet, whose I may pay from, and what is offered to me',
      params: slugParams,
      answer: shapes.OwnFamily,
      async visit({ params }, caller) {
        const session = await asking(parts, params.slug, caller);
        if (isRefused(session)) return session;
        const { merchant, memberId, phoneHashes } = session;
        const showing = { merchant, vault: parts.vault, now: parts.clock() };
        return {
          body: await read(parts.readers, merchant.id, (db) => ownFamily(db, memberId, phoneHashes, showing)),
        };
      },
    }),
    visitRoute({
      ...facts,
      path: '/v1/wallet/:slug/family',
      summary: 'Offer whoever has this number to pay from my wallet; it is one answer whoever that is',
      params: slugParams,
      body: shapes.OfferBody,
      status: 201,
      answer: shapes.ShareMade,
      async visit({ params, body: { phone, ...terms } }, caller) {
        const session = await asking(parts, params.slug, caller);
        if (isRefused(session)) return session;
        const { merchant, memberId } = session;
        const limited = await claim(
          parts,
          merchant.id,
          [{ what: 'shareOfMember', whom: memberId }],
          parts.clock(),
        );
        if (limited) return limited;
        const phoneHashes = parts.vault.phoneHashes(merchant.id, phone);
        return carry(parts, session, offerShare, {
          ...{ ...terms, memberId, phoneHashes, phoneEnd: phone.slice(-4) },
        });
      },
    }),
    visitRoute({
      ...facts,
      method: 'PATCH',
      path: '/v1/wallet/:slug/family/:id',
      summary: 'Change what a relative may pay from my wallet; null takes a limit away',
      params: shapes.ownShareParams,
      body: shapes.ChangeBody,
      answer: shapes.ShareMade,
      async visit({ params, body }, caller) {
        const session = await asking(parts, params.slug, caller);
        if (isRefused(session)) return session;
        const { memberId } = session;
        return carry(parts, session, changeShare, { ...body, memberId, shareId: params.id });
      },
    }),
  ];
}

function answering(parts: MemberParts): readonly Route[] {
  return [
    answerRoute(parts, 'accept', 'Accept what is offered to my number', acceptShare),
    answerRoute(
      parts,
      'end',
      'End a share, take an offer back or decline one, on whichever side I am',
      endOwnShare,
    ),
  ];
}

function answerRoute<Rows, Result>(
  parts: MemberParts,
  verb: string,
  summary: string,
  useCase: UseCase<AnswerInput, Rows, Result>,
): Route {
  return visitRoute({
    ...facts,
    path: `/v1/wallet/:slug/family/:id/${verb}`,
    summary,
    params: shapes.ownShareParams,
    answer: shapes.ShareMade,
    async visit({ params }, caller) {
      const session = await asking(parts, params.slug, caller);
      if (isRefused(session)) return session;
      const { memberId, phoneHashes } = session;
      return carry(parts, session, useCase, { memberId, shareId: params.id, phoneHashes });
    },
  });
}
