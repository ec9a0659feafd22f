import { z } from 'zod';
import { encodeId, newId } from '../../kernel/id.ts';
import { isRefused, refused } from '../../kernel/outcome.ts';
import { read } from '../../platform/db/read.ts';
import { lookUp } from '../../platform/executor/lookUp.ts';
import { fieldsOf, withFields } from '../../platform/http/merge.ts';
import { page } from '../../platform/http/page.ts';
import { commandRoute, type Route, readRoute, visitRoute } from '../../platform/http/route.ts';
import { idIn, idOut, instant, pageOf, pageQuery, reference, textIn } from '../../platform/http/shapes.ts';
import { signedIn, slugParams } from '../members/index.ts';
import { tag } from './cardRoutes.ts';
import { answerComplaint, type Complaint, complain, complaintById } from './complaint.ts';
import { readAs, type WalletParts } from './parts.ts';
import { listComplaints, walletSql } from './store.ts';
import { placeOf } from './words.ts';

const complaintShape = z.object({
  id: idOut('cmp'),
  memberId: idOut('mem'),
  text: z.string(),
  reference: z.string().nullable(),
  state: z.enum(['open', 'answered']),
  answer: z.string().nullable(),
  createdAt: instant,
  answeredAt: instant.nullable(),
});
const pageOfComplaints = pageOf(complaintShape);
const pageParams = { cursor: idIn('cmp').optional(), limit: pageQuery.limit };
const made = z.object({ id: idIn('cmp') });
const words = textIn(2_000);

/** What members complain of, and what they are answered. */
export function complaintRoutes(parts: WalletParts): readonly Route[] {
  return [...memberRoutes(parts), ...staffRoutes(parts)];
}

function shown({ vault }: WalletParts, merchantId: string, complaint: Complaint) {
  const { id, sealedText, sealedReference, sealedAnswer } = complaint;
  // What an erased member wrote is gone.
  const open = (sealed: Buffer, field: Parameters<typeof placeOf>[2]) =>
    sealed.length === 0 ? '' : vault.open(sealed, placeOf(merchantId, id, field));
  return {
    id: encodeId('cmp', id),
    memberId: encodeId('mem', complaint.memberId),
    text: open(sealedText, 'complaint'),
    reference: sealedReference && open(sealedReference, 'reference'),
    state: complaint.state,
    answer: sealedAnswer && open(sealedAnswer, 'answer'),
    createdAt: complaint.createdAt.toISOString(),
    answeredAt: complaint.answeredAt?.toISOString() ?? null,
  };
}

const cursorOf = ({ id }: Complaint) => encodeId('cmp', id);

function memberRoutes(parts: WalletParts): readonly Route[] {
  const { vault, random, clock } = parts;
  return [
    visitRoute({
      path: '/v1/wallet/:slug/complaints',
      tag,
      access: 'member',
      summary: 'Complain to the merchant',
      params: slugParams,
      body: z.strictObject({ text: words, reference: reference.optional() }),
      status: 201,
      answer: z.object({ id: idOut('cmp') }),
      async visit({ params, body }, caller) {
        const session = await signedIn(parts, params.slug, caller);
        if (isRefused(session)) return session;
        const { merchant, memberId } = session;
        const id = newId(clock(), random);
        const sealed = (text: string, field: 'complaint' | 'reference') =>
          vault.seal(text, placeOf(merchant.id, id, field), random);
        const given = await parts.asWallet(merchant.id, complain, {
          id,
          memberId,
          sealedText: sealed(body.text, 'complaint'),
          sealedReference: body.reference === undefined ? null : sealed(body.reference, 'reference'),
        });
        return 'refusal' in given ? given.refusal : { body: { id: encodeId('cmp', id) } };
      },
    }),
    visitRoute({
      method: 'GET',
      path: '/v1/wallet/:slug/complaints',
      tag,
      access: 'member',
      summary: 'My complaints and what was answered, the newest first',
      params: slugParams,
      query: z.strictObject(pageParams),
      status: 200,
      answer: pageOfComplaints,
      visit: ({ params, query: { cursor, limit } }, caller) =>
        readAs(parts, params.slug, caller, async (db, { merchant, memberId }) => {
          const filter = { memberId, state: null, before: cursor ?? null, limit: limit + 1 };
          const found = await listComplaints(db, merchant.id, filter);
          return page(found, limit, (one) => shown(parts, merchant.id, one), cursorOf);
        }),
    }),
  ];
}

function staffRoutes(parts: WalletParts): readonly Route[] {
  const { vault, random, readers } = parts;
  return [
    readRoute({
      path: '/v1/complaints',
      tag: 'Members',
      summary: 'Complaints, the newest first',
      permission: 'members.read',
      query: z.strictObject({ ...pageParams, state: z.enum(['open', 'answered']).optional() }),
      answer: pageOfComplaints,
      async read(db, { query: { cursor = null, limit, state = null } }, { merchantId }) {
        const filter = { memberId: null, state, before: cursor, limit: limit + 1 };
        const found = await listComplaints(db, merchantId, filter);
        return page(found, limit, (one) => shown(parts, merchantId, one), cursorOf);
      },
    }),
    commandRoute({
      path: '/v1/complaints/:id/answer',
      tag: 'Members',
      summary: 'Answer a complaint, once',
      params: z.strictObject({ id: idIn('cmp') }),
      body: z.strictObject({ text: words }),
      status: 200,
      answer: complaintShape,
      useCase: answerComplaint,
      input: ({ params, body }, { merchantId }) => ({
        id: params.id,
        sealedAnswer: vault.seal(body.text, placeOf(merchantId, params.id, 'answer'), random),
      }),
      async finish(body, merchantId) {
        const { id } = fieldsOf(body, made);
        const found = await read(readers, merchantId, (db) =>
          lookUp(walletSql, db, merchantId, (find) => find.one(complaintById, id)),
        );
        return found ? withFields(body, shown(parts, merchantId, found)) : refused('complaint_not_found');
      },
    }),
  ];
}
