import { z } from 'zod';
import { encodeId } from '../../kernel/id.ts';
import { refused } from '../../kernel/outcome.ts';
import { read, writeAside } from '../../platform/db/read.ts';
import { fieldsOf, withFields } from '../../platform/http/merge.ts';
import { page } from '../../platform/http/page.ts';
import { commandRoute, type Route, readRoute } from '../../platform/http/route.ts';
import { idIn, idOut, instant, pageOf, pageQuery } from '../../platform/http/shapes.ts';
import { cardPage, heldCards, listedCard, memberHolder } from '../cards/index.ts';
import { memberAnswer, staffAnswer } from './answers.ts';
import { bindCard, unbindCard } from './bindCard.ts';
import { enrolMember } from './enrolMember.ts';
import { eraseMember, erasureReasons } from './eraseMember.ts';
import { numberRoutes } from './number/routes.ts';
import type { MemberParts } from './parts.ts';
import { enrolInput, resealed } from './person.ts';
import { profileRoutes } from './profile/routes.ts';
import * as shapes from './shapes.ts';
import { signInRoutes } from './signIn/routes.ts';
import { endSessions } from './signIn/store.ts';
import { signOutMember } from './signOutMember.ts';
import { listMembers, noMember, readMember, readMemberByCardNumber } from './store.ts';
import { updateMember } from './updateMember.ts';

const tag = 'Members';

const boundAnswer = z.object({ cardId: idOut('card'), holder: z.string().nullable() });
const made = z.object({ id: idIn('mem') });

/** Members as staff see them, and the door through which members come in. */
export function memberRoutes(parts: MemberParts): readonly Route[] {
  return [
    ...listRoutes(parts),
    ...changeRoutes(parts),
    ...numberRoutes(parts, withPerson(parts)),
    ...profileRoutes,
    ...cardRoutes,
    ...signInRoutes(parts),
  ];
}

/** The answer with what the log does not keep: read again, since it stands nowhere else. */
const withPerson =
  ({ readers, vault }: MemberParts) =>
  async (body: string, merchantId: string) => {
    const { id } = fieldsOf(body, made);
    const known = await read(readers, merchantId, (db) => readMember(db, merchantId, id));
    return known ? withFields(body, staffAnswer(merchantId, known, vault)) : refused('member_not_found');
  };

function listRoutes({ vault }: MemberParts): readonly Route[] {
  return [
    readRoute({
      path: '/v1/members',
      tag,
      summary: 'Members, in the order they were enrolled; with a phone or card number, whose it is',
      permission: 'members.read',
      query: z.strictObject({
        cursor: idIn('mem').optional(),
        limit: pageQuery.limit,
        phone: shapes.phoneIn.optional(),
        cardNumber: shapes.cardNumberIn.optional(),
        ids: shapes.idsIn.optional(),
        tag: shapes.tagIn.optional(),
      }),
      answer: pageOf(shapes.listedMemberShape),
      async read(db, { query }, { merchantId }) {
        const { cursor = null, limit, phone, cardNumber, ids: said, tag: withTag } = query;
        const holder =
          cardNumber === undefined ? undefined : await readMemberByCardNumber(db, merchantId, cardNumber);
        const ids = cardNumber === undefined ? said : holder ? [holder.id] : [];
        const phoneHashes = phone === undefined ? null : vault.phoneHashes(merchantId, phone);
        const found = await listMembers(db, merchantId, {
          after: cursor,
          limit: limit + 1,
          phoneHashes,
          ids,
          tag: withTag,
        });
        return page(
          found,
          limit,
          (member) => ({ ...memberAnswer(merchantId, member, vault), tags: member.tags }),
          ({ id }) => encodeId('mem', id),
        );
      },
    }),
    readRoute({
      path: '/v1/members/:id',
      tag,
      summary: 'One member, with what they agreed to',
      permission: 'members.read',
      params: shapes.memberParams,
      answer: shapes.profiledMemberShape,
      async read(db, { params }, { merchantId }) {
        const known = await readMember(db, merchantId, params.id);
        return known ? staffAnswer(merchantId, known, vault) : noMember(db, merchantId, params.id);
      },
    }),
    readRoute({
      path: '/v1/members/:id/cards',
      tag,
      summary: 'The cards of a member',
      permission: 'members.read',
      params: shapes.memberParams,
      query: z.strictObject({
        cursor: z
          .string()
          .regex(/^\d{1,15}$/)
          .transform((text) => BigInt(text))
          .optional(),
        limit: pageQuery.limit,
      }),
      answer: cardPage,
      async read(db, { params, query }, { merchantId, now }) {
        const known = await readMember(db, merchantId, params.id);
        if (!known) return noMember(db, merchantId, params.id);
        const { cursor: afterSerial = 0n, limit } = query;
        const asked = { holder: memberHolder(params.id), afterSerial, limit: limit + 1, now };
        const found = await heldCards(db, merchantId, asked);
        return page(
          found,
          limit,
          (card) => listedCard(card, now),
          ({ serial }) => String(serial),
        );
      },
    }),
  ];
}

