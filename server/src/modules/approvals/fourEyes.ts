import { assert } from '../../kernel/assert.ts';
import { encodeId } from '../../kernel/id.ts';
import { isRefused, refused } from '../../kernel/outcome.ts';
import type { FourEyes, Retried, Watched } from '../../platform/executor/storage.ts';
import { type Accepted, type Actor, accepted, type Context } from '../../platform/executor/useCase.ts';
import { type Find, put } from '../../platform/executor/workingSet.ts';
import { kinds, type Policy, policyOf } from '../people/index.ts';
import { sessionLead } from '../signin/index.ts';
import { type Approval, approvalById, approvals, permittedFor, requested, waitsUntil } from './approval.ts';
import { hasSecond, personsOf, signersOf } from './approvers.ts';
import { type ApprovalDesk, inputContext } from './desk.ts';
import { diffOf, preview } from './diff.ts';

/** Whether the policy wants a second person for this, if there is one. */
function isWanted({ useCase, input }: Watched, rows: unknown, policy: Policy): boolean {
  const { secondPerson } = useCase;
  const kind = kinds.find((one) => one === secondPerson?.kind);
  const rule = kind && policy.rules.get(kind);
  if (!secondPerson || !rule?.isOn) return false;
  if (secondPerson.concerns?.(rows, input) === false) return false;
  const amount = secondPerson.amountOf?.(rows, input);
  return amount === undefined || amount > rule.above;
}

/** Has commands wait for a second person, where the policy wants one and there is one. */
export const fourEyes =
  (desk: ApprovalDesk): FourEyes =>
  (find, command, { actor, rows, prior }) => {
    const { useCase, input } = command;
    const waited =
      prior?.type === requested && prior.subjectId !== null
        ? find.one(approvalById, prior.subjectId)
        : undefined;
    const policy = policyOf(find);
    const looks = actor?.permissions.has('system') !== true && isWanted(command, rows, policy);
    const signers = looks ? signersOf(find) : [];
    const permits =
      looks && useCase.secondPerson?.by === 'permit'
        ? find.all(permittedFor, desk.hashOf(useCase.name, input).toString('hex'))
        : [];
    return {
      retried: (entry) => (entry.type === requested ? retriedOf(waited, entry.result) : undefined),
      see(asker, outcome, context) {
        if (!looks) return undefined;
        const permit = permits.find(
          ({ state, askedBy, expiresAt }) =>
            state === 'permitted' && askedBy === asker.id && context.now < expiresAt,
        );
        if (permit) return used(permit, outcome);
        const persons = personsOf(asker);
        if (!hasSecond(signers, { useCase, input, rows }, persons, context)) return undefined;
        return { waits: waiting({ desk, find, command, rows, policy }, asker, context) };
      },
    };
  };

function retriedOf(waited: Approval | undefined, result: string | null): Retried | undefined {
  if (!waited || result === null) return undefined;
  if (waited.state === 'pending') return { body: result, isPending: true };
  if (waited.state === 'permitted') return { again: true };
  if (waited.result !== null) return { body: waited.result, isPending: false };
  return waited.state === 'expired'
    ? refused('approval_expired')
    : refused('approval_not_pending', { detail: `It is ${waited.state}.` });
}

/** Goes on with what was permitted, which is used up with it. */
function used(permit: Approval, outcome: Accepted<unknown>) {
  return {
    activities: [{ type: 'approval.used', subjectId: permit.id }],
    changes: [put(approvals, { ...permit, state: 'done', result: JSON.stringify(outcome.result) })],
  };
}

type Parts = {
  readonly desk: ApprovalDesk;
  readonly find: Find;
  readonly command: Watched;
  readonly rows: unknown;
  readonly policy: Policy;
};

/** What is written instead of what was asked for: that it waits, and for what. */
function waiting({ desk, find, command, rows, policy }: Parts, asker: Actor, context: Context) {
  const { useCase, input, keyId, idempotencyKey, fingerprint } = command;
  const { merchantId, now } = context;
  assert(desk.useCase(useCase.name) === useCase, `${useCase.name} can be carried out once it was approved`);
  const seen = useCase.decide(rows, input, preview(context, asker, now));
  assert(!isRefused(seen) && 'accepted' in seen, 'what was accepted is accepted at a second look');
  const id = context.newId();
  const approval: Approval = {
    id,
    kind: useCase.secondPerson?.kind ?? '',
    useCase: useCase.name,
    permission: useCase.permission,
    inputSealed: desk.keep(input, inputContext(merchantId, id, useCase.name)),
    inputHash: desk.hashOf(useCase.name, input),
    diff: JSON.stringify(diffOf(seen, { merchantId, known: (of, rowId) => find.known(of, rowId), now })),
    revision: 1,
    storeId: useCase.storeOf?.(input) ?? useCase.ownerStoreOf?.(rows, input) ?? null,
    amount: useCase.amountOf?.(input, rows) ?? useCase.secondPerson?.amountOf?.(rows, input) ?? null,
    askedBy: asker.id,
    keyId: keyId.startsWith(sessionLead) ? null : keyId,
    persons: personsOf(asker),
    idempotencyKey,
    fingerprint,
    state: 'pending',
    ...{ decidedBy: null, decidedByPerson: null, decidedAt: null, reason: null, result: null },
    createdAt: now,
    expiresAt: waitsUntil(now, policy.waitHours),
  };
  return accepted<unknown>({
    activities: [
      {
        type: requested,
        subjectId: id,
        storeId: approval.storeId ?? undefined,
        details: { kind: approval.kind, command: useCase.name },
      },
    ],
    changes: [put(approvals, approval)],
    result: {
      approval: {
        id: encodeId('apr', id),
        kind: approval.kind,
        state: 'pending',
        createdAt: now.toISOString(),
        expiresAt: approval.expiresAt.toISOString(),
      },
    },
  });
}
