import { z } from 'zod';
import { commandRoute, type Route, readRoute } from '../../../platform/http/route.ts';
import { formBody, formShape } from '../shapes.ts';
import { setForm } from './setForm.ts';
import { listTags, readFields } from './store.ts';

const tag = 'Members';
const tagsMax = 200;

/** What a merchant keeps of its members besides. */
export const profileRoutes: readonly Route[] = [
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
