import { encodeId } from '../../kernel/id.ts';
import { isRefused, type Refusal, refused } from '../../kernel/outcome.ts';
import { authorise } from '../../platform/executor/authorise.ts';
import {
  type Accepted,
  type Actor,
  accepted,
  type Context,
  type Outcome,
  type UseCase,
  useCase,
} from '../../platform/executor/useCase.ts';
import { type Change, type Find, put } from '../../platform/executor/workingSet.ts';
import { fieldsOf } from '../../platform/http/merge.ts';
import { actorOfStaff, gate, staffById } from '../people/index.ts';
import { type Approval, approvalById, approvals, mayBeDecided, permittedMs } from './approval.ts';
import { mayBeSecond } from './approvers.ts';
import { type ApprovalDesk, inputContext } from './desk.ts';
import { diffOf, Facts, preview, shownAmount, substanceOf } from './diff.ts';

export type ApproveInput = {
  readonly id: string;
  /** Which diff was looked at. */
  readonly revision: number;
};

type Command = {
  readonly useCase: UseCase<never, unknown, unknown>;
  readonly input: never;
  readonly rows: unknown;
};

type Rows = {
  readonly approval: Approval | undefined;
  readonly command: Command | undefined;
  /** Who asked, as they stand at this time; undefined where they may do nothing any more. */
  readonly askerAt: (now?: Date) => Actor | undefined;
  readonly known: Find['known'];
};

type Result = {
  readonly approval: { readonly id: string; readonly state: Approval['state'] };
  /** What the command answered. */
  readonly result: unknown;
};

/** Who asked, whether or not the session is still open in which they did. */
function askerOf(find: Find, { keyId, askedBy }: Approval, now?: Date): Actor | undefined {
  if (keyId !== null) return gate(find, keyId, now);
  const member = find.one(staffById, askedBy);
  return member?.state === 'active' ? actorOfStaff(find, member) : undefined;
}

/**
 * Carries out what waits, in the same batch as the decision, on the word of a second person: exactly what they were
 * shown. Where the rows have changed so that something else would happen, they are shown that instead.
 */
export const approveWith = (desk: ApprovalDesk) =>
  useCase<ApproveInput, Rows, Result>({
    name: 'approval.approve',
    permission: 'approvals.decide',
    movesValue: true,
    needs({ id }, find) {
      const approval = find.one(approvalById, id);
      const asked = approval?.state === 'pending' ? desk.useCase(approval.useCase) : undefined;
      if (!approval || !asked)
        return { approval, command: undefined, askerAt: () => undefined, known: () => undefined };
      const input = desk.open(approval.inputSealed, inputContext(find.merchantId, id, approval.useCase));
      const rows = asked.needs(input, find);
      askerOf(find, approval);
      return {
        approval,
        command: { useCase: asked, input, rows },
        askerAt: (now) => askerOf(find, approval, now),
        known: (of, rowId) => find.known(of, rowId),
      };
    },
    decide({ approval, command, askerAt, known }, { revision }, context) {
      if (!approval) return refused('approval_not_found');
      const over = mayBeDecided(approval, context.now);
      if (over) return over;
      if (!command) return refused('approval_not_pending');
      const denied = mayBeSecond(context.actor, command, approval.persons, context);
      if (denied) return denied;
      const asker = askerAt(context.now);
      if (!asker) return refused('approval_not_pending', { detail: 'Who asked may do nothing any more.' });
      const forbidden = authorise(asker, command.useCase, command.input, command.rows);
      if (forbidden) return forbidden;
      if (revision !== approval.revision) return refused('approval_outdated', { field: 'revision' });
      // As of the time it was asked at: what differs from then is what others have done since.
      const seen = decideAs(command, preview(context, asker, approval.createdAt));
      if (isRefused(seen)) return seen;
      const { merchantId } = context;
      const diff = JSON.stringify(diffOf(seen, { merchantId, known, now: approval.createdAt }));
      if (diff !== approval.diff) return askedAgain(approval, diff);
      return command.useCase.secondPerson?.by === 'permit'
        ? permit(approval, context)
        : carryOut(approval, command, asker, context);
    },
  });

/** What the command comes to; what is not simply accepted cannot be approved. */
function decideAs({ useCase: asked, input, rows }: Command, context: Context): Accepted<unknown> | Refusal {
  const outcome: Outcome<unknown> = asked.decide(rows, input, context);
  if (isRefused(outcome)) return outcome;
  return 'accepted' in outcome ? outcome : refused('approval_outdated');
}

function askedAgain(approval: Approval, diff: string) {
  const revision = approval.revision + 1;
  return {
    recorded: refused('approval_outdated', { next: 'Read it anew, and approve what it says now.' }),
    activities: [{ type: 'approval.outdated', subjectId: approval.id, details: { revision } }],
    changes: [put(approvals, { ...approval, diff, revision })],
  };
}

function decided(approval: Approval, { actor, now }: Context) {
  return { ...approval, decidedBy: actor.id, decidedByPerson: actor.personId ?? null, decidedAt: now };
}

function approved({ id, kind, useCase: command, revision, askedBy }: Approval) {
  return {
    type: 'approval.approved',
    subjectId: id,
    details: { kind, command, revision, askedBy },
  };
}

function permit(approval: Approval, context: Context) {
  const permitted: Approval = {
    ...decided(approval, context),
    state: 'permitted',
    expiresAt: new Date(context.now.getTime() + permittedMs),
  };
  return accepted<Result>({
    activities: [approved(approval)],
    changes: [put(approvals, permitted)],
    result: { approval: { id: encodeId('apr', approval.id), state: 'permitted' }, result: null },
  });
}

function carryOut(approval: Approval, command: Command, asker: Actor, context: Context) {
  const shifted: Context = {
    ...context,
    actor: asker,
    // Its own entry in the log comes first.
    seq: (n = 0) => context.seq(n + 1),
    activityId: (n = 0) => context.activityId(n + 1),
  };
  const outcome = decideAs(command, shifted);
  if (isRefused(outcome)) return outcome;
  const facts = outcome.activities.map(({ type, amount }) => ({ type, amount: shownAmount(amount) }));
  if (substanceOf(facts) !== substanceOf(fieldsOf(approval.diff, Facts).facts))
    return refused('approval_outdated');
  const claimed = claimOf(command, asker, context.now);
  if (isRefused(claimed)) return claimed;
  const done: Approval = {
    ...decided(approval, context),
    state: 'done',
    result: JSON.stringify(outcome.result),
  };
  return accepted<Result>({
    activities: [
      approved(approval),
      ...outcome.activities.map((draft) => ({ ...draft, actorId: approval.askedBy })),
    ],
    changes: [put(approvals, done), ...claimed, ...outcome.changes],
    result: { approval: { id: encodeId('apr', approval.id), state: 'done' }, result: outcome.result },
  });
}

/** What of the day's allowance of who asked it takes. */
function claimOf(
  { useCase: asked, input, rows }: Command,
  asker: Actor,
  now: Date,
): readonly Change[] | Refusal {
  const amount = asked.amountOf?.(input, rows);
  return amount === undefined ? [] : (asker.claim?.(asked.permission, amount, now) ?? []);
}
