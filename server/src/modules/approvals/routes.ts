import { z } from 'zod';
import { encodeId } from '../../kernel/id.ts';
import { refused } from '../../kernel/outcome.ts';
import type { Db } from '../../platform/db/statement.ts';
import { lookUp } from '../../platform/executor/lookUp.ts';
import { page } from '../../platform/http/page.ts';
import { commandRoute, type ReadContext, type Route, readRoute } from '../../platform/http/route.ts';
import { idIn, idOut, pageOf, pageQuery, textIn } from '../../platform/http/shapes.ts';
import { merchantsSql } from '../merchants/index.ts';
import { type Kind, kinds, peopleSql, readPolicy } from '../people/index.ts';
import { keepsBooks, policyIn, walletsSql } from '../wallets/index.ts';
import { approveWith } from './approve.ts';
import { personsOf, signersOf } from './approvers.ts';
import type { ApprovalDesk } from './desk.ts';
import { reject, withdraw } from './end.ts';
import {
  ApprovalShape,
  approvalAnswer,
  PolicyAnswer,
  PolicyIn,
  PolicyOut,
  type Sight,
  stateShape,
} from './shapes.ts';
import { type ApprovalSlice, listApprovals, readApproval } from './store.ts';
import { policyAnswer, updatePolicy } from './updatePolicy.ts';

const tag = 'Approvals';
const params = z.object({ id: idIn('apr') });

/** What somebody may see: their own; with `approvals.read` also what they could do themselves, and who sees people all. */
function sightOf({ actor }: ReadContext) {
  const { permissions, storeIds } = actor;
  return {
    actorId: actor.id,
    persons: personsOf(actor),
    seesOthers: permissions.has('approvals.read'),
    permissions: permissions.has('people.read') ? null : [...permissions],
    storeIds: storeIds === null ? null : [...storeIds],
  };
}

/** Whoever asks for something is shown what it does: where the house hides what is on wallets, only who keeps its books sees that. */
async function shownTo(db: Db, { actor, merchantId, now }: ReadContext): Promise<Sight> {
  const wallets =
    keepsBooks(actor) || (await lookUp(walletsSql, db, merchantId, policyIn)).codeAbove === null;
  return { actor, wallets, now };
}

const mayBeSeen = (
  row: {
    readonly askedBy: string;
    readonly persons: readonly string[];
    permission: string;
    storeId: string | null;
  },
  sight: ReturnType<typeof sightOf>,
) =>
  row.askedBy === sight.actorId ||
  row.persons.some((id) => sight.persons.includes(id)) ||
  (sight.seesOthers &&
    (sight.permissions === null || sight.permissions.includes(row.permission)) &&
    (sight.storeIds === null || (row.storeId !== null && sight.storeIds.includes(row.storeId))));

const reading: readonly Route[] = [
  readRoute({
    path: '/v1/approvals',
    tag,
    summary:
      'What waits for a second person or has waited, the latest first: one’s own, and what one may see of others',
    permission: 'merchant.read',
    query: z.strictObject({
      state: stateShape.optional(),
      mine: z.enum(['true', 'false']).optional(),
      cursor: idIn('apr').optional(),
      limit: pageQuery.limit,
    }),
    answer: pageOf(ApprovalShape),
    async read(db, { query }, context) {
      const slice: ApprovalSlice = {
        ...sightOf(context),
        before: query.cursor ?? null,
        limit: query.limit + 1,
        state: query.state ?? null,
        now: context.now,
        mineOnly: query.mine === 'true',
      };
      const rows = await listApprovals(db, context.merchantId, slice);
      const shown = await shownTo(db, context);
      return page(
        rows,
        query.limit,
        (row) => approvalAnswer(row, shown),
        ({ id }) => encodeId('apr', id),
      );
    },
  }),
  readRoute({
    path: '/v1/approvals/:id',
    tag,
    summary: 'Read what waits for a second person: exactly what will happen',
    permission: 'merchant.read',
    params,
    answer: ApprovalShape,
    async read(db, { params: { id } }, context) {
      const row = await readApproval(db, context.merchantId, id);
      return row && mayBeSeen(row, sightOf(context))
        ? approvalAnswer(row, await shownTo(db, context))
        : refused('approval_not_found');
    },
  }),
];

