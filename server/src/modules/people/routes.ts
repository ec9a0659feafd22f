import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { refused } from '../../kernel/outcome.ts';
import type { Db } from '../../platform/db/statement.ts';
import type { Actor } from '../../platform/executor/useCase.ts';
import { withFields } from '../../platform/http/merge.ts';
import { page } from '../../platform/http/page.ts';
import { commandRoute, type Route, readRoute } from '../../platform/http/route.ts';
import {
  amountJson,
  idIn,
  idOut,
  instant,
  pageOf,
  pageQuery,
  positiveAmount,
  textIn,
} from '../../platform/http/shapes.ts';
import { readMerchant } from '../merchants/index.ts';
import { apiKeyAnswer, newSecret } from './apiKey.ts';
import { roleWords } from './bundles.ts';
import { createApiKey } from './createApiKey.ts';
import { ceilingWords, permissionWords } from './permissions.ts';
import { revokeApiKey } from './revokeApiKey.ts';
import { staffRoutes } from './staffing/routes.ts';
import { readStaff } from './staffing/store.ts';
import { listApiKeys, readBearer } from './store.ts';

const tag = 'People';

const permission = z.enum(permissionWords);
const role = z.enum(roleWords);
const keyKind = z.enum(['secret', 'public']);

const keyTerms = {
  id: idOut('key'),
  kind: keyKind,
  name: z.string(),
  prefix: z.string().meta({ description: 'How the key begins.' }),
  role: role.nullable(),
  permissions: z.array(permission),
  storeIds: z.array(idOut('store')).nullable().meta({ description: 'null: all stores.' }),
  ceilings: z.partialRecord(permission, amountJson),
  staffId: idOut('stf').nullable(),
  deviceId: idOut('dev').nullable(),
  createdAt: instant,
  expiresAt: instant.nullable(),
  revokedAt: instant.nullable(),
};

const CreateApiKeyBody = z
  .strictObject({
    kind: keyKind.default('secret'),
    name: textIn(200),
    role: role.optional(),
    permissions: z.array(permission).min(1).max(permissionWords.length).optional(),
    storeIds: z.array(idIn('store')).min(1).max(1000).optional(),
    ceilings: z.partialRecord(z.enum(ceilingWords), positiveAmount).default({}),
    staffId: idIn('stf').optional(),
    deviceId: idIn('dev').optional(),
    expiresAt: z.iso
      .datetime({ offset: true })
      .transform((text) => new Date(text))
      .optional(),
  })
  .refine((body) => body.role === undefined || body.permissions === undefined, {
    path: ['permissions'],
    message: 'give a role or permissions, not both',
  })
  .refine(
    ({ kind, ...body }) => kind === 'public' || body.role || body.permissions || body.staffId !== undefined,
    { path: ['role'], message: 'give a role, permissions or the staff member whose role it gets' },
  )
  .refine(({ kind, ...body }) => kind === 'secret' || (!body.staffId && !body.deviceId), {
    path: ['kind'],
    message: "a public key is nobody's: it has no staff member and no device",
  });

