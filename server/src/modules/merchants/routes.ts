import { z } from 'zod';
import { encodeId } from '../../kernel/id.ts';
import { refused } from '../../kernel/outcome.ts';
import { page } from '../../platform/http/page.ts';
import { commandRoute, type ReadContext, type Route, readRoute } from '../../platform/http/route.ts';
import { amountJson, idIn, idOut, instant, pageOf, pageQuery, textIn } from '../../platform/http/shapes.ts';
import { createDevice } from './createDevice.ts';
import { createLegalEntity } from './createLegalEntity.ts';
import { createStore } from './createStore.ts';
import { deviceAnswer } from './devices.ts';
import { legalEntityAnswer } from './legalEntities.ts';
import { merchantOwnRoutes } from './merchantRoutes.ts';
import { regionRoutes } from './regions/routes.ts';
import { revokeDevice } from './revokeDevice.ts';
import { listDevices, listLegalEntities, listStores, type Slice } from './store.ts';
import { storeAnswer } from './stores.ts';
import { updateStore } from './updateStore.ts';

const tag = 'Merchant';

const storeState = z.enum(['open', 'closed']);
const ownership = z.enum(['direct', 'franchise']);
const StoreAnswer = z.object({
  id: idOut('store'),
  code: z.string(),
  name: z.string(),
  region: z.string().nullable().meta({ description: 'The code of its region.' }),
  regionName: z.string().nullable(),
  legalEntityId: idOut('ent').nullable(),
  state: storeState,
  ownership: ownership.meta({ description: 'Run by the merchant itself, or by somebody under its name.' }),
  createdAt: instant,
});
const LegalEntityAnswer = z.object({
  id: idOut('ent'),
  name: z.string(),
  registration: z.string().nullable(),
  createdAt: instant,
});
const deviceState = z.enum(['active', 'revoked']);
export const DeviceAnswer = z.object({
  id: idOut('dev'),
  storeId: idOut('store'),
  name: z.string(),
  state: deviceState,
  ceilings: z
    .record(z.string(), z.object({ each: amountJson.optional(), day: amountJson.optional() }))
    .meta({ description: 'What may be done on it, at once and together in a day.' }),
  pairedAt: instant.nullable(),
  createdAt: instant,
});

const pageAfter = (prefix: string) =>
  z.strictObject({ cursor: idIn(prefix).optional(), limit: pageQuery.limit });

/** A limited key sees what is of its own stores only. */
function slice(query: { cursor?: string | undefined; limit: number }, { actor }: ReadContext): Slice {
  const storeIds = actor.storeIds === null ? null : [...actor.storeIds];
  return { after: query.cursor ?? null, limit: query.limit + 1, storeIds };
}

function listedStore({ regionName, ...store }: Awaited<ReturnType<typeof listStores>>[number]) {
  return storeAnswer(store, regionName === null ? undefined : { name: regionName });
}

