import { encodeId } from '../../../kernel/id.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';
import { type Permission, permissionWords } from '../permissions.ts';

/** A role that a merchant has put together out of the list of permissions. */
export type OwnRole = {
  readonly id: string;
  readonly name: string;
  readonly permissions: ReadonlySet<Permission>;
  readonly createdAt: Date;
};

export const ownRoles = entity<OwnRole>('role', (role) => role.id);
export const roleById = finder(ownRoles, 'byId', (role) => [role.id]);
/** All of a merchant's own roles, under this one key: there are few, and what they are called may change. */
export const allRoles = finder(ownRoles, 'all', () => ['all']);
export const rolesMax = 100;

/** A role as the API shows it. */
export function roleAnswer({ id, name, permissions, createdAt }: OwnRole) {
  return {
    id: encodeId('role', id),
    name,
    permissions: permissionWords.filter((word) => permissions.has(word)),
    createdAt: createdAt.toISOString(),
  };
}
