import { type Refusal, refused } from '../../kernel/outcome.ts';
import type { Actor, UseCase } from './useCase.ts';

type Asked<Input> = Pick<UseCase<Input, unknown, unknown>, 'permission' | 'storeOf' | 'amountOf'>;

/** Whether this actor may ask for this at all, for this store and this amount. */
export function authorise<Input>(actor: Actor, asked: Asked<Input>, input: Input): Refusal | undefined {
  if (!actor.permissions.has(asked.permission))
    return refused('permission_denied', { detail: asked.permission });
  const storeId = asked.storeOf?.(input);
  if (actor.storeIds !== null && storeId !== undefined && !actor.storeIds.has(storeId)) {
    return refused('store_out_of_scope', { field: 'storeId' });
  }
  const ceiling = actor.ceilings.get(asked.permission);
  const amount = asked.amountOf?.(input);
  if (ceiling !== undefined && amount !== undefined && amount > ceiling) {
    return refused('amount_over_ceiling', { field: 'amount' });
  }
  const unproven = actor.provenAbove?.get(asked.permission);
  if (unproven !== undefined && amount !== undefined && amount > unproven) return refused('step_up_required');
  return undefined;
}
