import { z } from 'zod';
import { encodeId } from '../../kernel/id.ts';
import type { Db } from '../../platform/db/statement.ts';
import { lookUp } from '../../platform/executor/lookUp.ts';
import { page } from '../../platform/http/page.ts';
import { commandRoute, type Route, readRoute } from '../../platform/http/route.ts';
import { idIn, pageOf, pageQuery } from '../../platform/http/shapes.ts';
import type { CardDesk } from '../cards/index.ts';
import {
  enrolInput,
  type MemberParts,
  memberParams,
  membersSql,
  noMember,
  readMember,
} from '../members/index.ts';
import { merchantsSql } from '../merchants/index.ts';
import { overview } from './overview.ts';
import { ownMembershipRoutes } from './own/routes.ts';
import { planOf, plansIn } from './plan/plan.ts';
import { planRoutes } from './plan/routes.ts';
import { membershipRows } from './rows.ts';
import * as shapes from './shapes.ts';
import { listLadders, membershipsSql } from './store.ts';
import { cancelMembership } from './term/cancel.ts';
import type { Payment } from './term/fee.ts';
import { joinPlan } from './term/join.ts';
import { allowedVerbs } from './term/may.ts';
import { membershipAnswer, membershipStates } from './term/membership.ts';
import { pauseMembership, resumeMembership } from './term/pause.ts';
import { renewMembership } from './term/renew.ts';
import { listMemberships } from './term/store.ts';
import { upgradeMembership } from './term/upgrade.ts';
import { giveTier } from './tier/giveTier.ts';
import { setTiers } from './tier/setTiers.ts';
import { ladderAnswer } from './tier/tier.ts';

export type MembershipParts = MemberParts & { readonly desk: CardDesk };

const tag = 'Memberships';
const tables = [...membershipsSql, ...membersSql, ...merchantsSql];

/** What members have by plan and tier: laid down, sold, shown to staff and to themselves. */
export function membershipRoutes(parts: MembershipParts): readonly Route[] {
  return [
    ...planRoutes,
    ...tierRoutes,
    ...listRoutes,
    ...saleRoutes(parts),
    ...changeRoutes,
    ...ownMembershipRoutes(parts),
  ];
}

const tierRoutes: readonly Route[] = [
  commandRoute({
    path: '/v1/membership-tiers',
    tag,
    summary: 'Lay down the tiers: what leads to them, keeps them and comes off',
    status: 201,
    body: shapes.TiersBody,
    answer: shapes.TiersAnswer,
    useCase: setTiers,
    input: ({ body }) => body,
  }),
  readRoute({
    path: '/v1/membership-tiers',
    tag,
    summary: 'List the tiers in all their versions, newest first: the first is what holds',
    permission: 'members.read',
    query: z.strictObject({
      cursor: z.coerce.number().int().positive().max(1e9).optional(),
      limit: pageQuery.limit,
    }),
    answer: pageOf(shapes.TiersAnswer),
    async read(db, { query }, { merchantId }) {
      const found = await listLadders(db, merchantId, query.cursor ?? null, query.limit + 1);
      return page(found, query.limit, ladderAnswer, ({ number }) => String(number));
    },
  }),
  commandRoute({
    path: '/v1/members/:id/tier',
    tag,
    summary: 'Give a member a tier, at least, whatever they have spent',
    status: 200,
    params: memberParams,
    body: shapes.GiveTierBody,
    answer: shapes.GivenTier,
    useCase: giveTier,
    input: ({ params, body }) => ({ memberId: params.id, ...body }),
  }),
];

const rowsOf = (db: Db, merchantId: string, memberId: string) =>
  lookUp(tables, db, merchantId, (find) => membershipRows(memberId, find));