const storeRoutes: readonly Route[] = [
  commandRoute({
    path: '/v1/stores',
    tag,
    summary: 'Add a store',
    status: 201,
    body: z.strictObject({
      code: textIn(64),
      name: textIn(200),
      region: textIn(64).nullish(),
      legalEntityId: idIn('ent').nullish(),
      ownership: ownership.default('direct'),
    }),
    answer: StoreAnswer,
    useCase: createStore,
    input: ({ body: { code, name, region = null, legalEntityId = null, ownership } }) => ({
      code,
      name,
      region,
      legalEntityId,
      ownership,
    }),
  }),
  readRoute({
    path: '/v1/stores',
    tag,
    summary: 'List stores, oldest first',
    permission: 'stores.read',
    query: pageAfter('store').extend({
      region: textIn(64).optional(),
      state: storeState.optional(),
      text: textIn(64).optional().meta({ description: 'In the name or the code.' }),
    }),
    answer: pageOf(StoreAnswer),
    async read(db, { query }, context) {
      const rows = await listStores(db, context.merchantId, slice(query, context), query);
      return page(rows, query.limit, listedStore, ({ id }) => encodeId('store', id));
    },
  }),
  readRoute({
    path: '/v1/stores/:id',
    tag,
    summary: 'Read a store',
    permission: 'stores.read',
    params: z.object({ id: idIn('store') }),
    answer: StoreAnswer,
    async read(db, { params }, { merchantId, actor }) {
      if (actor.storeIds !== null && !actor.storeIds.has(params.id)) return refused('store_out_of_scope');
      const [store] = await listStores(db, merchantId, { after: null, limit: 1, storeIds: [params.id] });
      return store ? listedStore(store) : refused('store_not_found');
    },
  }),
  commandRoute({
    method: 'PATCH',
    path: '/v1/stores/:id',
    tag,
    summary: 'Change, close or open a store',
    status: 200,
    params: z.object({ id: idIn('store') }),
    body: z
      .strictObject({
        name: textIn(200).optional(),
        region: textIn(64).nullable().optional(),
        legalEntityId: idIn('ent').nullable().optional(),
        state: storeState.optional(),
        ownership: ownership.optional(),
      })
      .refine((body) => Object.keys(body).length > 0, 'must change something'),
    answer: StoreAnswer,
    useCase: updateStore,
    input: ({ params, body }) => ({ id: params.id, ...body }),
  }),
];

const legalEntityRoutes: readonly Route[] = [
  commandRoute({
    path: '/v1/legal-entities',
    tag,
    summary: 'Add a legal entity that owns stores',
    status: 201,
    body: z.strictObject({ name: textIn(200), registration: textIn(100).nullish() }),
    answer: LegalEntityAnswer,
    useCase: createLegalEntity,
    input: ({ body: { name, registration = null } }) => ({ name, registration }),
  }),
  readRoute({
    path: '/v1/legal-entities',
    tag,
    summary: 'List legal entities, oldest first',
    permission: 'stores.read',
    query: pageAfter('ent'),
    answer: pageOf(LegalEntityAnswer),
    async read(db, { query }, context) {
      const rows = await listLegalEntities(db, context.merchantId, slice(query, context));
      return page(rows, query.limit, legalEntityAnswer, ({ id }) => encodeId('ent', id));
    },
  }),
];

const deviceRoutes: readonly Route[] = [
  commandRoute({
    path: '/v1/devices',
    tag,
    summary: 'Add a device to a store',
    status: 201,
    body: z.strictObject({ storeId: idIn('store'), name: textIn(200) }),
    answer: DeviceAnswer,
    useCase: createDevice,
    input: ({ body }) => body,
  }),
  readRoute({
    path: '/v1/devices',
    tag,
    summary: 'List devices, oldest first',
    permission: 'stores.read',
    query: pageAfter('dev').extend({ storeId: idIn('store').optional(), state: deviceState.optional() }),
    answer: pageOf(DeviceAnswer.extend({ lastSeenAt: instant.nullable() })),
    async read(db, { query }, context) {
      const rows = await listDevices(db, context.merchantId, slice(query, context), query);
      const itemOf = (row: (typeof rows)[number]) => ({
        ...deviceAnswer(row),
        lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
      });
      return page(rows, query.limit, itemOf, ({ id }) => encodeId('dev', id));
    },
  }),
  commandRoute({
    path: '/v1/devices/:id/revoke',
    tag,
    summary: 'Revoke a device, and with it its keys and who is signed in on it',
    status: 200,
    params: z.object({ id: idIn('dev') }),
    body: z.strictObject({}),
    answer: DeviceAnswer,
    useCase: revokeDevice,
    input: ({ params }) => params,
  }),
];

/** The merchant itself, its stores, legal entities and devices. */
export const merchantRoutes: readonly Route[] = [
  ...merchantOwnRoutes,
  ...storeRoutes,
  ...regionRoutes,
  ...legalEntityRoutes,
  ...deviceRoutes,
];
