import { type Refusal, refused } from '../../kernel/outcome.ts';
import type { Actor, UseCase } from './useCase.ts';

type Asked<Input, Rows> = Pick<
  UseCase<Input, Rows, unknown>,
  'permission' | 'storeOf' | 'amountOf' | 'ownerStoreOf'
>;

/**
 * Whether this actor may ask for this at all: for this store, of what belongs to that one, for this amount. Without rows
 * it is not looked at whose they are: who asks again for what he has done is told, whatever has become of them since.
 */
export function authorise<Input, Rows>(
  actor: Actor,
  asked: Asked<Input, Rows>,
  input: Input,
  rows: Rows | undefined,
): Refusal | undefined {
  if (!actor.permissions.has(asked.permission))
    return refused('permission_denied', { detail: asked.permission });
  const storeId = asked.storeOf?.(input);
  if (actor.storeIds !== null && storeId !== undefined && !actor.storeIds.has(storeId)) {
    return refused('store_out_of_scope', { field: 'storeId' });
  }
  const ownerId = rows === undefined ? undefined : asked.ownerStoreOf?.(rows, input);
  if (
    actor.storeIds !== null &&
    ownerId !== undefined &&
    !(ownerId !== null && actor.storeIds.has(ownerId))
  ) {
    return refused('store_out_of_scope');
  }
  const ceiling = actor.ceilings.get(asked.permission);
  const amount = asked.amountOf?.(input, rows);
  if (ceiling !== undefined && amount !== undefined && amount > ceiling) {
    return refused('amount_over_ceiling', { field: 'amount' });
  }
  const unproven = actor.provenAbove?.get(asked.permission);
  if (unproven !== undefined && amount !== undefined && amount > unproven) return refused('step_up_required');
  return undefined;
}