const listRoutes: readonly Route[] = [
  readRoute({
    path: '/v1/memberships',
    tag,
    summary: 'List memberships, newest first',
    permission: 'members.read',
    query: z.strictObject({
      cursor: idIn('mbs').optional(),
      limit: pageQuery.limit,
      memberId: idIn('mem').optional(),
      planId: idIn('mpl').optional(),
      state: z.enum(membershipStates).optional(),
    }),
    answer: pageOf(shapes.MembershipAnswer),
    async read(db, { query }, { merchantId, now }) {
      const { cursor = null, limit, memberId = null, planId = null, state = null } = query;
      const asked = { after: cursor, limit: limit + 1, memberId, planId, state };
      const found = await listMemberships(db, merchantId, asked, now);
      const plans = await lookUp(tables, db, merchantId, plansIn);
      const named = found.flatMap((membership) => {
        const plan = planOf(plans, membership.planId, membership.planVersion);
        return plan ? [{ membership, plan }] : [];
      });
      return page(
        named,
        limit,
        ({ membership, plan }) => membershipAnswer(membership, plan, now),
        ({ membership }) => encodeId('mbs', membership.id),
      );
    },
  }),
  readRoute({
    path: '/v1/members/:id/membership',
    tag,
    summary: 'What a member has by plan and tier, what it would lead to, and what may be done',
    permission: 'members.read',
    params: memberParams,
    answer: shapes.StaffOverview,
    async read(db, { params }, { merchantId, actor, now }) {
      if (!(await readMember(db, merchantId, params.id))) return noMember(db, merchantId, params.id);
      const rows = await rowsOf(db, merchantId, params.id);
      const { membership, plans, ladder } = rows;
      const facts = { membership, plans, hasTiers: ladder !== undefined && ladder.tiers.length > 0 };
      return { ...overview(rows, now), allowed: allowedVerbs(facts, actor, now) };
    },
  }),
];

function saleRoutes(parts: MembershipParts): readonly Route[] {
  return [
    commandRoute({
      path: '/v1/memberships',
      tag,
      summary: 'Sell a card type to a member, or to a phone number that becomes one with it',
      status: 201,
      body: shapes.JoinBody,
      answer: shapes.SoldAnswer.extend({ enrolled: z.boolean() }),
      useCase: joinPlan,
      input({ body }, { merchantId }) {
        const { memberId, member, planId, storeId, firstDay, payment } = body;
        const who =
          memberId === undefined && member !== undefined
            ? { person: enrolInput(parts, merchantId, member) }
            : { memberId: memberId ?? '' };
        return { who, planId, storeId, firstDay, payment: paidBy(parts, merchantId, payment) };
      },
    }),
    commandRoute({
      path: '/v1/memberships/:id/renew',
      tag,
      summary: 'Renew a membership, from its last day or from today where that is later',
      status: 200,
      params: shapes.membershipParams,
      body: shapes.RenewBody,
      answer: shapes.SoldAnswer,
      useCase: renewMembership,
      input: ({ params, body: { storeId, payment } }, { merchantId }) => ({
        membershipId: params.id,
        storeId,
        payment: paidBy(parts, merchantId, payment),
      }),
    }),
    commandRoute({
      path: '/v1/memberships/:id/upgrade',
      tag,
      summary: 'Put another card type in its place, less what is not used up of the one there is',
      status: 200,
      params: shapes.membershipParams,
      body: shapes.UpgradeBody,
      answer: shapes.SoldAnswer,
      useCase: upgradeMembership,
      input: ({ params, body: { planId, storeId, payment } }, { merchantId }) => ({
        membershipId: params.id,
        planId,
        storeId,
        payment: paidBy(parts, merchantId, payment),
      }),
    }),
  ];
}

const changeRoutes: readonly Route[] = [
  commandRoute({
    path: '/v1/memberships/:id/pause',
    tag,
    summary: 'Let a membership rest for some days; it ends as much later',
    status: 200,
    params: shapes.membershipParams,
    body: shapes.PauseBody,
    answer: shapes.MembershipAnswer,
    useCase: pauseMembership,
    input: ({ params, body }) => ({ membershipId: params.id, ...body }),
  }),
  commandRoute({
    path: '/v1/memberships/:id/resume',
    tag,
    summary: 'End a pause before its time',
    status: 200,
    params: shapes.membershipParams,
    body: shapes.ResumeBody,
    answer: shapes.MembershipAnswer,
    useCase: resumeMembership,
    input: ({ params, body }) => ({ membershipId: params.id, ...body }),
  }),
  commandRoute({
    path: '/v1/memberships/:id/cancel',
    tag,
    summary: 'End a membership now, giving back what of its price is not used up, or nothing',
    status: 200,
    params: shapes.membershipParams,
    body: shapes.CancelBody,
    answer: shapes.CancelledAnswer,
    useCase: cancelMembership,
    input: ({ params, body }) => ({ membershipId: params.id, ...body }),
  }),
];

type PaymentBody = z.output<typeof shapes.RenewBody>['payment'];

/** The payment, with what the member's phone shows read. */
function paidBy({ desk }: MembershipParts, merchantId: string, payment: PaymentBody): Payment | undefined {
  if (payment === undefined) return undefined;
  const { code, ...paid } = payment;
  return {
    ...paid,
    shown: code === undefined ? undefined : desk.present(merchantId, code, undefined).payment,
  };
}
