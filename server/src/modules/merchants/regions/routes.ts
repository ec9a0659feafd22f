import { z } from 'zod';
import { encodeId } from '../../../kernel/id.ts';
import { page } from '../../../platform/http/page.ts';
import { commandRoute, type Route, readRoute } from '../../../platform/http/route.ts';
import { idIn, idOut, instant, pageOf, pageQuery, textIn } from '../../../platform/http/shapes.ts';
import { createRegion } from './createRegion.ts';
import { placeStores } from './placeStores.ts';
import { regionAnswer } from './region.ts';
import { listRegions } from './store.ts';
import { updateRegion } from './updateRegion.ts';

const tag = 'Merchant';
const regionState = z.enum(['active', 'retired']);
const RegionAnswer = z.object({
  id: idOut('reg'),
  code: z.string().meta({ description: 'What stores, scopes and terms name it by; never changes.' }),
  name: z.string(),
  state: regionState,
  createdAt: instant,
});
const params = z.object({ id: idIn('reg') });

/** Regions: what they are called, and which stores come into them. */
export const regionRoutes: readonly Route[] = [
  commandRoute({
    path: '/v1/regions',
    tag,
    summary: 'Add a region',
    status: 201,
    body: z.strictObject({ name: textIn(64), code: textIn(64).optional() }),
    answer: RegionAnswer,
    useCase: createRegion,
    input: ({ body }) => body,
  }),
  readRoute({
    path: '/v1/regions',
    tag,
    summary: 'List regions, oldest first',
    permission: 'stores.read',
    query: z.strictObject({
      cursor: idIn('reg').optional(),
      limit: pageQuery.limit,
      state: regionState.optional(),
    }),
    answer: pageOf(RegionAnswer),
    async read(db, { query: { cursor, limit, state } }, { merchantId }) {
      const rows = await listRegions(db, merchantId, { after: cursor ?? null, limit: limit + 1, state });
      return page(rows, limit, regionAnswer, ({ id }) => encodeId('reg', id));
    },
  }),
  commandRoute({
    method: 'PATCH',
    path: '/v1/regions/:id',
    tag,
    summary: 'Rename, retire or take up a region',
    status: 200,
    params,
    body: z
      .strictObject({ name: textIn(64).optional(), state: regionState.optional() })
      .refine((body) => Object.keys(body).length > 0, 'must change something'),
    answer: RegionAnswer,
    useCase: updateRegion,
    input: ({ params: { id }, body }) => ({ id, ...body }),
  }),
  commandRoute({
    path: '/v1/regions/:id/stores',
    tag,
    summary: 'Bring stores into a region',
    status: 200,
    params,
    body: z.strictObject({ storeIds: z.array(idIn('store')).min(1).max(1000) }),
    answer: RegionAnswer,
    useCase: placeStores,
    input: ({ params: { id }, body }) => ({ id, storeIds: [...new Set(body.storeIds)] }),
  }),
];
