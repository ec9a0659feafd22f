import { z } from 'zod';
import { commandRoute, type Route, readRoute } from '../../../platform/http/route.ts';
import { idIn, idOut, instant, textIn } from '../../../platform/http/shapes.ts';
import { listViews } from '../store.ts';
import { changeView, removeView } from './changeView.ts';
import { saveView } from './saveView.ts';
import { viewAnswer } from './view.ts';

const tag = 'Settings';
const page = textIn(40);
const name = textIn(100);
const query = z
  .string()
  .max(2_000)
  .regex(/^[\x21-\x7e]*$/, 'must be as in an address');
const viewShape = z.object({
  id: idOut('view'),
  shared: z.boolean().meta({ description: 'For all who work for the merchant.' }),
  page: z.string(),
  name: z.string(),
  query: z.string().meta({ description: 'As in the address of the page.' }),
  createdAt: instant,
});
const params = z.strictObject({ id: idIn('view') });

/** Pages with their filters under a name. */
export const viewRoutes: readonly Route[] = [
  commandRoute({
    path: '/v1/views',
    tag,
    summary: 'Save a page with its filters, for oneself or (with settings.write) for all',
    status: 201,
    body: z.strictObject({ page, name, query, shared: z.boolean().default(false) }),
    answer: viewShape,
    useCase: saveView,
    input: ({ body }) => body,
  }),
  readRoute({
    path: '/v1/views',
    tag,
    summary: 'Saved views: those for all, and one’s own',
    permission: 'merchant.read',
    query: z.strictObject({ page: page.optional() }),
    answer: z.object({ items: z.array(viewShape) }),
    async read(db, { query: { page } }, { merchantId, actor }) {
      return { items: (await listViews(db, merchantId, actor.id, page ?? null)).map(viewAnswer) };
    },
  }),
  commandRoute({
    method: 'PATCH',
    path: '/v1/views/:id',
    tag,
    summary: 'Rename a view or give it other filters',
    status: 200,
    params,
    body: z.strictObject({ name: name.optional(), query: query.optional() }),
    answer: viewShape,
    useCase: changeView,
    input: ({ params: { id }, body }) => ({ id, ...body }),
  }),
  commandRoute({
    path: '/v1/views/:id/remove',
    tag,
    summary: 'Take a view away',
    status: 200,
    params,
    body: z.strictObject({}),
    answer: viewShape,
    useCase: removeView,
    input: ({ params: { id } }) => ({ id }),
  }),
];
