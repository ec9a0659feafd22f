import { encodeId } from '../../kernel/id.ts';
import { refused } from '../../kernel/outcome.ts';
import { accepted, type Context, useCase } from '../../platform/executor/useCase.ts';
import { type Find, put } from '../../platform/executor/workingSet.ts';
import { beyondScope } from '../merchants/index.ts';
import { type Approval, approvalById, approvals, mayBeDecided } from './approval.ts';
import { personsOf } from './approvers.ts';

type EndInput = { readonly id: string; readonly reason?: string | undefined };

const needs = ({ id }: EndInput, find: Find) => find.one(approvalById, id);

function ended(approval: Approval, state: 'rejected' | 'withdrawn', input: EndInput, context: Context) {
  const { actor, now } = context;
  const reason = input.reason ?? null;
  return accepted({
    activities: [
      {
        type: `approval.${state}`,
        subjectId: approval.id,
        storeId: approval.storeId ?? undefined,
        details: { kind: approval.kind, ...(reason === null ? {} : { reason }) },
      },
    ],
    changes: [
      put(approvals, {
        ...approval,
        state,
        reason,
        decidedBy: actor.id,
        decidedByPerson: state === 'rejected' ? (actor.personId ?? null) : null,
        decidedAt: now,
      }),
    ],
    result: { approval: { id: encodeId('apr', approval.id), state } },
  });
}

/** Whether somebody asked for it: they themselves, or by a key that is theirs. */
export function isOwn({ askedBy, persons }: Pick<Approval, 'askedBy' | 'persons'>, actor: Context['actor']) {
  return askedBy === actor.id || personsOf(actor).some((id) => persons.includes(id));
}

/** Says no, with a reason; who could not have said yes cannot. */
export const reject = useCase({
  name: 'approval.reject',
  permission: 'approvals.decide',
  movesValue: false,
  needs,
  decide(approval, input: EndInput, context) {
    if (!approval) return refused('approval_not_found');
    const { actor, now } = context;
    if (isOwn(approval, actor)) return refused('approval_own', { next: 'Withdraw it.' });
    if (actor.personId === undefined) return refused('approver_not_a_person');
    if (!actor.permissions.has(approval.permission)) {
      return refused('permission_denied', { detail: approval.permission });
    }
    const denied = beyondScope(actor, approval.storeId === null ? null : [approval.storeId]);
    return denied ?? mayBeDecided(approval, now) ?? ended(approval, 'rejected', input, context);
  },
});

/** Takes back what one has asked for oneself. */
export const withdraw = useCase({
  name: 'approval.withdraw',
  permission: 'merchant.read',
  movesValue: false,
  needs,
  decide(approval, input: EndInput, context) {
    // To others it is as good as none.
    if (!approval || !isOwn(approval, context.actor)) return refused('approval_not_found');
    return mayBeDecided(approval, context.now) ?? ended(approval, 'withdrawn', input, context);
  },
});

/** Notes that nobody decided in time, or that what was permitted was not done. Asked for by the system alone. */
export const expireApproval = useCase({
  name: 'approval.expire',
  permission: 'system',
  movesValue: false,
  needs,
  decide(approval, _input: EndInput, { now }) {
    if (!approval) return refused('approval_not_found');
    const { state, expiresAt } = approval;
    if ((state !== 'pending' && state !== 'permitted') || now < expiresAt) {
      return refused('approval_not_pending');
    }
    return accepted({
      activities: [{ type: 'approval.expired', subjectId: approval.id, details: { was: state } }],
      changes: [put(approvals, { ...approval, state: 'expired' })],
      result: { approval: { id: encodeId('apr', approval.id), state: 'expired' } },
    });
  },
});
