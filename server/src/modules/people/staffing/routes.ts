import { z } from 'zod';
import { encodeId } from '../../../kernel/id.ts';
import { withFields } from '../../../platform/http/merge.ts';
import { page } from '../../../platform/http/page.ts';
import { commandRoute, type Route, readRoute } from '../../../platform/http/route.ts';
import { idIn, idOut, instant, pageOf, pageQuery, textIn } from '../../../platform/http/shapes.ts';
import { roles, roleWords } from '../bundles.ts';
import { createStaff } from '../createStaff.ts';
import { permissions, permissionWords } from '../permissions.ts';
import { createRole } from '../roles/createRole.ts';
import { roleAnswer } from '../roles/role.ts';
import { updateRole } from '../roles/updateRole.ts';
import { permissionsZh, roleNames } from '../sentences.ts';
import { staffResult } from '../staff.ts';
import { updateStaff } from '../updateStaff.ts';
import { limitsIn, oneRole, scopeIn, scopeOf, staffRole, termsIn, termsOf, termsOut } from './shapes.ts';
import { listRoles, listStaff } from './store.ts';

const tag = 'People';
const permission = z.enum(permissionWords);

const StaffResult = {
  id: idOut('stf'),
  ...termsOut,
  state: z.enum(['active', 'left']),
  canSignIn: z.boolean(),
  createdAt: instant,
};
const StaffAnswer = z.object({
  ...StaffResult,
  name: z.string(),
  login: z.string().nullable().meta({ description: 'What they sign in by, masked.' }),
});

/** Adding, listing and changing staff. */
const memberRoutes: readonly Route[] = [
  commandRoute({
    path: '/v1/staff',
    tag,
    summary: 'Add a member of staff, who cannot sign in unless invited',
    status: 201,
    body: z
      .strictObject({ name: textIn(200), ...termsIn })
      .refine(({ role, roleId }) => (role === undefined) !== (roleId === undefined), oneRole),
    answer: StaffAnswer,
    useCase: createStaff,
    input: ({ body }) => ({ name: body.name, ...termsOf(body) }),
    // Names stay out of the log, which keeps answers for ever.
    finish: async (body, _merchantId, { name }) => withFields(body, { name, login: null }),
  }),
  readRoute({
    path: '/v1/staff',
    tag,
    summary: 'List staff, in the order they came',
    permission: 'people.read',
    query: z.strictObject({ cursor: idIn('stf').optional(), limit: pageQuery.limit }),
    answer: pageOf(StaffAnswer),
    async read(db, { query }, { merchantId }) {
      const rows = await listStaff(db, merchantId, query.cursor ?? null, query.limit + 1);
      const itemOf = (member: (typeof rows)[number]) => ({
        ...staffResult(member),
        name: member.name,
        login: member.login,
      });
      return page(rows, query.limit, itemOf, ({ id }) => encodeId('stf', id));
    },
  }),
  commandRoute({
    method: 'PATCH',
    path: '/v1/staff/:id',
    tag,
    summary: 'Change a member of staff; who leaves loses their keys and is signed out',
    status: 200,
    params: z.object({ id: idIn('stf') }),
    body: z
      .strictObject({
        name: textIn(200).optional(),
        role: staffRole.optional(),
        roleId: idIn('role').optional(),
        scope: scopeIn.optional(),
        ceilings: limitsIn.optional(),
        state: z.enum(['active', 'left']).optional(),
      })
      .refine((body) => Object.keys(body).length > 0, 'must change something')
      .refine(({ role, roleId }) => role === undefined || roleId === undefined, oneRole),
    answer: z.object(StaffResult),
    useCase: updateStaff,
    input: ({ params, body }) => ({
      id: params.id,
      name: body.name,
      role: body.role,
      roleId: body.roleId,
      scope: body.scope && scopeOf(body.scope),
      limits: body.ceilings,
      state: body.state,
    }),
  }),
];

const RoleTerms = { name: textIn(200), permissions: z.array(permission).min(1).max(permissionWords.length) };
const RoleAnswer = z.object({
  id: idOut('role'),
  name: z.string(),
  permissions: z.array(permission),
  createdAt: instant,
});
const bothTongues = z.object({ zh: z.string(), en: z.string() });

/** Own roles and what they are made of. */
const roleRoutes: readonly Route[] = [
  commandRoute({
    path: '/v1/roles',
    tag,
    summary: 'Put a role together out of permissions that you hold',
    status: 201,
    body: z.strictObject(RoleTerms),
    answer: RoleAnswer,
    useCase: createRole,
    input: ({ body }) => body,
  }),
  commandRoute({
    method: 'PATCH',
    path: '/v1/roles/:id',
    tag,
    summary: 'Change a role, at once for all who have it',
    status: 200,
    params: z.object({ id: idIn('role') }),
    body: z
      .strictObject({ name: RoleTerms.name.optional(), permissions: RoleTerms.permissions.optional() })
      .refine((body) => Object.keys(body).length > 0, 'must change something'),
    answer: RoleAnswer,
    useCase: updateRole,
    input: ({ params, body }) => ({ id: params.id, ...body }),
  }),
  readRoute({
    path: '/v1/roles',
    tag,
    summary: 'List all roles: the built-in ones, and those of your own',
    permission: 'people.read',
    answer: z.object({
      builtIn: z.array(z.object({ role: staffRole, name: bothTongues, permissions: z.array(permission) })),
      items: z.array(RoleAnswer),
    }),
    async read(db, _parsed, { merchantId }) {
      const builtIn = roleWords.flatMap((role) =>
        role === 'public'
          ? []
          : [
              {
                role,
                name: roleNames[role],
                permissions: permissionWords.filter((word) => roles[role].has(word)),
              },
            ],
      );
      return { builtIn, items: (await listRoles(db, merchantId)).map(roleAnswer) };
    },
  }),
  readRoute({
    path: '/v1/permissions',
    tag,
    summary: 'Every permission there is, with what it allows',
    // Whoever is told that a permission is wanting is told which, in words.
    permission: 'merchant.read',
    answer: z.object({ items: z.array(z.object({ permission, allows: bothTongues })) }),
    read: async () => ({
      items: permissionWords.map((word) => ({
        permission: word,
        allows: { zh: permissionsZh[word], en: permissions[word] },
      })),
    }),
  }),
];

export const staffRoutes: readonly Route[] = [...memberRoutes, ...roleRoutes];
