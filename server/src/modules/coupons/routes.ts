import { isRefused, refused } from '../../kernel/outcome.ts';
import type { Db } from '../../platform/db/statement.ts';
import { page } from '../../platform/http/page.ts';
import { commandRoute, type Route, readRoute } from '../../platform/http/route.ts';
import { pageOf } from '../../platform/http/shapes.ts';
import { type MemberParts, memberParams, noMember, readMember, recordsOf } from '../members/index.ts';
import { giveCoupon } from './coupon/giveCoupon.ts';
import { withdrawCoupon } from './coupon/withdrawCoupon.ts';
import { couponPage, readTemplate, shownTemplates } from './reading.ts';
import * as shapes from './shapes.ts';
import { listTemplates } from './store.ts';
import { createCouponTemplate } from './template/createTemplate.ts';
import { endCouponTemplate } from './template/endTemplate.ts';
import { ownCouponRoutes } from './wallet/routes.ts';

const tag = 'Coupons';

const templateRoutes: readonly Route[] = [
  commandRoute({
    path: '/v1/coupon-templates',
    tag,
    summary: 'Lay down what coupons of a kind take off, where, for what and how long',
    status: 201,
    body: shapes.TemplateBody,
    answer: shapes.TemplateAnswer,
    useCase: createCouponTemplate,
    input: ({ body: { name, issueMax, ...terms } }) => ({ name, issueMax, terms }),
  }),
  readRoute({
    path: '/v1/coupon-templates',
    tag,
    summary: 'List coupon templates with how many there are of each, newest first',
    permission: 'coupons.read',
    query: shapes.templateQuery,
    answer: pageOf(shapes.ListedTemplate),
    async read(db, { query: { cursor = null, limit, state = null } }, { merchantId, actor, now }) {
      const filter = { before: cursor, limit: limit + 1, state };
      const found = await listTemplates(db, merchantId, filter, now);
      const shown = await shownTemplates(db, merchantId, found, actor, now);
      return page(
        shown,
        limit,
        (template) => template,
        ({ id }) => id,
      );
    },
  }),
  readRoute({
    path: '/v1/coupon-templates/:id',
    tag,
    summary: 'One coupon template with how many there are of it',
    permission: 'coupons.read',
    params: shapes.templateParams,
    answer: shapes.ListedTemplate,
    async read(db, { params: { id } }, { merchantId, actor, now }) {
      const template = await readTemplate(db, merchantId, id);
      if (!template) return refused('coupon_template_not_found');
      const [shown] = await shownTemplates(db, merchantId, [template], actor, now);
      return shown;
    },
  }),
  commandRoute({
    path: '/v1/coupon-templates/:id/end',
    tag,
    summary: 'End a coupon template: none of it is given any more, those that were stay good',
    status: 200,
    params: shapes.templateParams,
    answer: shapes.TemplateAnswer,
    useCase: endCouponTemplate,
    input: ({ params: { id } }) => ({ id }),
  }),
];

/** Refused where there is no such member. */
async function known(db: Db, merchantId: string, memberId: string) {
  return (await readMember(db, merchantId, memberId)) ? undefined : noMember(db, merchantId, memberId);
}

const couponRoutes: readonly Route[] = [
  readRoute({
    path: '/v1/coupons',
    tag,
    summary: 'List members’ coupons, newest first',
    permission: 'coupons.read',
    query: shapes.couponQuery,
    answer: pageOf(shapes.ListedCoupon),
    async read(db, { query }, { merchantId, actor, now }) {
      const { cursor = null, limit, memberId, templateId = null, state = null } = query;
      const memberIds = memberId === undefined ? null : await recordsOf(db, merchantId, memberId);
      const filter = { before: cursor, limit, memberIds, templateId, state };
      return couponPage(db, merchantId, filter, { actor, now });
    },
  }),
  readRoute({
    path: '/v1/members/:id/coupons',
    tag,
    summary: 'List a member’s coupons, newest first',
    permission: 'coupons.read',
    params: memberParams,
    query: shapes.memberCouponQuery,
    answer: pageOf(shapes.ListedCoupon),
    async read(db, { params: { id }, query }, { merchantId, actor, now }) {
      const missing = await known(db, merchantId, id);
      if (isRefused(missing)) return missing;
      const { cursor = null, limit, state = null } = query;
      const memberIds = await recordsOf(db, merchantId, id);
      const filter = { before: cursor, limit, memberIds, templateId: null, state };
      return couponPage(db, merchantId, filter, { actor, now });
    },
  }),
  commandRoute({
    path: '/v1/members/:id/coupons',
    tag,
    summary: 'Give a member coupons, with a reason',
    status: 201,
    params: memberParams,
    body: shapes.GiveBody,
    answer: shapes.GivenAnswer,
    useCase: giveCoupon,
    input: ({ params, body }) => ({ memberId: params.id, ...body }),
  }),
  commandRoute({
    path: '/v1/coupons/:id/withdraw',
    tag,
    summary: 'Take a coupon back that was not used, with a reason',
    status: 200,
    params: shapes.couponParams,
    body: shapes.WithdrawBody,
    answer: shapes.CouponAnswer,
    useCase: withdrawCoupon,
    input: ({ params, body }) => ({ couponId: params.id, ...body }),
  }),
];

/** Coupons: what they take off, who has them, and what became of them. */
export function couponsRoutes(parts: MemberParts): readonly Route[] {
  return [...templateRoutes, ...couponRoutes, ...ownCouponRoutes(parts)];
}