const ended = z.object({ approval: z.object({ id: idOut('apr'), state: stateShape }) });
const deciding = (desk: ApprovalDesk): readonly Route[] => [
  commandRoute({
    path: '/v1/approvals/:id/approve',
    tag,
    summary: 'Approve, as the second person: it is carried out at once, exactly as this revision says',
    status: 200,
    params,
    body: z.strictObject({ revision: z.int().min(1).max(1_000_000) }),
    answer: ended.extend({
      result: z.unknown().meta({
        description: 'What the command answered; null where who asked is let do it now, by asking again.',
      }),
    }),
    useCase: approveWith(desk),
    input: ({ params: { id }, body }) => ({ id, revision: body.revision }),
  }),
  commandRoute({
    path: '/v1/approvals/:id/reject',
    tag,
    summary: 'Reject, with a reason',
    status: 200,
    params,
    body: z.strictObject({ reason: textIn(500) }),
    answer: ended,
    useCase: reject,
    input: ({ params: { id }, body }) => ({ id, reason: body.reason }),
  }),
  commandRoute({
    path: '/v1/approvals/:id/withdraw',
    tag,
    summary: 'Take back what you asked for; to change it, withdraw it and ask anew',
    status: 200,
    params,
    body: z.strictObject({}),
    answer: ended,
    useCase: withdraw,
    input: ({ params: { id } }) => ({ id }),
  }),
];

/** What a second person needs for each kind. */
const permissionFor: Readonly<Record<Kind, string>> = {
  issue: 'batches.write',
  adjust: 'cards.adjust',
  void: 'cards.void',
  refund: 'cards.refund',
  settle: 'settlement.adjust',
  release: 'batches.release',
  grant: 'people.write',
  dividend: 'dividends.approve',
  merge: 'members.merge',
  policy: 'people.write',
};

async function peopleFor(db: Db, merchantId: string): Promise<Record<string, number>> {
  const signers = await lookUp([...peopleSql, ...merchantsSql], db, merchantId, signersOf);
  const able = (kind: Kind) =>
    signers.filter(
      ({ permissions }) => permissions.has('approvals.decide') && permissions.has(permissionFor[kind]),
    ).length;
  return Object.fromEntries(kinds.map((kind) => [kind, able(kind)]));
}

const policyRoutes: readonly Route[] = [
  readRoute({
    path: '/v1/approval-policy',
    tag,
    summary: 'What needs a second person, and how many could be one',
    permission: 'approvals.read',
    answer: PolicyAnswer,
    async read(db, _parsed, { merchantId }) {
      const [policy, people] = await Promise.all([readPolicy(db, merchantId), peopleFor(db, merchantId)]);
      return { ...policyAnswer(policy), people };
    },
  }),
  commandRoute({
    method: 'PATCH',
    path: '/v1/approval-policy',
    tag,
    summary: 'Change what needs a second person, which needs one itself where there is one',
    status: 200,
    body: PolicyIn,
    answer: PolicyOut,
    useCase: updatePolicy,
    input: ({ body: { rules = {}, waitHours, stepUpAbove } }) => ({
      waitHours,
      provenAbove: stepUpAbove,
      rules: new Map(
        kinds.flatMap((kind) => {
          const rule = kind === 'policy' ? undefined : rules[kind];
          return rule === undefined ? [] : [[kind, rule] as const];
        }),
      ),
    }),
  }),
];

/** What waits for a second person, their word on it, and the policy that says what does. */
export const approvalRoutes = (desk: ApprovalDesk): readonly Route[] => [
  ...reading,
  ...deciding(desk),
  ...policyRoutes,
];
