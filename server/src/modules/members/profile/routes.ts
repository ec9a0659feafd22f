import { z } from 'zod';
import { refused } from '../../../kernel/outcome.ts';
import { read } from '../../../platform/db/read.ts';
import { withFields } from '../../../platform/http/merge.ts';
import { commandRoute, type Route, readRoute } from '../../../platform/http/route.ts';
import { wholeAnswer } from '../answers.ts';
import type { MemberParts } from '../parts.ts';
import { formBody, formShape, memberParams, wholeMemberShape } from '../shapes.ts';
import { readMember } from '../store.ts';
import { exportMember } from './exportMember.ts';
import { setForm } from './setForm.ts';
import { listTags, readFields } from './store.ts';

const tag = 'Members';
const tagsMax = 200;

/** What a merchant keeps of its members besides, and how a member is told all of it. */
export const profileRoutes = ({ readers, vault }: MemberParts): readonly Route[] => [
  commandRoute({
    path: '/v1/members/:id/export',
    tag,
    summary: 'All that is kept of a member, in full, to be handed to them; the log notes that it was',
    params: memberParams,
    body: z.strictObject({}),
    status: 200,
    answer: wholeMemberShape,
    useCase: exportMember,
    input: ({ params }) => ({ id: params.id }),
    async finish(body, merchantId, { id }) {
      const known = await read(readers, merchantId, (db) => readMember(db, merchantId, id));
      return known ? withFields(body, wholeAnswer(merchantId, known, vault)) : refused('member_not_found');
    },
  }),
  readRoute({
    path: '/v1/member-tags',
    tag,
    summary: 'The tags that members have, the commonest first; up to 200',
    permission: 'members.read',
    answer: z.object({ items: z.array(z.object({ tag: z.string(), members: z.int() })) }),
    read: async (db, _parsed, { merchantId }) => ({ items: await listTags(db, merchantId, tagsMax) }),
  }),
  readRoute({
    path: '/v1/member-fields',
    tag,
    summary: 'The fields of its own that the merchant keeps of members',
    permission: 'members.read',
    answer: formShape,
    read: async (db, _parsed, { merchantId }) => ({ fields: await readFields(db, merchantId) }),
  }),
  commandRoute({
    path: '/v1/member-fields',
    tag,
    summary: 'Lay down all fields that are kept of members; one that is left out is no longer asked for',
    body: formBody,
    status: 200,
    answer: formShape,
    useCase: setForm,
    input: ({ body }) => body,
  }),
];