function changeRoutes(parts: MemberParts): readonly Route[] {
  const finish = withPerson(parts);
  return [
    commandRoute({
      path: '/v1/members',
      tag,
      summary: 'Enrol whoever has a phone number; who is a member already stays as they are',
      body: shapes.enrolBody,
      status: 201,
      answer: shapes.profiledMemberShape.extend({ enrolled: z.boolean() }),
      useCase: enrolMember,
      input: ({ body }, { merchantId }) => enrolInput(parts, merchantId, body),
      finish,
    }),
    commandRoute({
      method: 'PATCH',
      path: '/v1/members/:id',
      tag,
      summary: 'Change what is kept of a member; the phone number has a route of its own',
      params: shapes.memberParams,
      body: shapes.updateBody,
      status: 200,
      answer: shapes.profiledMemberShape,
      useCase: updateMember,
      input: ({ params, body }, { merchantId }) => resealed(parts, merchantId, params.id, body),
      finish,
    }),
    commandRoute({
      path: '/v1/members/:id/sign-out',
      tag,
      summary: 'Sign a member out of every phone: one was lost',
      params: shapes.memberParams,
      body: z.strictObject({}),
      status: 200,
      answer: z.object({ id: idOut('mem'), signedOut: z.literal(true) }),
      useCase: signOutMember,
      input: ({ params }) => ({ id: params.id }),
      async finish(body, merchantId, { id }) {
        await writeAside(parts.writers, merchantId, (db) =>
          endSessions(db, merchantId, id, null, parts.clock()),
        );
        return body;
      },
    }),
    commandRoute({
      path: '/v1/members/:id/erase',
      tag,
      summary: 'Take away all that names a member, for ever',
      params: shapes.memberParams,
      // No free words: the log keeps them for ever, and they would be about the one who is erased.
      body: z.strictObject({ reason: z.enum(erasureReasons) }),
      status: 200,
      answer: z.object({ id: idOut('mem'), state: z.literal('erased'), erasedAt: instant }),
      useCase: eraseMember,
      input: ({ params, body }) => ({ id: params.id, reason: body.reason }),
    }),
  ];
}

const cardRoutes: readonly Route[] = [
  commandRoute({
    path: '/v1/members/:id/cards',
    tag,
    summary: 'Make a card a member’s',
    params: shapes.memberParams,
    body: z.strictObject({ cardId: idIn('card') }),
    status: 200,
    answer: boundAnswer,
    useCase: bindCard,
    input: ({ params, body }) => ({ memberId: params.id, cardId: body.cardId }),
  }),
  commandRoute({
    path: '/v1/members/:id/cards/remove',
    tag,
    summary: 'Take a card off a member',
    params: shapes.memberParams,
    body: z.strictObject({ cardId: idIn('card') }),
    status: 200,
    answer: boundAnswer,
    useCase: unbindCard,
    input: ({ params, body }) => ({ memberId: params.id, cardId: body.cardId }),
  }),
];
