import { encodeId } from '../../kernel/id.ts';
import { entity, finder } from '../../platform/executor/entity.ts';
import type { Role } from './permissions.ts';

/** Somebody who works for the merchant. */
export type Staff = {
  readonly id: string;
  readonly name: string;
  /** What their keys can do at most. */
  readonly role: Role;
  readonly state: 'active' | 'left';
  readonly createdAt: Date;
};

export const staff = entity<Staff>('staff', (member) => member.id);
export const staffById = finder(staff, 'byId', (member) => [member.id]);

/** A member of staff as answered under an idempotency key: without the name, since the log keeps answers for ever. */
export function staffResult({ id, role, state, createdAt }: Staff) {
  return { id: encodeId('stf', id), role, state, createdAt: createdAt.toISOString() };
}
