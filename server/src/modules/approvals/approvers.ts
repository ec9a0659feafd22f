import { isRefused, type Refusal, refused } from '../../kernel/outcome.ts';
import { authorise } from '../../platform/executor/authorise.ts';
import type { Actor, Context, UseCase } from '../../platform/executor/useCase.ts';
import type { Find } from '../../platform/executor/workingSet.ts';
import { actorOfStaff, allStaff } from '../people/index.ts';
import { preview } from './diff.ts';

type Asked = {
  readonly useCase: UseCase<never, unknown, unknown>;
  readonly input: never;
  readonly rows: unknown;
};

/** The persons behind who acts: themselves, and of a key also who made it, since they may know it. */
export function personsOf({ personId, makerId }: Actor): readonly string[] {
  return [...new Set([personId, makerId].flatMap((id) => id ?? []))];
}

/** Everybody who works here and signs in. */
export function signersOf(find: Find): readonly Actor[] {
  return find
    .all(allStaff, 'all')
    .filter(({ state, personId }) => state === 'active' && personId !== null)
    .map((member) => actorOfStaff(find, member));
}

/** Why somebody may not be the second person: they must be able to do it themselves, here and to this amount. */
export function mayBeSecond(
  actor: Actor,
  { useCase, input, rows }: Asked,
  persons: readonly string[],
  context: Context,
): Refusal | undefined {
  const { personId, makerId } = actor;
  // A key counts as its owner only where nobody else can have seen it.
  if (personId === undefined || (makerId !== undefined && makerId !== personId)) {
    return refused('approver_not_a_person');
  }
  if (persons.includes(personId)) return refused('approval_own');
  if (!actor.permissions.has('approvals.decide')) {
    return refused('permission_denied', { detail: 'approvals.decide' });
  }
  const denied = authorise(actor, useCase, input, rows);
  if (denied) return denied;
  const outcome = useCase.decide(rows, input, preview(context, actor, context.now));
  return isRefused(outcome) ? outcome : undefined;
}

/**
 * Whether there is a second person for this: somebody else who could do it. Where nobody is known to stand behind the
 * key that asks, it takes two, or a merchant of one person would have to approve what their own till asks for.
 */
export function hasSecond(
  signers: readonly Actor[],
  asked: Asked,
  persons: readonly string[],
  context: Context,
): boolean {
  const wanted = persons.length === 0 ? 2 : 1;
  const able = signers.filter((signer) => mayBeSecond(signer, asked, persons, context) === undefined);
  return able.length >= wanted;
}