const keyRoutes: readonly Route[] = [
  commandRoute({
    path: '/v1/api-keys',
    tag,
    summary: 'Make an API key; its text is shown this once',
    status: 201,
    body: CreateApiKeyBody,
    answer: z.object({
      ...keyTerms,
      key: z.string().nullable().meta({
        description: 'The key. null in the answer to a repeated request, since it is kept nowhere.',
      }),
    }),
    useCase: createApiKey,
    input: ({ body }) => ({
      ...body,
      ceilings: new Map(
        ceilingWords.flatMap((word) => {
          const amount = body.ceilings[word];
          return amount === undefined ? [] : [[word, amount] as const];
        }),
      ),
      secret: newSecret(body.kind, randomBytes(32)),
    }),
    finish: async (body, _merchantId, { secret }, replayed) =>
      withFields(body, { key: replayed ? null : secret.text }),
    waiting: (body, { secret }, replayed) => withFields(body, { key: replayed ? null : secret.text }),
  }),
  readRoute({
    path: '/v1/api-keys',
    tag,
    summary: 'List API keys, oldest first',
    permission: 'people.read',
    query: z.strictObject({ cursor: idIn('key').optional(), limit: pageQuery.limit }),
    answer: pageOf(z.object({ ...keyTerms, lastUsedAt: instant.nullable() })),
    async read(db, { query }, { merchantId, actor }) {
      const storeIds = actor.storeIds === null ? null : [...actor.storeIds];
      const slice = { after: query.cursor ?? null, limit: query.limit + 1, storeIds };
      const rows = await listApiKeys(db, merchantId, slice);
      const itemOf = ({ key, lastUsedAt }: (typeof rows)[number]) => ({
        ...apiKeyAnswer(key),
        lastUsedAt: lastUsedAt?.toISOString() ?? null,
      });
      return page(rows, query.limit, itemOf, ({ key }) => encodeId('key', key.id));
    },
  }),
  commandRoute({
    path: '/v1/api-keys/:id/revoke',
    tag,
    summary: 'Revoke an API key, at once and for good',
    status: 200,
    params: z.object({ id: idIn('key') }),
    body: z.strictObject({}),
    answer: z.object(keyTerms),
    useCase: revokeApiKey,
    input: ({ params }) => params,
  }),
];

/** Who acts, as the route about oneself shows it: a key, or a member of staff who signed in. */
async function whoIs(db: Db, merchantId: string, actor: Actor) {
  const bearer = await readBearer(db, merchantId, actor.id);
  const member = bearer?.member ?? (bearer ? undefined : await readStaff(db, merchantId, actor.id));
  if (!bearer && !member) return undefined;
  const key = bearer && apiKeyAnswer(bearer.key);
  return {
    keyId: key?.id ?? null,
    name: key?.name ?? member?.name ?? '',
    kind: key?.kind ?? ('session' as const),
    role: key ? key.role : (member?.role ?? null),
    staff: member ? { id: encodeId('stf', member.id), name: member.name } : null,
    deviceId: key?.deviceId ?? null,
    expiresAt: key?.expiresAt ?? null,
  };
}

const meRoute = readRoute({
  path: '/v1/me',
  tag,
  summary: 'Who this key is, or who is signed in, and what they may do',
  permission: 'merchant.read',
  answer: z.object({
    keyId: idOut('key').nullable().meta({ description: 'null: who is signed in has none.' }),
    name: z.string(),
    kind: z.enum(['secret', 'public', 'session']),
    role: role.nullable(),
    permissions: z.array(permission),
    storeIds: z.array(idOut('store')).nullable(),
    ceilings: z.partialRecord(permission, amountJson),
    staff: z.object({ id: idOut('stf'), name: z.string() }).nullable(),
    deviceId: idOut('dev').nullable(),
    expiresAt: instant.nullable(),
    merchant: z.object({
      id: idOut('mer'),
      name: z.string(),
      currency: z.string(),
      timezone: z.string(),
    }),
  }),
  async read(db, _parsed, { merchantId, actor }) {
    const [who, merchant] = await Promise.all([whoIs(db, merchantId, actor), readMerchant(db, merchantId)]);
    if (!who || !merchant) return refused('unauthenticated');
    return {
      ...who,
      permissions: permissionWords.filter((word) => actor.permissions.has(word)),
      storeIds: actor.storeIds && [...actor.storeIds].map((id) => encodeId('store', id)),
      ceilings: Object.fromEntries([...actor.ceilings].map(([word, amount]) => [word, jsonAmount(amount)])),
      merchant: {
        id: encodeId('mer', merchantId),
        name: merchant.name,
        currency: merchant.currency,
        timezone: merchant.timezone,
      },
    };
  },
});

/** Staff, API keys, and who a key is. */
export const peopleRoutes: readonly Route[] = [meRoute, ...staffRoutes, ...keyRoutes];
